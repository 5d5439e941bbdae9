import type { Expectation } from '../../model/requirement.ts';
import { service } from '../requirement.ts';

/** An authentication scheme, then nothing or its parameters (RFC 9110 §11.3). */
const challenge = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]+\S.*|[ \t]*,.*)?$/;

/** A 401 tells how to authenticate (RFC 9110 §15.5.2); other answers need not. */
export const challengeOn401: Expectation = {
  says: 'a 401 carries a WWW-Authenticate challenge',
  judge: (x) => {
    if (x.status !== 401) return [];
    const value = x.header('WWW-Authenticate');
    return value !== undefined && challenge.test(value.trim())
      ? []
      : [service('header WWW-Authenticate', 'a challenge', value ?? 'none')];
  },
};
