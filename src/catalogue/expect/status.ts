import type { Expectation } from '../../model/requirement.ts';
import { service } from '../requirement.ts';

/** The status is exactly `code`. */
export const status = (code: number): Expectation => ({
  says: `the status is ${code}`,
  judge: (x) => (x.status === code ? [] : [service('status', `${code}`, `${x.status}`)]),
});
