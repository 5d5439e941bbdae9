import { readGuid } from '../../src/provider/guid.ts';
import type { PlainObject } from '../../src/model/value.ts';
import type { Call, Refusal } from '../../src/provider/behaviour.ts';
import {
  errorToldAs,
  everyItem,
  inFormat,
  lacking,
  refusedAs,
  refusedBy,
  successToldAs,
  bodyWrittenAs,
} from '../../src/provider/content-faults.ts';
import {
  both,
  byVerb,
  hasSubject,
  hasOwnRoutes,
  answersStatus,
  namesMembers,
  answersInFormats,
} from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

/** A member that is not the one at fault: the last, or one that there is not. */
function otherThanNamed({ members, named }: Call): string {
  const last = members.at(-1)?.name ?? 'Another';
  return Object.hasOwn(named, last) ? 'Another' : last;
}

const trace = 'System.Exception: It broke.\n   at Platform.Service.Any(Request request) in /src/Services.cs:line 12';

const fieldOf = ({ FieldName: field }: PlainObject): string => (typeof field === 'string' ? field : '');

/** `RoleId` as `Role Id`; a name of one word as `The Name`. */
const inWords = (name: string): string => {
  const words = name.replace(/(?=[A-Z])/g, ' ').trim();
  return words === name ? `The ${name}` : words;
};

const when =
  (stage: Refusal['by'], holds: (call: Call) => boolean) =>
  (call: Call, refusal: Refusal): boolean =>
    refusedBy(stage)(call, refusal) && holds(call);

/** What makes an error one. */
const codes: readonly Mutant[] = [
  {
    name: 'status-missing-on-unknown',
    says: 'an unknown subject is answered without a ResponseStatus',
    kills: ['STATUS-001', 'ROUTE-001', 'VERB-001'],
    appliesTo: hasSubject,
    areas: ['response-status', 'routes', 'verbs', 'formats', 'lifecycle'],
    mutate: bodyWrittenAs(
      () => '{}',
      (call, reply) => reply.status === 404 && call.format === 'json' && call.subject !== null,
    ),
  },
  {
    name: 'status-code-number',
    says: 'the ErrorCode of a validation error is a number',
    kills: ['STATUS-001', 'STATUS-011', 'VALID-001'],
    areas: ['response-status', 'validation', 'formats', 'lifecycle', 'examples'],
    mutate: errorToldAs((error) => ({ ...error, ErrorCode: 400 }), refusedBy('validation')),
  },
  {
    name: 'status-code-empty-in-xml',
    says: 'the ErrorCode of a validation error is empty in XML',
    kills: ['STATUS-001', 'FORMAT-025', 'EXAMPLE-002'],
    appliesTo: hasOwnRoutes,
    areas: ['response-status', 'formats', 'examples'],
    mutate: errorToldAs((error) => ({ ...error, ErrorCode: '' }), when('validation', inFormat('xml'))),
  },
  {
    name: 'status-second-without-code',
    says: 'a subject that was updated before is answered without an ErrorCode',
    kills: ['STATUS-014', 'LIFE-005', 'LIFE-006', 'LIFE-007'],
    appliesTo: hasSubject,
    areas: ['response-status', 'lifecycle'],
    mutate: errorToldAs((error) => ({ ...error, ErrorCode: null }), refusedAs(409)),
  },
];

/** What an error says. */
const texts: readonly Mutant[] = [
  {
    name: 'status-message-absent-in-jsv',
    says: 'a validation error has no Message in jsv',
    kills: ['STATUS-002'],
    areas: ['response-status', 'formats'],
    mutate: errorToldAs((error) => lacking('Message', error), when('validation', inFormat('jsv'))),
  },
  {
    name: 'status-message-object',
    says: 'the Message of a binding error is an object',
    kills: ['STATUS-003', 'STATUS-011'],
    areas: ['response-status', 'formats'],
    mutate: errorToldAs((error) => ({ ...error, Message: { en: 'It cannot be read.' } }), refusedBy('binding')),
  },
  {
    name: 'status-trace-member',
    says: 'a service error names its exception in StackTrace',
    kills: ['STATUS-009'],
    areas: ['response-status'],
    mutate: errorToldAs((error) => ({ ...error, StackTrace: 'System.Exception' }), refusedBy('service')),
  },
  {
    name: 'status-trace-in-xml',
    says: 'a binding error has a stack trace in XML',
    kills: ['STATUS-009', 'STATUS-010'],
    appliesTo: hasOwnRoutes,
    areas: ['response-status'],
    mutate: errorToldAs((error) => ({ ...error, StackTrace: trace }), when('binding', inFormat('xml'))),
  },
  {
    name: 'status-trace-in-csv-message',
    says: 'the Message of a validation error holds a stack trace in csv',
    kills: ['STATUS-010'],
    appliesTo: hasOwnRoutes,
    areas: ['response-status', 'formats'],
    mutate: errorToldAs((error) => ({ ...error, Message: trace }), when('validation', inFormat('csv'))),
  },
  {
    name: 'status-path-in-message',
    says: 'the Message of an unknown subject names a file of the server by PATCH',
    kills: ['STATUS-010'],
    areas: ['response-status'],
    mutate: errorToldAs(
      (error) => ({ ...error, Message: 'Not in /var/lib/platform/connections.db' }),
      when('service', byVerb('PATCH')),
    ),
  },
  {
    name: 'status-trace-list-in-debug',
    says: 'in debug mode, StackTrace is a list of frames',
    kills: ['STATUS-011'],
    areas: ['response-status'],
    under: { debug: true },
    mutate: errorToldAs((error) => ({ ...error, StackTrace: ['Any()', 'Main()'] }), refusedBy('service')),
  },
  {
    name: 'status-second-trace',
    says: 'the Message to a client that calls a second time holds a stack trace',
    kills: ['STATUS-015'],
    appliesTo: hasSubject,
    areas: ['response-status'],
    mutate: errorToldAs((error) => ({ ...error, Message: trace }), refusedAs(409)),
  },
];

/** What an error says of each member. */
const items: readonly Mutant[] = [
  {
    name: 'status-errors-by-member',
    says: 'Errors is an object, by member',
    kills: ['STATUS-004', 'STATUS-011'],
    areas: ['response-status', 'formats', 'validation'],
    mutate: errorToldAs(
      (error) => ({ ...error, Errors: { Member: 'It must not be empty.' } }),
      refusedBy('validation'),
    ),
  },
  {
    name: 'status-second-errors-by-member',
    says: 'Errors is an object for a client that calls a second time',
    kills: ['STATUS-014'],
    appliesTo: hasSubject,
    areas: ['response-status'],
    mutate: errorToldAs((error) => ({ ...error, Errors: { Member: 'It was updated before.' } }), refusedAs(409)),
  },
  {
    name: 'status-item-without-code',
    says: 'the items of a validation error have no ErrorCode',
    kills: ['STATUS-005'],
    appliesTo: namesMembers,
    areas: ['response-status'],
    mutate: errorToldAs(
      everyItem((item) => lacking('ErrorCode', item)),
      refusedBy('validation'),
    ),
  },
  {
    name: 'status-item-without-message-in-csv',
    says: 'the items of a validation error have no Message in csv, by GET',
    kills: ['STATUS-005'],
    appliesTo: (contract) => hasOwnRoutes(contract) && namesMembers(contract),
    areas: ['response-status'],
    mutate: errorToldAs(
      everyItem((item) => lacking('Message', item)),
      when('validation', both(inFormat('csv'), byVerb('GET'))),
    ),
  },
  {
    name: 'status-field-in-words',
    says: 'FieldName is the name of a member in words',
    kills: ['STATUS-006', 'VALID-002', 'VALID-004'],
    appliesTo: namesMembers,
    areas: ['response-status', 'validation'],
    mutate: errorToldAs(
      everyItem((item) => ({
        ...item,
        FieldName: inWords(fieldOf(item)),
      })),
      refusedBy('validation'),
    ),
  },
  {
    name: 'status-path-field-of-another',
    says: 'a malformed id in the path is laid at the door of another member',
    kills: ['STATUS-007'],
    areas: ['response-status'],
    mutate: errorToldAs(
      everyItem((item, call) => ({ ...item, FieldName: otherThanNamed(call) })),
      when('binding', (call) => Object.values(call.named).some((value) => readGuid(value) === null)),
    ),
  },
  {
    name: 'status-meta-number',
    says: 'Meta holds a number',
    kills: ['STATUS-008', 'STATUS-011'],
    areas: ['response-status', 'formats'],
    mutate: errorToldAs((error) => ({ ...error, Meta: { Attempts: 3 } }), refusedBy('service')),
  },
];

/** What is told to whoever asks for more. */
const curious: readonly Mutant[] = [
  {
    name: 'status-trace-for-debug',
    says: 'an error has a stack trace where the query says debug',
    kills: ['STATUS-016'],
    areas: ['response-status', 'transport'],
    mutate: errorToldAs(
      (error) => ({ ...error, StackTrace: trace }),
      (call) => call.query.some(([name]) => name === 'debug'),
    ),
  },
  {
    name: 'status-path-for-debug-header',
    says: 'a Message has a path of the server in it where a header asks for debugging',
    kills: ['STATUS-016'],
    areas: ['response-status', 'transport'],
    mutate: errorToldAs(
      (error) => ({ ...error, Message: 'It is not in /srv/platform/data/things.db.' }),
      (call) => call.header('x-debug') !== undefined,
    ),
  },
];

/** What a success says. */
const successes: readonly Mutant[] = [
  {
    name: 'status-success-with-code',
    says: 'a success has an ErrorCode in jsv',
    kills: ['STATUS-012', 'FORMAT-006', 'FORMAT-007', 'FORMAT-014', 'EXAMPLE-001', 'WIRE-020'],
    appliesTo: (contract) => hasOwnRoutes(contract) && answersInFormats(contract),
    areas: ['response-status', 'formats', 'examples', 'transport'],
    mutate: successToldAs({ ResponseStatus: { ErrorCode: 'OK' } }, inFormat('jsv')),
  },
  {
    name: 'status-success-with-code-on-predefined',
    says: 'a success on a predefined route, where there is no other, has an ErrorCode in json',
    kills: ['STATUS-012', 'WIRE-020'],
    appliesTo: (contract) => !hasOwnRoutes(contract) && answersStatus(contract),
    areas: ['response-status', 'transport'],
    mutate: successToldAs({ ResponseStatus: { ErrorCode: 'OK' } }, inFormat('json')),
  },
  {
    name: 'status-success-as-text',
    says: 'the ResponseStatus of a success is a text',
    kills: ['STATUS-013', 'EXAMPLE-001'],
    appliesTo: answersStatus,
    areas: ['response-status', 'examples', 'formats'],
    mutate: successToldAs({ ResponseStatus: 'OK' }, () => true),
  },
];

/** Faults in how the end of a call is told. */
export const responseStatusMutants: readonly Mutant[] = [...codes, ...texts, ...items, ...curious, ...successes];
