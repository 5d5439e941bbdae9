// One list: what becomes of a subject, and of its neighbours, over several calls.

import { allAlike, secondAnsweredAlike } from '../../src/catalogue/expect/alike.ts';
import { errorCode } from '../../src/catalogue/expect/response-status.ts';
import { success, turnedAway } from '../../src/catalogue/expect/response.ts';
import {
  noServerError,
  notUnauthorized,
  refused,
  successOrError,
  whenRefused,
} from '../../src/catalogue/expect/status.ts';
import { asForm, carried, multipart, overridingBy } from '../../src/catalogue/payloads.ts';
import { callOf, everyThree } from '../../src/catalogue/choices.ts';
import {
  cross,
  everyFormat,
  everyRoute,
  everyVerb,
  everyVerbWith,
  overridden,
  takesSuffix,
  tokensOf,
  type RoutePoint,
  type VerbPoint,
} from '../../src/catalogue/points.ts';
import { kindsOf, provoke } from '../../src/catalogue/provoke.ts';
import { allButTheLast, everyStep, requirement, step } from '../../src/catalogue/requirement.ts';
import { calledIn, everyWay, payloadIn } from '../../src/catalogue/ways.ts';
import type { NonEmpty, Route } from '../../src/model/contract.ts';
import type { RequestTemplate } from '../../src/model/exchange.ts';
import type { Citation, Composer, Evidence, Expectation, Requirement } from '../../src/model/requirement.ts';
import { isGuid } from '../../src/values/guid.ts';
import { carriesBody, headerOf } from '../../src/values/http.ts';

/** Enough calls to meet a fault that shows in every fourth, or every tenth. */
const repetitions = 20;
/** Of what is asked in many ways: enough for a fault in every fourth call. */
const fewRepetitions = 5;

const specified: Citation = {
  source: 'operation-page',
  at: 'description',
  quote: 'Update the status of the specified connection',
};

const noBreakdown: Citation = {
  source: 'servicestack-error-handling',
  at: 'WebServiceException',
  quote: 'All Exceptions get injected into the ResponseStatus property of your Response DTO',
};

interface PairPoint {
  readonly route: Route;
  readonly second: Route;
  readonly variant: string;
}

/** One route after the other, the same one included. */
const everyPair = (c: Composer): readonly PairPoint[] =>
  cross({ route: c.routes, second: c.routes }).map((pair) => ({ ...pair, variant: `then ${pair.second.name}` }));

const hasSubjects = (c: Composer): boolean => c.contract.subject !== null && c.pathMembers.length > 0;

const times = (request: RequestTemplate, count = repetitions): NonEmpty<RequestTemplate> => [
  request,
  ...Array.from({ length: count - 1 }, () => request),
];

/** Judges what was asked for in JSON, by a verb whose answers have a body, and was not turned away before it was looked at. */
const inJson = (expectation: Expectation): Expectation => ({
  says: `${expectation.says}, where JSON is asked for`,
  judge: (x, evidence) => {
    const { method, headers, url } = x.request;
    const isOther =
      method === 'HEAD' ||
      method === 'OPTIONS' ||
      turnedAway.has(x.status) ||
      /[?&](?:format|callback)=/i.test(url) ||
      /\.\w+$/.test(new URL(url).pathname);
    return !isOther && headerOf(headers, 'Accept') === 'application/json' ? expectation.judge(x, evidence) : [];
  },
});

/** What becomes of a subject, and of its neighbours, over several calls. */
export const lifecycle: readonly Requirement[] = [
  requirement('lifecycle', {
    id: 'LIFE-001',
    level: 'MUST',
    breaks: 'changed',
    basis: 'documented',
    title: 'a call updates only the subject that it names: another one can still be updated',
    why: "A call for one subject changes another consumer's subject.",
    cites: [specified],
    each: (c) => (hasSubjects(c) ? everyPair(c) : []),
    send: ({ route, second }, c) => {
      const { fresh } = c;
      return c.on([fresh, fresh], c.request(route), c.request(second, { about: 'other' }));
    },
    succeeds: 'each in turn',
    given: [step(0, success)],
    expect: [success],
  }),
  requirement('lifecycle', {
    id: 'LIFE-002',
    level: 'MUST',
    breaks: 'changed',
    basis: 'documented',
    title: 'a call on an unknown subject updates no other',
    why: "A mistyped id changes another consumer's subject.",
    cites: [specified],
    each: (c) => (hasSubjects(c) ? everyPair(c) : []),
    send: ({ route, second }, c) => {
      const { fresh, absent } = c;
      return c.on([fresh, absent], c.request(route, { about: 'other' }), c.request(second));
    },
    refuses: 'all but the last',
    expect: [step(0, refused), success],
  }),
  requirement('lifecycle', {
    id: 'LIFE-012',
    level: 'MUST',
    breaks: 'changed',
    basis: 'documented',
    title: 'a call on an unknown subject updates no other, by whatever verb and however written and answered',
    why: "A mistyped id changes another consumer's subject, by one verb or in one format.",
    cites: [specified],
    each: (c) => (hasSubjects(c) ? everyRoute(c).slice(-1) : []),
    send: ({ route }, c) => {
      // Enough of each verb: what changes something else looks at its verb or at its format.
      const ways = everyWay(c, [tokensOf(c.bodyMembers, 'other.')]).flatMap((each) =>
        each.ways.filter((_, i) => i % 3 === 0),
      );
      const ids = tokensOf(c.pathMembers, 'other.');
      const unknown = ways.map(([way, members]) =>
        calledIn(way, { ...c.sample.all, ...members }, c, { pathMembers: ids }),
      );
      const valid = c.request(route);
      // It is named first: a service may take what was named last for what is named now.
      const named = c.requiredMembers.length > 0 ? [provoke('incomplete request', c, route)] : [];
      const [asked, ...later] = [...named, ...unknown, valid];
      return c.on([c.fresh, c.absent], asked, ...later);
    },
    refuses: 'all but the last',
    expect: [allButTheLast(refused), success],
  }),
  requirement('lifecycle', {
    id: 'LIFE-003',
    level: 'MUST',
    breaks: 'changed',
    basis: 'framework',
    title: 'a request that is refused as invalid changes nothing: the valid one succeeds afterwards',
    why: 'A caller is told that the call failed, though it was carried out.',
    cites: [
      {
        source: 'servicestack-validation',
        at: 'Register Validators',
        quote: 'the validation rules are checked every time a request comes in',
      },
    ],
    each: (c) =>
      everyVerbWith(c, { fault: invalid })
        .filter(({ route, fault }) => fault.isPossible(c, route))
        .map((point) => ({ ...point, variant: point.fault.variant })),
    send: ({ fault, ...point }, c) => c.onFresh(fault.request(point, c), c.request(point.route)),
    refuses: 'all but the last',
    expect: [step(0, refused), success],
  }),
  requirement('lifecycle', {
    id: 'LIFE-004',
    level: 'MUST',
    breaks: 'executed',
    basis: 'documented',
    title: 'a request without credentials changes nothing: the valid one succeeds afterwards',
    why: 'A caller without credentials could change the subjects of others.',
    cites: [{ source: 'operation-page', at: 'above the routes', quote: 'Requires Authentication' }],
    each: (c) => (c.contract.authentication === 'required' && c.contract.subject !== null ? everyVerb(c) : []),
    send: ({ route, verb }, c) => c.onFresh(c.request(route, { verb, credentials: 'none' }), c.request(route)),
    refuses: 'all but the last',
    expect: [success],
  }),
  requirement('lifecycle', {
    id: 'LIFE-005',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'a second call on the same subject succeeds or is refused with an ErrorCode, in every format',
    why: 'A caller that repeats a call, for it got no answer to the first, is told that the service broke down.',
    cites: [noBreakdown],
    each: everyFormat,
    send: ({ route, format }, c) =>
      c.onFresh(c.request(route, { accept: format.mediaType }), c.request(route, { accept: format.mediaType })),
    succeeds: 'the first',
    given: [step(0, success)],
    expect: [noServerError, notUnauthorized, successOrError],
  }),
  requirement('lifecycle', {
    id: 'LIFE-006',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'a call by another route on the same subject succeeds or is refused with an ErrorCode',
    why: 'A client that calls one route after the other is told that the service broke down.',
    cites: [noBreakdown],
    each: (c) => everyPair(c).filter(({ route, second }) => route.name !== second.name),
    send: ({ route, second }, c) => c.onFresh(c.request(route), c.request(second)),
    succeeds: 'the first',
    given: [step(0, success)],
    expect: [noServerError, successOrError],
  }),
  requirement('lifecycle', {
    id: 'LIFE-007',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'after the first call, all repetitions are answered alike, with a success or an ErrorCode',
    why: 'A caller that retries gets now this answer, now that one, and cannot tell the state of its subject.',
    cites: [noBreakdown],
    each: everyRoute,
    send: ({ route }, c) => c.onFresh(...times(c.request(route))),
    succeeds: 'the first',
    given: [step(0, success)],
    expect: [allAlike(1), noServerError, successOrError],
  }),
  requirement('lifecycle', {
    id: 'LIFE-008',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'repetitions of a call that fails are answered alike, by each kind of failure',
    why: 'A caller cannot rely on an answer that the next call contradicts.',
    cites: [noBreakdown],
    each: (c) => everyRoute(c).flatMap(({ route }) => kindsOf(route, c).map((variant) => ({ route, variant }))),
    send: ({ route, variant }, c) =>
      c.onAbsent(...times(provoke(variant, c, route), variant === 'unknown subject' ? repetitions : fewRepetitions)),
    expect: [allAlike(), everyStep(refused), everyStep(successOrError)],
  }),
  requirement('lifecycle', {
    id: 'LIFE-009',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'twenty repetitions of a call without credentials are all refused alike',
    why: 'A caller without credentials could change the subjects of others by trying again.',
    cites: [{ source: 'operation-page', at: 'above the routes', quote: 'Requires Authentication' }],
    each: (c) => (c.contract.authentication === 'required' ? everyRoute(c) : []),
    send: ({ route }, c) => c.onAbsent(...times(c.request(route, { credentials: 'none' }))),
    expect: [allAlike()],
  }),
  requirement('lifecycle', {
    id: 'LIFE-010',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a call is answered the same after calls by every other verb',
    why: 'What one client does changes what the service says to the next.',
    cites: [{ source: 'operation-page', at: 'routes', quote: 'All Verbs' }],
    when: { hosting: ['classic', 'mapped'] },
    each: (c) => (c.contract.subject === null ? [] : everyRoute(c).filter(({ route }) => c.verbsOf(route).length > 1)),
    send: ({ route }, c) => {
      const [first, ...others] = c.verbsOf(route);
      const call = c.request(route, { verb: first });
      return c.onAbsent(call, ...others.flatMap((verb) => [c.request(route, { verb }), call]));
    },
    expect: [allAlike()],
  }),
  requirement('lifecycle', {
    id: 'LIFE-011',
    level: 'MUST',
    breaks: 'changed',
    basis: 'documented',
    title: 'what a call has changed stays so, whatever is called in between',
    why: 'A subject is in an earlier state again, though no client asked for that.',
    cites: [specified],
    each: (c): readonly BetweenPoint[] =>
      hasSubjects(c)
        ? [
            ...everyRoute(c).map(({ route }) => ({
              route,
              calls: [...between(route, c), ...againInWays(route, c)],
              another: c.routes.find(({ name }) => name !== route.name),
            })),
            ...byUnknownUser(c),
          ]
        : [],
    send: ({ route, calls, another }, c) => {
      const call = c.request(route);
      const others = another === undefined ? calls : [...calls, c.request(another)];
      return c.on([c.fresh, c.absent], call, call, ...others.flatMap((other) => [other, call]));
    },
    succeeds: 'the first',
    given: [step(0, success)],
    expect: [
      {
        says: secondAnsweredAlike.says,
        judge: (x, evidence) => secondAnsweredAlike.judge(x, { ...evidence, steps: untilOtherWork(evidence) }),
      },
    ],
  }),
  requirement('lifecycle', {
    id: 'LIFE-013',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'a second call breaks the service in no way of calling, and what was changed stays so',
    why: 'A caller that repeats a call in another way is told that the service broke down, or does it again.',
    cites: [noBreakdown],
    each: (c): readonly BetweenPoint[] =>
      hasSubjects(c)
        ? everyRoute(c)
            .slice(-1)
            .map(({ route }) => ({ route, calls: [...again(route, c), ...againInWays(route, c)] }))
        : [],
    send: ({ route, calls }, c) => {
      const call = c.request(route);
      return c.onFresh(call, call, call, ...calls.flatMap((other) => [other, call]));
    },
    succeeds: 'the first',
    given: [step(0, success)],
    expect: [everyStep(noServerError), everyStep(inJson(whenRefused(errorCode))), secondAnsweredAlike],
  }),
];

/** Calls on something that was changed, the plain one after each of them. */
interface BetweenPoint extends RoutePoint {
  readonly calls: readonly RequestTemplate[];
  /** A route that is called last, if there is another. */
  readonly another?: Route | undefined;
}

/** A case of its own; with a user who does not exist, since one who does may be locked out. */
function byUnknownUser(c: Composer): readonly BetweenPoint[] {
  const [route] = c.routes;
  const credentials = 'unknown-user';
  const last = c.verbsOf(route).at(-1);
  if (c.contract.authentication !== 'required') return [];
  return [
    {
      route,
      variant: 'an unknown user',
      calls: [
        c.request(route, { credentials }),
        ...(last === undefined ? [] : [c.request(route, { credentials, verb: last, accept: 'text/html' })]),
      ],
    },
  ];
}

/** Another route may do on what was changed what it is there for: what comes after that says nothing then. */
function untilOtherWork({ steps, point: { another } }: Evidence<BetweenPoint>): Evidence['steps'] {
  const [first, ...others] = steps;
  const wasDone = another !== undefined && (others.at(-2)?.status ?? 0) < 300;
  return wasDone ? [first, ...others.slice(0, -2)] : steps;
}

/** So many ways to call again are tried on what was changed. */
const WAYS = 8;

/** The same call once more, in ways that differ from the first in several things. */
function againInWays(route: Route, c: Composer): readonly RequestTemplate[] {
  return everyThree(c)
    .filter((choice) => choice.route.name === route.name && choice.besides !== 'another id')
    .slice(0, WAYS)
    .map((choice) => callOf(choice, c));
}

/** The same call once more, in ways that differ from the first in one thing. */
function again(route: Route, c: Composer): readonly RequestTemplate[] {
  const [first, ...others] = c.verbsOf(route);
  const carries = carriesBody(first) && c.bodyMembers.length > 0;
  const isClassic = c.profile.hosting !== 'endpoints';
  const last = overridden(others).at(-1);
  return [
    ...others.map((verb) => c.request(route, { verb })),
    ...(carries
      ? [
          asForm(c.sample.all),
          multipart(c.sample.all),
          ...c.bodyFormats.slice(1).map(({ name }) => payloadIn(name, c.sample.all)),
        ].map((payload) => c.request(route, { payload }))
      : []),
    c.request(route, { accept: 'text/html' }),
    ...(isClassic && takesSuffix(route) ? [c.request(route, { suffix: c.formats[0].suffix })] : []),
    c.request(route, { query: [['format', c.formats[0].query]] }),
    ...(isClassic ? [c.request(route, { query: [['callback', 'answer']] })] : []),
    ...(isClassic && last !== undefined ? [c.request(route, { headers: [overridingBy(last)] })] : []),
    ...(others.includes('GET') ? [c.request(route, { verb: 'GET', accept: 'text/html' })] : []),
  ];
}

/** Calls of other kinds, none of which changes the first subject of a script once it was changed. */
function between(route: Route, c: Composer): readonly RequestTemplate[] {
  const [first] = c.verbsOf(route);
  const reading = c.verbsOf(route).includes('GET') ? 'GET' : first;
  return [
    c.request(route, { credentials: 'none' }),
    c.request(route, { payload: { in: 'raw', contentType: c.format('json').mediaType, text: 'this is no JSON' } }),
    ...(c.requiredMembers.length > 0 ? [c.request(route, { payload: { in: 'body', as: 'json', members: {} } })] : []),
    c.request(route, { verb: reading, pathMembers: tokensOf(c.pathMembers, 'other.') }),
    ...c.lesserVerbs.map((verb) => c.request(route, { verb })),
    c.request(route, { accept: 'text/html' }),
    c.request(route, { credentials: 'garbage-token' }),
    c.requestTo(c.request(route, { payload: { in: 'none' } }).path.concat('/undocumented')),
    ...c
      .verbsOf(route)
      .slice(1)
      .map((verb) => c.request(route, { verb })),
    ...(carriesBody(first) && c.bodyMembers.length > 0
      ? [
          c.request(route, { payload: asForm(c.sample.all) }),
          c.request(route, { payload: { in: 'body', as: 'csv', members: c.sample.without(...c.requiredMembers) } }),
        ]
      : []),
  ];
}

/** A request that is refused for what it says. */
interface Invalid {
  readonly variant: string;
  /** Whether an operation has anything that could be wrong so. */
  readonly isPossible: (c: Composer, route: Route) => boolean;
  readonly request: (point: VerbPoint, c: Composer) => RequestTemplate;
}

const invalid: readonly Invalid[] = [
  {
    variant: 'missing member',
    isPossible: (c) => c.requiredMembers.length > 0,
    request: ({ route, verb }, c) =>
      c.request(route, { verb, payload: carried(verb, c.sample.without(...c.requiredMembers.slice(-1))) }),
  },
  {
    variant: 'malformed member',
    isPossible: (c) => c.requiredMembers.some(isGuid),
    request: ({ route, verb }, c) => {
      const [member] = c.requiredMembers.filter(isGuid);
      const members = member === undefined ? c.sample.all : c.sample.with(member, 'not-a-guid');
      return c.request(route, { verb, payload: carried(verb, members) });
    },
  },
  {
    // Of members that are no Guids: in the path, or in the query.
    variant: 'malformed value',
    isPossible: (c, route) => kindsOf(route, c).includes('malformed value'),
    request: ({ route, verb }, c) => provoke('malformed value', c, route, { verb }),
  },
];
