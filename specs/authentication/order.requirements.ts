import { sameAnswer } from '../../src/catalogue/expect/same-answer.ts';
import { headersAlike } from '../../src/catalogue/expect/told-in-headers.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { tokensOf, type RoutePoint, type SentPoint } from '../../src/catalogue/points.ts';
import {
  byBrowser,
  byClaim,
  byFormat,
  byHabit,
  byPredefinedRoute,
  byQuery,
  byScript,
  bySpelling,
  bySuffix,
  byVerb,
  call,
  guarded,
  type Caller,
} from '../../src/catalogue/provoke.ts';
import { requirement, step } from '../../src/catalogue/requirement.ts';
import { unauthorizedOrRedirected } from '../../src/catalogue/expect/status.ts';
import { calledIn, everyWay } from '../../src/catalogue/ways.ts';
import type { RefusalsPoint } from '../../src/catalogue/refusals.ts';
import type { Verb } from '../../src/model/contract.ts';
import type { RequestTemplate, Script } from '../../src/model/exchange.ts';
import type { Composer, MemberValues, RequestOptions, Requirement } from '../../src/model/requirement.ts';
import { byVerbAndFormat, derived, madeUp } from './bad-credentials.requirements.ts';
import { groupBy } from '../../src/values/words.ts';
import { requiresAuthentication, unauthorized } from './cites.ts';
import { impostorsInThrees, strangersInThrees } from './threes.ts';

interface IncompletePoint extends RoutePoint {
  readonly verb: Verb;
  readonly members: MemberValues;
}

/** Bodies that lack one required member, or all of them, by each verb. */
function incomplete(c: Composer): readonly IncompletePoint[] {
  const lacking = [
    ...c.requiredMembers.map((member) => ({ member, members: c.sample.without(member) })),
    ...(c.requiredMembers.length > 1 ? [{ variant: 'all', members: c.sample.without(...c.requiredMembers) }] : []),
  ];
  return guarded(c).flatMap((route) =>
    c.verbsOf(route).flatMap((verb) => lacking.map((each) => ({ route, verb, ...each }))),
  );
}

const stranger: Caller = { credentials: 'none' };

/** What a stranger asks for, to learn whether it is there. */
interface LookedForPoint extends RoutePoint {
  readonly accept?: string;
}

/** On each route, and on the first of several by GET, whose answers a cache keeps by their address. */
function lookedForAgain(c: Composer): readonly LookedForPoint[] {
  return guarded(c).flatMap((route, i, { length }): readonly LookedForPoint[] => [
    i === 0 && length > 1 && c.verbsOf(route).includes('GET') ? { route, verb: 'GET' } : { route },
    // Whoever asks for a page is sent to another one, by a header.
    ...(i === length - 1 ? [{ route, variant: 'a page', accept: 'text/html' }] : []),
  ]);
}

/** Which of the calls are about what exists, in an order that nothing which takes turns follows. */
const turns = [
  ...([true, false, false, true, false, true, true, false] as const),
  ...([false, true, true, false, true, false, false, true] as const),
] as const;

interface ManyPoint extends RoutePoint {
  readonly variant: string;
  readonly refused: readonly RequestTemplate[];
}

/** Everything that a stranger may try on a route, in groups: one subject is enough for a group. */
function strangers(c: Composer): readonly ManyPoint[] {
  return guarded(c).flatMap((route) => {
    const groups: Readonly<Record<string, readonly SentPoint[]>> = {
      verbs: byVerb({ route }, stranger, c),
      formats: [
        ...byFormat({ route }, stranger, c.formats, c),
        ...byQuery({ route }, stranger, c.formats, c),
        ...bySuffix({ route }, stranger, c.formats, c),
      ],
      'other ways': [
        ...byHabit({ route }, stranger, c),
        ...bySpelling({ route }, stranger, c),
        ...byScript({ route }, stranger, c),
        ...byClaim({ route }, stranger, c),
      ],
      pages: byBrowser({ route }, stranger, c),
      'predefined routes': byPredefinedRoute(stranger, c),
    };
    return Object.entries(groups).map(([variant, points]) => ({
      route,
      variant,
      refused: points.map(({ request }) => request),
    }));
  });
}

/** What a stranger may try by one verb, in every way of calling that goes with it; HEAD and OPTIONS as people send them. */
function strangersByVerb(c: Composer): readonly ManyPoint[] {
  if (guarded(c).length === 0) return [];
  const lesser = c.lesserVerbs.flatMap((verb) =>
    ['text/html', null].map((accept) => c.request(c.routes[0], { ...stranger, verb, accept })),
  );
  return [
    ...(c.contract.subject === null ? everyWay(c, [c.sample.all]) : []).map(({ verb, variant, ways }) => ({
      route: ways[0]?.[0].route ?? c.routes[0],
      ...(verb !== undefined && { verb }),
      variant: variant ?? 'in every way',
      refused: ways.map(([way, members]) => calledIn(way, members, c, { credentials: 'none' })),
    })),
    ...strangersInThrees(c).map(asMany),
    ...(lesser.length === 0 ? [] : [{ route: c.routes[0], variant: 'pages by HEAD and OPTIONS', refused: lesser }]),
  ];
}

/** Bad credentials; each that a run may not have is a case of its own, so that it alone is skipped. */
function impostors(c: Composer): readonly ManyPoint[] {
  const groups: readonly (readonly [string, ...(readonly (typeof madeUp | typeof derived)[number][])])[] = [
    ['made up', ...madeUp],
    ...derived.map((kind) => [kind, kind] as const),
  ];
  return guarded(c).flatMap((route, i) =>
    groups
      // Every further one may lock the user out.
      .filter(([, first]) => first !== 'wrong-password' || i === 0)
      .map(([variant, ...kinds]) => ({
        route,
        variant,
        refused: kinds.map((kind) => c.request(route, { credentials: kind })),
      })),
  );
}

/** Those that a service must tell apart, each by every verb. */
function impostorsByVerb(c: Composer): readonly ManyPoint[] {
  return [...groupBy(byVerbAndFormat(c), ({ kind }) => kind)].map(([kind, points]) => ({
    route: points[0]?.route ?? c.routes[0],
    variant: `${kind} by every verb`,
    refused: points.map(({ route, verb, accept, kind: credentials }) =>
      c.request(route, { verb, accept, credentials }),
    ),
  }));
}

function asMany({ route, verb, variant, refusals }: RefusalsPoint): ManyPoint {
  return { route, ...(verb !== undefined && { verb }), variant, refused: refusals.map(({ request }) => request) };
}

/** The refused requests, then a valid one: it finds its subject as it was. */
function thenValid({ route, refused }: ManyPoint, c: Composer): Script {
  const [first, ...rest] = refused;
  const valid = c.request(route);
  return first === undefined ? c.onFresh(valid) : c.onFresh(first, ...rest, valid);
}

/** Who is calling is settled first: before anything is learned, before anything is done. */
export const authenticationFirst: readonly Requirement[] = [
  requirement('authentication', {
    id: 'AUTH-030',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'to a stranger, a well-formed but incomplete request looks exactly like a valid one',
    why: 'The rules of the operation could be explored by anybody.',
    cites: [requiresAuthentication, unauthorized],
    each: incomplete,
    send: ({ route, verb, members }, c) =>
      c.onAbsent(call(route, stranger, c, { verb }), call(route, { ...stranger, members }, c, { verb })),
    expect: [sameAnswer(0, 1)],
  }),
  requirement('authentication', {
    id: 'AUTH-031',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'to a stranger, an unknown subject looks exactly like one that exists',
    why: 'A caller without credentials could find out which subjects exist.',
    cites: [requiresAuthentication, unauthorized],
    lacks: 'the operation asks for no credentials, or works on nothing that could be unknown',
    each: (c) =>
      c.contract.subject === null
        ? []
        : guarded(c).flatMap((route): readonly LookedForPoint[] => [
            ...c.verbsOf(route).map((verb) => ({ route, verb })),
            ...c.formats.slice(1).map((format) => ({ route, format, accept: format.mediaType })),
            { route, variant: 'a page', accept: 'text/html' },
          ]),
    send: ({ route, verb, accept }, c) => {
      const asked: RequestOptions = { ...(verb !== undefined && { verb }), ...(accept !== undefined && { accept }) };
      const known = call(route, stranger, c, asked);
      const other: Caller = { ...stranger, members: tokensOf(c.bodyMembers, 'other.') };
      const unknown = call(route, other, c, { ...asked, pathMembers: tokensOf(c.pathMembers, 'other.') });
      return c.on([c.fresh, c.absent], known, unknown);
    },
    refuses: 'every request',
    expect: [sameAnswer(0, 1)],
  }),
  requirement('authentication', {
    id: 'AUTH-051',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'a stranger is asked to sign in also where the subject was updated before',
    why: 'A caller without credentials could find out what became of a subject.',
    cites: [requiresAuthentication, unauthorized],
    lacks: 'the operation asks for no credentials, or works on nothing that could be updated',
    each: (c) => (c.contract.subject === null ? [] : guarded(c).map((route) => ({ route }))),
    send: ({ route }, c) => {
      const valid = c.request(route);
      return c.onFresh(valid, valid, c.request(route, { credentials: 'none' }));
    },
    succeeds: 'the first',
    given: [step(0, success)],
    expect: [unauthorizedOrRedirected],
  }),
  requirement('authentication', {
    id: 'AUTH-053',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'to a stranger, no header and no reason tells an unknown subject from one that exists',
    why: 'A caller without credentials could find out which subjects exist.',
    cites: [requiresAuthentication, unauthorized],
    lacks: 'the operation asks for no credentials, or works on nothing that could be unknown',
    each: (c) => (c.contract.subject === null ? [] : lookedForAgain(c)),
    send: ({ route, verb, accept }, c) => {
      const asked = (isKnown: boolean, i: number): RequestTemplate =>
        c.request(route, {
          ...(verb !== undefined && { verb }),
          ...(accept !== undefined && { accept }),
          credentials: 'none',
          // Nodes and caches are chosen by the address: it differs from call to call.
          query: [['_', String(i)]],
          ...(!isKnown && { pathMembers: tokensOf(c.pathMembers, 'other.') }),
        });
      const [first, ...others] = turns;
      return c.on([c.fresh, c.absent], asked(first, 0), ...others.map((isKnown, i) => asked(isKnown, i + 1)));
    },
    refuses: 'every request',
    expect: [headersAlike((i) => turns[i] === true)],
  }),
  requirement('authentication', {
    id: 'AUTH-032',
    level: 'MUST',
    breaks: 'executed',
    basis: 'documented',
    title: 'nothing is done for a stranger: a valid request afterwards finds its subject as it was',
    why: 'A call that was answered with a refusal would have been carried out.',
    cites: [requiresAuthentication, unauthorized],
    each: (c) => [...strangers(c), ...strangersByVerb(c)],
    send: thenValid,
    refuses: 'all but the last',
    expect: [success],
  }),
  requirement('authentication', {
    id: 'AUTH-033',
    level: 'MUST',
    breaks: 'executed',
    basis: 'documented',
    title: 'nothing is done with bad credentials: a valid request afterwards finds its subject as it was',
    why: 'A call that was answered with a refusal would have been carried out.',
    cites: [requiresAuthentication, unauthorized],
    each: (c) => [...impostors(c), ...impostorsByVerb(c), ...impostorsInThrees(c).map(asMany)],
    send: thenValid,
    refuses: 'all but the last',
    expect: [success],
  }),
];
