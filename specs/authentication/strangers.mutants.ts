// One list: the ways in which a stranger may be let in, told something or obeyed.

import type { Call, Reply } from '../../src/provider/behaviour.ts';
import {
  answeredOtherwise,
  both,
  byVerb,
  byStranger,
  carriedOutFirst,
  letIn,
  onLastRoute,
  refusedWith,
  toldAllIsWell,
  without,
  type When,
  hasSubject,
  promisesVerb,
  hasRequired,
} from '../../src/provider/faults.ts';
import { typed } from '../../src/provider/content-faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const stranger = (when: When): When => both(byStranger, when);
const byForm: When = (call) => (call.header('content-type') ?? '').includes('form');
const byOverride: When = (call) => call.header('x-http-method-override') !== undefined;
const endsInSlash: When = (call) => call.path.endsWith('/');
const inCapitals: When = ({ path, contract }) => {
  const [literal = ''] = /^\/[^/{]+/.exec(contract.routes[0].path) ?? [];
  return path.startsWith(literal.toUpperCase());
};
const refusedStranger =
  (when: When) =>
  (call: Call, reply: Reply): boolean =>
    byStranger(call) && reply.status === 401 && when(call);

const endpoints = {
  under: { hosting: 'endpoints', serializer: 'system-text-json' },
  authentication: ['identity'],
} as const;

/** Ways to call that let a stranger in. */
const open: readonly Mutant[] = [
  {
    name: 'auth-open-to-parts',
    says: 'a form in parts is carried out for anybody',
    kills: ['AUTH-007', 'AUTH-032'],
    areas: ['authentication'],
    mutate: letIn(stranger(typed('multipart'))),
  },
  {
    name: 'auth-open',
    says: 'no client is asked for credentials',
    kills: [
      'AUTH-002',
      'AUTH-005',
      'AUTH-006',
      'AUTH-007',
      'AUTH-008',
      'AUTH-013',
      'AUTH-030',
      'AUTH-031',
      'AUTH-032',
      'AUTH-034',
      'AUTH-049',
      'AUTH-050',
      'LIFE-004',
    ],
    areas: ['authentication', 'lifecycle'],
    mutate: letIn(byStranger),
  },
  {
    name: 'auth-open-get',
    says: 'a GET is let in without credentials',
    kills: ['AUTH-002', 'AUTH-030', 'AUTH-031', 'AUTH-032', 'AUTH-034', 'LIFE-004'],
    areas: ['authentication', 'lifecycle'],
    mutate: letIn(stranger(byVerb('GET'))),
  },
  {
    name: 'auth-open-delete-on-last',
    says: 'a DELETE of the last route is let in without credentials',
    kills: ['AUTH-002', 'AUTH-007', 'AUTH-030', 'AUTH-031', 'AUTH-032', 'AUTH-034', 'LIFE-004'],
    areas: ['authentication', 'lifecycle'],
    mutate: letIn(both(byStranger, byVerb('DELETE'), onLastRoute)),
  },
  {
    name: 'auth-open-head',
    says: 'a HEAD is let in without credentials, and carried out',
    kills: ['AUTH-032', 'AUTH-034'],
    elsewhere: ['AUTH-001'],
    areas: ['authentication'],
    mutate: letIn(stranger(byVerb('HEAD'))),
  },
  {
    name: 'auth-open-xml',
    says: 'a client that asks for xml is let in without credentials',
    kills: ['AUTH-005', 'AUTH-006', 'AUTH-032', 'AUTH-034'],
    areas: ['authentication'],
    mutate: letIn(stranger((call) => call.format === 'xml')),
  },
  {
    name: 'auth-open-suffix',
    says: 'a path with a suffix is let in without credentials',
    kills: ['AUTH-006', 'AUTH-013', 'AUTH-032', 'AUTH-034'],
    areas: ['authentication'],
    mutate: letIn(stranger((call) => call.suffix !== null)),
  },
  {
    name: 'auth-open-jsv',
    says: 'a client that asks for jsv by Accept is let in without credentials',
    kills: ['AUTH-008', 'AUTH-032'],
    areas: ['authentication'],
    mutate: letIn(stranger((call) => call.by === 'accept' && call.format === 'jsv')),
  },
  {
    name: 'auth-open-page',
    says: 'a client that asks for no known format is let in without credentials',
    kills: ['AUTH-008', 'AUTH-032'],
    areas: ['authentication'],
    mutate: letIn(stranger((call) => call.format === 'html')),
  },
  {
    name: 'auth-open-override',
    says: 'a request that overrides its verb is let in without credentials',
    kills: ['AUTH-007', 'AUTH-032'],
    appliesTo: promisesVerb('DELETE'),
    areas: ['authentication'],
    mutate: letIn(stranger(byOverride)),
  },
  {
    name: 'auth-open-form',
    says: 'a form is let in without credentials',
    kills: ['AUTH-007', 'AUTH-032'],
    areas: ['authentication', 'validation'],
    mutate: letIn(stranger(byForm)),
  },
  {
    name: 'auth-open-slash',
    says: 'a path with a slash at its end is let in without credentials',
    kills: ['AUTH-032', 'AUTH-034'],
    elsewhere: ['AUTH-010'],
    areas: ['authentication'],
    mutate: letIn(stranger(endsInSlash)),
  },
  {
    name: 'auth-open-capitals',
    says: 'a path in capitals is let in without credentials',
    kills: ['AUTH-032', 'AUTH-034'],
    elsewhere: ['AUTH-010'],
    areas: ['authentication'],
    mutate: letIn(stranger(inCapitals)),
  },
  {
    name: 'auth-open-forwarded-for',
    says: 'whoever says that they were forwarded for the host itself is let in without credentials',
    kills: ['AUTH-032', 'AUTH-034'],
    elsewhere: ['AUTH-052'],
    areas: ['authentication'],
    mutate: letIn(stranger((call) => call.header('x-forwarded-for') === '127.0.0.1')),
  },
  {
    name: 'auth-open-proxy-user',
    says: 'whoever names the user that a proxy is to have signed in is let in without credentials',
    kills: ['AUTH-032', 'AUTH-034'],
    elsewhere: ['AUTH-052'],
    areas: ['authentication'],
    mutate: letIn(stranger((call) => call.header('x-forwarded-user') !== undefined)),
  },
  {
    name: 'auth-open-predefined',
    says: 'the predefined routes are open to everybody',
    kills: ['AUTH-032', 'AUTH-034'],
    elsewhere: ['AUTH-011'],
    areas: ['authentication'],
    mutate: letIn(stranger((call) => call.predefined !== null)),
  },
  {
    name: 'auth-open-jsonp',
    says: 'a script is let in without credentials',
    kills: ['AUTH-032', 'AUTH-034'],
    elsewhere: ['AUTH-012'],
    areas: ['authentication'],
    mutate: letIn(stranger((call) => call.callback !== null)),
  },
  {
    ...endpoints,
    name: 'auth-endpoints-open-xml',
    says: 'under endpoint routing, a client that asks for xml is let in without credentials',
    kills: ['AUTH-009', 'AUTH-032', 'AUTH-034'],
    areas: ['authentication'],
    mutate: letIn(stranger((call) => call.format === 'xml')),
  },
];

/** Strangers who are told that all went well. */
const told: readonly Mutant[] = [
  {
    name: 'auth-told-by-head',
    says: 'a HEAD without credentials is answered with 200',
    kills: ['AUTH-001'],
    areas: ['authentication'],
    mutate: toldAllIsWell(stranger(byVerb('HEAD'))),
  },
  {
    name: 'auth-told-in-jsv',
    says: 'without credentials, a client that selects jsv by ?format= is told that all went well',
    kills: ['AUTH-004', 'AUTH-013'],
    areas: ['authentication'],
    mutate: toldAllIsWell(stranger((call) => call.format === 'jsv' && call.by === 'query')),
  },
  {
    name: 'auth-told-in-csv',
    says: 'without credentials, a client that asks for csv by Accept is told that all went well',
    kills: ['AUTH-004', 'AUTH-005'],
    areas: ['authentication'],
    mutate: toldAllIsWell(stranger((call) => call.format === 'csv' && call.by === 'accept')),
  },
  {
    name: 'auth-told-in-capitals',
    says: 'without credentials, a path in capitals is answered with 200',
    kills: ['AUTH-010'],
    areas: ['authentication'],
    mutate: toldAllIsWell(stranger(inCapitals)),
  },
  {
    name: 'auth-told-by-predefined',
    says: 'without credentials, the predefined route of jsonl is answered with 200',
    kills: ['AUTH-011'],
    areas: ['authentication'],
    mutate: toldAllIsWell(stranger((call) => call.predefined === 'jsonl')),
  },
  {
    name: 'auth-told-by-jsonp',
    says: 'without credentials, a callback is handed the response of a success',
    kills: ['AUTH-012'],
    areas: ['authentication'],
    mutate: toldAllIsWell(stranger((call) => call.callback !== null)),
  },
  {
    ...endpoints,
    name: 'auth-endpoints-login-page',
    says: 'under endpoint routing, a client that does not ask for json is handed the login page with 200',
    kills: ['AUTH-004', 'AUTH-008', 'AUTH-009'],
    areas: ['authentication', 'formats', 'response-status'],
    mutate: answeredOtherwise(
      (call, reply) => byStranger(call) && reply.status === 302,
      (reply) => ({ ...reply, status: 200 }),
    ),
  },
];

/** Strangers who are refused otherwise than promised. */
const refused: readonly Mutant[] = [
  {
    name: 'auth-forbidden',
    says: 'without credentials, every call is answered with 403',
    kills: ['AUTH-002', 'AUTH-005', 'AUTH-006', 'AUTH-007', 'AUTH-008', 'AUTH-013'],
    areas: ['authentication'],
    mutate: refusedWith(403, byStranger),
  },
  {
    name: 'auth-no-challenge-to-get',
    says: 'a 401 to a GET of a stranger carries no challenge',
    kills: ['AUTH-003'],
    areas: ['authentication'],
    mutate: answeredOtherwise(refusedStranger(byVerb('GET')), (reply) => without('WWW-Authenticate', reply)),
  },
  {
    ...endpoints,
    name: 'auth-no-challenge-under-endpoints',
    says: 'under endpoint routing, a 401 to a stranger carries no challenge, as with cookies',
    kills: ['AUTH-014'],
    areas: ['authentication'],
    mutate: answeredOtherwise(
      refusedStranger(() => true),
      (reply) => without('WWW-Authenticate', reply),
    ),
  },
  {
    name: 'auth-csv-redirected',
    says: 'without credentials, a client that asks for csv by Accept is sent to the login page',
    kills: ['AUTH-005'],
    areas: ['authentication'],
    mutate: answeredOtherwise(
      refusedStranger((call) => call.format === 'csv' && call.by === 'accept'),
      toLoginPage,
    ),
  },
  {
    name: 'auth-login-page-at-once',
    says: 'a client that asks for a page is handed the login page with 200 instead of a redirect',
    kills: ['AUTH-008', 'AUTH-052'],
    areas: ['authentication'],
    mutate: answeredOtherwise(redirectedFor('html'), (reply) => ({ ...reply, status: 200 })),
  },
];

/** What is done, or learned, before anybody asks who is calling. */
const order: readonly Mutant[] = [
  {
    name: 'auth-validates-first',
    says: 'an incomplete request is refused as such before anybody asks who is calling',
    kills: ['AUTH-030', 'AUTH-034', 'AUTH-035', 'AUTH-036'],
    appliesTo: hasRequired,
    areas: ['authentication'],
    mutate: (b) => ({ ...b, authenticate: (call) => b.validate(call) ?? b.authenticate(call) }),
  },
  {
    name: 'auth-401-tells-what-is-missing',
    says: 'the 401 to a stranger tells that the request is incomplete',
    kills: ['AUTH-030'],
    areas: ['authentication'],
    mutate: (b) => ({
      ...b,
      authenticate: (call) => {
        const judged = b.authenticate(call);
        return judged.kind === 'refusal' && b.validate(call) !== null ? { ...judged, challenge: 'Incomplete' } : judged;
      },
    }),
  },
  {
    name: 'auth-finds-first',
    says: 'an unknown subject is answered with 404 before anybody asks who is calling',
    kills: ['AUTH-002', 'AUTH-005', 'AUTH-006', 'AUTH-007', 'AUTH-008', 'AUTH-013', 'AUTH-031'],
    appliesTo: hasSubject,
    areas: ['authentication', 'lifecycle'],
    mutate: (b) => ({
      ...b,
      authenticate: (call) => {
        const isUnknown = call.subject !== null && call.store.find(call.subject) === undefined;
        const judged = b.authenticate(call);
        const told = isUnknown ? b.execute(call) : judged;
        return judged.kind === 'refusal' && told.kind === 'refusal' ? told : judged;
      },
    }),
  },
  {
    name: 'auth-known-is-forbidden',
    says: 'to a stranger, a subject that exists is answered with 403 by DELETE, others with 401',
    kills: ['AUTH-031'],
    appliesTo: hasSubject,
    areas: ['authentication', 'lifecycle'],
    mutate: refusedWith(
      403,
      both(
        byStranger,
        byVerb('DELETE'),
        (call) => call.subject !== null && call.store.find(call.subject) !== undefined,
      ),
    ),
  },
  {
    name: 'auth-carried-out-first',
    says: 'a request without credentials is carried out, and then refused',
    kills: ['AUTH-032', 'LIFE-004'],
    appliesTo: hasSubject,
    areas: ['authentication', 'lifecycle'],
    mutate: carriedOutFirst(byStranger),
  },
  {
    name: 'auth-carried-out-with-slash',
    says: 'a request of a stranger to a path with a slash at its end is carried out, and then refused',
    kills: ['AUTH-032'],
    appliesTo: hasSubject,
    areas: ['authentication'],
    mutate: carriedOutFirst(stranger(endsInSlash)),
  },
  {
    name: 'auth-carried-out-for-page',
    says: 'a request of a stranger who asks for a page is carried out, and then redirected',
    kills: ['AUTH-032'],
    appliesTo: hasSubject,
    areas: ['authentication'],
    mutate: carriedOutFirst(stranger((call) => call.format === 'html')),
  },
];

function toLoginPage(reply: Reply, call: Call): Reply {
  return { ...reply, status: 302, reason: 'Found', headers: [...reply.headers, ['Location', `${call.origin}/login`]] };
}

function redirectedFor(format: string) {
  return (call: Call, reply: Reply): boolean => byStranger(call) && call.format === format && reply.status === 302;
}

/** Faults in what happens to those who present no credentials. */
export const strangerMutants: readonly Mutant[] = [...open, ...told, ...refused, ...order];
