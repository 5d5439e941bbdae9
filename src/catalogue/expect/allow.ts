import type { Expectation, Point } from '../../model/requirement.ts';
import { service } from '../requirement.ts';

/** A case that knows which verbs are served. */
export interface ServedPoint extends Point {
  readonly served: readonly string[];
}

/** A 405 says which verbs are served (RFC 9110 §15.5.6); other answers need not. */
export const allowOn405: Expectation<ServedPoint> = {
  says: 'a 405 names the verbs that are served in Allow',
  judge: (x, { point: { served } }) => {
    if (x.status !== 405) return [];
    const value = x.header('Allow');
    const named = (value ?? '').split(',').map((verb) => verb.trim().toUpperCase());
    return served.every((verb) => named.includes(verb))
      ? []
      : [service('header Allow', served.join(', '), value ?? 'none')];
  },
};
