import type { Answered } from '../../model/exchange.ts';
import type { Expectation } from '../../model/requirement.ts';
import type { Finding } from '../../model/verdict.ts';
import { service } from '../requirement.ts';
import { brief } from './body.ts';
import { statusOf } from './response-status.ts';

/** The answer says the same as that of another step: same status, same ErrorCode. */
export const answeredLike = (index: number): Expectation => ({
  says: `status and ErrorCode are those of answer ${index + 1}`,
  judge: (x, { steps }) => {
    const measure = steps.at(index);
    return measure === undefined ? [service(`answer ${index + 1}`, 'an answer', 'none')] : unlike(measure, x);
  },
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
    const compared = steps
      .map((x, i) => ({ x, i }))
      .slice(from)
      .filter(({ x }) => x.status !== 429);
    const [first, ...rest] = compared;
    if (first === undefined) return [];
    return rest.flatMap(({ x, i }) =>
      [...unlike(first.x, x), ...unlikeType(first.x, x)].map((f) => ({ ...f, where: `answer ${i + 1}: ${f.where}` })),
    );
  },
});

function unlike(a: Answered, b: Answered): readonly Finding[] {
  if (a.status !== b.status) return [service('status', `${a.status}`, `${b.status}`)];
  const [expected, actual] = [a, b].map((x) => brief(statusOf(x)?.['ErrorCode'] ?? null));
  return expected === actual ? [] : [service('body ResponseStatus.ErrorCode', expected ?? '', actual ?? '')];
}

function unlikeType(a: Answered, b: Answered): readonly Finding[] {
  return a.mediaType === b.mediaType
    ? []
    : [service('header Content-Type', a.mediaType || 'none', b.mediaType || 'none')];
}
