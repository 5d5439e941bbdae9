import type { Answered, Outcome, Recorded } from '../model/exchange.ts';
import type { NonEmpty } from '../model/contract.ts';
import type {
  Area,
  Case,
  CaseKey,
  Composer,
  Condition,
  Evidence,
  Expectation,
  Judgement,
  Point,
  Requirement,
  RequirementSource,
  StandingExpectation,
  StandingSource,
  TransportExpectation,
} from '../model/requirement.ts';
import type { Finding } from '../model/verdict.ts';
import { inAnswer } from '../values/answers.ts';
import { whyOpen } from './open-methods.ts';
import { whyUntold } from './untold.ts';

/**
 * Closes a requirement over its points, so that the machine need not know what they carry.
 *
 * @param area the area the requirement belongs to
 * @param source the requirement as it is written in `specs/`
 */
export function requirement<P extends Point>(area: Area, source: RequirementSource<P>): Requirement {
  const { id, level, breaks, basis, title, why, cites } = source;
  return {
    id,
    area,
    level,
    ...(breaks && { breaks }),
    basis,
    title,
    why,
    cites,
    ...(source.when === undefined ? {} : { when: source.when }),
    ...(source.lacks === undefined ? {} : { lacks: source.lacks }),
    cases: (c) => source.each(c).map((point) => closeCase(source, point, c)),
  };
}

/**
 * A requirement that is judged over everything that a run records, whoever asked and whatever for.
 *
 * @param area the area it belongs to
 * @param source the requirement as it is written in `specs/`
 */
export function standing(area: Area, { expect, ...source }: StandingSource): Requirement {
  return { ...source, area, cases: () => [], standing: expect };
}

/** An expectation of each answer by itself. */
export function everyAnswer(
  says: string,
  judge: (x: Answered, about: Pick<Evidence, 'contract' | 'profile'>, recorded: Recorded) => readonly Finding[],
): StandingExpectation {
  return {
    says: `of every answer: ${says}`,
    judge: (record, about) =>
      record.flatMap(({ answered, recorded }) =>
        answered === null
          ? []
          : judge(answered, about, recorded).map((finding) => ({ exchange: recorded.id, finding })),
      ),
  };
}

function closeCase<P extends Point>(source: RequirementSource<P>, point: P, c: Composer): Case {
  const { expect, given = [], unless = () => null } = source;
  const script = source.send(point, c);
  return {
    key: keyOf(point),
    script,
    says: expect.map((e) => e.says),
    refuses: source.refuses ?? null,
    succeeds: source.succeeds ?? null,
    judgesTransport: isTransport(expect),
    judge: (shared, outcomes) => {
      if (isTransport(expect)) return { kind: 'judged', findings: expect.flatMap((e) => e.judgeOutcome(outcomes)) };
      const evidence: Evidence<P> = { ...shared, point };
      const { steps, contract } = evidence;
      const nothing =
        whyOpen(script, steps, contract) ??
        whyUntold(source.refuses, script, steps, evidence) ??
        unless(lastOf(steps), evidence);
      return nothing === null ? judgeAnswers(given, expect, evidence) : { kind: 'skip', reason: nothing };
    },
  };
}

function judgeAnswers<P extends Point>(
  given: readonly Expectation<P>[],
  expect: NonEmpty<Expectation<P>>,
  evidence: Evidence<P>,
): Judgement {
  const last = lastOf(evidence.steps);
  const nothing = firstReason([...given, ...expect].map((e) => e.unless?.(last, evidence) ?? null));
  if (nothing !== null) return { kind: 'skip', reason: nothing };
  const unmet = given.flatMap((e) => e.judge(last, evidence));
  const [first] = unmet;
  if (first !== undefined) {
    return { kind: 'blocked', reason: `${first.where}: expected ${first.expected}, got ${first.actual}` };
  }
  return { kind: 'judged', findings: expect.flatMap((e) => e.judge(last, evidence)) };
}

function isTransport<P extends Point>(
  expect: NonEmpty<Expectation<P>> | NonEmpty<TransportExpectation>,
): expect is NonEmpty<TransportExpectation> {
  return 'judgeOutcome' in expect[0];
}

/** What a condition asks of each setting of the profile that it names: one of these values. */
export function conditionsIn(
  when: Condition,
): readonly { readonly name: keyof Condition; readonly values: readonly (string | boolean)[] }[] {
  return (Object.entries(when) as [keyof Condition, Condition[keyof Condition]][]).map(([name, value]) => ({
    name,
    values: value === undefined ? [] : [value].flat(),
  }));
}

function keyOf(point: Point): CaseKey {
  return {
    ...(point.route && { route: point.route.name }),
    ...(point.verb && { verb: point.verb }),
    ...(point.format && { format: point.format.name }),
    ...(point.member && { member: point.member.name }),
    ...(point.variant !== undefined && { variant: point.variant }),
  };
}

function lastOf(steps: NonEmpty<Answered>): Answered {
  return steps[steps.length - 1] ?? steps[0];
}

/** Judges a step by its index instead of the last one; -1 is the last. */
export function step<P extends Point>(index: number, expectation: Expectation<P>): Expectation<P> {
  return {
    says: `of answer ${index + 1}: ${expectation.says}`,
    judge: againstStep(index, (x, _, evidence) => inAnswer(index, expectation.judge(x, evidence))),
    unless: (_, evidence) => {
      const x = evidence.steps.at(index);
      return x === undefined ? null : (expectation.unless?.(x, evidence) ?? null);
    },
  };
}

/** Judges every step. */
export function everyStep<P extends Point>(expectation: Expectation<P>): Expectation<P> {
  return {
    says: `of every answer: ${expectation.says}`,
    judge: (_, evidence) => evidence.steps.flatMap((x, i) => inAnswer(i, expectation.judge(x, evidence))),
    ...(expectation.unless && { unless: ofAnyStep(expectation.unless) }),
  };
}

/** Judges every step but the last, which shows what the others left behind. */
export function allButTheLast<P extends Point>(expectation: Expectation<P>): Expectation<P> {
  return {
    says: `of every answer but the last: ${expectation.says}`,
    judge: (_, evidence) => evidence.steps.slice(0, -1).flatMap((x, i) => inAnswer(i, expectation.judge(x, evidence))),
  };
}

/**
 * An expectation that the case decides.
 *
 * @param says what it expects, whichever it is
 * @param expectation the one that is right for a case
 */
export function byCase<P extends Point>(
  says: string,
  expectation: (evidence: Evidence<P>) => Expectation<P>,
): Expectation<P> {
  return {
    says,
    judge: (x, evidence) => expectation(evidence).judge(x, evidence),
    unless: (x, evidence) => expectation(evidence).unless?.(x, evidence) ?? null,
  };
}

/** Why any of the answers leaves nothing to judge; null where none does. */
export function ofAnyStep<P extends Point>(
  why: (x: Answered, evidence: Evidence<P>) => string | null,
): (x: Answered, evidence: Evidence<P>) => string | null {
  return (_, evidence) => firstReason(evidence.steps.map((x) => why(x, evidence)));
}

function firstReason(reasons: readonly (string | null)[]): string | null {
  return reasons.find((why) => why !== null) ?? null;
}

/**
 * Holds the answer that is judged against that of another step; that there is none is the finding then.
 *
 * @param index the step that sets the measure
 */
export function againstStep<P extends Point>(
  index: number,
  judge: (measure: Answered, x: Answered, evidence: Evidence<P>) => readonly Finding[],
): Expectation<P>['judge'] {
  return (x, evidence) => {
    const measure = evidence.steps.at(index);
    return measure === undefined ? [service(`answer ${index + 1}`, 'an answer', 'none')] : judge(measure, x, evidence);
  };
}

/** A finding against the service. */
export function service(where: string, expected: string, actual: string): Finding {
  return { class: 'service', where, expected, actual };
}

/** A finding against the page that documents it. */
export function documentation(where: string, expected: string, actual: string): Finding {
  return { class: 'documentation', where, expected, actual };
}

/** A transport expectation over every outcome of a script. */
export function everyOutcome(says: string, judge: (outcome: Outcome) => readonly Finding[]): TransportExpectation {
  return { says, judgeOutcome: (outcomes) => outcomes.flatMap(judge) };
}
