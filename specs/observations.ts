import { multipart } from '../src/catalogue/payloads.ts';
import { tokensOf } from '../src/catalogue/points.ts';
import type { Route } from '../src/model/contract.ts';
import type { RequestTemplate, Script } from '../src/model/exchange.ts';
import type { Composer, RequestOptions } from '../src/model/requirement.ts';
import { isGuid } from '../src/values/guid.ts';
import { undocumentedWords } from './routes/words.ts';

/**
 * Requests that judge nothing and are sent for the gate alone: what they are answered is nobody's promise, yet a
 * client may have come to rely on it. They are fenced as all others are.
 */
export function observations(c: Composer): readonly Script[] {
  return [
    ...c.routes.flatMap((route) => [
      ...once(route, c, ...formsOfIds(c)),
      ...once(route, c, ...oddAccepts(c)),
      ...once(route, c, ...oddVerbs(c)),
      ...once(route, c, ...oddHeaders(c)),
      ...pathsBeside(route, c),
      ...forms(route, c),
      ...pagesOfSuccess(route, c),
      ...secondCalls(route, c),
      ...queryOverPath(route, c),
    ]),
    ...besideTheOperation(c),
    ...otherWords(c),
  ];
}

/** Words that no page documents, by two verbs each; what they are answered is for nobody to rely on, and people do. */
function otherWords(c: Composer): readonly Script[] {
  return undocumentedWords(c).flatMap(({ path, means }) =>
    ['POST', 'GET'].map((verb) => ({ ...c.onAbsent(c.requestTo(path, { verb })), undocumented: means })),
  );
}

/** Forms as browsers post them, with a file's boundary and without what it needs. */
function forms(route: Route, c: Composer): readonly Script[] {
  const whole = c.request(route, { payload: multipart(c.sample.all) });
  const torn = c.request(route, { payload: multipart(c.sample.all, 'without') });
  return [c.onAbsent(whole), c.onFresh(whole, whole), c.onAbsent(torn)];
}

/** What a person who is signed in is shown, by the verbs that a browser has. */
function pagesOfSuccess(route: Route, c: Composer): readonly Script[] {
  return c
    .verbsOf(route)
    .filter((verb) => verb === 'GET' || verb === 'POST')
    .map((verb) =>
      c.onFresh(c.request(route, { verb, accept: 'text/html' }), c.request(route, { verb, accept: null })),
    );
}

/** Each on a subject that does not exist. */
function once(route: Route, c: Composer, ...options: readonly RequestOptions[]): readonly Script[] {
  return options.map((each) => c.onAbsent(c.request(route, each)));
}

/** Guids in the forms N, B and P, and between quotes, in path and body. */
function formsOfIds(c: Composer): readonly RequestOptions[] {
  const inPath = (form: (name: string) => string): RequestOptions => ({
    pathMembers: Object.fromEntries(c.pathMembers.filter(isGuid).map(({ name }) => [name, form(name)])),
  });
  const inBody = (form: (name: string) => string): RequestOptions => ({
    payload: {
      in: 'body',
      as: 'json',
      members: {
        ...c.sample.all,
        ...Object.fromEntries(c.sampleMembers.filter(isGuid).map(({ name }) => [name, form(name)])),
      },
    },
  });
  return [
    inPath((name) => `{{compact.${name}}}`),
    inPath((name) => `%7B{{${name}}}%7D`),
    inPath((name) => `({{${name}}})`),
    inPath((name) => `%22{{${name}}}%22`),
    inPath((name) => `%20{{${name}}}%20`),
    inBody((name) => `{{compact.${name}}}`),
    inBody((name) => `{{{${name}}}}`),
    inBody((name) => `({{${name}}})`),
    inBody((name) => ` {{${name}}} `),
  ];
}

/** Accept headers that no client should send, and some that browsers do, from friends and strangers. */
function oddAccepts(c: Composer): readonly RequestOptions[] {
  const [first, ...rest] = c.formats.map((f) => f.mediaType);
  const others = rest.map((type) => `${type};q=0.9, ${first ?? '*/*'};q=0.1`);
  return [
    ...[
      '',
      '*/*',
      '*',
      'text/*',
      'application/*',
      'image/png',
      'text/xml',
      'application/problem+json',
      'text/javascript',
    ],
    `${first ?? '*/*'};q=0`,
    `${first ?? '*/*'}; charset=utf-16`,
    (first ?? '*/*').toUpperCase(),
    ['text/html', 'application/xhtml+xml', ...rest.slice(0, 1).map((type) => `${type};q=0.9`), '*/*;q=0.8'].join(','),
    ...others,
  ].flatMap((accept): readonly RequestOptions[] => [{ accept }, { accept, credentials: 'none' }]);
}

/** Verbs that nobody documented, each with credentials and without. */
function oddVerbs(c: Composer): readonly RequestOptions[] {
  return ['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'LINK'].flatMap((verb) => [
    { verb, payload: { in: 'query', members: c.sample.all } },
    { verb, payload: { in: 'none' }, credentials: 'none' },
  ]);
}

/** Headers that ask for something besides the operation: other origins, compression, conditions, ranges. */
function oddHeaders(c: Composer): readonly RequestOptions[] {
  const preflight = { verb: 'OPTIONS', payload: { in: 'none' }, credentials: 'none' } as const;
  const origin = ['Origin', 'https://elsewhere.example'] as const;
  return [
    { headers: [origin] },
    {
      ...preflight,
      headers: [
        origin,
        ['Access-Control-Request-Method', c.verbsOf(c.routes[0])[0]],
        ['Access-Control-Request-Headers', 'content-type'],
      ],
    },
    // No body comes with the answer to a HEAD, so a compressed one need not be read.
    { verb: 'HEAD', headers: [['Accept-Encoding', 'gzip, br']] },
    { headers: [['If-None-Match', '*']] },
    { headers: [['Range', 'bytes=0-3']] },
    { headers: [['X-Requested-With', 'XMLHttpRequest']] },
    { headers: [['Accept-Language', 'de-CH, fr;q=0.5']] },
  ];
}

/** Paths near a documented one: unknown operation words, no word at all, more than one. */
function pathsBeside(route: Route, c: Composer): readonly Script[] {
  const { path } = c.request(route, { payload: { in: 'none' } });
  const parent = path.replace(/\/[^/]+$/, '');
  return [
    '',
    '/',
    '/unknown',
    `/un${path.slice(parent.length + 1)}`,
    `${path.slice(parent.length)}s`,
    `${path.slice(parent.length)}/${path.slice(parent.length + 1)}`,
  ].flatMap((end) => [c.verbsOf(route)[0], 'GET'].map((verb) => c.onAbsent(c.requestTo(`${parent}${end}`, { verb }))));
}

/** What a second and a third identical call is answered. */
function secondCalls(route: Route, c: Composer): readonly Script[] {
  const request: RequestTemplate = c.request(route);
  const incomplete = c.request(route, { payload: { in: 'body', as: 'json', members: {} } });
  const stranger = c.request(route, { credentials: 'none' });
  return [
    c.onFresh(request, request, request),
    c.onFresh(incomplete, request, incomplete),
    c.onAbsent(request, request),
    c.onAbsent(incomplete, incomplete),
    c.onAbsent(stranger, stranger),
    ...c.verbsOf(route).map((verb) => c.onFresh(c.request(route, { verb }), c.request(route, { verb }))),
    ...c.formats.map(({ mediaType: accept }) => c.onFresh(c.request(route, { accept }), c.request(route, { accept }))),
    ...c.routes.map((other) => c.onFresh(request, c.request(other))),
  ];
}

/** Which subject counts when the query or a form names another than the path. */
function queryOverPath(route: Route, c: Composer): readonly Script[] {
  const { fresh, absent } = c;
  const ids = Object.entries(tokensOf(c.pathMembers, 'other.'));
  if (ids.length === 0) return [];
  const byQuery = c.request(route, { query: ids });
  const byForm = c.request(route, {
    payload: { in: 'body', as: 'form', members: { ...Object.fromEntries(ids), ...c.sample.all } },
  });
  const pairs = [
    [absent, absent],
    ...(c.contract.subject === null
      ? []
      : ([
          [fresh, absent],
          [absent, fresh],
        ] as const)),
  ] as const;
  return pairs.flatMap((subjects) => [
    c.on([subjects[0], subjects[1]], byQuery),
    c.on([subjects[0], subjects[1]], byForm),
  ]);
}

/** Predefined routes of operations that there are not, and what stands at the prefix itself. */
function besideTheOperation(c: Composer): readonly Script[] {
  const { prefix, operation } = c.contract;
  const paths = [
    prefix,
    `${prefix}/`,
    `${prefix}/metadata`,
    `${prefix}/unknown`,
    `${prefix}/json/reply/Unknown`,
    `${prefix}/json/reply/${operation}s`,
    `${prefix}/${operation}`,
    '/',
  ];
  return paths.flatMap((path) => [
    c.onAbsent(c.requestTo(path, { verb: 'GET', payload: { in: 'none' } })),
    c.onAbsent(c.requestTo(path, { verb: 'GET', payload: { in: 'none' }, credentials: 'none', accept: 'text/html' })),
  ]);
}
