// One list: what is promised of values that have a type, as ServiceStack reads and writes them.

import { hasData, isQuery, orderable } from '../../src/catalogue/data.ts';
import { answeredLike } from '../../src/catalogue/expect/alike.ts';
import { sameAnswerWithData } from '../../src/catalogue/expect/same-answer.ts';
import { validResponse } from '../../src/catalogue/expect/format.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { errorCode } from '../../src/catalogue/expect/response-status.ts';
import { isRecordedIn } from '../../src/catalogue/expect/rows.ts';
import { noServerError, status } from '../../src/catalogue/expect/status.ts';
import {
  atMost,
  bound,
  notAtFault,
  ordered,
  refusedByName,
  sameDataAs,
  turnedDownByName,
} from '../../src/catalogue/expect/typed.ts';
import { telling } from '../../src/catalogue/filled.ts';
import { cross, everyRoute, type FormatPoint } from '../../src/catalogue/points.ts';
import { byCase, requirement, service, step } from '../../src/catalogue/requirement.ts';
import {
  beyondTexts,
  boundTexts,
  enumTexts,
  everyJson,
  everyText,
  insideTexts,
  itemsOf,
  malformedJson,
  malformedTexts,
  mapTexts,
  strictJson,
  withJson,
  withText,
  withTexts,
  type JsonPoint,
  type Texts,
  type TypedPoint,
} from '../../src/catalogue/typed.ts';
import type { Route } from '../../src/model/contract.ts';
import type { RequestTemplate, Script } from '../../src/model/exchange.ts';
import type {
  Citation,
  Composer,
  Evidence,
  Expectation,
  Point,
  Requirement,
  RequestOptions,
} from '../../src/model/requirement.ts';
import type { Member } from '../../src/model/schema.ts';

const badRequest: Citation = {
  source: 'servicestack-error-handling',
  at: 'Default Mapping of C# Exceptions to HTTP Errors',
  quote: 'ArgumentException or SerializationException or FormatException is returned as a 400 BadRequest',
};
const fieldNames: Citation = {
  source: 'servicestack-validation',
  at: 'Register Validators',
  quote: 'the FieldName provide an easy way to handle the validation error at the client side',
};
const lenient: Citation = {
  source: 'servicestack-json-format',
  at: 'Strict Parsing',
  quote: 'ServiceStack Serializers will try to deserialize as much as possible without error',
};
const anywhere: Citation = {
  source: 'servicestack-routing',
  at: 'Variable place-holders',
  quote: 'they can all be used in addition to every web service call',
};
const checked: Citation = {
  source: 'servicestack-validation',
  at: 'Register Validators',
  quote: 'the validation rules are checked every time a request comes in',
};
const served: Citation = {
  source: 'servicestack-formats',
  at: 'HTTP API Formats',
  quote: 'define which format should be returned by adding a .{format} extension',
};

const sendText = (point: TypedPoint, c: Composer): Script => c.onFresh(withText(point, c));
const sendJson = (point: JsonPoint, c: Composer): Script => c.onFresh(withJson(point, c));

/** One way to say something, then another; where a call only reads the first twice, to see whether its answers live. */
const thenAlike = (first: RequestTemplate, other: RequestTemplate, c: Composer): Script =>
  c.contract.effect === 'reads' ? c.onFresh(first, first, other) : c.onFresh(first, other);

/** A text of one kind, then another that means the same. */
const likeTheFirst =
  (textsOf: (member: Member) => Texts) =>
  (point: TypedPoint, c: Composer): Script => {
    const [value = point.value] = Object.values(textsOf(point.member));
    return thenAlike(withText({ ...point, value }, c), withText(point, c), c);
  };

const everyQueried =
  (textsOf: (member: Member) => Texts) =>
  (c: Composer): readonly TypedPoint[] =>
    everyText(c, textsOf, 'query');

/** Where a call only reads, the answers are the same; where it changes something, so are their status and ErrorCode. */
const alike = byCase('the two spellings are answered alike', ({ contract }) =>
  contract.effect === 'reads' ? sameAnswerWithData(0, 1, 2) : answeredLike(0),
);

/** Formats beside JSON of an operation that only reads data. */
const besidesJson = (c: Composer): readonly FormatPoint[] =>
  c.contract.effect === 'reads' && hasData(c.contract)
    ? cross({
        route: c.routes,
        format: c.formats.filter(({ name }) => name !== 'json' && isRecordedIn(name, c.contract)),
      })
    : [];

/** What a service answers of itself, as 202, is its own; the framework never says 200 of nothing (recorded). */
const not200: Expectation = {
  says: 'the status is 204, or another than 200',
  judge: (x) => (x.status === 200 ? [service('status', '204', '200')] : []),
};

const queries = (c: Composer) => (isQuery(c.contract) ? everyRoute(c) : []);

interface TakePoint extends Point {
  readonly count: number;
}

interface OrderPoint extends Point {
  readonly by: string;
}

/** The sample, with something else in its query. */
const asking = (route: Route, c: Composer, ...query: NonNullable<RequestOptions['query']>): Script =>
  c.onFresh(c.request(route, { query }));

/** What typed values are read from, refused for and written as. */
export const types: readonly Requirement[] = [
  requirement('types', {
    id: 'TYPE-001',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'the data of a success fit the types of the response, member by member',
    why: 'A client that was generated from the types cannot read the answer.',
    cites: [
      {
        source: 'servicestack-json-format',
        at: 'object type',
        quote: 'Only public properties on reference types are serialized with the C# Property Name used',
      },
    ],
    lacks: 'a success carries no data beside a ResponseStatus',
    each: (c) => (hasData(c.contract) ? everyRoute(c) : []),
    send: ({ route }, c) => c.onFresh(telling(route, c)),
    expect: [success, validResponse],
  }),
  requirement('types', {
    id: 'TYPE-002',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'the data of a success say the same in every format, each value by its type',
    why: 'What a client learns depends on the format that it reads.',
    cites: [served],
    lacks:
      'said.json does not say that a call only reads, so that it could be sent again, or a success carries no data',
    each: besidesJson,
    send: ({ route, format }, c) => {
      const first = telling(route, c);
      return c.onFresh(first, telling(route, c, { accept: format.mediaType }), first);
    },
    given: [step(0, success)],
    expect: [sameDataAs(0, 2)],
  }),
  requirement('types', {
    id: 'TYPE-003',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'a malformed value in the query string or in a form is 400, and Errors names its member',
    why: 'A mistyped value is taken for another, or a person does not learn which field to correct.',
    cites: [badRequest, fieldNames],
    lacks: 'no member has a type that a text could be malformed as',
    each: (c) => everyText(c, malformedTexts, 'query', 'form'),
    send: sendText,
    refuses: 'every request',
    expect: [refusedByName],
  }),
  requirement('types', {
    id: 'TYPE-004',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'a malformed value in the path is 400, and Errors names its member',
    why: 'A broken link brings something else, or brings the service down.',
    cites: [badRequest, fieldNames],
    lacks: 'no route binds a member that a text could be malformed as',
    each: (c) => everyText(c, malformedTexts, 'path'),
    send: sendText,
    refuses: 'every request',
    expect: [refusedByName],
  }),
  requirement('types', {
    id: 'TYPE-005',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'a malformed value in a JSON body never breaks the service',
    why: 'A client with a fault of its own is told that the service has one.',
    cites: [lenient],
    lacks: 'no route reads a body with a member that a value could be malformed as',
    each: (c) => everyJson(c, malformedJson),
    send: sendJson,
    expect: [noServerError],
  }),
  requirement('types', {
    id: 'TYPE-006',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'under System.Text.Json, a malformed value in a JSON body is 400 with an ErrorCode',
    why: 'A mistyped value is taken for the default of its type.',
    cites: [badRequest],
    when: { serializer: 'system-text-json' },
    lacks: 'no route reads a body with a member that System.Text.Json reads strictly',
    each: (c) => everyJson(c, strictJson),
    send: sendJson,
    refuses: 'every request',
    expect: [status(400), errorCode],
  }),
  requirement('types', {
    id: 'TYPE-007',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'the least and the greatest value of a type are read',
    why: 'Values that the types promise cannot be used.',
    cites: [anywhere],
    lacks: 'no member has a type with a least and a greatest value',
    each: (c) => everyText(c, boundTexts, 'query', 'path'),
    send: sendText,
    expect: [bound],
  }),
  requirement('types', {
    id: 'TYPE-008',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'an enum is read by its name in any casing, and by its number',
    why: 'A client that spells a name otherwise, or knows its number alone, is turned away.',
    cites: [anywhere, lenient],
    lacks: 'no member is an enum that is written by name',
    each: (c) => everyText(c, enumTexts, 'query', 'path'),
    send: likeTheFirst(enumTexts),
    expect: [bound, alike],
  }),
  requirement('types', {
    id: 'TYPE-009',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'a list in the query string is read with commas, and as a name that stands there several times',
    why: 'Half of a list is lost, depending on how a client library writes it.',
    cites: [anywhere],
    lacks: 'no member is a list of scalars',
    each: everyQueried((member): Texts => {
      const items = itemsOf(member);
      return items === null ? {} : { 'two items': items.join(',') };
    }),
    send: (point, c) =>
      thenAlike(
        withText(point, c),
        withTexts(point.route, point.verb, point.member, itemsOf(point.member) ?? [], c),
        c,
      ),
    expect: [step(0, bound), bound, alike],
  }),
  requirement('types', {
    id: 'TYPE-010',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'a map or an object in the query string is read as JSV, as JSON and as pairs',
    why: 'What is nested cannot be asked for by a link.',
    cites: [
      anywhere,
      {
        source: 'servicestack-jsv-format',
        at: 'CSV escaping',
        quote: 'is escaped using CSV-style escaping where the value is wrapped in double quotes',
      },
    ],
    lacks: 'no member is a map of scalars or an object',
    each: everyQueried(mapTexts),
    send: likeTheFirst(mapTexts),
    expect: [bound, alike],
  }),
  requirement('types', {
    id: 'TYPE-011',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'a value just beyond what a validator takes is refused in the 4xx class, and Errors names its member',
    why: 'What the service promises to refuse is carried out.',
    cites: [checked, fieldNames],
    lacks: 'no member has a validator with an end that is known',
    each: (c) => everyText(c, beyondTexts, 'query', 'path'),
    send: sendText,
    refuses: 'every request',
    expect: [turnedDownByName],
  }),
  requirement('types', {
    id: 'TYPE-012',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'the last value that a validator takes is not refused for its member',
    why: 'What the service promises to take is turned away.',
    cites: [checked],
    lacks: 'no member has a validator with an end that is known',
    each: (c) => everyText(c, insideTexts, 'query', 'path'),
    send: sendText,
    expect: [notAtFault],
  }),
  requirement('types', {
    id: 'TYPE-013',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'a query brings no more results than Take asks for, from the one on that Skip asks for',
    why: 'A client that pages through results gets them twice, or all at once.',
    cites: [anywhere],
    lacks: 'the request is no query that ServiceStack answers itself',
    each: (c) =>
      cross({ point: queries(c), count: [0, 1] }).map(({ point, count }) => ({
        ...point,
        count,
        variant: `Take=${count}`,
      })),
    send: ({ route, count }, c) => asking(route, c, ['Skip', '1'], ['Take', String(count)]),
    expect: [
      success,
      byCase('there are as many results as Take asks for at most', ({ point }: Evidence<TakePoint>) =>
        atMost(point.count),
      ),
    ],
  }),
  requirement('types', {
    id: 'TYPE-014',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'the results of a query rise by the member that OrderBy names, and fall by that of OrderByDesc',
    why: 'A client that shows the first results shows the wrong ones.',
    cites: [anywhere],
    lacks: 'the request is no query that ServiceStack answers itself, of items with a whole number',
    each: (c) => {
      const by = orderable(c.contract);
      return by === null
        ? []
        : cross({ point: queries(c), variant: ['OrderBy', 'OrderByDesc'] }).map(({ point, variant }) => ({
            ...point,
            variant,
            by,
          }));
    },
    send: ({ route, variant, by }, c) => asking(route, c, [variant, by]),
    expect: [
      success,
      byCase('the results are in that order', ({ point }: Evidence<OrderPoint>) =>
        ordered(point.by, point.variant === 'OrderBy' ? 'rising' : 'falling'),
      ),
    ],
  }),
  requirement('types', {
    id: 'TYPE-015',
    level: 'MUST',
    breaks: 'shape',
    basis: 'http',
    title: 'a success of an operation that answers nothing is 204 or a status of its own, without a body',
    why: 'A client waits for a body, or reads one that was not promised.',
    cites: [
      { source: 'rfc9110', at: '15.3.5', quote: 'there is no additional content to send in the response content' },
    ],
    lacks: 'the operation answers something',
    each: (c) => (c.contract.response.kind === 'none' ? everyRoute(c) : []),
    send: ({ route }, c) => c.onFresh(c.request(route)),
    expect: [success, not200],
  }),
];
