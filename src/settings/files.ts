import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Console } from '../../bin/console.ts';
import { UsageError } from './problems.ts';

/**
 * @param place that names the file, for the message
 * @throws UsageError when the file cannot be read
 */
export function readTextFile(place: string, name: string, console: Pick<Console, 'cwd'>): string {
  try {
    return readFileSync(resolve(console.cwd, name), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`${place} ${name}: cannot be read (${code === 'ENOENT' ? 'there is no such file' : code})`);
  }
}
