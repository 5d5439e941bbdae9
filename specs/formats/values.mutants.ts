import type { Call, Mutate, Refusal, Reply } from '../../src/provider/behaviour.ts';
import {
  bodyReadAs,
  bodyWrittenAs,
  errorToldAs,
  inFormat,
  refusedBy,
  statusToldAs,
  successToldAs,
  typed,
} from '../../src/provider/content-faults.ts';
import { refusal } from '../../src/provider/errors.ts';
import {
  both,
  failing,
  onAbsent,
  onFresh,
  hasOwnRoutes,
  sendsMembers,
  namesMembers,
  printsXml,
  hasSubject,
  promisesVerb,
  tellsNamespace,
} from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const isError = (reply: Reply): boolean => reply.status >= 400 && reply.body !== '';
const foreignNamespace = 'http://tempuri.org/';

/** The members of a JSON body, names changed; keys that hold nothing but text in a map are left alone. */
const renamed =
  (change: (name: string) => string) =>
  (body: string): string =>
    body.replace(
      /"(ResponseStatus|ErrorCode|Message|Errors|FieldName)"(?=:)/gi,
      (_, name: string) => `"${change(name)}"`,
    );
const camel = renamed((name) => name.charAt(0).toLowerCase() + name.slice(1));
const pascal = renamed((name) => name.charAt(0).toUpperCase() + name.slice(1));

/** Some refusals have their body rewritten. */
const refusalsWrittenAs =
  (change: (body: string, call: Call) => string, when: (call: Call, refusal: Refusal) => boolean): Mutate =>
  (b) => ({
    ...b,
    render: (call, outcome) => {
      const reply = b.render(call, outcome);
      return outcome.kind === 'refusal' && when(call, outcome) ? { ...reply, body: change(reply.body, call) } : reply;
    },
  });

/** What the formats say. */
const values: readonly Mutant[] = [
  {
    name: 'format-items-lost-in-xml',
    says: 'an error in XML has no items in its Errors',
    kills: ['FORMAT-025'],
    appliesTo: (contract) => hasOwnRoutes(contract) && namesMembers(contract),
    areas: ['formats'],
    mutate: errorToldAs((error) => ({ ...error, Errors: [] }), inFormat('xml')),
  },
  {
    name: 'format-other-status-in-csv',
    says: 'a validation error in csv has another status of the 4xx class',
    kills: ['FORMAT-013'],
    appliesTo: hasOwnRoutes,
    areas: ['formats', 'validation'],
    mutate: statusToldAs(422, (call, refusal) => refusedBy('validation')(call, refusal) && call.format === 'csv'),
  },
  {
    name: 'format-other-code-in-jsv',
    says: 'an unknown subject has another ErrorCode in JSV',
    kills: ['FORMAT-025'],
    areas: ['formats'],
    mutate: errorToldAs((error) => ({ ...error, ErrorCode: 'Gone' }), both(onAbsent, inFormat('jsv'))),
  },
  {
    name: 'format-pascal-under-system-text-json',
    says: 'JSON is in PascalCase, where camelCase is declared, under System.Text.Json',
    kills: ['FORMAT-015'],
    areas: ['formats'],
    under: { serializer: 'system-text-json', casing: 'camel' },
    mutate: bodyWrittenAs(pascal, (call, reply) => isError(reply) && call.format === 'json'),
  },
  {
    name: 'format-success-told-in-xml',
    says: 'a success in XML has a Message that no other format has',
    kills: ['FORMAT-014'],
    areas: ['formats'],
    mutate: successToldAs({ ResponseStatus: { Message: 'It was updated.' } }, inFormat('xml')),
  },
  {
    name: 'format-service-errors-camel-in-jsonl',
    says: 'the members of service errors are in camelCase in jsonl, where PascalCase is declared',
    kills: ['FORMAT-015'],
    areas: ['formats'],
    mutate: refusalsWrittenAs(camel, (call, refusal) => call.format === 'jsonl' && refusedBy('service')(call, refusal)),
  },
  {
    name: 'format-errors-camel-in-json-by-put',
    says: 'the members of errors in JSON are in camelCase by PUT, where PascalCase is declared',
    kills: ['FORMAT-015'],
    appliesTo: promisesVerb('PUT'),
    areas: ['formats'],
    mutate: refusalsWrittenAs(
      camel,
      (call, refusal) =>
        call.format === 'json' && call.verb === 'PUT' && ['service', 'validation'].includes(refusal.by),
    ),
  },
  {
    name: 'format-binding-errors-camel-in-json',
    says: 'the members of binding errors are in camelCase in JSON, where PascalCase is declared',
    kills: ['FORMAT-016'],
    areas: ['formats'],
    mutate: refusalsWrittenAs(camel, (call, refusal) => call.format === 'json' && refusal.by === 'binding'),
  },
  {
    name: 'format-errors-pascal-under-camel',
    says: 'the members of errors are in PascalCase, where camelCase is declared',
    kills: ['FORMAT-015', 'FORMAT-016'],
    areas: ['formats'],
    under: { casing: 'camel' },
    mutate: bodyWrittenAs(pascal, (call, reply) => isError(reply) && call.format.startsWith('json')),
  },
  {
    name: 'format-xml-service-root',
    says: 'the root of a service error in XML is ErrorResponse',
    kills: ['FORMAT-017'],
    areas: ['formats'],
    mutate: (b) => ({
      ...b,
      render: (call, outcome) =>
        b.render(
          call,
          outcome.kind === 'refusal' && refusedBy('service')(call, outcome) ? { ...outcome, by: 'binding' } : outcome,
        ),
    }),
  },
  {
    name: 'format-xml-namespace-of-errors',
    says: 'validation errors in XML are in another namespace than is declared',
    kills: ['FORMAT-018'],
    appliesTo: (contract) => hasOwnRoutes(contract) && printsXml(contract),
    areas: ['formats'],
    mutate: refusalsWrittenAs(
      (body) => body.replace(/ xmlns="[^"]*"/, ` xmlns="${foreignNamespace}"`),
      refusedBy('validation'),
    ),
  },
  {
    name: 'format-xml-namespace-lost-by-delete',
    says: 'by DELETE, an unknown subject is told in XML without a namespace',
    kills: ['FORMAT-018'],
    appliesTo: (contract) => printsXml(contract) && hasSubject(contract) && promisesVerb('DELETE')(contract),
    areas: ['formats'],
    mutate: refusalsWrittenAs(
      (body) => body.replace(/ xmlns="[^"]*"/, ''),
      (call, refusal) => call.format === 'xml' && call.verb === 'DELETE' && refusedBy('service')(call, refusal),
    ),
  },
  {
    name: 'format-xml-namespace-of-success',
    says: 'a success in XML is in another namespace than is declared',
    kills: ['FORMAT-019'],
    appliesTo: (contract) => hasOwnRoutes(contract) && printsXml(contract),
    areas: ['formats'],
    mutate: bodyWrittenAs(
      (body, call) => body.replace(call.profile.xmlNamespace, foreignNamespace),
      (call, reply) => call.format === 'xml' && reply.status === 200,
    ),
  },
  {
    name: 'format-xml-root-of-success',
    says: 'the root of a success in XML is not the response DTO',
    kills: ['FORMAT-019'],
    areas: ['formats', 'examples', 'response-status'],
    mutate: bodyWrittenAs(
      (body, { contract: { response } }) =>
        response.kind === 'dto' || response.kind === 'list' ? body.replaceAll(response.type, 'Response') : body,
      (call, reply) => call.format === 'xml' && reply.status === 200,
    ),
  },
  {
    name: 'format-callback-unheeded',
    says: 'a callback parameter is overlooked',
    kills: ['FORMAT-020'],
    areas: ['formats'],
    mutate: (b) => ({
      ...b,
      negotiate: (call) => b.negotiate({ ...call, query: call.query.filter(([name]) => name !== 'callback') }),
    }),
  },
  {
    name: 'format-callback-reflected',
    says: 'a callback is called whatever it is',
    kills: ['FORMAT-021'],
    areas: ['formats'],
    mutate: (b) => ({
      ...b,
      negotiate: (call) => {
        const found = b.negotiate(call);
        return found.callback === null
          ? found
          : { ...found, callback: call.query.find(([name]) => name === 'callback')?.[1] ?? null };
      },
    }),
  },
];

/** How request bodies are read. */
const requests: readonly Mutant[] = [
  {
    name: 'format-xml-unread',
    says: 'the body of a request in XML is not read',
    kills: ['FORMAT-022', 'FORMAT-023', 'EXAMPLE-001'],
    appliesTo: sendsMembers,
    areas: ['formats', 'examples', 'routes', 'validation'],
    mutate: bodyReadAs(() => '', typed('xml')),
  },
  {
    name: 'format-csv-last-column-lost',
    says: 'the last column of a request in csv is lost',
    kills: ['FORMAT-022', 'FORMAT-023', 'EXAMPLE-001'],
    appliesTo: sendsMembers,
    areas: ['formats', 'examples', 'validation'],
    mutate: bodyReadAs((text) => text.replace(/,[^,\r\n]*$/gm, ''), typed('csv')),
  },
  {
    name: 'format-jsv-breaks',
    says: 'a valid request in jsv breaks the service',
    kills: ['FORMAT-023', 'EXAMPLE-001'],
    appliesTo: hasOwnRoutes,
    areas: ['formats', 'examples', 'validation'],
    mutate: failing(500, both(onFresh, typed('jsv'))),
  },
  {
    name: 'format-form-answered-otherwise',
    says: 'an unknown subject is told otherwise to a client that sends a form',
    kills: ['FORMAT-022'],
    appliesTo: hasSubject,
    areas: ['formats', 'validation'],
    mutate: failing(410, both(onAbsent, typed('form'))),
  },
  {
    name: 'format-charset-unread',
    says: 'a JSON body whose type has a charset is not read',
    kills: ['FORMAT-024', 'FORMAT-027'],
    appliesTo: sendsMembers,
    areas: ['formats'],
    mutate: bodyReadAs(() => '', both(typed('json'), typed('charset'))),
  },
  {
    name: 'format-form-charset-unread',
    says: 'a form whose type has a charset is not read',
    kills: ['FORMAT-031'],
    appliesTo: sendsMembers,
    areas: ['formats'],
    mutate: bodyReadAs(() => '', both(typed('urlencoded'), typed('charset'))),
  },
  {
    name: 'format-xml-charset-breaks',
    says: 'a body in XML whose type has a charset breaks the service',
    kills: ['FORMAT-031'],
    appliesTo: (contract) => sendsMembers(contract) && tellsNamespace(contract),
    areas: ['formats'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) =>
        both(typed('xml'), typed('charset'))(call)
          ? refusal('binding', 500, 'Fault', 'It does not work.')
          : b.bind(call, batch),
    }),
  },
];

/** Faults in what the formats say, and in how they are read. */
export const valueMutants: readonly Mutant[] = [...values, ...requests];
