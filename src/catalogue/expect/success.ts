import type { Expectation } from '../../model/requirement.ts';
import { service } from '../requirement.ts';
import { bodyOf, brief, describeBody, isNothing, isObject } from './body.ts';
import { statusOf } from './response-status.ts';

/** The call succeeded: 200 with the response DTO, whose ResponseStatus, if any, has no ErrorCode. */
export const success: Expectation = {
  says: 'the call succeeds: 200 with the response, and no ErrorCode in it',
  judge: (x) => {
    if (x.status !== 200) return [service('status', '200', `${String(x.status)} with ${describeBody(x)}`)];
    const body = bodyOf(x);
    if (!isObject(body)) return [service('body', 'the response as an object', describeBody(x))];
    const code = statusOf(x)?.['ErrorCode'];
    return isNothing(code) ? [] : [service('body ResponseStatus.ErrorCode', 'absent or null', brief(code))];
  },
};

/** The call was refused in the 400 class. */
export const refused: Expectation = {
  says: 'the call is refused with a status of the 400 class',
  judge: (x) =>
    x.status >= 400 && x.status < 500
      ? []
      : [service('status', 'one of the 400 class', `${String(x.status)} with ${describeBody(x)}`)],
};

/** The service did not break down. */
export const noServerError: Expectation = {
  says: 'the status is not of the 500 class',
  judge: (x) =>
    x.status < 500 ? [] : [service('status', 'none of the 500 class', `${String(x.status)} with ${describeBody(x)}`)],
};
