import type { Expectation } from '../../model/requirement.ts';
import { errorCode } from './response-status.ts';
import { success } from './success.ts';

/** The answer has the documented shape, whichever it is: an error with its ErrorCode, or a success without one. */
export const answeredInKind: Expectation = {
  says: 'the answer is a success without an ErrorCode, or an error with one',
  judge: (x, evidence) => (x.status >= 400 ? errorCode : success).judge(x, evidence),
};

/** Judges an answer that is an error, and lets one that is none be. */
export const whenRefused = (expectation: Expectation): Expectation => ({
  says: `${expectation.says}, when the call is refused`,
  judge: (x, evidence) => (x.status >= 400 ? expectation.judge(x, evidence) : []),
});
