import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import type { Waiver } from '../model/waiver.ts';
import type { ObservedRun } from '../run/run-catalogue.ts';
import type { Run } from '../run/run.ts';
import { selected } from '../run/plan/select.ts';
import { holds, waiversOf } from '../run/conclude/waive.ts';
import type { Baseline } from './baseline.ts';
import { compare, heldAgainst, narrowed } from './compare.ts';

/** What an observed run is held against. */
export interface Held {
  readonly whole: Baseline;
  /** How reports name the baseline. */
  readonly against: string;
  /** Whether changed behaviour fails the gate as well. */
  readonly strict: boolean;
  readonly waivers: readonly Waiver[];
}

/** Holds a run against a baseline, as far as the run goes. */
export function hold(
  observed: ObservedRun,
  { whole, against, strict, waivers }: Held,
  { suite, settings }: Pick<Run, 'suite' | 'settings'>,
): Redacted<Report> {
  const { report } = observed;
  const asked = observed.asked();
  const ids = new Set<string>(selected(suite.catalogue, settings).flatMap((a) => a.requirements.map((r) => r.id)));
  const exchanges = new Set([...asked.keys(), ...report.exchanges.map(({ id }) => id)]);
  const baseline = settings.only.length === 0 ? whole : narrowed(whole, ids, exchanges);
  const comparison = compare(baseline, report, {
    against,
    strict,
    asked,
    waivers: waiversOf(suite.operation, waivers).filter((w) => holds(w, report.startedAt)),
  });
  return heldAgainst(report, comparison);
}
