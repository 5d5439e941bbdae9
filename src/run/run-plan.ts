import type { Observation } from '../model/comparison.ts';
import type { ExchangeId, Recorded } from '../model/exchange.ts';
import type { Redactor } from '../exchange/redact.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report, ReportedExchange, ReportedRequirement } from '../model/report.ts';
import type { Waiver } from '../model/waiver.ts';
import { quantity } from '../values/words.ts';
import { unlessBesideNothing } from './judge/beside.ts';
import { withBrokenOff } from './judge/broken-off.ts';
import { causesOf } from './conclude/causes.ts';
import { incompleteness } from './conclude/conclude.ts';
import { heldAgainstControls } from './send/control.ts';
import { execute } from './send/execute.ts';
import { goneSince, type Gone } from './send/gone.ts';
import { withExplanations } from './judge/explained.ts';
import { judge, once } from './judge/judge.ts';
import { observer } from './judge/observe.ts';
import type { Plan } from './plan/plan.ts';
import type { PlannedScript } from './plan/planned-script.ts';
import { preflight, type Preflight } from './send/preflight.ts';
import { executeRepeatedly, notRepeated, together, type Round } from './repeat.ts';
import { reportOf, reportedExchange, suiteOf, targetOf, withNotes } from './conclude/report.ts';
import { exchangesIn, type Obstacle, type Results, type Run } from './run.ts';
import { unavailability } from './judge/unavailable.ts';
import { toldByHangs } from './judge/unanswered.ts';
import { applyWaivers } from './conclude/waive.ts';

/**
 * Sends what was planned and reports: pre-flight, exchanges, verdicts, conclusion.
 *
 * @param waivers of requirements that are selected, or that do not exist
 */
export async function runPlan(plan: Plan, opened: Run, waivers: readonly Waiver[]): Promise<Redacted<Report>> {
  const run: Run = { ...opened, answered: once(opened.answered) };
  const {
    settings: { repeat, complete, failOn, seed },
    world,
    redactor,
  } = run;
  // A run may be asked to send several plans: what an earlier one sent is no part of this one's report.
  const earlier = new Set(exchangesIn(run.results).map(({ id }) => id));
  const startedAt = world.now().toISOString();
  const began = world.elapsed();
  const { obstacle: before, notes } = await lookBefore(plan, run);
  const [first = run.results, ...later] = await executeRepeatedly(
    sendable(plan.scripts, before),
    run,
    before === null ? repeat : 1,
  );
  const missed = notRepeated(plan.scripts, first, later);
  const observed = once(observer(run.answered, run.target, run.data));
  const rounds = (gone: Gone | null): readonly [Round, ...Round[]] => {
    const judged = (results: Results): Round => ({
      results,
      requirements: verdicts(plan, results, { before, gone }, run, observed),
    });
    return [judged(first), ...later.map(judged)];
  };
  const asIfThere = rounds(null);
  const gone = before === null && isAmiss(asIfThere) ? await goneSince(run) : null;
  const obstacle = before ?? gone?.obstacle ?? null;
  const [round, ...laterRounds] = gone === null ? asIfThere : rounds(gone);
  const { requirements: found, shown } = together(round, laterRounds, observed);
  const { requirements, objections: stale } = applyWaivers(found, waivers, startedAt.slice(0, 10));
  const objections = [...stale, ...(complete ? incompleteness(requirements) : []), ...unavailability(run.ended)];
  const said = [
    ...notes,
    ...(gone === null ? [] : [gone.obstacle.says]),
    ...(missed === 0
      ? []
      : [
          `${quantity(missed, 'script')} of ${plan.scripts.length} could not be sent every time, for want of subjects or budget`,
        ]),
  ];
  const report = reportOf(
    {
      suite: suiteOf(run.suite, seed),
      target: { ...targetOf(run), ...(said.length > 0 && { notes: said }) },
      profile: run.composer.profile,
      startedAt,
      durationMs: Math.round(world.elapsed() - began),
      requirements,
      exchanges: reportedExchanges(
        [
          ...new Set([
            ...plan.scripts.flatMap((s) => s.exchanges),
            ...[...shown.keys()].filter((id) => !earlier.has(id)),
          ]),
        ],
        shown,
        observed,
        redactor,
      ),
      sent: [run.results, ...later].flatMap(exchangesIn).length,
      gate: { failOn, interrupted: world.signal.aborted, obstacle, objections, enough: plan.enough },
      ...(later.length > 0 && { repetitions: later.length + 1 }),
    },
    redactor,
  );
  return withNotes(report, run);
}

/**
 * Sends a plan once and judges, without a report: what proving looks at.
 *
 * @param run how to send and judge it
 */
export async function judgeOnce(plan: Plan, opened: Run): Promise<Pick<Report, 'requirements' | 'causes'>> {
  const run: Run = { ...opened, answered: once(opened.answered) };
  const { obstacle: before } = await lookBefore(plan, run);
  await execute(sendable(plan.scripts, before), run);
  const observed = once(observer(run.answered, run.target, run.data));
  const requirements = verdicts(plan, run.results, { before, gone: null }, run, observed);
  const failed = new Set(
    requirements.flatMap((r) => r.cases.filter((c) => c.verdict === 'fail').flatMap((c) => c.exchanges)),
  );
  const sent = exchangesIn(run.results);
  const exchanges = reportedExchanges(
    sent.map(({ id }) => id).filter((id) => failed.has(id)),
    new Map(sent.map((x) => [x.id, x])),
    observed,
    run.redactor,
  );
  return { requirements, causes: causesOf(requirements, exchanges, 'MUST') };
}

/** What the host itself keeps a run from judging, as seen before and after. */
interface Absence {
  readonly before: Obstacle | null;
  readonly gone: Gone | null;
}

async function lookBefore(plan: Plan, run: Run): Promise<Preflight> {
  const { obstacle } = run;
  return obstacle !== null || plan.scripts.length === 0 ? { obstacle, notes: [] } : preflight(run);
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
  run: Run,
  observed: (x: Recorded) => Observation,
): readonly ReportedRequirement[] {
  const keys = new Set(sendable(plan.scripts, before).map(({ key }) => key));
  const exchanges = exchangesIn(results);
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
    run,
  );
  const explained = withExplanations(judged, results);
  const told = gone === null ? withBrokenOff(explained, exchanges) : explained;
  const held = heldAgainstControls(toldByHangs(told, exchanges), exchanges, observed);
  return unlessBesideNothing(held, exchanges, {
    contract: { ...run.composer.contract, routes: run.composer.routes },
    target: run.target,
  });
}

/** Whether anything went wrong that a host which is no longer there would explain. */
function isAmiss(rounds: readonly Round[]): boolean {
  return rounds.some(({ requirements }) =>
    requirements.some(({ verdict }) => verdict === 'fail' || verdict === 'error' || verdict === 'blocked'),
  );
}

/** @param ids those of the plan, in its order; then what the pre-flight sent besides */
function reportedExchanges(
  ids: readonly ExchangeId[],
  shown: ReadonlyMap<ExchangeId, Recorded>,
  observed: (x: Recorded) => Observation,
  redactor: Redactor,
): readonly Redacted<ReportedExchange>[] {
  return ids.flatMap((id) => {
    const x = shown.get(id);
    if (x === undefined) return [];
    let known: Redacted<Observation> | undefined;
    return [reportedExchange(x, redactor, () => (known ??= redactor.all(observed(x))))];
  });
}
