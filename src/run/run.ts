import type { Observation } from '../model/comparison.ts';
import type { ExchangeId, Recorded } from '../model/exchange.ts';
import type { Redactor } from '../exchange/redact.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report, ReportedExchange, ReportedRequirement } from '../model/report.ts';
import type { Catalogue } from '../model/requirement.ts';
import type { Suite } from '../model/suite.ts';
import type { Waiver } from '../model/waiver.ts';
import { UsageError } from '../settings/problems.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';
import { quantity } from '../values/words.ts';
import { causesOf } from './causes.ts';
import { incompleteness, type Obstacle } from './conclude.ts';
import { unlessBesideNothing } from './beside.ts';
import { execute, type Surroundings } from './execute.ts';
import { goneSince, type Gone } from './gone.ts';
import { judge, readOnce, type Bench } from './judge.ts';
import { observe } from './observe.ts';
import { openRun, type Run, type StartHost } from './open.ts';
import { askedBy, boundless, plan, select, shareBeginnings, type Plan, type PlannedScript } from './plan.ts';
import { preflight, type Preflight } from './preflight.ts';
import { unavailability } from './unavailable.ts';
import { withBrokenOff } from './broken-off.ts';
import { executeRepeatedly, notRepeated, sentIn, together, type Results, type Round } from './repeat.ts';
import { reportOf, reportedExchange, suiteOf, withNotes } from './report.ts';
import { applyWaivers, waiversFor } from './waive.ts';

/**
 * Sends what was planned and reports: pre-flight, exchanges, verdicts, conclusion.
 *
 * @param waivers of requirements that are selected, or that do not exist
 */
export async function runPlan(
  plan: Plan,
  run: Run,
  { repeat, complete, failOn, seed }: Pick<Settings, 'repeat' | 'complete' | 'failOn' | 'seed'>,
  waivers: readonly Waiver[],
  world: Pick<World, 'now' | 'elapsed'>,
): Promise<Redacted<Report>> {
  const { surroundings, composer } = run;
  const bench: Bench = { ...run.bench, answered: readOnce(run.bench.answered) };
  const startedAt = world.now().toISOString();
  const began = world.elapsed();
  const { obstacle: before, notes } = await lookBefore(plan, run);
  const [first = surroundings.results, ...later] = await executeRepeatedly(
    sendable(plan.scripts, before),
    surroundings,
    before === null ? repeat : 1,
  );
  const missed = notRepeated(plan.scripts, first, later);
  const rounds = (gone: Gone | null): readonly [Round, ...Round[]] => {
    const judged = (results: Results): Round => ({
      results,
      requirements: verdicts(plan, results, { before, gone }, { ...run, bench }),
    });
    return [judged(first), ...later.map(judged)];
  };
  const observed = (x: Recorded): Observation => observe(x, bench.answered, surroundings.target);
  const asIfThere = rounds(null);
  const gone = before === null && isAmiss(asIfThere) ? await goneSince(composer, surroundings) : null;
  const obstacle = before ?? gone?.obstacle ?? null;
  const [round, ...laterRounds] = gone === null ? asIfThere : rounds(gone);
  const { requirements: found, shown } = together(round, laterRounds, observed);
  const { requirements, objections: stale } = applyWaivers(found, waivers, startedAt.slice(0, 10));
  const objections = [
    ...stale,
    ...(complete ? incompleteness(requirements) : []),
    ...unavailability(surroundings.ended),
  ];
  const report = reportOf(
    {
      suite: suiteOf(run.suite, seed),
      target: noted(run.target, [
        ...notes,
        ...(gone === null ? [] : [gone.obstacle.says]),
        ...(missed === 0
          ? []
          : [
              `${quantity(missed, 'script')} of ${plan.scripts.length} could not be sent every time, for want of subjects or budget`,
            ]),
      ]),
      profile: composer.profile,
      startedAt,
      durationMs: Math.round(world.elapsed() - began),
      requirements,
      exchanges: reportedExchanges(plan, shown, observed, surroundings.redactor),
      sent: [surroundings.results, ...later].reduce((n, results) => n + sentIn(results), 0),
      gate: { failOn, interrupted: surroundings.signal.aborted, obstacle, objections },
      ...(later.length > 0 && { repetitions: later.length + 1 }),
    },
    surroundings.redactor,
  );
  return withNotes(report, run);
}

/**
 * Sends a plan once and judges, without a report: what proving looks at.
 *
 * @param run how to send and judge it
 */
export async function judgeOnce(
  plan: Plan,
  run: Pick<Run, 'composer' | 'surroundings' | 'bench' | 'obstacle'>,
): Promise<Pick<Report, 'requirements' | 'causes'>> {
  const { surroundings } = run;
  const bench: Bench = { ...run.bench, answered: readOnce(run.bench.answered) };
  const { obstacle: before } = await lookBefore(plan, run);
  await execute(sendable(plan.scripts, before), surroundings);
  const requirements = verdicts(plan, surroundings.results, { before, gone: null }, { ...run, bench });
  const failed = new Set(
    requirements.flatMap((r) => r.cases.filter((c) => c.verdict === 'fail').flatMap((c) => c.exchanges)),
  );
  const sent = [...surroundings.results.values()].flatMap((result) => (result.kind === 'ran' ? result.exchanges : []));
  const exchanges = sent
    .filter(({ id }) => failed.has(id))
    .map((x) => ({
      ...reportedExchange(x, surroundings.redactor),
      observed: observe(x, bench.answered, surroundings.target),
    }));
  return { requirements, causes: causesOf(requirements, exchanges, 'MUST') };
}

/** What the host itself keeps a run from judging, as seen before and after. */
interface Absence {
  readonly before: Obstacle | null;
  readonly gone: Gone | null;
}

async function lookBefore(
  plan: Plan,
  { obstacle, composer, surroundings }: Pick<Run, 'obstacle' | 'composer' | 'surroundings'>,
): Promise<Preflight> {
  if (obstacle !== null) return { obstacle, notes: [] };
  return plan.scripts.length === 0 ? { obstacle: null, notes: [] } : preflight(composer, surroundings);
}

/** A host that refuses the credentials of a run can still be asked what a stranger asks. */
function sendable(scripts: readonly PlannedScript[], before: Obstacle | null): readonly PlannedScript[] {
  if (before === null) return scripts;
  return before.kind === 'refused'
    ? scripts.filter(({ script }) => script.steps.every(({ credentials }) => credentials === 'none'))
    : [];
}

function verdicts(
  plan: Plan,
  results: Results,
  { before, gone }: Absence,
  { composer, surroundings, bench }: Pick<Run, 'composer' | 'surroundings' | 'bench'>,
): readonly ReportedRequirement[] {
  const keys = new Set(sendable(plan.scripts, before).map(({ key }) => key));
  const exchanges = [...results.values()].flatMap((r) => (r.kind === 'ran' ? r.exchanges : []));
  const judged = judge(
    plan,
    // What the pre-flight sent is judged where the rest of its kind is.
    before === null ? results : new Map([...results].filter(([key]) => keys.has(key))),
    {
      unsent:
        before === null
          ? { kind: 'not-run', cause: 'error', reason: 'the run ended before it was sent' }
          : { kind: 'not-run', cause: 'blocked', reason: before.says },
      ...(gone !== null && {
        void: { exchanges: gone.since, reason: 'the host had gone away by then, so this says nothing of the service' },
      }),
    },
    bench,
  );
  const told = gone === null ? withBrokenOff(judged, exchanges) : judged;
  return unlessBesideNothing(told, exchanges, { contract: composer.contract, target: surroundings.target });
}

/** Whether anything went wrong that a host which is no longer there would explain. */
function isAmiss(rounds: readonly Round[]): boolean {
  return rounds.some(({ requirements }) =>
    requirements.some(({ verdict }) => verdict === 'fail' || verdict === 'error' || verdict === 'blocked'),
  );
}

function noted(target: Report['target'], notes: readonly string[]): Report['target'] {
  return notes.length === 0 ? target : { ...target, notes: [...(target.notes ?? []), ...notes] };
}

/** Those of the plan, in its order; then what the pre-flight sent besides, unless the plan has sent the same. */
function reportedExchanges(
  plan: Plan,
  shown: ReadonlyMap<ExchangeId, Recorded>,
  observed: (x: Recorded) => Observation,
  redactor: Redactor,
): readonly Redacted<ReportedExchange>[] {
  const ids = new Set([...plan.scripts.flatMap((s) => s.exchanges), ...shown.keys()]);
  return [...ids].flatMap((id) => {
    const x = shown.get(id);
    // What is observed is worked out for those who look: the gate, and reports for machines.
    return x === undefined
      ? []
      : [
          {
            ...reportedExchange(x, redactor),
            get observed() {
              return redactor.all(observed(x));
            },
          },
        ];
  });
}

/** Runs the selected catalogue. */
export async function runCatalogue(
  run: Run,
  settings: Settings,
  world: Pick<World, 'now' | 'elapsed'>,
  waivers: readonly Waiver[] = [],
): Promise<Redacted<Report>> {
  const { catalogue } = run.suite;
  return runPlan(
    planFor(run, settings),
    run,
    settings,
    waiversFor(waivers, selected(catalogue, settings), catalogue),
    world,
  );
}

/** @throws UsageError when the selection names what does not exist */
export function planFor(
  { suite, composer, ability }: Pick<Run, 'suite' | 'composer' | 'ability'>,
  settings: Pick<Settings, 'only'>,
): Plan {
  return shareBeginnings(plan(selected(suite.catalogue, settings), composer, ability));
}

/** @throws UsageError when the selection names what does not exist */
export function selected(catalogue: Catalogue, { only }: Pick<Settings, 'only'>): Catalogue {
  const selection = select(catalogue, only);
  if (!selection.ok) throw new UsageError(selection.problem);
  return selection.catalogue;
}

/** A run of the catalogue and of all that is worth observing besides. */
export interface ObservedRun {
  readonly report: Redacted<Report>;
  /** Every exchange that it would have sent if it lacked nothing, with how many requirements judge it. */
  readonly asked: ReadonlyMap<ExchangeId, number>;
}

/** What is said of an observed run besides its settings. */
export interface ObservedWith {
  /** All that there are. */
  readonly waivers?: readonly Waiver[];
  readonly progress?: Surroundings['progress'];
}

/**
 * Opens a run of the selected catalogue, and of the observations when everything is selected, runs it and closes it.
 *
 * @throws UsageError when settings, files or the selection are wrong
 */
export async function observedRun(
  suite: Suite,
  settings: Settings,
  world: World,
  host: StartHost,
  { waivers = [], progress }: ObservedWith = {},
): Promise<ObservedRun> {
  const run = await openRun(suite, settings, world, host, progress);
  try {
    return await observedIn(run, settings, waivers, world);
  } finally {
    await run.close();
  }
}

async function observedIn(
  run: Run,
  settings: Settings,
  waivers: readonly Waiver[],
  world: Pick<World, 'now' | 'elapsed'>,
): Promise<ObservedRun> {
  const { suite, composer, ability } = run;
  const catalogue = selected(suite.catalogue, settings);
  const scripts = settings.only.length === 0 ? suite.observations(composer) : [];
  const planned = shareBeginnings(plan(catalogue, composer, ability, scripts));
  const report = await runPlan(planned, run, settings, waiversFor(waivers, catalogue, suite.catalogue), world);
  return { report, asked: askedBy(plan(catalogue, composer, boundless, scripts)) };
}
