import type { Header } from '../src/model/exchange.ts';
import type { PlainObject, PlainValue } from '../src/model/value.ts';
import type { Reply } from '../src/provider/behaviour.ts';
import {
  bodyWrittenAs,
  errorToldAs,
  everyItem,
  having,
  lacking,
  refusedAs,
  refusedBy,
  statusToldAs,
  successToldAs,
  typed,
} from '../src/provider/content-faults.ts';
import {
  answeredByStatusAlone,
  answeredOtherwise,
  answeredWith,
  both,
  divertedTo,
  failing,
  onAbsent,
  pretending,
  together,
  without,
  worksOnSomething,
} from '../src/provider/faults.ts';
import type { Mutant } from '../src/provider/mutant.ts';

const isJson = (reply: Reply): boolean =>
  reply.headers.some(([name, value]) => name === 'Content-Type' && value.startsWith('application/json'));
const isCsv = (reply: Reply): boolean =>
  reply.headers.some(([name, value]) => name === 'Content-Type' && value.includes('csv'));
const always = (): boolean => true;

/** Members the other way round, at every depth. */
function reversed(value: PlainValue): PlainValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

const otherWords = (text: PlainValue | undefined): string =>
  `Das war nichts: “${typeof text === 'string' ? text.length : 0}” – bitte prüfen (siehe /docs/errors).`;

const retold = together(
  errorToldAs(
    (error) => ({
      ...error,
      ErrorCode: typeof error['ErrorCode'] === 'string' ? `Err-${error['ErrorCode']}` : 'Err',
      Message: otherWords(error['Message']),
      Meta: { TraceId: '00-4bf92f', Hint: null },
    }),
    always,
  ),
  errorToldAs(
    everyItem((item) => ({
      ...item,
      ErrorCode: 'E1',
      Message: otherWords(item['Message']),
      Meta: { Severity: 'high' },
    })),
    always,
  ),
);

/** Null where nothing is said. */
const nulls: PlainObject = { ErrorCode: null, Message: null, StackTrace: null, Errors: null, Meta: null };

/** What no promise speaks of, in what answers say: none of it may be flagged. */
const saying: readonly Mutant[] = [
  {
    name: 'harmless-other-words',
    says: 'errors have other codes and texts, and Meta in the status and in its items',
    kills: [],
    areas: [],
    mutate: retold,
  },
  {
    name: 'harmless-other-words-strictly',
    says: 'errors have other codes and texts, in camelCase under System.Text.Json',
    kills: [],
    areas: [],
    under: { serializer: 'system-text-json', casing: 'camel' },
    mutate: retold,
  },
  {
    name: 'harmless-other-words-under-endpoints',
    says: 'errors have other codes and texts under endpoint hosting',
    kills: [],
    areas: [],
    under: { hosting: 'endpoints', serializer: 'system-text-json' },
    authentication: ['identity'],
    mutate: retold,
  },
  {
    name: 'harmless-traced',
    says: 'every error tells its time and a trace id of its own, in its text and in Meta',
    kills: [],
    areas: [],
    mutate: errorToldAs((error, call) => {
      const trace = `0HN${(call.ordinal * 7919).toString(36).toUpperCase()}:${call.ordinal.toString(16).padStart(8, '0')}`;
      const { Message: text } = error;
      return {
        ...error,
        Message: `${typeof text === 'string' ? text : ''} (trace ${trace}, ${new Date(1e12 + call.ordinal * 997).toISOString()})`,
        Meta: { TraceId: trace },
      };
    }, always),
  },
  {
    name: 'harmless-success-with-status',
    says: 'a success has an empty ResponseStatus',
    kills: [],
    areas: [],
    mutate: successToldAs({ ResponseStatus: {} }, answeredByStatusAlone),
  },
  {
    name: 'harmless-nulls',
    says: 'ResponseStatus is there with all its members, null where nothing is said',
    kills: [],
    areas: [],
    mutate: together(
      successToldAs({ ResponseStatus: nulls }, answeredByStatusAlone),
      errorToldAs(
        (error) => ({ ...nulls, ...lacking('Errors', error), Errors: error['Errors'] ?? null }),
        refusedBy('validation'),
      ),
      // Of the service itself alone: where what is read is refused, Errors names a member.
      errorToldAs(
        (error) => ({ ...nulls, ...lacking('Errors', error) }),
        (_, { by }) => by === 'service',
      ),
    ),
  },
  {
    name: 'harmless-message-alike-traces',
    says: 'a Message speaks of places and files, without disclosing any',
    kills: [],
    areas: [],
    mutate: errorToldAs(
      (error) => ({ ...error, Message: 'It failed at once (see /docs/metadata), at 10:30: C:/ is full of "usr".' }),
      refusedBy('service'),
    ),
  },
  {
    name: 'harmless-further-members',
    says: 'answers have further headers, and an unknown subject an item without FieldName',
    kills: [],
    areas: [],
    mutate: together(
      errorToldAs(
        (error) => ({ ...error, Errors: [{ ErrorCode: 'NotFound', Message: 'There is none.' }] }),
        refusedAs(404),
      ),
      answeredOtherwise(always, (reply) => ({
        ...reply,
        headers: [...reply.headers, ['X-Request-Id', '7f'], ['Cache-Control', 'no-store']],
      })),
    ),
  },
];

/** In how they are written. */
const writing: readonly Mutant[] = [
  {
    name: 'harmless-json-pretty-printed',
    says: 'JSON goes over several lines, members the other way round, apostrophes escaped',
    kills: [],
    areas: [],
    mutate: bodyWrittenAs(
      (body) => JSON.stringify(reversed(JSON.parse(body) as PlainValue), null, 2).replaceAll("'", '\\u0027'),
      (_, reply) => isJson(reply) && reply.body.startsWith('{'),
    ),
  },
  {
    name: 'harmless-other-spelling',
    says: 'XML has no declaration, csv ends its lines with LF, types have a charset in capitals or none',
    kills: [],
    areas: [],
    mutate: together(
      bodyWrittenAs(
        (body) => body.replace(/^<\?xml[^>]*>/, ''),
        (call) => call.format === 'xml',
      ),
      bodyWrittenAs(
        (body) => body.replaceAll('\r\n', '\n'),
        (call) => call.format === 'csv',
      ),
      answeredOtherwise(
        (call) => call.format === 'json' && call.callback === null,
        (reply) => (isJson(reply) ? having('Content-Type', 'application/json', reply) : reply),
      ),
      answeredOtherwise(
        (call) => call.format === 'csv',
        (reply, call) =>
          reply.body === '' || !isCsv(reply)
            ? reply
            : having('Content-Type', `${call.mediaType}; Charset="UTF-8"`, reply),
      ),
    ),
  },
  {
    name: 'harmless-types-in-capitals',
    says: 'types of media are written with capitals',
    kills: [],
    areas: [],
    mutate: answeredOtherwise(always, (reply) => ({
      ...reply,
      headers: reply.headers.map(([name, value]): Header => [
        name,
        name === 'Content-Type' ? value.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()) : value,
      ]),
    })),
  },
  {
    name: 'harmless-script-type',
    says: 'a callback is called with a semicolon, as application/javascript, without Vary',
    kills: [],
    areas: [],
    mutate: answeredOtherwise(
      (call, reply) => call.callback !== null && reply.body.endsWith(')'),
      (reply) =>
        without(
          'Vary',
          having('Content-Type', 'application/javascript; charset=utf-8', { ...reply, body: `${reply.body};` }),
        ),
    ),
  },
];

/** In how calls end. */
const ending: readonly Mutant[] = [
  {
    name: 'harmless-second-call-succeeds',
    says: 'a subject that was updated before is answered with success',
    kills: [],
    areas: [],
    mutate: pretending(
      (call) =>
        call.subject !== null &&
        !onAbsent(call) &&
        call.store.find(call.subject)?.state !== call.contract.subject?.states.fresh,
    ),
  },
  {
    name: 'harmless-unknown-is-invalid',
    says: 'an unknown subject is answered with 400, before the members are looked at',
    kills: [],
    areas: [],
    mutate: (b) => {
      const isUnknown = both(worksOnSomething, onAbsent);
      const behaviour = failing(400, isUnknown)(b);
      return { ...behaviour, validate: (call) => (isUnknown(call) ? null : b.validate(call)) };
    },
  },
  {
    name: 'harmless-options-in-front',
    says: 'a gateway answers OPTIONS to everybody',
    kills: [],
    areas: [],
    mutate: divertedTo(
      answeredWith(204, [['Access-Control-Allow-Origin', '*']]),
      ({ sentVerb }) => sentVerb === 'OPTIONS',
    ),
  },
  {
    name: 'harmless-other-refusals',
    says: 'a malformed or all-zero path is answered with 404, invalid members with 422, an unknown type with 415',
    kills: [],
    areas: [],
    mutate: together(
      statusToldAs(404, (call) => /not-a-guid|x{500}/.test(call.path)),
      statusToldAs(422, (_, refused) => refused.by === 'validation'),
      statusToldAs(
        415,
        (call, refused) => refused.by === 'validation' && (typed('text/plain')(call) || typed('octet')(call)),
      ),
    ),
  },
];

/** Variations that stay green. */
export const harmlessMutants: readonly Mutant[] = [...saying, ...writing, ...ending];
