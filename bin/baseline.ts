import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { misfit, readBaseline, type Baseline } from '../src/gate/baseline.ts';
import { readTextFile, type Settings } from '../src/settings/settings.ts';
import { UsageError, type Console } from './console.ts';
import { suite } from './suite.ts';

/**
 * Reads the baseline that a run is to be held against.
 *
 * @param name of the file
 * @throws UsageError when there is none, when it cannot be read as one, or when it is of another contract or profile
 */
export function openBaseline(
  name: string,
  settings: Pick<Settings, 'profile'>,
  console: Pick<Console, 'cwd'>,
): Baseline {
  if (!existsSync(resolve(console.cwd, name))) {
    throw new UsageError(
      `--baseline ${name}: there is no such file; make one with conform accept --baseline ${name} --reason TEXT`,
    );
  }
  const read = readBaseline(readTextFile('--baseline', name, console));
  const problem = read.ok ? misfit(read.baseline, suite.operation, settings.profile) : read.problem;
  if (problem !== null || !read.ok) throw new UsageError(`--baseline ${name}: ${problem ?? 'cannot be read'}`);
  return read.baseline;
}
