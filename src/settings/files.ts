import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from './problems.ts';
import type { World } from './world.ts';

/**
 * @param place that names the file, for the message
 * @throws UsageError when the file cannot be read
 */
export function readTextFile(place: string, name: string, world: Pick<World, 'cwd'>): string {
  try {
    return readFileSync(resolve(world.cwd, name), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`${place} ${name}: cannot be read (${code === 'ENOENT' ? 'there is no such file' : code})`);
  }
}
