import { answeredLike } from '../../src/catalogue/expect/alike.ts';
import { served } from '../../src/catalogue/expect/status.ts';
import { cross, everyVerb } from '../../src/catalogue/points.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { BadCredential } from '../../src/model/exchange.ts';
import type { Composer, Requirement } from '../../src/model/requirement.ts';
import { requiresAuthentication } from './cites.ts';

/** Credentials that a run can make up, and that an operation which asks for none does not look at. */
const madeUp: readonly BadCredential[] = ['garbage-token', 'unknown-scheme', 'basic-not-base64', 'made-up-session'];

const isOpen = (c: Composer): boolean => c.contract.authentication === 'none';
const lacks = 'the operation asks for credentials, or no document tells whether it does';

/** What asks for no credentials is open to all. */
export const openToAll: readonly Requirement[] = [
  requirement('authentication', {
    id: 'AUTH-043',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'an operation that asks for no credentials is served without them, by every promised verb',
    why: 'A client that has none is turned away from what is open to all.',
    cites: [requiresAuthentication],
    lacks,
    each: (c) => (isOpen(c) ? everyVerb(c) : []),
    send: ({ route, verb }, c) => c.onAbsent(c.request(route, { verb, credentials: 'none' })),
    expect: [served],
  }),
  requirement('authentication', {
    id: 'AUTH-044',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'an operation that asks for no credentials answers the same whatever is presented',
    why: 'A client whose token has expired is turned away from what is open to all.',
    cites: [requiresAuthentication],
    lacks,
    each: (c) => (isOpen(c) ? cross({ route: c.routes, variant: madeUp }) : []),
    send: ({ route, variant }, c) =>
      c.onAbsent(c.request(route, { credentials: 'none' }), c.request(route, { credentials: variant })),
    expect: [answeredLike(0)],
  }),
];
