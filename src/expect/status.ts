import type { Expectation } from '../model/requirement.ts';
import { service } from './requirement.ts';

/** The status is exactly `code`. */
export const status = (code: number): Expectation => ({
  says: `the status is ${code}`,
  judge: (x) => (x.status === code ? [] : [service('status', `${code}`, `${x.status}`)]),
});

/** The status is in the class of `hundreds`: 4 for 400 to 499. */
export const statusClass = (hundreds: 2 | 3 | 4 | 5): Expectation => ({
  says: `the status is ${hundreds}xx`,
  judge: (x) => (Math.floor(x.status / 100) === hundreds ? [] : [service('status', `${hundreds}xx`, `${x.status}`)]),
});
