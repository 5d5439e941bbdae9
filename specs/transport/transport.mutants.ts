import type { Contract } from '../../src/model/contract.ts';
import type { Call, Delivery, Mutate, Reply } from '../../src/provider/behaviour.ts';
import {
  byAdmitted,
  byVerb,
  delivered,
  hasSubject,
  hasOwnRoutes,
  answersSomething,
  servesMoreThanGet,
} from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

type Which = (call: Call, reply: Reply) => boolean;

const isLong: Which = (call) => call.body.length > 1024;
const isError: Which = (_, reply) => reply.status >= 400;
const isDone: Which = (call, reply) => reply.status < 300 && byAdmitted(call);
const asks: (format: string) => Which = (format) => (call) => (call.header('accept') ?? '').endsWith(`/${format}`);
const hasBody: Which = (_, reply) => reply.body.length > 1;
const both =
  (...all: readonly Which[]): Which =>
  (call, reply) =>
    all.every((which) => which(call, reply));

/** Whether GET is the verb that the first route names first. */
const beginsWithGet = ({ routes: [{ verbs }] }: Contract): boolean => verbs !== 'any' && verbs[0] === 'GET';

/** Cut off within the body, at the length that was announced or without a last chunk. */
const cut = (framing: Delivery['framing']): Partial<Delivery> => ({ framing, cutAfter: 1 });
const reset: Partial<Delivery> = { reset: true };
/** More is sent than was announced. */
const lie: Partial<Delivery> = { framing: 'length', lengthError: -1 };
const raw = (text: string): Partial<Delivery> => ({ raw: new TextEncoder().encode(text) });
const silence: Partial<Delivery> = { delayMs: 3_600_000 };

/** Only every so many calls go wrong. */
const every =
  (n: number, how: Partial<Delivery>, which: Which): Mutate =>
  (b) => {
    let count = 0;
    return delivered(how, (call, reply) => {
      if (!which(call, reply)) return false;
      count += 1;
      return count % n === 0;
    })(b);
  };

/** Faults in how answers are carried. */
export const transportMutants: readonly Mutant[] = [
  {
    name: 'wire-silent-above-1-kb',
    says: 'a request of more than 1 KB is never answered',
    kills: ['WIRE-001'],
    areas: ['transport'],
    timeoutMs: 700,
    mutate: delivered(silence, isLong),
  },
  {
    name: 'wire-cut-errors-in-xml',
    says: 'errors in xml break off within the body',
    kills: ['WIRE-002'],
    appliesTo: hasSubject,
    areas: ['transport'],
    mutate: delivered(cut('length'), both(isError, asks('xml'), hasBody)),
  },
  {
    name: 'wire-cut-chunks',
    says: 'the answer to a PATCH ends without its last chunk',
    kills: ['WIRE-002', 'WIRE-005'],
    areas: ['transport'],
    mutate: delivered(cut('chunked'), both(byVerb('PATCH'), hasBody)),
  },
  {
    name: 'wire-cut-every-fourth',
    says: 'every fourth error breaks off within the body',
    kills: ['WIRE-002'],
    appliesTo: hasSubject,
    areas: ['transport'],
    mutate: every(4, cut('length'), both(isError, hasBody)),
  },
  {
    name: 'wire-reset-delete',
    says: 'the connection is closed instead of an answer to DELETE',
    kills: ['WIRE-003', 'WIRE-005'],
    appliesTo: servesMoreThanGet,
    areas: ['transport'],
    mutate: delivered(reset, byVerb('DELETE')),
  },
  {
    name: 'wire-more-than-announced',
    says: 'the answer to PUT is one byte longer than it announces, so that its last byte may be lost',
    kills: ['WIRE-004', 'WIRE-005'],
    appliesTo: servesMoreThanGet,
    areas: ['transport', 'formats', 'response-status', 'validation', 'verbs'],
    mutate: delivered(lie, both(byVerb('PUT'), hasBody)),
  },
  {
    name: 'wire-not-http',
    says: 'a page is answered without a word of HTTP',
    kills: ['WIRE-004'],
    areas: ['transport'],
    mutate: delivered(raw('<html>moved</html>\r\n\r\n'), asks('html')),
  },
  {
    name: 'wire-two-lengths',
    says: 'an answer in csv announces two lengths',
    kills: ['WIRE-004', 'WIRE-006'],
    appliesTo: hasOwnRoutes,
    areas: ['transport'],
    mutate: delivered(raw('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'), asks('csv')),
  },
  {
    name: 'wire-reset-done-get',
    says: 'a GET that was carried out is not answered: the connection is closed',
    kills: ['WIRE-005'],
    // A run that is not answered where it looks first gives up, and looks by the verb that a route names first.
    appliesTo: (contract) => servesMoreThanGet(contract) && !beginsWithGet(contract),
    areas: ['transport'],
    mutate: delivered(reset, both(isDone, byVerb('GET'))),
  },
  {
    name: 'wire-cut-done-in-xml',
    says: 'the answer to a successful request breaks off where it is xml',
    kills: ['WIRE-006'],
    appliesTo: (contract) => hasOwnRoutes(contract) && answersSomething(contract),
    areas: ['transport'],
    mutate: delivered(cut('length'), both(isDone, asks('xml'), hasBody)),
  },
];
