import {
  answeredOtherwise,
  answeredWith,
  both,
  byVerb,
  divertedTo,
  failing,
  onFresh,
  servesMoreThanGet,
  type When,
  hasSubject,
} from '../../src/provider/faults.ts';
import { errorToldAs } from '../../src/provider/content-faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const adds =
  (name: string): When =>
  (call) =>
    call.header(name) !== undefined;

/** Faults that a client shows which a browser, a cache, a proxy or a tracer stands in for, and one that is none. */
export const clientMutants: readonly Mutant[] = [
  {
    name: 'wire-cookies-break',
    says: 'a request breaks the service where a cookie comes with it that is none of its own',
    kills: ['WIRE-019', 'WIRE-021'],
    areas: ['transport'],
    mutate: divertedTo(answeredWith(500), (call) => (call.header('cookie') ?? '').includes('theme=')),
  },
  {
    name: 'wire-proxied-redirected',
    says: 'whatever a proxy has forwarded is sent elsewhere',
    kills: ['WIRE-019', 'WIRE-021'],
    areas: ['transport'],
    mutate: divertedTo(answeredWith(307, [['Location', '/']]), adds('x-forwarded-proto')),
  },
  {
    name: 'wire-traced-post-refused',
    says: 'a POST with a trace context is refused',
    kills: ['WIRE-019'],
    // It shows in an error, which is what a call on an unknown subject gets.
    appliesTo: (contract) => hasSubject(contract) && servesMoreThanGet(contract),
    areas: ['transport'],
    mutate: answeredOtherwise(
      (call, reply) => reply.status >= 400 && both(byVerb('POST'), adds('traceparent'))(call),
      (reply) => ({ ...reply, status: 422, reason: 'Unprocessable Content' }),
    ),
  },
  {
    name: 'wire-traced-breaks',
    says: 'a valid request with a trace context breaks the service',
    kills: ['WIRE-021'],
    areas: ['transport'],
    mutate: failing(500, both(onFresh, adds('traceparent'))),
  },
  {
    name: 'wire-long-cookies-break',
    says: 'a request breaks the service that comes with three kilobytes of cookies',
    kills: ['WIRE-019'],
    areas: ['transport'],
    mutate: divertedTo(answeredWith(500), (call) => (call.header('cookie') ?? '').length > 2048),
  },
  {
    name: 'wire-proxied-success-breaks',
    says: 'a valid request that a proxy has forwarded breaks the service',
    kills: ['WIRE-021'],
    areas: ['transport'],
    mutate: failing(500, both(onFresh, adds('x-forwarded-for'))),
  },
  {
    name: 'wire-other-origin-refused',
    says: 'whatever a page of another origin sends is answered with 403',
    kills: ['WIRE-022'],
    areas: ['transport'],
    mutate: divertedTo(answeredWith(403), (call) => call.header('origin') === 'https://app.example.org'),
  },
  {
    name: 'wire-terminal-refused',
    says: 'whatever curl sends is answered with 406',
    kills: ['WIRE-022'],
    areas: ['transport'],
    mutate: divertedTo(answeredWith(406), (call) => (call.header('user-agent') ?? '').startsWith('curl/')),
  },
  {
    name: 'wire-token-of-form-refused',
    says: 'a request with a token against forgery that the service did not make is answered with 400',
    kills: ['WIRE-022'],
    areas: ['transport'],
    mutate: divertedTo(answeredWith(400), adds('x-csrf-token')),
  },
  {
    name: 'wire-range-of-error',
    says: 'of an error, too, the range alone is answered that was asked for, as a part of what there is',
    kills: ['WIRE-022'],
    // It shows in an error, which is what a call on an unknown subject gets.
    appliesTo: hasSubject,
    areas: ['transport'],
    mutate: answeredOtherwise(
      (call, reply) => reply.status >= 400 && adds('range')(call),
      (reply) => ({ ...reply, status: 206, reason: 'Partial Content', body: reply.body.slice(0, 10) }),
    ),
  },
  {
    name: 'wire-compression-breaks',
    says: 'a request breaks the service whose client takes compressed answers',
    kills: ['WIRE-022'],
    areas: ['transport'],
    mutate: divertedTo(answeredWith(500), (call) => (call.header('accept-encoding') ?? '').includes('gzip')),
  },
  {
    name: 'harmless-in-the-language-asked-for',
    says: 'the Message of an error is in the language that the client asks for',
    kills: [],
    areas: [],
    mutate: errorToldAs((error) => ({ ...error, Message: 'Das geht so nicht.' }), adds('accept-language')),
  },
];
