import { answeredOtherwise, byStranger, isGuarded, judgedAs } from '../../src/provider/faults.ts';
import { errorToldAs } from '../../src/provider/content-faults.ts';
import { refusal } from '../../src/provider/errors.ts';
import type { Call, Mutate, Refusal, Reply } from '../../src/provider/behaviour.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const endpoints = {
  under: { hosting: 'endpoints', serializer: 'system-text-json' },
  authentication: ['identity'],
} as const;
const unharmed = { kills: [], areas: [] } as const;
const always = (): boolean => true;

const challengedBy = (challenge: (call: Call) => string): Mutate =>
  judgedAs(
    (call) => call.header('authorization') === undefined,
    (refused, call) => ({ ...refused, challenge: challenge(call) }),
  );

const redirected = (_: Call, reply: Reply): boolean => reply.status === 302;
const sentTo = (status: number, location: (call: Call) => string): Mutate =>
  answeredOtherwise(redirected, (reply, call) => ({
    ...reply,
    status,
    headers: reply.headers.map(([name, value]) => [name, name === 'Location' ? location(call) : value] as const),
  }));

/** Statuses other than 401 for credentials that cannot be read have been seen, and so has 401. */
const unreadableWith = (status: number): Mutate =>
  judgedAs(
    (call) => /^(Basic !|Bearer (\w\.|$)|Bearer .+\.$)/.test(call.header('authorization') ?? ''),
    (refused) => ({ ...refused, status }),
  );

/** A number, with a letter for each of its digits. */
const inLetters = (count: number): string =>
  String(count).replace(/\d/g, (digit) => 'qwertyuiop'.charAt(Number(digit)));

const toldWhy = (call: Call): Refusal =>
  refusal(
    'credentials',
    401,
    'Unauthorized',
    `Not authenticated at ${new Date().toISOString()}, call ${call.ordinal}`,
    {
      Meta: { trace: `${call.ordinal}` },
    },
  );

/** Refusals for want of credentials that differ from the recorded ones and keep every promise. */
export const harmlessRefusals: readonly Mutant[] = [
  {
    ...unharmed,
    name: 'harmless-401-explained',
    says: 'a 401 carries a ResponseStatus, with the time and a number in it',
    mutate: judgedAs(byStranger, (refused, call) => ({ ...refused, ...toldWhy(call) })),
  },
  {
    ...unharmed,
    name: 'harmless-calls-named-in-letters',
    says: 'a 401 that would be empty says in JSON which request it answers, and an error which trace it belongs to, in letters',
    mutate: (b) =>
      answeredOtherwise(
        (_, { status, body }) => status === 401 && body === '',
        (reply, call) => ({
          ...reply,
          headers: [...reply.headers, ['Content-Type', 'application/json']],
          body: JSON.stringify({ error: 'unauthorized', requestId: inLetters(call.ordinal) }),
        }),
      )(
        errorToldAs(
          (error, call) => ({ ...error, TraceId: inLetters(call.ordinal) }),
          () => true,
        )(b),
      ),
  },
  {
    ...unharmed,
    name: 'harmless-401-without-details',
    says: 'a 401 to bad credentials carries no ResponseStatus',
    mutate: judgedAs(always, (refused) => (refused.status === 401 ? { ...refused, error: null } : refused)),
  },
  {
    ...unharmed,
    name: 'harmless-challenge-digest',
    says: 'the challenge has a nonce that differs each time',
    mutate: challengedBy(({ ordinal }) => `Digest realm="Things", nonce="${ordinal * 7919}", opaque="${ordinal}"`),
  },
  {
    ...unharmed,
    name: 'harmless-challenge-many',
    says: 'there are several challenges',
    mutate: challengedBy(() => 'Negotiate, Basic realm="a, b", charset="UTF-8", Bearer'),
  },
  {
    ...unharmed,
    name: 'harmless-login-see-other',
    says: 'the redirect to the login page is a 303 to another host',
    mutate: sentTo(303, ({ target }) => `https://login.example.org/?then=${encodeURIComponent(target)}`),
  },
  {
    ...unharmed,
    name: 'harmless-page-401',
    says: 'a client that asks for a page gets a 401 with a page instead of a redirect',
    mutate: answeredOtherwise(redirected, (reply) => ({
      ...reply,
      status: 401,
      headers: [['Content-Type', 'text/html'], ...reply.headers.filter(([name]) => name !== 'Location')],
      body: '<html><body>Please sign in.</body></html>',
    })),
  },
  {
    ...unharmed,
    name: 'harmless-jsonp-401',
    says: 'a script without credentials gets a plain 401',
    mutate: answeredOtherwise(
      (call, reply) => call.callback !== null && byStranger(call) && reply.status === 200,
      (reply) => ({ ...reply, status: 401, reason: 'Unauthorized', body: '' }),
    ),
  },
  {
    ...unharmed,
    name: 'harmless-unreadable-credentials-400',
    says: 'credentials that cannot be read are answered with 400',
    mutate: unreadableWith(400),
  },
  {
    ...unharmed,
    name: 'harmless-unreadable-credentials-401',
    says: 'credentials that cannot be read are answered with 401',
    mutate: unreadableWith(401),
  },
  {
    ...unharmed,
    name: 'harmless-garbage-token-400',
    says: 'by GET and HEAD, a token that is no token is answered with 400 and an ErrorCode',
    mutate: judgedAs(
      (call) => call.header('authorization') === 'Bearer garbage' && ['GET', 'HEAD'].includes(call.verb),
      () => refusal('credentials', 400, 'FormatException', 'The input is not a valid Base-64 string.'),
    ),
  },
  {
    ...unharmed,
    name: 'harmless-refused-before-reading',
    says: 'in classic hosting, a stranger is refused before the request is read',
    mutate: (b) => ({
      ...b,
      bind: (call, batch) => {
        const judged = isGuarded(call.contract) ? b.authenticate(call) : null;
        return judged?.kind === 'refusal' ? judged : b.bind(call, batch);
      },
    }),
  },
  {
    ...unharmed,
    name: 'harmless-preflight',
    says: 'an OPTIONS without credentials is answered as a preflight: 204, and nothing is done',
    mutate: (b) => ({
      ...b,
      route: (call) =>
        call.verb === 'OPTIONS' && byStranger(call) ? { kind: 'answered', reply: preflight } : b.route(call),
    }),
  },
  {
    ...unharmed,
    ...endpoints,
    name: 'harmless-endpoints-401',
    says: 'under endpoint routing, every format gets a 401 instead of a redirect',
    mutate: answeredOtherwise(redirected, (reply) => ({ ...reply, status: 401 })),
  },
];

const preflight: Reply = {
  status: 204,
  reason: 'No Content',
  headers: [
    ['Access-Control-Allow-Origin', '*'],
    ['Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, PATCH, OPTIONS'],
  ],
  body: '',
};
