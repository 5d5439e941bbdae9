import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Catalogue } from '../src/model/requirement.ts';
import type { Waiver } from '../src/model/waiver.ts';
import { readWaiverFile } from '../src/run/waive.ts';
import { readTextFile } from '../src/settings/files.ts';
import { UsageError, type Console } from './console.ts';
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

/** Those that speak of what is selected, and those that speak of nothing at all. */
export function waiversFor(waivers: readonly Waiver[], selected: Catalogue): readonly Waiver[] {
  const idsOf = (catalogue: Catalogue): ReadonlySet<string> =>
    new Set(catalogue.flatMap((a) => a.requirements.map((r) => r.id)));
  const [wanted, known] = [idsOf(selected), idsOf(suite.catalogue)];
  return waivers.filter((w) => wanted.has(w.id) || !known.has(w.id));
}
