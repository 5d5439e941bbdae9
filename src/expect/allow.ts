import type { Expectation } from '../model/requirement.ts';
import { service } from './requirement.ts';

/** A 405 says which verbs are served (RFC 9110 §15.5.6); other answers need not. */
export const allowOn405 = (verbs: readonly string[]): Expectation => ({
  says: `a 405 names ${verbs.join(', ')} in Allow`,
  judge: (x) => {
    if (x.status !== 405) return [];
    const value = x.header('Allow');
    const named = (value ?? '').split(',').map((verb) => verb.trim().toUpperCase());
    return verbs.every((verb) => named.includes(verb)) ? [] : [service('header Allow', verbs.join(', '), value ?? 'none')];
  },
});
