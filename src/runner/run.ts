import type { Observation } from '../model/comparison.ts';
import type { ExchangeId, Recorded } from '../model/exchange.ts';
import type { Report, ReportedExchange } from '../model/report.ts';
import type { Composer, Level } from '../model/requirement.ts';
import { observe } from '../gate/observation.ts';
import { conclude, type Obstacle } from '../gate/verdict.ts';
import type { Plan } from '../plan/plan.ts';
import { execute, type Surroundings } from './execute.ts';
import { judge, type Bench } from './judge.ts';
import { preflight } from './preflight.ts';

export interface RunInput {
  readonly suite: Report['suite'];
  readonly target: Report['target'];
  readonly composer: Composer;
  readonly plan: Plan;
  readonly surroundings: Surroundings;
  readonly bench: Bench;
  /** Set when signing in has failed already: then nothing is sent. */
  readonly obstacle: Obstacle | null;
  readonly failOn: Level;
  /** Wall clock for the report, and a monotonic one in milliseconds. */
  readonly now: () => Date;
  readonly elapsed: () => number;
}

/**
 * Runs a plan against a target and reports: pre-flight, exchanges, verdicts, conclusion.
 *
 * @param input the plan and everything it needs
 */
export async function runSuite(input: RunInput): Promise<Report> {
  const { surroundings, plan, bench } = input;
  const startedAt = input.now().toISOString();
  const began = input.elapsed();
  const obstacle = input.obstacle ?? (plan.scripts.length === 0 ? null : await preflight(input.composer, surroundings));
  if (obstacle === null) await execute(plan.scripts, surroundings);
  const requirements = judge(plan, surroundings.results, obstacle?.says ?? 'the run ended before it was sent', bench);
  const exchanges = reportedExchanges(plan, surroundings.results, (x) => observe(x, bench.answered, surroundings.target));
  const gate = { failOn: input.failOn, interrupted: surroundings.signal.aborted, obstacle };
  return {
    schemaVersion: 1,
    suite: input.suite,
    target: input.target,
    profile: input.composer.profile,
    startedAt,
    durationMs: Math.round(input.elapsed() - began),
    interrupted: gate.interrupted,
    ...conclude(requirements, exchanges.length, gate),
    requirements,
    exchanges,
  };
}

/** Those of the plan, in its order; then what the pre-flight sent besides, unless the plan has sent the same. */
function reportedExchanges(
  plan: Plan,
  results: Surroundings['results'],
  observed: (x: Recorded) => Observation,
): readonly ReportedExchange[] {
  const byId = new Map<ExchangeId, ReportedExchange>();
  const planned = plan.scripts.flatMap((s) => results.get(s.key) ?? []);
  for (const result of [...planned, ...results.values()]) {
    if (result.kind === 'not-run') continue;
    for (const x of result.exchanges) if (!byId.has(x.id)) byId.set(x.id, { ...reportedExchange(x), observed: observed(x) });
  }
  return [...byId.values()];
}

/** A recorded exchange as reports hold it. */
export function reportedExchange({ id, effect, request, outcome, ms, curl, notes }: Recorded): ReportedExchange {
  const shared = { id, effect, request, ms: Math.round(ms * 10) / 10, curl, ...(notes && { notes }) };
  if (outcome.kind === 'failure') return { ...shared, response: null, failure: outcome.failure };
  const { status, reason, headers, body, bytes } = outcome.response;
  return { ...shared, response: { status, reason, headers, body, bytes }, failure: null };
}
