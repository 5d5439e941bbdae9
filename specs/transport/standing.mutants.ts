import { gzipSync } from 'node:zlib';
import type { Call, Reply } from '../../src/provider/behaviour.ts';
import { refusal } from '../../src/provider/errors.ts';
import {
  answeredOtherwise,
  byAdmitted,
  byStranger,
  byVerb,
  delivered,
  hasSubject,
  promisesVerb,
  judgedAs,
  without,
  type When,
  isGuarded,
  hasOwnRoutes,
  answersSomething,
} from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const hasGarbage: When = (call) => call.header('authorization') === 'Bearer garbage';
const frame = 'at Platform.Tokens.Reader.Read(String token)';
const isDone = (call: Call, reply: Reply): boolean => reply.status < 300 && byAdmitted(call);
const having = (reply: Reply, name: string, value: string): Reply => ({
  ...reply,
  headers: [...reply.headers, [name, value]],
});
const text = (bytes: string): Uint8Array => new TextEncoder().encode(bytes);
const compressed = (reply: Reply): Reply => ({ ...reply, bytes: gzipSync(reply.body) });

/** Faults in answers that are asked for with something else in mind. */
export const standingMutants: readonly Mutant[] = [
  {
    name: 'wire-trace-to-garbage-token',
    says: 'a made-up token is answered with 500 and a stack trace',
    kills: ['WIRE-007'],
    appliesTo: isGuarded,
    areas: ['transport', 'authentication'],
    mutate: judgedAs(hasGarbage, () => refusal('credentials', 500, 'Exception', `It broke.\n   ${frame}`)),
  },
  {
    name: 'wire-trace-on-page',
    says: 'a person at a browser that sends a made-up token is shown a stack trace',
    kills: ['WIRE-007'],
    appliesTo: isGuarded,
    areas: ['transport', 'authentication'],
    mutate: answeredOtherwise(
      (call) => call.format === 'html' && byStranger(call),
      (reply) => ({
        ...reply,
        status: 401,
        headers: [['Content-Type', 'text/html'], ...without('Content-Type', reply).headers],
        body: `<html><body><pre>\n${frame}\n</pre></body></html>`,
      }),
    ),
  },
  {
    name: 'wire-trace-on-page-of-success',
    says: 'whoever asks for a page is shown a stack frame behind what went well',
    kills: ['WIRE-007'],
    appliesTo: (contract) => hasOwnRoutes(contract) && answersSomething(contract),
    areas: ['transport', 'formats'],
    mutate: answeredOtherwise(
      (call, reply) => call.format === 'html' && isDone(call, reply),
      (reply) => ({ ...reply, body: `${reply.body}<pre>   ${frame}</pre>` }),
    ),
  },
  {
    name: 'wire-two-types',
    says: 'a refusal of a made-up token has a second Content-Type',
    kills: ['WIRE-008'],
    appliesTo: isGuarded,
    areas: ['transport', 'authentication'],
    mutate: answeredOtherwise(hasGarbage, (reply) =>
      having(having(reply, 'Content-Type', 'application/json'), 'Content-Type', 'text/html'),
    ),
  },
  {
    name: 'wire-no-type-to-options',
    says: 'a success by OPTIONS says nothing of what it is',
    kills: ['WIRE-008'],
    appliesTo: answersSomething,
    areas: ['transport', 'verbs'],
    mutate: answeredOtherwise(
      (call, reply) => byVerb('OPTIONS')(call) && isDone(call, reply),
      (reply) => without('Content-Type', reply),
    ),
  },
  {
    name: 'wire-gzip-claimed-to-strangers',
    says: 'what is said to a made-up token is called gzip, and is none',
    kills: ['WIRE-009'],
    appliesTo: isGuarded,
    areas: ['transport', 'authentication'],
    mutate: (b) =>
      answeredOtherwise(hasGarbage, (reply) => having(reply, 'Content-Encoding', 'gzip'))(
        judgedAs(hasGarbage, () => refusal('credentials', 401, 'Unauthorized', 'Not a token.'))(b),
      ),
  },
  {
    name: 'wire-gzip-unsaid',
    says: 'what is said to a made-up token is compressed, and nothing says so',
    kills: ['WIRE-009', 'WIRE-011'],
    appliesTo: isGuarded,
    areas: ['transport', 'authentication'],
    mutate: (b) =>
      answeredOtherwise(
        hasGarbage,
        compressed,
      )(judgedAs(hasGarbage, () => refusal('credentials', 401, 'Unauthorized', 'Not a token.'))(b)),
  },
  {
    name: 'wire-gzip-for-identity',
    says: 'an answer in JSON is compressed for a client that wants it as it is',
    kills: ['WIRE-010', 'FORMAT-012'],
    areas: ['transport', 'formats'],
    mutate: answeredOtherwise(
      (call) => call.header('accept-encoding') === 'identity' && call.format === 'json',
      (reply) => having(compressed(reply), 'Content-Encoding', 'gzip'),
    ),
  },
  {
    name: 'wire-json-that-is-none',
    says: 'a made-up token is told in HTML that says it is JSON',
    kills: ['WIRE-011', 'AUTH-052'],
    appliesTo: isGuarded,
    areas: ['transport', 'authentication'],
    mutate: answeredOtherwise(hasGarbage, (reply) => ({
      ...having(without('Content-Type', reply), 'Content-Type', 'application/json'),
      body: '<html><body>Who are you?</body></html>',
    })),
  },
  {
    name: 'wire-cut-to-garbage-token',
    says: 'what is said to a made-up token breaks off within the body',
    kills: ['WIRE-012'],
    appliesTo: isGuarded,
    areas: ['transport', 'authentication'],
    mutate: (b) =>
      delivered(
        { framing: 'length', cutAfter: 1 },
        hasGarbage,
      )(judgedAs(hasGarbage, () => refusal('credentials', 401, 'Unauthorized', 'Not a token.'))(b)),
  },
  {
    name: 'wire-success-public',
    says: 'a success may be kept by others for ten minutes',
    kills: ['WIRE-013'],
    areas: ['transport'],
    mutate: answeredOtherwise(isDone, (reply) => having(reply, 'Cache-Control', 'public, max-age=600')),
  },
  {
    name: 'wire-success-expires-late',
    says: 'a success is good until the end of the century',
    kills: ['WIRE-013'],
    areas: ['transport'],
    mutate: answeredOtherwise(isDone, (reply) => having(reply, 'Expires', 'Thu, 31 Dec 2099 23:59:59 GMT')),
  },
  {
    name: 'wire-trace-in-reason',
    says: 'the reason of an error to a PATCH is a stack frame',
    kills: ['WIRE-007'],
    appliesTo: (contract) => promisesVerb('PATCH')(contract) && hasSubject(contract),
    areas: ['transport'],
    mutate: answeredOtherwise(
      (call, reply) => byVerb('PATCH')(call) && reply.status >= 400,
      (reply) => ({ ...reply, reason: frame }),
    ),
  },
  {
    name: 'wire-head-otherwise',
    says: 'a HEAD of a stranger is answered with 403, where GET is with 401',
    kills: ['WIRE-014'],
    appliesTo: isGuarded,
    areas: ['transport', 'authentication'],
    mutate: answeredOtherwise(
      (call, reply) => call.verb === 'HEAD' && byStranger(call) && reply.status === 401,
      (reply) => ({ ...reply, status: 403 }),
    ),
  },
  {
    name: 'wire-gzip-of-pages',
    says: 'pages for people are compressed, though no client asked for it',
    kills: ['WIRE-015'],
    appliesTo: (contract) => hasOwnRoutes(contract) && answersSomething(contract),
    areas: ['transport'],
    mutate: answeredOtherwise(
      (call, reply) => call.format === 'html' && reply.body !== '',
      (reply) => having(compressed(reply), 'Content-Encoding', 'gzip'),
    ),
  },
  {
    name: 'wire-http10-chunked',
    says: 'what is said to a made-up token comes in chunks, as an answer of HTTP/1.0',
    kills: ['WIRE-016', 'WIRE-017'],
    appliesTo: isGuarded,
    areas: ['transport', 'authentication'],
    mutate: delivered(
      {
        raw: text(
          'HTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n',
        ),
      },
      (call) => call.verb !== 'HEAD' && hasGarbage(call),
    ),
  },
  {
    name: 'wire-http10-now-and-then',
    says: 'what is said to a made-up token is an answer of HTTP/1.0, the rest of HTTP/1.1',
    kills: ['WIRE-017'],
    appliesTo: isGuarded,
    areas: ['transport', 'authentication'],
    mutate: delivered(
      { raw: text('HTTP/1.0 401 Unauthorized\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n\r\n') },
      hasGarbage,
    ),
  },
  {
    name: 'wire-megabytes',
    says: 'a success by PUT has three megabytes of white space behind it',
    kills: ['WIRE-018'],
    appliesTo: hasSubject,
    areas: ['transport', 'verbs', 'authentication', 'formats', 'validation', 'routes', 'lifecycle', 'examples'],
    mutate: answeredOtherwise(
      (call, reply) => call.verb === 'PUT' && isDone(call, reply),
      (reply) => ({ ...reply, body: reply.body + ' '.repeat(3_000_000) }),
    ),
  },
  {
    name: 'harmless-half-a-megabyte',
    says: 'a success by PUT has half a megabyte of white space behind it',
    kills: [],
    areas: [],
    mutate: answeredOtherwise(
      (call, reply) =>
        call.verb === 'PUT' && call.format === 'json' && isDone(call, reply) && reply.body.startsWith('{'),
      (reply) => ({ ...reply, body: reply.body + ' '.repeat(500_000) }),
    ),
  },
  {
    name: 'harmless-private-for-a-minute',
    says: 'a success may be kept by the client alone, and a page has scripts at paths',
    kills: [],
    areas: [],
    mutate: (b) =>
      answeredOtherwise(
        (call) => call.format === 'html',
        (reply) => ({
          ...having(without('Content-Type', reply), 'Content-Type', 'text/html'),
          body: '<html><script src="/app/main.js"></script><p>We look at (it) at once.</p></html>',
        }),
      )(answeredOtherwise(isDone, (reply) => having(reply, 'Cache-Control', 'private, max-age=60'))(b)),
  },
  {
    name: 'harmless-head-without-type',
    says: 'a HEAD says nothing of the type that GET would have',
    kills: [],
    areas: [],
    mutate: answeredOtherwise(
      (call) => call.verb === 'HEAD',
      (reply) => without('Content-Type', reply),
    ),
  },
];
