import { sameAnswer } from '../../src/catalogue/expect/same-answer.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { refused } from '../../src/catalogue/expect/status.ts';
import { asForm, multipart, overridingBy } from '../../src/catalogue/payloads.ts';
import {
  otherVerbsWithBody,
  overridden,
  takesSuffix,
  tokensOf,
  type FormatPoint,
  type Whose,
} from '../../src/catalogue/points.ts';
import { guidsOf } from '../../src/catalogue/provoke.ts';
import { requirement, step } from '../../src/catalogue/requirement.ts';
import type { Route, Verb } from '../../src/model/contract.ts';
import type { RequestTemplate, Script } from '../../src/model/exchange.ts';
import type {
  Citation,
  Composer,
  MemberValues,
  Point,
  RequestOptions,
  Requirement,
} from '../../src/model/requirement.ts';
import { isGuid } from '../../src/values/guid.ts';
import { carriesBody } from '../../src/values/http.ts';

const placeholders: Citation = {
  source: 'servicestack-routing',
  at: 'Variable place-holders',
  quote: 'will populate the public property Name on the Request DTO with foo',
};

/** Formats whose bodies are bound before the path: there the path overrides what they say. */
const bodiesBoundFirst: ReadonlySet<string> = new Set(['json', 'xml']);

interface BodyPoint extends FormatPoint {
  /** Set where it is not what the route is called by. */
  readonly verb?: Verb;
}

/** Every such format by what a route is called by, and by each other verb that has a body by nature one of them in turn. */
const everyBody = (c: Composer): readonly BodyPoint[] =>
  c.routes.flatMap((route): readonly BodyPoint[] => {
    if (c.pathMembers.length === 0 || c.contract.subject === null) return [];
    const formats = c.bodyFormats.filter((f) => bodiesBoundFirst.has(f.name));
    const others = otherVerbsWithBody(route, c);
    return [
      ...formats.map((format) => ({ route, format })),
      ...others.flatMap((verb, i) => {
        const format = formats[i % formats.length];
        return format === undefined ? [] : [{ route, format, verb }];
      }),
    ];
  });

/** The values of path members, of the first subject or of the second. */
const idsOf = (subject: Whose, c: Composer): Readonly<Record<string, string>> => tokensOf(c.pathMembers, subject);

/** A request that speaks of one subject in its path and of another in its body. */
function torn({ route, format, verb }: BodyPoint, inPath: Whose, inBody: Whose, c: Composer): RequestTemplate {
  const members: MemberValues = { ...idsOf(inBody, c), ...c.sample.all };
  return c.request(route, {
    ...(verb !== undefined && { verb }),
    pathMembers: idsOf(inPath, c),
    payload: { in: 'body', as: format.name, members },
  });
}

/** Tokens of the path's Guids in upper case. */
const inCapitals = (c: Composer): Readonly<Record<string, string>> =>
  Object.fromEntries(c.pathMembers.filter(isGuid).map(({ name }) => [name, `{{upper.${name}}}`]));

/** A route that leaves its subject in a state, called in some manner. */
interface MannerPoint extends Point {
  readonly route: Route;
  readonly leaves: string;
  readonly manner: RequestOptions;
}

type Manner = Pick<MannerPoint, 'verb' | 'variant' | 'manner'>;

/** Whether a route is called with a body that has something to say. */
const writesBody = (route: Route, c: Composer): boolean => carriesBody(c.verbsOf(route)[0]) && c.bodyMembers.length > 0;

/** The ways to call a route besides the first one. */
function waysBesides(route: Route, c: Composer): readonly Manner[] {
  const [first, ...others] = c.verbsOf(route);
  return [
    ...others.map((verb) => ({ verb, manner: { verb } })),
    ...(writesBody(route, c)
      ? [
          { variant: 'a form', manner: { verb: first, payload: asForm(c.sample.all) } },
          { variant: 'by query', manner: { verb: first, payload: { in: 'query', members: c.sample.all } as const } },
        ]
      : []),
  ];
}

/** The formats of a call and of its answer besides the first, and what else a caller may choose. */
function formatsBesides(route: Route, c: Composer): readonly Manner[] {
  const [first, ...others] = c.formats;
  const [verb, ...verbs] = c.verbsOf(route);
  const isClassic = c.profile.hosting !== 'endpoints';
  const overriding = overridden(verbs).at(-1);
  return [
    ...(writesBody(route, c)
      ? [
          ...c.bodyFormats.slice(1).map(({ name }) => ({
            variant: `a body in ${name}`,
            manner: { payload: { in: 'body', as: name, members: c.sample.all } as const },
          })),
          { variant: 'a form in parts', manner: { payload: multipart(c.sample.all) } },
        ]
      : []),
    ...others.map(({ name, mediaType }) => ({ variant: `answered in ${name}`, manner: { accept: mediaType } })),
    { variant: 'a page', manner: { accept: 'text/html' } },
    ...(guidsOf(route, c).length > 0
      ? [{ variant: 'its id in upper case', manner: { pathMembers: inCapitals(c) } }]
      : []),
    ...(isClassic && ['dto', 'list'].includes(c.contract.response.kind)
      ? [{ variant: 'a callback', manner: { query: [['callback', 'answer'] as const] } }]
      : []),
    ...(isClassic && takesSuffix(route)
      ? others.slice(-1).map(({ name, suffix }) => ({ variant: `a suffix for ${name}`, manner: { suffix } }))
      : []),
    ...(isClassic && takesSuffix(route) ? [{ variant: 'a suffix', manner: { suffix: first.suffix } }] : []),
    { variant: 'the format parameter', manner: { query: [['format', first.query] as const] } },
    ...(isClassic && overriding !== undefined
      ? [{ variant: 'an overridden verb', manner: { verb, headers: [overridingBy(overriding)] } }]
      : []),
  ];
}

/** The routes of which the contract says how they leave their subject, called in each of these manners. */
const leaving =
  (mannersOf: (route: Route, c: Composer) => readonly Manner[]) =>
  (c: Composer): readonly MannerPoint[] =>
    c.routes.flatMap((route) => {
      const { leaves } = route;
      return leaves === undefined ? [] : mannersOf(route, c).map((manner) => ({ ...manner, route, leaves }));
    });

/** What a cache would tell a stranger of a success by GET: what is asked of every answer to strangers finds it (AUTH-052). */
const toldByCaches = (route: Route, manner: RequestOptions, c: Composer): readonly RequestTemplate[] =>
  manner.verb === 'GET' ? [c.request(route, { ...manner, credentials: 'none' })] : [];

/** What is asked of a route that leaves its subject in a state: afterwards that is answered like another one in that state. */
const leavesAsSaid = {
  level: 'MUST',
  breaks: 'changed',
  basis: 'documented',
  cites: [{ source: 'operation-page', at: 'description', quote: 'Update the status of the specified connection' }],
  send: ({ route, leaves, manner }: MannerPoint, c: Composer): Script =>
    c.on(
      [c.fresh, leaves],
      c.request(route, manner),
      c.request(route),
      c.request(route, { about: 'other' }),
      ...toldByCaches(route, manner, c),
    ),
  given: [step(0, success)],
  expect: [sameAnswer(2, 1)],
} as const;

/** Which subject a request is about, and what becomes of it. */
export const subjectOfRoutes: readonly Requirement[] = [
  requirement('routes', {
    id: 'ROUTE-011',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'the id in the path counts, whatever a JSON or XML body says: the subject of the path is updated',
    why: 'A body that was copied from another call would change another subject than the URL names.',
    cites: [placeholders],
    // By other verbs, what is refused shows whose id counts, and costs no subject.
    each: (c) => everyBody(c).filter(({ verb }) => verb === undefined),
    send: (point, c) => c.on([c.fresh, c.absent], torn(point, '', 'other.', c)),
    succeeds: 'every request',
    expect: [success],
  }),
  requirement('routes', {
    id: 'ROUTE-012',
    level: 'MUST',
    breaks: 'changed',
    basis: 'framework',
    title: 'the id in a JSON or XML body does not count: the subject it names is left alone',
    why: 'A body that was copied from another call would change another subject than the URL names.',
    cites: [placeholders],
    each: everyBody,
    send: (point, c) => c.on([c.fresh, c.absent], torn(point, 'other.', '', c), c.request(point.route)),
    refuses: 'all but the last',
    expect: [step(0, refused), success],
  }),
  requirement('routes', {
    ...leavesAsSaid,
    id: 'ROUTE-013',
    title: 'each route does what its name says: afterwards its subject answers like one in that state',
    why: 'A consumer that asks for one change would get another, with the same answer.',
    each: leaving(() => [{ manner: {} }]),
    succeeds: 'the first',
  }),
  requirement('routes', {
    ...leavesAsSaid,
    id: 'ROUTE-014',
    title: 'each route does what its name says by every verb, by a form and by query, too',
    why: 'A consumer that asks for one change in another way would get another change, with the same answer.',
    each: leaving(waysBesides),
    succeeds: 'the first',
  }),
  requirement('routes', {
    ...leavesAsSaid,
    id: 'ROUTE-015',
    title: 'each route does what its name says in whatever format it is called and answered',
    why: 'A consumer that asks for one change in another format would get another change, with the same answer.',
    each: leaving(formatsBesides),
    succeeds: 'in passing',
  }),
];
