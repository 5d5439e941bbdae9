import type { Expectation } from '../../model/requirement.ts';
import { service } from '../requirement.ts';
import { errorCode } from './response-status.ts';

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
    return unreached.length > 0 ? unreached : errorCode.judge(x, evidence);
  },
};
