import type { Answered } from '../../model/exchange.ts';
import type { Expectation } from '../../model/requirement.ts';
import type { Finding } from '../../model/verdict.ts';
import { inAnswer } from '../../values/answers.ts';
import { againstStep, service } from '../requirement.ts';
import { whyRefusedAgain } from '../second-calls.ts';
import { brief } from './body.ts';
import { statusOf } from './errors.ts';

/** The answer has the status of that of another step. */
export const sameStatusAs = (index: number): Expectation => ({
  says: `the status is that of answer ${index + 1}`,
  judge: againstStep(index, unlikeStatus),
  unless: whyRefusedAgain,
});

/** The answer says the same as that of another step: same status, same ErrorCode. */
export const answeredLike = (index: number): Expectation => ({
  says: `status and ErrorCode are those of answer ${index + 1}`,
  judge: againstStep(index, unlike),
  unless: whyRefusedAgain,
});

/**
 * All answers from a step on agree in status, media type and ErrorCode.
 *
 * A 429 is left out: that a service limits its callers is no contradiction.
 *
 * @param from index of the first step compared
 */
export const allAlike = (from = 0): Expectation => ({
  says: from === 0 ? 'all answers agree' : `all answers from the ${from + 1}th on agree`,
  judge: (_, { steps }) => {
    const [first, ...rest] = unlimited(steps).filter(({ i }) => i >= from);
    return first === undefined ? [] : rest.flatMap(({ x, i }) => inAnswer(i, unlikeOrOtherType(first.x, x)));
  },
});

/**
 * Wherever the second request of a script is sent again, whatever came in between, it is answered as before: status, media
 * type and ErrorCode agree.
 */
export const secondAnsweredAlike: Expectation = {
  says: 'wherever its second request is sent again, the answer agrees with the second',
  judge: againstStep(1, (measure, _, { steps }) =>
    unlimited(steps)
      .filter(({ x, i }) => i > 1 && isSameRequest(x, measure))
      .flatMap(({ x, i }) => inAnswer(i, unlikeOrOtherType(measure, x))),
  ),
};

/** The answers that do not limit their caller, with the places of their steps. */
function unlimited(steps: readonly Answered[]): readonly { readonly x: Answered; readonly i: number }[] {
  return steps.map((x, i) => ({ x, i })).filter(({ x }) => x.status !== 429);
}

function isSameRequest({ request: a }: Answered, { request: b }: Answered): boolean {
  return a.method === b.method && a.url === b.url && a.body === b.body && sameHeaders(a.headers, b.headers);
}

function sameHeaders(a: Answered['headers'], b: Answered['headers']): boolean {
  return a.length === b.length && a.every(([name, value], i) => b[i]?.[0] === name && b[i][1] === value);
}

/** What differs in the status of two answers. */
export function unlikeStatus(a: Answered, b: Answered): readonly Finding[] {
  return a.status === b.status ? [] : [service('status', `${a.status}`, `${b.status}`)];
}

function unlike(a: Answered, b: Answered): readonly Finding[] {
  if (a.status !== b.status) return unlikeStatus(a, b);
  const [expected, actual] = [a, b].map((x) => brief(statusOf(x)?.['ErrorCode'] ?? null));
  return expected === actual ? [] : [service('body ResponseStatus.ErrorCode', expected ?? '', actual ?? '')];
}

function unlikeOrOtherType(a: Answered, b: Answered): readonly Finding[] {
  const otherType = a.mediaType !== b.mediaType;
  return [
    ...unlike(a, b),
    ...(otherType ? [service('header Content-Type', a.mediaType || 'none', b.mediaType || 'none')] : []),
  ];
}
