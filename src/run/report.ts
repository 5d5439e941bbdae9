import type { Recorded } from '../model/exchange.ts';
import type { Report, ReportedExchange } from '../model/report.ts';
import type { Suite } from '../model/suite.ts';
import { conclude, type Gate } from './conclude.ts';

/** What a run came to; its verdict follows from it. */
export type Course = Pick<
  Report,
  'suite' | 'target' | 'profile' | 'startedAt' | 'durationMs' | 'requirements' | 'exchanges' | 'repetitions'
> & {
  /** How many exchanges were sent, where reports do not hold each of them. */
  readonly sent?: number;
  readonly gate: Gate;
};

/** The one place where a report is made: of a run, of a recording, of pacts. */
export function reportOf({
  suite,
  target,
  profile,
  startedAt,
  durationMs,
  requirements,
  exchanges,
  repetitions,
  sent = exchanges.length,
  gate,
}: Course): Report {
  const { interrupted, objections = [] } = gate;
  return {
    schemaVersion: 1,
    suite,
    target,
    profile,
    startedAt,
    durationMs,
    interrupted,
    ...conclude(requirements, sent, gate),
    requirements,
    exchanges,
    ...(repetitions !== undefined && { repetitions }),
    ...(objections.length > 0 && { objections }),
  };
}

/** The suite as reports name it. */
export function suiteOf({ name, version, operation }: Suite, seed: number): Report['suite'] {
  return { name, version, operation, seed };
}

/** A recorded exchange as reports hold it. */
export function reportedExchange(recorded: Recorded): ReportedExchange {
  const { id, effect, request, outcome, ms, curl, powershell, notes } = recorded;
  const shared = { id, effect, request, ms: Math.round(ms * 10) / 10, curl, powershell, ...(notes && { notes }) };
  if (outcome.kind === 'failure') return { ...shared, response: null, failure: outcome.failure };
  const { status, reason, headers, body, bytes } = outcome.response;
  return { ...shared, response: { status, reason, headers, body, bytes }, failure: null };
}

/** A report with what must be said of how the target was reached. */
export function withNotes(report: Report, { notes }: { readonly notes: () => readonly string[] }): Report {
  const said = [...(report.target.notes ?? []), ...notes()];
  return said.length === 0 ? report : { ...report, target: { ...report.target, notes: said } };
}
