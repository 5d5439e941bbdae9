import type { Expectation } from '../model/requirement.ts';
import { errorCodeOf } from './error-code.ts';
import { service } from './requirement.ts';

/** Statuses that say that the request never got as far as the operation. */
const turnedAway: ReadonlySet<number> = new Set([401, 403, 405]);

/** An admitted request for an unknown subject is turned down in the 4xx class, and not for its verb or credentials. */
export const reachesTheOperation: Expectation = {
  says: 'the status is 4xx, but not 401, 403 or 405',
  judge: (x) =>
    x.status >= 400 && x.status < 500 && !turnedAway.has(x.status)
      ? []
      : [service('status', '4xx, but not 401, 403 or 405', `${x.status}`)],
};

/** The operation itself turned the request down: an ErrorCode tells its answer from that of an unknown route. */
export const served: Expectation = {
  says: 'the operation turns the unknown subject down: 4xx, but not 401, 403 or 405, with an ErrorCode',
  judge: (x, evidence) => {
    const unreached = reachesTheOperation.judge(x, evidence);
    if (unreached.length > 0 || errorCodeOf(x) !== undefined) return unreached;
    return [service('body ResponseStatus.ErrorCode', 'a non-empty string', bodyOf(x.text))];
  },
};

function bodyOf(text: string): string {
  if (text === '') return 'an empty body';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
