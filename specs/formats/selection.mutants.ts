// One list: how the choice of a format, and what an answer is carried in, may go wrong.

import { gzipSync } from 'node:zlib';
import type { Call, Mutate, Reply } from '../../src/provider/behaviour.ts';
import {
  bodyWrittenAs,
  errorToldAs,
  having,
  inFormat,
  lacking,
  negotiatedAs,
  overlooked,
  refusedBy,
  typed,
} from '../../src/provider/content-faults.ts';
import {
  answeredOtherwise,
  both,
  byVerb,
  failing,
  hasSubject,
  onFresh,
  pretending,
  together,
  turnedDown,
  hasOwnRoutes,
  servesMoreThanGet,
  tellsNamespace,
  answersInFormats,
  answersSomething,
} from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const bySuffix = (call: Call): boolean => call.suffix !== null;
const byQuery = (call: Call): boolean => call.by === 'query';
const withoutSuffix = (call: Call): Call => ({ ...call, suffix: null });
const withoutQuery = (call: Call): Call => ({ ...call, query: call.query.filter(([name]) => name !== 'format') });
const isError = (reply: Reply): boolean => reply.status >= 400 && reply.body !== '';

const asJson = { format: 'json', mediaType: 'application/json; charset=utf-8' } as const;
const asHtml = { format: 'html', mediaType: 'text/html' } as const;

/** An Accept header of this kind brings HTML. */
const acceptUnknown = (when: (accept: string, call: Call) => boolean): Mutate =>
  negotiatedAs((found, call) =>
    found.by === 'accept' && when(call.header('accept') ?? '', call) ? { ...found, ...asHtml } : found,
  );

const compressed = (reply: Reply): Reply => ({
  ...having('Content-Encoding', 'gzip', reply),
  bytes: gzipSync(reply.body),
});

/** How the format is selected. */
const selected: readonly Mutant[] = [
  {
    name: 'format-accept-unheeded-by-put',
    says: 'PUT answers in JSON, whatever the Accept header asks for',
    kills: ['FORMAT-001'],
    appliesTo: hasOwnRoutes,
    elsewhere: ['FORMAT-009'],
    areas: ['formats'],
    mutate: negotiatedAs((found, call) =>
      found.by === 'accept' && byVerb('PUT')(call) ? { ...found, ...asJson } : found,
    ),
  },
  {
    name: 'format-suffix-unheeded-by-success',
    says: 'with a suffix, the Accept header selects the format of a success',
    kills: ['FORMAT-006'],
    areas: ['formats'],
    mutate: overlooked(withoutSuffix, 'success', bySuffix),
  },
  {
    name: 'format-suffix-unheeded-by-errors',
    says: 'with a suffix, the Accept header selects the format of an error',
    kills: ['FORMAT-002'],
    appliesTo: hasSubject,
    areas: ['formats'],
    mutate: overlooked(withoutSuffix, 'refusal', bySuffix),
  },
  {
    name: 'format-query-unheeded-by-success',
    says: 'the format parameter of the query does not count for a success',
    kills: ['FORMAT-007'],
    areas: ['formats'],
    mutate: overlooked(withoutQuery, 'success', byQuery),
  },
  {
    name: 'format-query-unheeded-by-errors',
    says: 'the format parameter of the query does not count for an error',
    kills: ['FORMAT-003'],
    appliesTo: hasSubject,
    areas: ['formats'],
    mutate: overlooked(withoutQuery, 'refusal', byQuery),
  },
  {
    name: 'format-suffix-other-code',
    says: 'an error has another ErrorCode where a suffix selects the format',
    kills: ['FORMAT-004'],
    appliesTo: hasSubject,
    areas: ['formats'],
    mutate: errorToldAs((error) => ({ ...error, ErrorCode: 'Error' }), bySuffix),
  },
  {
    name: 'format-query-message-lost-in-xml',
    says: 'an error in XML has no Message where the query selects the format',
    kills: ['FORMAT-005'],
    appliesTo: hasSubject,
    areas: ['formats'],
    mutate: errorToldAs((error) => lacking('Message', error), both(byQuery, inFormat('xml'))),
  },
  {
    name: 'format-accept-upper-case-unknown',
    says: 'an Accept header in capitals brings HTML',
    kills: ['FORMAT-008'],
    appliesTo: hasOwnRoutes,
    areas: ['formats'],
    mutate: acceptUnknown((accept) => accept !== accept.toLowerCase()),
  },
];

/** How bodies are carried. */
const carried: readonly Mutant[] = [
  {
    name: 'format-json-errors-as-html',
    says: 'an error in JSON is called text/html by DELETE',
    kills: ['FORMAT-001', 'STATUS-001', 'VALID-001', 'VALID-012', 'VALID-013'],
    elsewhere: ['FORMAT-009'],
    areas: ['formats', 'response-status', 'validation', 'verbs', 'lifecycle'],
    mutate: answeredOtherwise(
      (call, reply) => call.format === 'json' && byVerb('DELETE')(call) && isError(reply),
      (reply) => having('Content-Type', 'text/html', reply),
    ),
  },
  {
    name: 'format-latin1-declared',
    says: 'XML is called ISO-8859-1',
    kills: ['FORMAT-011'],
    appliesTo: hasOwnRoutes,
    areas: ['formats'],
    mutate: answeredOtherwise(inFormat('xml'), (reply, call) =>
      having('Content-Type', `${call.mediaType}; charset=iso-8859-1`, reply),
    ),
  },
  {
    name: 'format-latin1-sent',
    says: 'csv is sent in ISO-8859-1, under no charset',
    kills: ['FORMAT-011'],
    appliesTo: hasSubject,
    areas: ['formats'],
    mutate: together(
      answeredOtherwise(inFormat('csv'), (reply) => ({ ...reply, bytes: Buffer.from(reply.body, 'latin1') })),
      errorToldAs((error) => ({ ...error, Message: 'Das gibt es für Sie nicht.' }), refusedBy('service')),
    ),
  },
  {
    name: 'format-compressed-against-wish',
    says: 'an answer is compressed for a client that accepts no coding but identity',
    kills: ['FORMAT-012'],
    areas: ['formats'],
    mutate: answeredOtherwise((call) => call.header('Accept-Encoding') === 'identity', compressed),
  },
  {
    name: 'format-jsonl-pretty-printed',
    says: 'an error in jsonl goes over several lines',
    kills: ['FORMAT-009', 'STATUS-001', 'EXAMPLE-002'],
    appliesTo: hasOwnRoutes,
    areas: ['formats', 'response-status', 'examples', 'routes', 'lifecycle', 'verbs'],
    mutate: bodyWrittenAs(
      (body) => JSON.stringify(JSON.parse(body), null, 2),
      (call, reply) => call.format === 'jsonl' && isError(reply),
    ),
  },
  {
    name: 'format-csv-unquoted',
    says: 'a cell with commas stands in csv without quotes',
    kills: ['FORMAT-009', 'STATUS-001', 'EXAMPLE-002'],
    appliesTo: hasOwnRoutes,
    areas: ['formats', 'response-status', 'examples', 'routes', 'lifecycle', 'verbs'],
    mutate: bodyWrittenAs(
      (body) => body.replace(/"((?:[^"]|"")*)"(?=\r)/g, '$1'),
      (call, reply) => call.format === 'csv' && isError(reply),
    ),
  },
  {
    name: 'format-jsv-json-escapes',
    says: 'quotes within texts are escaped in jsv as in JSON',
    kills: ['FORMAT-009'],
    appliesTo: hasOwnRoutes,
    areas: ['formats', 'response-status', 'routes', 'lifecycle', 'verbs'],
    mutate: together(
      bodyWrittenAs((body) => body.replace('""no one""', '\\"no one\\"'), inFormat('jsv')),
      errorToldAs((error) => ({ ...error, Message: 'This is "no one", or nothing.' }), refusedBy('service')),
    ),
  },
  {
    name: 'format-xml-unescaped',
    says: 'a Message in XML holds a bare ampersand',
    kills: ['FORMAT-009', 'STATUS-001', 'EXAMPLE-002'],
    appliesTo: hasOwnRoutes,
    areas: ['formats', 'response-status', 'examples', 'routes', 'lifecycle', 'verbs'],
    mutate: bodyWrittenAs(
      (body) => body.replace(/(Message>)(?=[^<])/, '$1You & I: '),
      (call, reply) => call.format === 'xml' && isError(reply),
    ),
  },
  {
    name: 'format-xml-second-root',
    says: 'a success in XML is written twice',
    kills: ['FORMAT-010', 'STATUS-012', 'EXAMPLE-001'],
    appliesTo: (contract) => hasOwnRoutes(contract) && answersSomething(contract) && answersInFormats(contract),
    areas: ['formats', 'response-status', 'examples'],
    mutate: bodyWrittenAs(
      (body) => `${body}${body}`,
      (call, reply) => call.format === 'xml' && reply.status === 200,
    ),
  },
  {
    name: 'format-jsonl-byte-order-mark',
    says: 'jsonl begins with a byte order mark',
    kills: ['FORMAT-009', 'FORMAT-010', 'STATUS-001', 'STATUS-012', 'EXAMPLE-001'],
    elsewhere: ['ROUTE-004'],
    areas: ['formats', 'response-status', 'examples', 'routes', 'verbs'],
    mutate: bodyWrittenAs(
      (body) => `\uFEFF${body}`,
      (call, reply) => call.format === 'jsonl' && reply.body !== '',
    ),
  },
];

const doneForPeople = both(inFormat('html'), onFresh);

/** What a person at a browser gets, or a client that names no format. */
const forPeople: readonly Mutant[] = [
  {
    name: 'format-page-of-success-breaks',
    says: 'where a person at a browser is signed in, a call that would succeed breaks the service',
    kills: ['FORMAT-026', 'FORMAT-027'],
    appliesTo: hasOwnRoutes,
    areas: ['formats'],
    mutate: failing(500, doneForPeople),
  },
  {
    name: 'format-page-sends-to-login',
    says: 'a client that sends no Accept is told to sign in, signed in or not',
    kills: ['FORMAT-026', 'VALID-013'],
    areas: ['formats', 'lifecycle', 'validation'],
    mutate: turnedDown(401, (call) => call.header('accept') === undefined),
  },
  {
    name: 'format-page-pretends',
    says: 'a person at a browser is shown a success, and nothing is done',
    kills: ['FORMAT-026', 'VALID-030'],
    appliesTo: hasSubject,
    areas: ['formats', 'routes', 'validation'],
    mutate: pretending(doneForPeople),
  },
];

/** Forms in parts, as browsers post them beside files. */
const inParts: readonly Mutant[] = [
  {
    name: 'format-parts-break',
    says: 'a valid form in parts breaks the service',
    kills: ['FORMAT-028'],
    areas: ['formats', 'routes'],
    mutate: failing(500, both(onFresh, typed('multipart'))),
  },
  {
    name: 'format-parts-pretended',
    says: 'a form in parts is answered with a success, and nothing is done',
    kills: ['FORMAT-028', 'VALID-030'],
    appliesTo: hasSubject,
    areas: ['formats', 'routes', 'validation'],
    mutate: pretending(both(onFresh, typed('multipart'))),
  },
];

/** What works by itself, and not together. */
const inPairs: readonly Mutant[] = [
  {
    name: 'format-together-put-in-csv',
    says: 'a valid PUT breaks the service where the answer is csv, and so does no other verb and no other format',
    kills: ['FORMAT-027'],
    appliesTo: (contract) => hasOwnRoutes(contract) && servesMoreThanGet(contract),
    areas: ['formats'],
    mutate: failing(500, both(onFresh, byVerb('PUT'), inFormat('csv'))),
  },
  {
    name: 'format-together-xml-body-by-suffix',
    says: 'a valid body in xml breaks the service where a suffix selects the format of the answer',
    kills: ['FORMAT-027'],
    appliesTo: (contract) => hasOwnRoutes(contract) && servesMoreThanGet(contract) && tellsNamespace(contract),
    areas: ['formats'],
    mutate: failing(
      500,
      both(onFresh, typed('xml'), (call) => call.suffix !== null),
    ),
  },
  {
    name: 'format-together-accept-list-breaks',
    says: 'an Accept header that names other types behind JSON, as common clients send it, breaks the service',
    kills: ['FORMAT-027'],
    areas: ['formats'],
    mutate: failing(
      500,
      both(onFresh, (call) => call.header('accept')?.startsWith('application/json, text/plain') === true),
    ),
  },
];

/** Faults in how formats are selected, and how answers are carried in them. */
export const selectionMutants: readonly Mutant[] = [...selected, ...carried, ...forPeople, ...inParts, ...inPairs];
