import type { Area, Requirement } from '../model/requirement.ts';
import { quantity } from '../values/words.ts';
import type { Judged } from './judge.ts';

/** What of the faults a run finds that has only so many subjects. */
export interface Found {
  /** By the area of what each fault must be found by. */
  readonly areas: ReadonlyMap<Area, { readonly found: number; readonly of: number }>;
  readonly missed: readonly Judged[];
  readonly faults: number;
  readonly harmless: number;
  readonly falseAlarms: readonly Judged[];
}

/** Sums up what was found: a fault is where any requirement failed, whichever. */
export function foundIn(requirements: readonly Requirement[], judged: readonly Judged[]): Found {
  const areaOf = new Map(requirements.map(({ id, area }) => [id, area]));
  const faults = judged.filter(({ suspect }) => suspect.kills.length > 0);
  const harmless = judged.filter(({ suspect }) => suspect.kills.length === 0);
  const areas = new Map<Area, { found: number; of: number }>();
  for (const { suspect, autopsy } of faults) {
    const area = suspect.kills.flatMap((id) => areaOf.get(id) ?? [])[0];
    if (area === undefined) continue;
    const { found, of } = areas.get(area) ?? { found: 0, of: 0 };
    areas.set(area, { found: found + (autopsy.failed.length > 0 ? 1 : 0), of: of + 1 });
  }
  return {
    areas,
    missed: faults.filter(({ autopsy }) => autopsy.failed.length === 0),
    faults: faults.length,
    harmless: harmless.length,
    falseAlarms: harmless.filter(({ autopsy }) => autopsy.failed.length + autopsy.unjudged.length > 0),
  };
}

/** For a person: by area, then what was missed, then one line. */
export function foundText(found: Found, subjects: number): string {
  const rows = [...found.areas].map(([area, each]) => `  ${area.padEnd(16)}${each.found} of ${each.of}`);
  const missed = found.missed.map(({ suspect }) => `  ${suspect.name}: ${suspect.says}`);
  const alarms = found.falseAlarms.map(
    ({ suspect, autopsy }) =>
      `  ${suspect.name}: ${suspect.says}; flagged by ${[...autopsy.failed, ...autopsy.unjudged].join(', ')}`,
  );
  return [
    'found, by the area of what must find it',
    ...rows,
    ...(missed.length === 0 ? [] : ['', 'not found', ...missed]),
    ...(alarms.length === 0 ? [] : ['', 'harmless, and flagged', ...alarms]),
    '',
    `with ${quantity(subjects, 'subject')}: ${found.faults - found.missed.length} of ${quantity(found.faults, 'fault')} found · ${found.falseAlarms.length} of ${found.harmless} harmless flagged`,
    '',
  ].join('\n');
}
