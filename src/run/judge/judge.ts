// One idea: what became of the scripts turned into the verdict of each case, whatever kept it from being judged.

import type { NonEmpty } from '../../model/contract.ts';
import type { Answered, Outcome, Recorded } from '../../model/exchange.ts';
import type { ReportedCase, ReportedRequirement } from '../../model/report.ts';
import { service } from '../../catalogue/requirement.ts';
import type { Case, OnRecord, Requirement, StandingExpectation } from '../../model/requirement.ts';
import type { Finding, Verdict } from '../../model/verdict.ts';
import { publishedOf } from '../../import/published.ts';
import { documented } from '../../values/contract.ts';
import { verdictOver } from '../../values/verdicts.ts';
import { firstOf, groupBy } from '../../values/words.ts';
import { secondsIn } from '../plan/second-success.ts';
import { notApart, toldOf, withAllCarried, type ToldOfCall } from './carried.ts';
import { fromFindings, IN_DOUBT, reported } from './reported.ts';
import { joined, shownBy } from '../plan/shown.ts';
import type { Disposition, Plan, PlannedCase, PlannedRequirement } from '../plan/plan.ts';
import type { NotRun, Run, ScriptResult } from '../run.ts';
import type { ScriptKey } from '../plan/script-key.ts';

/** What verdicts are drawn with. */
export type Judging = Pick<Run, 'suite' | 'composer' | 'answered' | 'cite'>;

/** What keeps a run from judging all that it planned. */
export interface Hindrance {
  /** Of a script that has no result. */
  readonly unsent: NotRun;
  /** Exchanges that say nothing of the service, and why. */
  readonly void?: { readonly exchanges: ReadonlySet<Recorded>; readonly reason: string };
}

/**
 * Judges recorded exchanges by every requirement of a plan; sends nothing.
 *
 * @param planned what was to be exercised
 * @param results what became of each script
 * @param hindrance what of it cannot be judged
 * @param by contract, schemas and readers
 */
export function judge(
  planned: Plan,
  results: ReadonlyMap<ScriptKey, ScriptResult>,
  hindrance: Hindrance,
  by: Judging,
): readonly ReportedRequirement[] {
  const carried = new Map(planned.scripts.map(({ key, carries }) => [key, carries]));
  const course: Course = {
    results,
    second: secondsIn(results),
    toldOf: (disposition) => toldOf(disposition, carried, results),
    resultOf: (key) => results.get(key) ?? hindrance.unsent,
    void: hindrance.void,
    unsent: hindrance.unsent,
    record: recordOf(planned, results, hindrance, by),
    published: publishedOf(documented(by.composer.contract)),
    asks: planned.scripts.length > 0,
  };
  return planned.requirements.map((r) => judgeRequirement(r, course, by));
}

interface Course {
  readonly results: ReadonlyMap<ScriptKey, ScriptResult>;
  readonly second: ReturnType<typeof secondsIn>;
  readonly toldOf: (disposition: Disposition & { readonly kind: 'send' }) => ToldOfCall;
  readonly resultOf: (key: ScriptKey) => ScriptResult;
  readonly void: Hindrance['void'];
  readonly unsent: NotRun;
  /** All that was exchanged, in the order of the plan. */
  readonly record: () => readonly OnRecord[];
  readonly published: ReturnType<typeof publishedOf>;
  /** Whether anything was to be sent at all. */
  readonly asks: boolean;
}

/** Read when the first standing requirement looks at it. */
function recordOf(
  { scripts }: Plan,
  results: ReadonlyMap<ScriptKey, ScriptResult>,
  hindrance: Hindrance,
  by: Judging,
): () => readonly OnRecord[] {
  let record: readonly OnRecord[] | null = null;
  return () => {
    // What an earlier plan of the run sent is on record, too.
    record ??= [...new Set([...scripts.map(({ key }) => key), ...results.keys()])].flatMap((key) => {
      const result = results.get(key);
      if (result?.kind !== 'ran') return [];
      return result.exchanges
        .filter((recorded) => hindrance.void?.exchanges.has(recorded) !== true)
        .map((recorded) => ({
          recorded,
          answered: recorded.outcome.kind === 'response' ? by.answered(recorded) : null,
        }));
    });
    return record;
  };
}

/**
 * Keeps what was made of each exchange, since many requirements look at one: by the recorded exchange itself, as its id is
 * that of every exchange with the same words, whatever the subject.
 */
export function once<T>(of: (recorded: Recorded) => T): (recorded: Recorded) => T {
  const known = new Map<Recorded, T>();
  return (recorded) => {
    const seen = known.get(recorded);
    if (seen !== undefined) return seen;
    const made = of(recorded);
    known.set(recorded, made);
    return made;
  };
}

function judgeRequirement(planned: PlannedRequirement, course: Course, by: Judging): ReportedRequirement {
  const { requirement, skip } = planned;
  const cases: readonly ReportedCase[] = skip
    ? [{ key: {}, ...reported({ verdict: 'skip', ...skip }), exchanges: [] }]
    : requirement.standing === undefined
      ? planned.cases.map((c) => judgeCase(c, course, by))
      : [judgeStanding(requirement.standing, course, by)];
  return { ...described(requirement, by), verdict: verdictOver(cases), cases };
}

/** One case: whatever is found in however many exchanges, it is one thing that does not hold. */
function judgeStanding(expectations: NonEmpty<StandingExpectation>, course: Course, by: Judging): ReportedCase {
  const record = course.record();
  if (record.length === 0) {
    const verdict: Verdict = course.asks ? notRun(course.unsent) : nothingAsked;
    return { key: {}, ...reported(verdict), exchanges: [] };
  }
  const { contract, profile } = by.composer;
  const found = expectations.flatMap((e) => e.judge(record, { contract, profile }));
  const alike = groupBy(found, ({ finding }) => JSON.stringify([finding.where, finding.expected, finding.actual]));
  const findings = [...alike.values()].flatMap((same) => {
    const [first] = same;
    const names = [...new Set(same.map(({ exchange }) => exchange))];
    return first === undefined
      ? []
      : [{ ...first.finding, where: `${first.finding.where}, in exchange ${firstOf(names, NAMED)}` }];
  });
  return {
    key: {},
    ...reported(fromFindings(findings)),
    exchanges: [...new Set(found.map(({ exchange }) => exchange))],
  };
}

const nothingAsked = {
  verdict: 'skip',
  cause: 'contract',
  reason: 'it is judged over what others ask for, and nothing that asks is selected',
} as const;

/** Exchanges named one by one, where they are many. */
const NAMED = 12;

function described(requirement: Requirement, by: Judging): Omit<ReportedRequirement, 'verdict' | 'cases'> {
  const { id, area, level, breaks, basis, title, why, cites } = requirement;
  return { id, area, level, ...(breaks && { breaks }), basis, title, why, cites: cites.map((c) => by.cite(c)) };
}

function judgeCase(planned: PlannedCase, course: Course, by: Judging): ReportedCase {
  const { case: each, disposition } = planned;
  if (disposition.kind === 'skip') {
    return { key: each.key, ...reported({ verdict: 'skip', ...disposition.skip }), exchanges: [] };
  }
  const { parts, notAskedAlone } = shownBy(disposition, course.results);
  const told = notAskedAlone === true ? course.toldOf(disposition) : null;
  const result = joined(parts, course.resultOf);
  if (result.kind === 'not-run') {
    return { key: each.key, ...reported(notRun(result)), exchanges: [] };
  }
  const sent = new Map(result.exchanges.map((x) => [x.id, x]));
  const asked = parts.flatMap((part) => part.exchanges);
  const exchanges = asked.flatMap((id) => sent.get(id) ?? []);
  const voided = course.void !== undefined && exchanges.some((x) => course.void?.exchanges.has(x) === true);
  return {
    key: each.key,
    ...reported(
      voided
        ? { verdict: 'blocked', reason: course.void.reason }
        : result.heldBack !== undefined && exchanges.length < asked.length
          ? { verdict: 'blocked', reason: result.heldBack }
          : told?.reason !== undefined
            ? { verdict: 'blocked', reason: told.reason }
            : unlessNothingTells(
                each,
                verdictOrError(each, exchanges, result, told?.finding ?? null, course, by),
                course,
                by,
              ),
    ),
    exchanges: exchanges.map((x) => x.id),
  };
}

function notRun({ cause, reason }: NotRun): Verdict {
  return cause === 'error' || cause === 'blocked' ? { verdict: cause, reason } : { verdict: 'skip', cause, reason };
}

/** That nothing was done is shown by a success afterwards, where one that comes second is told from the first. */
function unlessNothingTells(
  { refuses, script }: Case,
  verdict: Verdict,
  { second }: Course,
  { composer }: Judging,
): Verdict {
  const success = script.steps.at(-1);
  const isShownSo = verdict.verdict === 'pass' && refuses === 'all but the last' && success !== undefined;
  if (isShownSo && composer.contract.effect === 'reads')
    return {
      verdict: 'skip',
      cause: 'contract',
      reason: 'an operation that only reads has nothing to do that would show',
    };
  return isShownSo && second(success, composer) === 'answered alike'
    ? {
        verdict: 'skip',
        cause: 'subjects',
        reason:
          'the refused requests were refused as expected, but a second success is answered like the first, so that none tells whether something was done before',
      }
    : verdict;
}

/** Whatever an answer brings, it costs the cases that look at it and no others. */
function verdictOrError(...given: Parameters<typeof verdictOf>): Verdict {
  try {
    return verdictOf(...given);
  } catch (error) {
    return {
      verdict: 'error',
      reason: `the answer could not be judged: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function verdictOf(
  each: Case,
  exchanges: readonly Recorded[],
  result: ScriptResult & { readonly kind: 'ran' },
  atOnce: string | null,
  { published }: Course,
  by: Judging,
): Verdict {
  const [first, ...rest] = exchanges;
  if (first === undefined) return { verdict: 'error', reason: 'nothing was sent' };
  const outcomes: NonEmpty<Outcome> = [first.outcome, ...rest.map((x) => x.outcome)];
  const failure = outcomes.find((o) => o.kind === 'failure');
  if (failure?.kind === 'failure' && !(each.judgesTransport && isTheTargets(failure))) {
    return { verdict: 'error', reason: failure.failure.message };
  }
  if (failure === undefined && exchanges.length < each.script.steps.length) {
    // What comes after a call that carries several things is not sent where that was no success.
    const told = [...changedIn(result), ...(atOnce === null ? [] : [notApart(atOnce)])];
    if (told.length > 0) return fromFindings(told);
    return { verdict: 'error', reason: 'an earlier request of the case was not answered' };
  }
  const steps = failure === undefined ? ([by.answered(first), ...rest.map(by.answered)] as const) : undefined;
  const {
    suite: { violations, answerViolations },
    composer: { contract, profile, members },
  } = by;
  const judgement = each.judge(
    {
      contract,
      profile,
      members,
      violations,
      answerViolations,
      published,
      steps: steps ?? [unanswered(first)],
      subjects: result.subjects,
    },
    outcomes,
  );
  switch (judgement.kind) {
    case 'blocked':
      return { verdict: 'blocked', reason: judgement.reason };
    case 'skip':
      return { verdict: 'skip', cause: 'contract', reason: judgement.reason };
    case 'judged':
      return fromFindings([...withAllCarried(judgement.findings, atOnce), ...changedIn(result)]);
  }
}

/** What the subject itself tells, where it was shared. */
function changedIn({ doubt, carriedOut }: ScriptResult & { readonly kind: 'ran' }): readonly Finding[] {
  return [
    ...(carriedOut === undefined ? [] : [service('what it did', 'nothing, since it is refused', carriedOut)]),
    ...(doubt === undefined ? [] : [service(IN_DOUBT, 'as it was before a refusal', doubt)]),
  ];
}

/** A target that cannot be reached, a run that was stopped and a limit that was kept say nothing about the target's framing. */
function isTheTargets(outcome: Outcome & { readonly kind: 'failure' }): boolean {
  return !['unreachable', 'interrupted', 'withheld'].includes(outcome.failure.kind);
}

/** Transport expectations look at outcomes alone; this stands where an answer would. */
function unanswered(recorded: Recorded): Answered {
  return {
    id: recorded.id,
    request: recorded.request,
    status: 0,
    reason: '',
    headers: [],
    text: '',
    bytes: 0,
    ms: recorded.ms,
    header: () => undefined,
    mediaType: '',
    decoded: { kind: 'empty' },
  };
}
