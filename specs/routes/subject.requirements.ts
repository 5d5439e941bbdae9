import { sameAnswer } from '../../src/catalogue/expect/same-answer.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { refused } from '../../src/catalogue/expect/status.ts';
import { multipart } from '../../src/catalogue/multipart.ts';
import { takesSuffix, tokensOf, type FormatPoint, type Whose } from '../../src/catalogue/points.ts';
import { requirement, step } from '../../src/catalogue/requirement.ts';
import type { Route } from '../../src/model/contract.ts';
import type { RequestTemplate } from '../../src/model/exchange.ts';
import type {
  Citation,
  Composer,
  MemberValues,
  Payload,
  Point,
  RequestOptions,
  Requirement,
} from '../../src/model/requirement.ts';
import { carriesBody } from '../../src/values/http.ts';

const placeholders: Citation = {
  source: 'servicestack-routing',
  at: 'Variable place-holders',
  quote: 'will populate the public property Name on the Request DTO with foo',
};

/** Formats whose bodies are bound before the path: there the path overrides what they say. */
const bodiesBoundFirst: ReadonlySet<string> = new Set(['json', 'xml']);

const everyBody = (c: Composer): readonly FormatPoint[] =>
  c.routes.flatMap((route) =>
    c.pathMembers.length === 0 || c.contract.subject === null
      ? []
      : c.bodyFormats.filter((f) => bodiesBoundFirst.has(f.name)).map((format) => ({ route, format })),
  );

/** The values of path members, of the first subject or of the second. */
const idsOf = (subject: Whose, c: Composer): Readonly<Record<string, string>> => tokensOf(c.pathMembers, subject);

/** A request that speaks of one subject in its path and of another in its body. */
function torn({ route, format }: FormatPoint, inPath: Whose, inBody: Whose, c: Composer): RequestTemplate {
  const members: MemberValues = { ...idsOf(inBody, c), ...c.sample.all };
  return c.request(route, {
    pathMembers: idsOf(inPath, c),
    payload: { in: 'body', as: format.name, members },
  });
}

interface LeavingPoint extends Point {
  readonly route: Route;
  readonly leaves: string;
}

interface MannerPoint extends LeavingPoint {
  readonly manner: RequestOptions;
}

/** The ways to call a route besides the first one. */
function mannersOf(route: Route, c: Composer): readonly Pick<MannerPoint, 'verb' | 'variant' | 'manner'>[] {
  const [first, ...others] = c.verbsOf(route);
  const asForm: Payload = { in: 'body', as: 'form', members: c.sample.all };
  return [
    ...others.map((verb) => ({ verb, manner: { verb } })),
    ...(carriesBody(first) && c.bodyMembers.length > 0
      ? [
          { variant: 'a form', manner: { verb: first, payload: asForm } },
          { variant: 'by query', manner: { verb: first, payload: { in: 'query', members: c.sample.all } as const } },
        ]
      : []),
  ];
}

/** The formats of a call and of its answer besides the first, and what else a caller may choose. */
function formatsOf(route: Route, c: Composer): readonly Pick<MannerPoint, 'variant' | 'manner'>[] {
  const [first, ...others] = c.formats;
  const [verb, ...verbs] = c.verbsOf(route);
  const isClassic = c.profile.hosting !== 'endpoints';
  const overriding = verbs.at(-1);
  return [
    ...(carriesBody(verb) && c.bodyMembers.length > 0
      ? c.bodyFormats.slice(1).map(({ name }) => ({
          variant: `a body in ${name}`,
          manner: { payload: { in: 'body', as: name, members: c.sample.all } as const },
        }))
      : []),
    ...(carriesBody(verb) && c.bodyMembers.length > 0
      ? [{ variant: 'a form in parts', manner: { payload: multipart(c.sample.all) } }]
      : []),
    ...others.map(({ name, mediaType }) => ({ variant: `answered in ${name}`, manner: { accept: mediaType } })),
    ...(isClassic && takesSuffix(route) ? [{ variant: 'a suffix', manner: { suffix: first.suffix } }] : []),
    { variant: 'the format parameter', manner: { query: [['format', first.query] as const] } },
    ...(isClassic && overriding !== undefined
      ? [
          {
            variant: 'an overridden verb',
            manner: { verb, headers: [['X-Http-Method-Override', overriding] as const] },
          },
        ]
      : []),
  ];
}

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
    each: everyBody,
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
    id: 'ROUTE-013',
    level: 'MUST',
    breaks: 'changed',
    basis: 'documented',
    title: 'each route does what its name says: afterwards its subject answers like one in that state',
    why: 'A consumer that asks for one change would get another, with the same answer.',
    cites: [{ source: 'operation-page', at: 'description', quote: 'Update the status of the specified connection' }],
    each: (c) =>
      c.routes.flatMap((route): readonly LeavingPoint[] =>
        route.leaves === undefined ? [] : [{ route, leaves: route.leaves }],
      ),
    send: ({ route, leaves }, c) =>
      c.on([c.fresh, leaves], c.request(route), c.request(route), c.request(route, { about: 'other' })),
    succeeds: 'the first',
    given: [step(0, success)],
    expect: [sameAnswer(2, 1)],
  }),
  requirement('routes', {
    id: 'ROUTE-014',
    level: 'MUST',
    breaks: 'changed',
    basis: 'documented',
    title: 'each route does what its name says by every verb, by a form and by query, too',
    why: 'A consumer that asks for one change in another way would get another change, with the same answer.',
    cites: [{ source: 'operation-page', at: 'description', quote: 'Update the status of the specified connection' }],
    each: (c) =>
      c.routes.flatMap((route): readonly MannerPoint[] => {
        const { leaves } = route;
        return leaves === undefined ? [] : mannersOf(route, c).map((manner) => ({ ...manner, route, leaves }));
      }),
    send: ({ route, leaves, manner }, c) =>
      c.on([c.fresh, leaves], c.request(route, manner), c.request(route), c.request(route, { about: 'other' })),
    succeeds: 'the first',
    given: [step(0, success)],
    expect: [sameAnswer(2, 1)],
  }),
  requirement('routes', {
    id: 'ROUTE-015',
    level: 'MUST',
    breaks: 'changed',
    basis: 'documented',
    title: 'each route does what its name says in whatever format it is called and answered',
    why: 'A consumer that asks for one change in another format would get another change, with the same answer.',
    cites: [{ source: 'operation-page', at: 'description', quote: 'Update the status of the specified connection' }],
    each: (c) =>
      c.routes.flatMap((route): readonly MannerPoint[] => {
        const { leaves } = route;
        return leaves === undefined ? [] : formatsOf(route, c).map((manner) => ({ ...manner, route, leaves }));
      }),
    send: ({ route, leaves, manner }, c) =>
      c.on([c.fresh, leaves], c.request(route, manner), c.request(route), c.request(route, { about: 'other' })),
    succeeds: 'in passing',
    given: [step(0, success)],
    expect: [sameAnswer(2, 1)],
  }),
];
