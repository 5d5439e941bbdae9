import type { Expectation } from '../../model/requirement.ts';
import { service } from '../requirement.ts';
import { bodyOf } from './body.ts';

/** The body validates against the schema of the response DTO; one that cannot be read is judged by `wellFormed`. */
export const validResponse: Expectation = {
  says: 'the body validates against the schema of the response',
  judge: (x, evidence) => {
    const body = bodyOf(x);
    if (body === undefined) return [];
    return evidence
      .violations(evidence.contract.response, body)
      .map(({ at, expected, actual }) => service(`body ${at}`, expected, actual));
  },
};
