// Faults of operations that work on nothing: what a call leaves behind shows in what the next one is told.

import { gzipSync } from 'node:zlib';
import type { Call, Delivery, Mutate, Reply } from '../src/provider/behaviour.ts';
import { errorToldAs, having, inFormat, overlooked, refusedAs, typed } from '../src/provider/content-faults.ts';
import { refusal } from '../src/provider/errors.ts';
import {
  answeredOtherwise,
  byAdmitted,
  byStranger,
  delivered,
  failing,
  hasSubject,
  isGuarded,
  together,
  hasOwnRoutes,
  answersSomething,
  namesMembers,
  namesSomething,
  sendsMembers,
  turnedDown,
  answersInFormats,
} from '../src/provider/faults.ts';
import type { When } from '../src/provider/faults.ts';
import type { Mutant } from '../src/provider/mutant.ts';
import type { Contract } from '../src/model/contract.ts';
import type { PlainValue } from '../src/model/value.ts';
import { isList, isObject } from '../src/provider/rendering/json.ts';

const worksOnNothing = (contract: Contract): boolean => !hasSubject(contract);
const answersStatusAlone = ({ response, types }: Contract): boolean =>
  response.kind === 'dto' &&
  types.some(({ name, members }) => name === response.type && members.every((m) => m.property === 'ResponseStatus'));
const tellsNothing = (contract: Contract): boolean => !answersSomething(contract) || answersStatusAlone(contract);
/** Whether each call says something else: a value that is drawn for its path, or for a member that is always sent. */
const varies = (contract: Contract): boolean => namesSomething(contract) || sendsMembers(contract);
const worksOnNothingGuarded = (contract: Contract): boolean => worksOnNothing(contract) && isGuarded(contract);

/** How often calls of one kind were made before one that is in order, on one host. */
interface Left {
  readonly leave: (call: Call) => void;
  /** Whether anything was left; nothing is afterwards. */
  readonly take: () => boolean;
}

function leftovers(): Left {
  let left = 0;
  return {
    leave: () => (left += 1),
    take: () => {
      const any = left > 0;
      left = 0;
      return any;
    },
  };
}

const broken = refusal('service', 500, 'Fault', 'It does not work any more.');

/** A path that nobody serves leaves the service broken for the next call in order. */
const unservedBreaks =
  (when: When): Mutate =>
  (b) => {
    const { leave, take } = leftovers();
    return {
      ...b,
      route: (call) => {
        const to = b.route(call);
        // What a run looks up in the host's documents before is no path that nobody serves.
        const isServed = to.kind === 'page' && b.document(call, to.page) !== null;
        if ((to.kind === 'none' || to.kind === 'page') && !isServed && when(call)) leave(call);
        return to;
      },
      execute: (call) => (take() ? broken : b.execute(call)),
    };
  };

/** Somebody who is turned away leaves the service broken for the next call in order. */
const turnedAwayBreaks =
  (when: When): Mutate =>
  (b) => {
    const { leave, take } = leftovers();
    return {
      ...b,
      authenticate: (call) => {
        const judged = b.authenticate(call);
        if (judged.kind === 'refusal' && when(call)) leave(call);
        return judged;
      },
      execute: (call) => (take() ? broken : b.execute(call)),
    };
  };

/** A request that is refused leaves the service broken for the next call in order. */
const refusedBreaks =
  (when: When): Mutate =>
  (b) => {
    const { leave, take } = leftovers();
    return {
      ...b,
      bind: (call, batch) => {
        const bound = b.bind(call, batch);
        if (bound.kind === 'refusal' && when(call)) leave(call);
        return bound;
      },
      validate: (call) => {
        const refused = b.validate(call);
        if (refused !== null && when(call)) leave(call);
        return refused;
      },
      execute: (call) => (take() ? broken : b.execute(call)),
    };
  };

/**
 * What is asked in the same words a second time is refused so; where all calls have the same words, what is asked so twice in
 * a row.
 */
const again =
  (status: number, when: When): Mutate =>
  (b) => {
    const asked = new Map<string, number>();
    let last = '';
    return {
      ...b,
      execute: (call) => {
        const words = [call.verb, call.target, new TextDecoder().decode(call.body), call.mediaType].join(' ');
        const first = asked.get(words) ?? call.ordinal;
        asked.set(words, first);
        const isAgain = varies(call.contract) ? first !== call.ordinal : last === words;
        last = isAgain ? '' : words;
        return isAgain && when(call) ? refusal('service', status, 'Again', 'You said so.') : b.execute(call);
      },
    };
  };

/** What is refused, and nobody is asked who they are. */
const isRefusal = (_: Call, reply: Reply): boolean => reply.status >= 400 && reply.body !== '';
const isOpen = (contract: Contract): boolean => !isGuarded(contract);

/** A bare refusal, as an older HTTP has it. */
const http10 = (rest: string): Partial<Delivery> => ({
  raw: new TextEncoder().encode(`HTTP/1.0 400 Bad Request\r\n${rest}`),
});

const always: When = () => true;
const asksForJson: When = (call) => (call.header('accept') ?? '').includes('application/json');
const presented: When = (call) => call.credentials === 'presented';
const trace = 'System.Exception: It broke.\n   at Platform.Service.Any(Request request) in /src/Services.cs:line 12';

/** Faults in what calls leave behind where they work on nothing that a person could look at. */
export const effectMutants: readonly Mutant[] = [
  {
    name: 'effect-unserved-path-breaks',
    says: 'a path that is not served leaves the service broken for the next call',
    kills: ['ROUTE-008', 'ROUTE-010'],
    appliesTo: worksOnNothing,
    areas: ['routes'],
    mutate: unservedBreaks(always),
  },
  {
    name: 'effect-stranger-breaks',
    says: 'a stranger who is turned away leaves the service broken for the next caller',
    kills: ['AUTH-031', 'AUTH-032', 'AUTH-034', 'LIFE-004'],
    appliesTo: worksOnNothingGuarded,
    areas: ['authentication', 'lifecycle'],
    mutate: turnedAwayBreaks(byStranger),
  },
  {
    name: 'effect-bad-credentials-break',
    says: 'a call with bad credentials leaves the service broken for the next caller',
    kills: ['AUTH-033', 'AUTH-035', 'AUTH-036'],
    appliesTo: worksOnNothingGuarded,
    areas: ['authentication'],
    mutate: turnedAwayBreaks(presented),
  },
  {
    name: 'effect-refused-breaks',
    says: 'a request that is refused leaves the service broken for the next one',
    kills: ['LIFE-003', 'VALID-010', 'VALID-024'],
    appliesTo: (contract) => worksOnNothing(contract) && namesMembers(contract),
    areas: ['lifecycle', 'validation', 'formats'],
    mutate: refusedBreaks(byAdmitted),
  },
  {
    name: 'effect-again-breaks',
    says: 'what is asked a second time in the same words breaks the service',
    kills: ['LIFE-005', 'LIFE-006', 'LIFE-007', 'VERB-013'],
    appliesTo: worksOnNothing,
    areas: ['lifecycle', 'verbs', 'authentication', 'formats', 'validation', 'routes'],
    mutate: again(500, always),
  },
  {
    name: 'effect-again-breaks-in-csv',
    says: 'what is asked a second time in the same words breaks the service where the answer is csv',
    kills: ['LIFE-005'],
    appliesTo: (contract) => worksOnNothing(contract) && hasOwnRoutes(contract),
    areas: ['lifecycle'],
    mutate: again(500, inFormat('csv')),
  },
  {
    name: 'effect-again-errors-by-member',
    says: 'what is asked a second time is refused with Errors that are an object',
    kills: ['STATUS-014'],
    appliesTo: worksOnNothing,
    areas: ['response-status'],
    mutate: together(
      again(409, always),
      errorToldAs((error) => ({ ...error, Errors: { Member: 'You said so.' } }), refusedAs(409)),
    ),
  },
  {
    name: 'effect-again-trace',
    says: 'what is asked a second time is refused with a stack trace',
    kills: ['STATUS-015'],
    appliesTo: worksOnNothing,
    areas: ['response-status'],
    mutate: together(
      again(409, always),
      errorToldAs((error) => ({ ...error, Message: trace }), refusedAs(409)),
    ),
  },
  {
    name: 'effect-suffix-breaks',
    says: 'where a suffix selects the format, the service breaks',
    kills: ['FORMAT-002', 'FORMAT-004', 'FORMAT-006'],
    appliesTo: worksOnNothing,
    areas: ['formats'],
    mutate: failing(500, (call) => call.suffix !== null),
  },
  {
    name: 'effect-query-format-breaks',
    says: 'where the query selects the format, the service breaks',
    kills: ['FORMAT-003', 'FORMAT-005', 'FORMAT-007'],
    appliesTo: worksOnNothing,
    areas: ['formats'],
    mutate: failing(500, (call) => call.query.some(([name]) => name === 'format')),
  },
  {
    name: 'effect-charset-breaks',
    says: 'a request whose Content-Type has a charset breaks the service',
    kills: ['FORMAT-024'],
    appliesTo: worksOnNothing,
    areas: ['formats'],
    mutate: failing(500, typed('charset')),
  },
  {
    name: 'effect-body-in-xml-breaks',
    says: 'a request whose body is xml breaks the service',
    kills: ['FORMAT-022', 'FORMAT-023'],
    appliesTo: (contract) => worksOnNothing(contract) && hasOwnRoutes(contract),
    areas: ['formats', 'examples'],
    mutate: failing(500, typed('xml')),
  },
  {
    name: 'effect-form-breaks',
    says: 'a request whose body is a form breaks the service',
    kills: ['FORMAT-022', 'FORMAT-023'],
    appliesTo: worksOnNothing,
    areas: ['formats', 'types', 'validation'],
    mutate: failing(500, typed('form')),
  },
  {
    name: 'effect-body-where-none-is-usual-breaks',
    says: 'a GET or DELETE with a body breaks the service',
    kills: ['VERB-009', 'VERB-010'],
    appliesTo: worksOnNothing,
    areas: ['verbs'],
    mutate: failing(500, (call) => /^(GET|DELETE)$/.test(call.verb) && call.body.length > 0),
  },
  {
    name: 'effect-refusal-with-trace',
    says: 'what is refused is shown a stack trace',
    kills: ['WIRE-007'],
    appliesTo: isOpen,
    areas: ['transport', 'response-status'],
    mutate: answeredOtherwise(isRefusal, (reply) => ({ ...reply, body: `${reply.body}\n${trace}` })),
  },
  {
    name: 'effect-refusal-called-gzip',
    says: 'what is refused is called gzip, and is none',
    kills: ['WIRE-009'],
    appliesTo: isOpen,
    areas: ['transport', 'formats', 'response-status', 'validation', 'lifecycle'],
    mutate: answeredOtherwise(isRefusal, (reply) => having('Content-Encoding', 'gzip', reply)),
  },
  {
    name: 'effect-refusal-json-that-is-none',
    says: 'what is refused is told in HTML that says it is JSON',
    kills: ['WIRE-011'],
    appliesTo: isOpen,
    areas: ['transport', 'formats', 'response-status', 'validation', 'lifecycle'],
    mutate: answeredOtherwise(isRefusal, (reply) => ({
      ...having('Content-Type', 'application/json', reply),
      body: '<html><body>No.</body></html>',
    })),
  },
  {
    name: 'effect-refusal-item-of-nobody',
    says: 'what is refused is laid at the door of a member that there is not, without an ErrorCode',
    kills: ['STATUS-005', 'STATUS-006'],
    appliesTo: worksOnNothing,
    areas: ['response-status', 'formats', 'validation', 'types'],
    mutate: errorToldAs(
      (error) => ({ ...error, Errors: [{ FieldName: 'Nobody', Message: 'It is not there.' }] }),
      (_, { status }) => status === 400,
    ),
  },
  {
    name: 'effect-refusal-two-types',
    says: 'what is refused has a second Content-Type',
    kills: ['WIRE-008'],
    appliesTo: isOpen,
    areas: ['transport', 'formats', 'response-status', 'validation', 'lifecycle'],
    mutate: answeredOtherwise(isRefusal, (reply) => ({
      ...reply,
      headers: [...reply.headers, ['Content-Type', 'text/x-other']],
    })),
  },
  {
    name: 'effect-refusal-megabytes',
    says: 'what is refused is told with three megabytes of white space behind it',
    kills: ['WIRE-018'],
    appliesTo: (contract) => worksOnNothing(contract) && tellsNothing(contract),
    areas: ['transport', 'formats', 'response-status', 'validation', 'lifecycle', 'routes', 'verbs', 'authentication'],
    mutate: answeredOtherwise(isRefusal, (reply) => ({ ...reply, body: reply.body + ' '.repeat(3_000_000) })),
  },
  {
    name: 'effect-refusal-cut',
    says: 'what is refused is told within a body that breaks off',
    kills: ['WIRE-012'],
    appliesTo: isOpen,
    areas: ['transport', 'formats', 'response-status', 'validation', 'lifecycle'],
    mutate: delivered({ framing: 'length', cutAfter: 1 }, isRefusal),
  },
  {
    name: 'effect-further-segments-served',
    says: 'what follows behind a documented path is ignored',
    kills: ['ROUTE-006', 'ROUTE-007'],
    appliesTo: worksOnNothing,
    areas: ['routes', 'documentation'],
    mutate: (b) => ({
      ...b,
      route: (call) => {
        const to = b.route(call);
        return to.kind === 'none' || to.kind === 'page'
          ? b.route({ ...call, path: call.path.replace(/\/[^/]+$/, '') })
          : to;
      },
    }),
  },
  {
    name: 'effect-compressed-unasked',
    says: 'whatever is answered in JSON is compressed, though nobody asked for it',
    kills: ['WIRE-015'],
    appliesTo: worksOnNothing,
    areas: ['transport', 'formats'],
    mutate: answeredOtherwise(
      (call, reply) => call.format === 'json' && reply.body !== '',
      (reply) => ({ ...having('Content-Encoding', 'gzip', reply), bytes: gzipSync(reply.body) }),
    ),
  },
  {
    name: 'effect-latin1-declared',
    says: 'JSON is called ISO-8859-1',
    kills: ['FORMAT-011'],
    appliesTo: (contract) => worksOnNothing(contract) && answersSomething(contract),
    areas: ['formats'],
    mutate: answeredOtherwise(inFormat('json'), (reply) =>
      having('Content-Type', 'application/json; charset=iso-8859-1', reply),
    ),
  },
  {
    name: 'effect-success-twice',
    says: 'a success in JSON is written twice',
    kills: ['FORMAT-010', 'STATUS-012'],
    // A number written twice is another number.
    appliesTo: (contract) => worksOnNothing(contract) && contract.response.kind === 'dto',
    areas: ['formats', 'response-status', 'types', 'examples', 'lifecycle', 'routes', 'verbs', 'validation'],
    mutate: answeredOtherwise(
      (call, reply) => call.format === 'json' && reply.status === 200,
      (reply) => ({ ...reply, body: `${reply.body}${reply.body}` }),
    ),
  },
  {
    name: 'effect-reset-in-csv',
    says: 'the connection is closed instead of an answer in csv',
    kills: ['WIRE-003', 'WIRE-006'],
    appliesTo: (contract) => worksOnNothing(contract) && hasOwnRoutes(contract),
    areas: ['transport'],
    mutate: delivered({ reset: true }, (call) => (call.header('accept') ?? '').includes('csv')),
  },
  {
    name: 'effect-forbidden-to-all',
    says: 'whoever calls is told that they may not, though the operation asks for no credentials',
    kills: ['AUTH-040', 'AUTH-041', 'AUTH-042'],
    appliesTo: (contract) => worksOnNothing(contract) && !isGuarded(contract),
    areas: ['authentication'],
    mutate: turnedDown(403, always),
  },
  {
    name: 'effect-error-response-namespace',
    says: 'in XML, the ErrorResponse of the framework is in another namespace than its own',
    kills: ['FORMAT-018'],
    appliesTo: (contract) => worksOnNothing(contract) && hasOwnRoutes(contract),
    areas: ['formats'],
    mutate: answeredOtherwise(
      (call, reply) => call.format === 'xml' && reply.body.includes('<ErrorResponse'),
      (reply) => ({ ...reply, body: reply.body.replace(/ xmlns="[^"]*"/, ' xmlns="http://tempuri.org/"') }),
    ),
  },
  {
    name: 'effect-together-put-by-query',
    says: 'a PUT whose format the query selects breaks the service, and so does no other verb',
    kills: ['FORMAT-027'],
    appliesTo: (contract) => worksOnNothing(contract) && !hasOwnRoutes(contract),
    areas: ['formats'],
    mutate: failing(500, (call) => call.verb === 'PUT' && call.query.some(([name]) => name === 'format')),
  },
  {
    name: 'effect-head-otherwise',
    says: 'a HEAD is answered with another status than GET',
    kills: ['WIRE-014'],
    appliesTo: (contract) => worksOnNothing(contract) && !isGuarded(contract),
    areas: ['transport', 'verbs'],
    mutate: answeredOtherwise(
      (call, reply) => call.verb === 'HEAD' && reply.status === 200,
      (reply) => ({ ...reply, status: 202, reason: 'Accepted' }),
    ),
  },
  {
    name: 'effect-refused-verb-breaks',
    says: 'under endpoint routing, a verb that is answered with 405 leaves the service broken for the next call',
    kills: ['VERB-013'],
    appliesTo: worksOnNothing,
    areas: ['verbs'],
    under: { hosting: 'endpoints', serializer: 'system-text-json' },
    authentication: ['identity'],
    mutate: (b) => {
      const { leave, take } = leftovers();
      return {
        ...b,
        route: (call) => {
          const to = b.route(call);
          if (to.kind === 'answered' && to.reply.status === 405) leave(call);
          return to;
        },
        execute: (call) => (take() ? broken : b.execute(call)),
      };
    },
  },
  {
    name: 'effect-success-cut',
    says: 'the answer to a successful request breaks off where it is JSON',
    kills: ['WIRE-006'],
    // A number may be one digit long.
    appliesTo: (contract) =>
      worksOnNothing(contract) && answersSomething(contract) && contract.response.kind !== 'scalar',
    areas: ['transport'],
    mutate: delivered(
      { framing: 'length', cutAfter: 1 },
      (call, reply) => asksForJson(call) && reply.status === 200 && reply.body.length > 1,
    ),
  },
  {
    name: 'effect-suffix-unheeded',
    says: 'with a suffix, the Accept header selects the format',
    kills: ['FORMAT-002', 'FORMAT-006'],
    appliesTo: (contract) => worksOnNothing(contract) && answersSomething(contract),
    areas: ['formats'],
    mutate: overlooked(
      (call) => ({ ...call, suffix: null }),
      'either',
      (call) => call.suffix !== null,
    ),
  },
  {
    name: 'effect-query-format-unheeded',
    says: 'the format parameter of the query does not count',
    kills: ['FORMAT-003', 'FORMAT-007'],
    appliesTo: (contract) => worksOnNothing(contract) && hasOwnRoutes(contract) && answersSomething(contract),
    areas: ['formats'],
    mutate: overlooked(
      (call) => ({ ...call, query: call.query.filter(([name]) => name !== 'format') }),
      'either',
      (call) => call.by === 'query',
    ),
  },
  {
    name: 'effect-success-mistyped',
    says: 'every member of a success is an object',
    kills: ['STATUS-013'],
    appliesTo: (contract) => worksOnNothing(contract) && !tellsNothing(contract) && answersInFormats(contract),
    areas: ['response-status', 'formats', 'examples', 'routes', 'verbs', 'lifecycle', 'validation'],
    mutate: (b) => ({
      ...b,
      render: (call, outcome) =>
        b.render(call, outcome.kind === 'success' ? { ...outcome, value: mistyped(outcome.value) } : outcome),
    }),
  },
  {
    name: 'effect-refusal-http10-chunked',
    says: 'what is refused comes in chunks, as an answer of HTTP/1.0',
    kills: ['WIRE-016'],
    appliesTo: isOpen,
    areas: ['transport', 'formats', 'response-status', 'validation', 'lifecycle', 'routes', 'verbs'],
    mutate: delivered(http10('Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n'), isRefusal),
  },
  {
    name: 'effect-refusal-http10-now-and-then',
    says: 'what is refused is an answer of HTTP/1.0, the rest of HTTP/1.1',
    kills: ['WIRE-017'],
    appliesTo: isOpen,
    areas: ['transport', 'formats', 'response-status', 'validation', 'lifecycle', 'routes', 'verbs'],
    mutate: delivered(http10('Content-Length: 0\r\n\r\n'), isRefusal),
  },
  {
    name: 'effect-megabytes-now-and-then',
    says: 'every fiftieth success has three megabytes of white space behind it',
    kills: ['WIRE-018'],
    appliesTo: (contract) => worksOnNothing(contract) && answersStatusAlone(contract),
    areas: ['transport', 'verbs', 'authentication', 'formats', 'validation', 'routes', 'lifecycle', 'examples'],
    mutate: answeredOtherwise(
      (call, reply) => call.ordinal % 50 === 0 && reply.status === 200,
      (reply) => ({ ...reply, body: reply.body + ' '.repeat(3_000_000) }),
    ),
  },
];

/** A DTO, or each of a list of them, whose members are objects. */
function mistyped(value: PlainValue): PlainValue {
  if (isList(value)) return value.map(mistyped);
  const other = { not: '0' };
  if (!isObject(value)) return value === null ? value : other;
  const names = Object.keys(value);
  return Object.fromEntries((names.length === 0 ? ['any'] : names).map((name) => [name, other]));
}
