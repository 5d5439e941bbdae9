import { answeredLike } from '../../src/catalogue/expect/alike.ts';
import { errorCode } from '../../src/catalogue/expect/response-status.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { refused } from '../../src/catalogue/expect/status.ts';
import { inWordsOf } from '../../src/catalogue/choices.ts';
import { cross, everyRoute, everyVerb, type RoutePoint } from '../../src/catalogue/points.ts';
import { guidsOf, inPath } from '../../src/catalogue/provoke.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import { payloadIn, type Carrier } from '../../src/catalogue/ways.ts';
import type { Route, Verb } from '../../src/model/contract.ts';
import type { RequestTemplate } from '../../src/model/exchange.ts';
import type { Composer, Expectation, MemberValues, Requirement } from '../../src/model/requirement.ts';
import { isGuid, zeroGuid } from '../../src/values/guid.ts';
import { badRequest, required } from './cites.ts';
import { everyThreeWrong } from './wrong.ts';

interface PathPoint extends RoutePoint {
  readonly verb: Verb;
  /** Set where the call is made in some other way than the plain one. */
  readonly request?: RequestTemplate;
}

/** Where ids stand: in the path, in a JSON body, or in something else that carries members. */
type Place = 'path' | 'body' | Carrier;

const everyPath = (c: Composer): readonly PathPoint[] =>
  everyVerb(c).filter(({ route }) => guidsOf(route, c).length > 0);

/** The same in other ways of calling: every three of what is chosen stand together in some. */
function inThrees(wrong: 'malformed' | 'all-zero', c: Composer): readonly PathPoint[] {
  return everyThreeWrong(`${wrong} in the path`, c).map(({ choice, request }) => ({
    route: choice.route,
    verb: choice.verb,
    variant: inWordsOf(choice),
    request,
  }));
}

/** Refused; with an ErrorCode where it is asked for in JSON, as other formats are told of elsewhere. */
const refusedInKind: readonly [Expectation<PathPoint>, Expectation<PathPoint>] = [
  refused,
  {
    says: errorCode.says,
    judge: (x, evidence) => (evidence.point.request === undefined ? errorCode.judge(x, evidence) : []),
  },
];

/** What is no Guid, made from a drawn one, so that it names nothing that exists. */
const malformed: Readonly<Record<string, (name: string) => string>> = {
  'no Guid': (name) => `not-{{${name}}}`,
  'a number': (name) => `{{digits.${name}}}`,
  'too short': (name) => `{{short.${name}}}`,
  'too long': (name) => `{{${name}}}`.repeat(14),
};

const malformedInPath = (c: Composer, variant: string): Readonly<Record<string, string>> =>
  Object.fromEntries(c.pathMembers.filter(isGuid).map(({ name }) => [name, malformed[variant]?.(name) ?? '']));

/** Tokens of the path's Guids in upper case. */
const upperInPath = (c: Composer): Readonly<Record<string, string>> =>
  Object.fromEntries(c.pathMembers.filter(isGuid).map((m) => [m.name, `{{upper.${m.name}}}`]));

/** What the id in the path may be. */
export const pathValidated: readonly Requirement[] = [
  requirement('validation', {
    id: 'VALID-012',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'a malformed id in the path is refused in the 4xx class, with an ErrorCode',
    why: 'A broken link reaches another subject, or brings the service down.',
    cites: [badRequest],
    each: (c) => [
      ...cross({ point: everyPath(c), variant: Object.keys(malformed) }).map(({ point, variant }) => ({
        ...point,
        variant,
      })),
      ...inThrees('malformed', c),
    ],
    send: ({ route, verb, variant = '', request }, c) =>
      c.onAbsent(request ?? c.request(route, { verb, pathMembers: malformedInPath(c, variant) })),
    expect: refusedInKind,
  }),
  requirement('validation', {
    id: 'VALID-013',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'the all-zero id in the path is refused in the 4xx class, with an ErrorCode',
    why: 'An id that was never set is taken for a subject.',
    cites: [required],
    // What works on nothing that exists may answer that nothing has that key in whatever way.
    each: (c) => (c.contract.subject === null ? [] : [...everyPath(c), ...inThrees('all-zero', c)]),
    send: ({ route, verb, request }, c) =>
      c.onAbsent(request ?? c.request(route, { verb, pathMembers: inPath(c, zeroGuid) })),
    expect: refusedInKind,
  }),
  requirement('validation', {
    id: 'VALID-014',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'an id in upper case in the path is answered like one in lower case',
    why: 'A subject that exists is not found, because a client writes its id in capitals.',
    cites: [{ source: 'rfc9562', at: '4', quote: 'may be all uppercase, all lowercase, or mixed case' }],
    each: everyPath,
    send: ({ route, verb }, c) =>
      c.onAbsent(c.request(route, { verb }), c.request(route, { verb, pathMembers: upperInPath(c) })),
    expect: [answeredLike(0)],
  }),
  requirement('validation', {
    id: 'VALID-015',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'a valid request with its ids in upper case succeeds',
    why: 'A subject that exists is not found, because a client writes its id in capitals.',
    cites: [{ source: 'rfc9562', at: '4', quote: 'may be all uppercase, all lowercase, or mixed case' }],
    each: (c) => everyRoute(c).flatMap(({ route }) => idsIn(route, c).map((variant) => ({ route, variant }))),
    send: ({ route, variant }, c) =>
      c.onFresh(
        variant === 'path'
          ? c.request(route, { pathMembers: upperInPath(c) })
          : c.request(route, { payload: payloadIn(variant === 'body' ? 'json' : variant, upperInBody(c)) }),
      ),
    succeeds: 'every request',
    expect: [success],
  }),
];

/** Where a request has ids that could be in upper case. */
function idsIn(route: Route, c: Composer): readonly Place[] {
  const others = ['query', 'form', ...c.bodyFormats.slice(1).map(({ name }): Carrier => name)] as const;
  return [
    ...(guidsOf(route, c).length > 0 ? (['path'] as const) : []),
    ...(c.sampleMembers.some(isGuid) ? (['body', ...others] as const) : []),
  ];
}

function upperInBody(c: Composer): MemberValues {
  return {
    ...c.sample.all,
    ...Object.fromEntries(c.sampleMembers.filter(isGuid).map((m) => [m.name, `{{upper.${m.name}}}`])),
  };
}
