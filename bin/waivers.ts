import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { misfit, readBaseline, type Baseline } from '../src/gate/baseline.ts';
import type { Waiver } from '../src/model/waiver.ts';
import { readWaiverFile } from '../src/run/waive.ts';
import { readTextFile } from '../src/settings/files.ts';
import { UsageError } from '../src/settings/problems.ts';
import type { Settings } from '../src/settings/settings.ts';
import type { Console } from './console.ts';
import { suite } from './suite.ts';

export const usualWaivers = 'conform.waivers.json';

/**
 * Reads the waivers of a run: of the file that is named, or of the usual one where there is one.
 *
 * @param named in the configuration, by the environment or by a flag; null when nowhere
 * @throws UsageError when the file cannot be read as one
 */
export function openWaivers(named: string | null, console: Pick<Console, 'cwd'>): readonly Waiver[] {
  const file = named ?? usualWaivers;
  if (named === null && !existsSync(resolve(console.cwd, file))) return [];
  const read = readWaiverFile(readTextFile('the waivers in', file, console));
  if (!read.ok) throw new UsageError(`${file}: ${read.problem}`);
  return read.waivers;
}

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
