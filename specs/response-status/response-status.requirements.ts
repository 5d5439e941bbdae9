// One list: what is promised of a ResponseStatus, error by error.

import { disclosesNothing } from '../../src/catalogue/expect/disclosure.ts';
import { namesContractMembers, namesField } from '../../src/catalogue/expect/field-names.ts';
import { validResponse } from '../../src/catalogue/expect/format.ts';
import {
  errorCode,
  errorItems,
  errorsList,
  message,
  messageIfAny,
  metaMaps,
  noStackTraceMember,
} from '../../src/catalogue/expect/response-status.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { whenRefused } from '../../src/catalogue/expect/status.ts';
import {
  answered,
  cross,
  everyFormat,
  everyVerb,
  type FormatPoint,
  type VerbPoint,
} from '../../src/catalogue/points.ts';
import { telling } from '../../src/catalogue/filled.ts';
import { kindsOf, provoke, serviceErrors, type ErrorKind } from '../../src/catalogue/provoke.ts';
import { requirement, step } from '../../src/catalogue/requirement.ts';
import type { Format, Route, Verb } from '../../src/model/contract.ts';
import type { RequestTemplate, Script } from '../../src/model/exchange.ts';
import type { Composer, RequestOptions, Requirement } from '../../src/model/requirement.ts';
import { errorOf } from '../../src/values/contract.ts';
import { isGuid } from '../../src/values/guid.ts';
import { carriesBody } from '../../src/values/http.ts';
import { binds } from '../../src/values/route.ts';

interface ErrorPoint {
  readonly route: Route;
  readonly verb: Verb;
  readonly format: Format;
  readonly variant: ErrorKind;
}

/** Errors of these kinds by every verb in every format; what is asked for by HEAD has no body to tell an error in. */
const errorsOf = (c: Composer, isOf: (kind: ErrorKind) => boolean): readonly ErrorPoint[] =>
  everyVerb(c)
    .filter(({ verb }) => verb !== 'HEAD')
    .flatMap((point) =>
      cross({ format: c.formats, variant: kindsOf(point.route, c).filter(isOf) }).map((how) => ({ ...point, ...how })),
    );

/** Errors that the service finds, by every verb in every format. */
const foundByTheService = (c: Composer): readonly ErrorPoint[] => errorsOf(c, (kind) => serviceErrors.includes(kind));

/** Errors of binding: in every format by the first verb, by the other verbs in the first format. */
const foundInBinding = (c: Composer): readonly ErrorPoint[] => {
  const all = errorsOf(c, (kind) => !serviceErrors.includes(kind));
  const isFirst = ({ route, verb }: VerbPoint): boolean => verb === c.verbsOf(route)[0];
  return [...all.filter(isFirst), ...all.filter((point) => !isFirst(point) && point.format === c.formats[0])].filter(
    (p) => p.variant !== 'unreadable body' || carriesBody(p.verb),
  );
};

const send = (p: ErrorPoint, c: Composer): Script =>
  c.onAbsent(provoke(p.variant, c, p.route, { verb: p.verb, accept: p.format.mediaType }));

const everyError = { each: (c: Composer) => [...foundByTheService(c), ...foundInBinding(c)], send };
const everyServiceError = { each: foundByTheService, send };

/** Whether the contract describes what an error carries: the framework's own ErrorResponse it may leave to the framework. */
const describesErrors = ({ contract }: Composer): boolean =>
  errorOf(contract).dto !== null || contract.types.some(({ name }) => name === 'ResponseStatus');

/** The same call twice on one subject: the service may refuse the second. */
const secondCall = {
  each: everyFormat,
  send: ({ route, format }: FormatPoint, c: Composer): Script => {
    const call = c.request(route, { accept: format.mediaType });
    return c.onFresh(call, call);
  },
  succeeds: 'the first' as const,
  given: [step(0, success)] as const,
};

/** What callers add to learn more than they are told. */
const curious: Readonly<Record<string, RequestOptions>> = {
  'debug in the query': { query: [['debug', 'true']] },
  'a header that asks for it': {
    headers: [
      ['X-Debug', 'true'],
      ['X-Trace', '1'],
    ],
  },
};

interface CuriousPoint {
  readonly route: Route;
  readonly variant: string;
  readonly plain: RequestTemplate;
  readonly request: RequestTemplate;
}

/** Every kind of error on each route, to somebody who asks for more; a dump in JSV is for the eye alone. */
const everyCurious = (c: Composer): readonly CuriousPoint[] =>
  c.routes.flatMap((route) =>
    kindsOf(route, c).flatMap((kind) =>
      Object.entries(curious).map(([how, options]) => ({
        route,
        variant: `${kind}, ${how}`,
        plain: provoke(kind, c, route, { accept: c.format('json').mediaType }),
        request: provoke(kind, c, route, { accept: c.format('json').mediaType, ...options }),
      })),
    ),
  );

/** How an error is told, member by member. */
export const responseStatus: readonly Requirement[] = [
  requirement('response-status', {
    id: 'STATUS-001',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'an error carries a ResponseStatus with an ErrorCode, in every format',
    why: 'A client that finds no ErrorCode takes the failed call for a success, or cannot tell why it failed.',
    cites: [
      {
        source: 'servicestack-error-handling',
        at: 'WebServiceException',
        quote: 'All Exceptions get injected into the ResponseStatus property of your Response DTO',
      },
    ],
    ...everyError,
    expect: [errorCode],
  }),
  requirement('response-status', {
    id: 'STATUS-002',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'a validation or service error has a Message',
    why: 'A person who is shown the failure has nothing to read but a code.',
    cites: [{ source: 'servicestack-response-status', at: 'Message', quote: 'A human friendly error message' }],
    ...everyServiceError,
    expect: [message],
  }),
  requirement('response-status', {
    id: 'STATUS-003',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'Message is text wherever it is present',
    why: 'A typed client fails to read the error and hides its cause.',
    cites: [{ source: 'operation-page', at: 'HTTP + OTHER, response', quote: '"Message":"String"' }],
    ...everyError,
    expect: [messageIfAny],
  }),
  requirement('response-status', {
    id: 'STATUS-004',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'Errors is absent, null or a list of objects',
    why: 'A client that walks the list breaks on anything else while it handles an error.',
    cites: [
      {
        source: 'servicestack-response-status',
        at: 'Errors',
        quote: 'public List<ResponseError> Errors { get; set; }',
      },
    ],
    ...everyError,
    expect: [errorsList],
  }),
  requirement('response-status', {
    id: 'STATUS-005',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'every item of Errors has an ErrorCode and a Message',
    why: 'A form marks a field as wrong and has nothing to say about it.',
    cites: [
      {
        source: 'servicestack-response-status',
        at: 'Errors',
        quote: 'Can hold a specific error message for each named field.',
      },
    ],
    ...everyError,
    expect: [errorItems],
  }),
  requirement('response-status', {
    id: 'STATUS-006',
    level: 'MUST',
    breaks: 'wording',
    basis: 'framework',
    title: 'a FieldName names a member of the request',
    why: 'A form cannot attach the error to any of its fields.',
    cites: [
      {
        source: 'servicestack-validation',
        at: 'Register Validators',
        quote: 'the FieldName provide an easy way to handle the validation error at the client side',
      },
    ],
    ...everyError,
    expect: [namesContractMembers],
  }),
  requirement('response-status', {
    id: 'STATUS-007',
    level: 'MUST',
    breaks: 'wording',
    basis: 'framework',
    title: 'for a malformed path Errors names the path member, when it is not empty',
    why: 'A caller with a broken link is sent to look at a field that is in order.',
    cites: [
      {
        source: 'servicestack-error-handling',
        at: 'WebServiceException',
        quote: 'GetFieldErrors() holds the error information for each field that has an Error',
      },
    ],
    each: (c) => foundInBinding(c).filter((p) => p.variant === 'malformed path'),
    send,
    expect: [
      namesField(({ route }: ErrorPoint, { members }) => members.filter((m) => isGuid(m) && binds(route.path, m))),
    ],
  }),
  requirement('response-status', {
    id: 'STATUS-008',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'Meta maps text to text, in the status and in every item of Errors',
    why: 'A typed client fails to read the whole error because of an annotation in it.',
    cites: [{ source: 'operation-page', at: 'HTTP + OTHER, response', quote: '"Meta":{"String":"String"}' }],
    ...everyError,
    expect: [metaMaps],
  }),
  requirement('response-status', {
    id: 'STATUS-009',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'an error has no StackTrace outside debug mode',
    why: 'A stranger learns the inside of the service from any failed call.',
    cites: [
      {
        source: 'servicestack-error-handling',
        at: 'Enabling StackTraces',
        quote: 'displaying StackTraces in Response DTOs are only enabled in Debug builds',
      },
    ],
    when: { debug: false },
    ...everyError,
    expect: [noStackTraceMember],
  }),
  requirement('response-status', {
    id: 'STATUS-010',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'no text of an error discloses a stack trace or a server path outside debug mode',
    why: 'A stranger learns the inside of the service from a message that was not meant for strangers.',
    cites: [
      {
        source: 'servicestack-validation',
        at: 'Enabling StackTraces',
        quote: 'display StackTraces in your Response DTOs are disabled',
      },
    ],
    when: { debug: false },
    ...everyError,
    expect: [disclosesNothing],
  }),
  requirement('response-status', {
    id: 'STATUS-011',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'an error validates against the schema of the response',
    why: 'Clients generated from the documented types cannot read the error.',
    cites: [
      {
        source: 'operation-page',
        at: 'ConnectionStatusUpdateResponse',
        quote: 'response_status: Optional[ResponseStatus] = None',
      },
    ],
    lacks: 'no document describes what an error carries',
    each: (c) => (describesErrors(c) ? everyError.each(c) : []),
    send,
    expect: [validResponse],
  }),
  requirement('response-status', {
    id: 'STATUS-012',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'a success is 200 with the response, and no ErrorCode in it',
    why: 'A client reports a failure for a call that was carried out.',
    cites: [
      { source: 'operation-page', at: 'HTTP + OTHER, response', quote: 'HTTP/1.1 200 OK' },
      {
        source: 'servicestack-response-status',
        at: 'ErrorCode',
        quote: 'A value of non-null means the service encountered an error while processing the request.',
      },
    ],
    each: (c) => cross({ route: c.routes, format: c.formats }),
    send: (p, c) => c.onFresh(c.request(p.route, { accept: p.format.mediaType })),
    succeeds: 'every request',
    expect: [success],
  }),
  requirement('response-status', {
    id: 'STATUS-013',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'a success validates against the schema of the response',
    why: 'Clients generated from the documented types cannot read the answer.',
    cites: [
      {
        source: 'operation-page',
        at: 'ConnectionStatusUpdateResponse',
        quote: 'response_status: Optional[ResponseStatus] = None',
      },
    ],
    lacks: 'a success has no body, or one that no type describes',
    each: (c) => (c.contract.response.kind === 'raw' ? [] : answered(everyFormat(c), c)),
    send: (p, c) => c.onFresh(telling(p.route, c, { accept: p.format.mediaType })),
    succeeds: 'every request',
    expect: [validResponse],
  }),
  requirement('response-status', {
    id: 'STATUS-014',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'a second call that is refused follows the rules of every error, in every format',
    why: 'A client that repeats a call cannot read why the repetition failed.',
    cites: [
      {
        source: 'servicestack-error-handling',
        at: 'WebServiceException',
        quote: 'All Exceptions get injected into the ResponseStatus property of your Response DTO',
      },
    ],
    ...secondCall,
    expect: [
      whenRefused(errorCode),
      whenRefused(message),
      whenRefused(errorsList),
      whenRefused(errorItems),
      whenRefused(namesContractMembers),
      whenRefused(metaMaps),
      validResponse,
    ],
  }),
  requirement('response-status', {
    id: 'STATUS-015',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'a second call discloses neither a stack trace nor a server path outside debug mode',
    why: 'A stranger learns the inside of the service by calling it twice.',
    cites: [
      {
        source: 'servicestack-error-handling',
        at: 'Enabling StackTraces',
        quote: 'displaying StackTraces in Response DTOs are only enabled in Debug builds',
      },
    ],
    when: { debug: false },
    ...secondCall,
    expect: [noStackTraceMember, disclosesNothing],
  }),
  requirement('response-status', {
    id: 'STATUS-016',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'an error discloses no stack trace and no server path to somebody who asks for debugging',
    why: 'Whoever adds a word to the address learns the inside of the service.',
    cites: [
      {
        source: 'servicestack-validation',
        at: 'Enabling StackTraces',
        quote: 'display StackTraces in your Response DTOs are disabled',
      },
    ],
    when: { debug: false },
    each: everyCurious,
    send: ({ plain, request }, c) => c.onAbsent(plain, request),
    // What is told to everybody is found by those above.
    given: [step(0, noStackTraceMember), step(0, disclosesNothing)],
    expect: [step(1, noStackTraceMember), step(1, disclosesNothing)],
  }),
];
