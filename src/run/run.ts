import type { Console } from '../../bin/console.ts';
import { drawProgress } from '../../bin/deliver.ts';
import { suite } from '../../bin/suite.ts';
import { waiversFor } from '../../bin/waivers.ts';
import { observations } from '../../specs/observations.ts';
import type { Observation } from '../model/comparison.ts';
import type { ExchangeId, Recorded } from '../model/exchange.ts';
import type { Report, ReportedExchange, ReportedRequirement } from '../model/report.ts';
import type { Catalogue, Composer, Level } from '../model/requirement.ts';
import type { Waiver } from '../model/waiver.ts';
import { UsageError } from '../settings/problems.ts';
import type { Settings } from '../settings/settings.ts';
import { quantity } from '../values/words.ts';
import { conclude, incompleteness, type Obstacle } from './conclude.ts';
import { execute, type Surroundings } from './execute.ts';
import { judge, readOnce, type Bench } from './judge.ts';
import { observe } from './observe.ts';
import { openRun, withNotes, type Run, type Variation } from './open.ts';
import { askedBy, boundless, plan, select, shareBeginnings, type Plan } from './plan.ts';
import { preflight } from './preflight.ts';
import { executeRepeatedly, notRepeated, sentIn, together, type Results, type Round } from './repeat.ts';
import { applyWaivers } from './waive.ts';

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
  /** How many times everything is sent; once where it is absent. */
  readonly repeat?: number;
  /** Whether a MUST that was not exercised fails the run. */
  readonly complete?: boolean;
  /** Of requirements that are selected, or that do not exist. */
  readonly waivers?: readonly Waiver[];
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
  const { surroundings, plan } = input;
  const bench: Bench = { ...input.bench, answered: readOnce(input.bench.answered) };
  const startedAt = input.now().toISOString();
  const began = input.elapsed();
  const obstacle = await obstacleTo(input);
  const { repeat = 1, waivers = [], complete = false } = input;
  const [first = surroundings.results, ...later] =
    obstacle === null ? await executeRepeatedly(plan.scripts, surroundings, repeat) : [];
  const missed = notRepeated(plan.scripts, first, later);
  const judged = (results: Results): Round => ({
    results,
    requirements: judge(plan, results, unsent(obstacle), bench),
  });
  const observed = (x: Recorded): Observation => observe(x, bench.answered, surroundings.target);
  const { requirements: found, shown } = together(judged(first), later.map(judged), observed);
  const { requirements, objections: stale } = applyWaivers(found, waivers, startedAt.slice(0, 10));
  const objections = [...stale, ...(complete ? incompleteness(requirements) : [])];
  const exchanges = reportedExchanges(plan, shown, observed);
  const gate = { failOn: input.failOn, interrupted: surroundings.signal.aborted, obstacle, objections };
  return {
    schemaVersion: 1,
    suite: input.suite,
    target:
      missed === 0
        ? input.target
        : {
            ...input.target,
            notes: [
              `${quantity(missed, 'script')} of ${plan.scripts.length} could not be sent every time, for want of subjects or budget`,
            ],
          },
    profile: input.composer.profile,
    startedAt,
    durationMs: Math.round(input.elapsed() - began),
    interrupted: gate.interrupted,
    ...conclude(
      requirements,
      [surroundings.results, ...later].reduce((n, results) => n + sentIn(results), 0),
      gate,
    ),
    requirements,
    exchanges,
    ...(later.length > 0 && { repetitions: later.length + 1 }),
    ...(objections.length > 0 && { objections }),
  };
}

/**
 * Sends a plan once and judges, without a report: what proving looks at.
 *
 * @param input the plan and how to send and judge it
 */
export async function judgeOnce(
  input: Pick<RunInput, 'plan' | 'composer' | 'surroundings' | 'bench' | 'obstacle'>,
): Promise<readonly ReportedRequirement[]> {
  const { plan, surroundings, bench } = input;
  const obstacle = await obstacleTo(input);
  if (obstacle === null) await execute(plan.scripts, surroundings);
  return judge(plan, surroundings.results, unsent(obstacle), { ...bench, answered: readOnce(bench.answered) });
}

async function obstacleTo({
  obstacle,
  plan,
  composer,
  surroundings,
}: Pick<RunInput, 'obstacle' | 'plan' | 'composer' | 'surroundings'>): Promise<Obstacle | null> {
  return obstacle ?? (plan.scripts.length === 0 ? null : preflight(composer, surroundings));
}

const unsent = (obstacle: Obstacle | null): string => obstacle?.says ?? 'the run ended before it was sent';

/** Those of the plan, in its order; then what the pre-flight sent besides, unless the plan has sent the same. */
function reportedExchanges(
  plan: Plan,
  shown: ReadonlyMap<ExchangeId, Recorded>,
  observed: (x: Recorded) => Observation,
): readonly ReportedExchange[] {
  const ids = new Set([...plan.scripts.flatMap((s) => s.exchanges), ...shown.keys()]);
  return [...ids].flatMap((id) => {
    const x = shown.get(id);
    // What is observed is worked out for those who look: the gate, and reports for machines.
    return x === undefined
      ? []
      : [
          {
            ...reportedExchange(x),
            get observed() {
              return observed(x);
            },
          },
        ];
  });
}

/** A recorded exchange as reports hold it. */
export function reportedExchange({ id, effect, request, outcome, ms, curl, notes }: Recorded): ReportedExchange {
  const shared = { id, effect, request, ms: Math.round(ms * 10) / 10, curl, ...(notes && { notes }) };
  if (outcome.kind === 'failure') return { ...shared, response: null, failure: outcome.failure };
  const { status, reason, headers, body, bytes } = outcome.response;
  return { ...shared, response: { status, reason, headers, body, bytes }, failure: null };
}

/**
 * Runs a plan in an open run.
 *
 * @param waivers of requirements that are selected, or that do not exist
 */
export async function runPlan(
  planned: Plan,
  run: Run,
  settings: Settings,
  waivers: readonly Waiver[],
  console: Pick<Console, 'now' | 'elapsed'>,
): Promise<Report> {
  const report = await runSuite({
    suite: { name: suite.name, version: suite.version, operation: suite.operation, seed: settings.seed },
    target: run.target,
    composer: run.composer,
    plan: planned,
    surroundings: run.surroundings,
    bench: run.bench,
    obstacle: run.obstacle,
    failOn: settings.failOn,
    complete: settings.complete,
    repeat: settings.repeat,
    waivers,
    now: console.now,
    elapsed: console.elapsed,
  });
  return withNotes(report, run);
}

/** @throws UsageError when the selection names what does not exist */
export function selected(settings: Pick<Settings, 'only'>): Catalogue {
  const selection = select(suite.catalogue, settings.only);
  if (!selection.ok) throw new UsageError(selection.problem);
  return selection.catalogue;
}

/** A run of the catalogue and of all that is worth observing besides. */
export interface ObservedRun {
  readonly report: Report;
  /** Every exchange that it would have sent if it lacked nothing, with how many requirements judge it. */
  readonly asked: ReadonlyMap<ExchangeId, number>;
}

/**
 * Runs the selected catalogue, and the observations when everything is selected.
 *
 * @throws UsageError when settings, files or the selection are wrong
 */
export async function observedRun(
  settings: Settings,
  console: Console,
  { waivers = [], ...variation }: Variation & { readonly waivers?: readonly Waiver[] } = {},
): Promise<ObservedRun> {
  const run = await openRun(settings, console, drawProgress(console), variation);
  try {
    return await observedIn(run, settings, waivers, console);
  } finally {
    await run.close();
  }
}

async function observedIn(
  run: Run,
  settings: Settings,
  waivers: readonly Waiver[],
  console: Pick<Console, 'now' | 'elapsed'>,
): Promise<ObservedRun> {
  const { composer, ability } = run;
  const catalogue = selected(settings);
  const scripts = settings.only.length === 0 ? observations(composer) : [];
  const report = await runPlan(
    shareBeginnings(plan(catalogue, composer, ability, scripts)),
    run,
    settings,
    waiversFor(waivers, catalogue),
    console,
  );
  return { report, asked: askedBy(plan(catalogue, composer, boundless, scripts)) };
}

/** Runs the selected catalogue. */
export async function runCatalogue(
  run: Run,
  settings: Settings,
  console: Pick<Console, 'now' | 'elapsed'>,
  waivers: readonly Waiver[] = [],
): Promise<Report> {
  return runPlan(planFor(run, settings), run, settings, waiversFor(waivers, selected(settings)), console);
}

/** @throws UsageError when the selection names what does not exist */
export function planFor(run: Pick<Run, 'composer' | 'ability'>, settings: Settings): Plan {
  return shareBeginnings(plan(selected(settings), run.composer, run.ability));
}
