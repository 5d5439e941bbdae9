import type { Expectation } from '../../model/requirement.ts';
import { service } from '../requirement.ts';
import { sameAnswer } from './same-answer.ts';

/** Statuses that may come from in front of the operation: for want of credentials, of a route, of a verb. */
const beforeTheOperation: ReadonlySet<number> = new Set([401, 403, 404, 405]);

/**
 * Whoever is not let in does not get the operation's own complaint about the request.
 *
 * @param user index of the step whose credentials are good; when it did not reach the operation, nothing is judged
 * @param other index of the same request with other credentials, or none
 */
export const notAsAdmitted = (user: number, other: number): Expectation => ({
  says: `answer ${other + 1} is not what the operation answered to a user in answer ${user + 1}`,
  judge: (x, evidence) => {
    const admitted = evidence.steps.at(user);
    if (admitted === undefined || !isComplaint(admitted.status)) return [];
    const differences = sameAnswer(user, other).judge(x, evidence);
    return differences.length > 0
      ? []
      : [
          service(
            `answer ${other + 1}: status and body`,
            'a refusal for want of credentials',
            `the operation's own answer, ${admitted.status}`,
          ),
        ];
  },
});

function isComplaint(status: number): boolean {
  return status >= 400 && status < 500 && !beforeTheOperation.has(status);
}
