import { success } from '../../src/catalogue/expect/response.ts';
import { notASuccessBeyondPages, status, whyPage } from '../../src/catalogue/expect/status.ts';
import { asForm, overridingBy } from '../../src/catalogue/payloads.ts';
import { everyRoute, type RoutePoint } from '../../src/catalogue/points.ts';
import { allButTheLast, byCase, everyStep, requirement } from '../../src/catalogue/requirement.ts';
import type { NonEmpty, Route, Verb } from '../../src/model/contract.ts';
import type { RequestTemplate, Script, Undocumented } from '../../src/model/exchange.ts';
import type { Citation, Composer, Evidence, Requirement } from '../../src/model/requirement.ts';
import { carriesBody } from '../../src/values/http.ts';
import { partsOf } from '../../src/values/route.ts';
import { isAtRoot, isDocumented, isNamed, tokens, undocumentedWords, type Word } from './words.ts';

const theRoutes: Citation = {
  source: 'operation-page',
  at: 'routes',
  quote: 'The following routes are available for this service',
};
const notFound: Citation = {
  source: 'rfc9110',
  at: '15.5.5',
  quote: 'did not find a current representation for the target resource',
};

interface WordPoint extends RoutePoint {
  readonly path: string;
  readonly means: Undocumented;
  /** What it is asked by; by default what the route is called by. */
  readonly verb?: Verb;
  /** Its place among the words that are asked by every verb. */
  readonly turn?: number;
  /** Whether there is a subject behind it. */
  readonly on: 'absent' | 'fresh';
}

const meaningless = { means: 'a word that means nothing', on: 'absent' } as const;

/** Paths that differ from a documented one in its operation word, or go on behind it. */
function undocumented(point: RoutePoint, c: Composer): readonly WordPoint[] {
  return wordsOn(point, c).filter(({ path }) => !isDocumented(path, c));
}

function wordsOn({ route }: RoutePoint, c: Composer): readonly WordPoint[] {
  const path = tokens(route, c);
  const further: WordPoint = { ...meaningless, route, variant: 'a further segment', path: `${path}/undocumented` };
  const last = partsOf(route.path).at(-1);
  // Where a route ends in a member, any word is a value of it, and any number of words of one that takes the rest of a path.
  if (last?.kind === 'member') return last.rest ? [] : [further];
  // Another word in the place of a name is another operation, and one at the root may be a page of the site.
  if (isNamed(route, c) || isAtRoot(route)) return [further];
  return [{ ...meaningless, route, variant: 'another word', path: path.replace(/[^/]+$/, 'undocumented') }, further];
}

/** Each word on a subject that does not exist, verbs in turn. */
function wordsOnAbsent(c: Composer): readonly WordPoint[] {
  return undocumentedWords(c).map(({ word, means, route, path }, i) => {
    const verbs = c.verbsOf(route);
    return { route, path, means, on: 'absent', variant: word, verb: verbs[i % verbs.length] ?? verbs[0] };
  });
}

/** Each word by every verb, on a subject that exists if the operation works on any, which is called in order afterwards. */
function wordsOnFresh(c: Composer): readonly WordPoint[] {
  return undocumentedWords(c).map(({ word, means, route, path }, turn) => ({
    route,
    path,
    means,
    turn,
    on: 'fresh',
    variant: c.contract.subject === null ? word : `${word}, where the subject exists`,
  }));
}

/**
 * A word by every verb that its route is promised by, as a form, and by a verb in a header; all but the first ask for another
 * answer each: which of them stand together is another one for each word.
 *
 * @param turn of the word among others
 */
function byEveryVerb(
  { route, path }: Pick<Word, 'route' | 'path'>,
  turn: number,
  c: Composer,
): NonEmpty<RequestTemplate> {
  const [first, ...others] = c.verbsOf(route);
  const answers = [...c.formats.map(({ mediaType }) => mediaType), 'text/html'];
  const accept = (i: number): string => answers[(turn + i) % answers.length] ?? 'text/html';
  const overridden = others[turn % others.length];
  const asAForm =
    carriesBody(first) && c.bodyMembers.length > 0
      ? [c.requestTo(path, { verb: first, payload: asForm(c.sample.all), accept: accept(others.length) })]
      : [];
  return [
    c.requestTo(path, { verb: first }),
    ...others.map((verb, i) => c.requestTo(path, { verb, accept: accept(i) })),
    ...asAForm,
    ...(c.profile.hosting === 'endpoints' || overridden === undefined
      ? []
      : [c.requestTo(path, { verb: first, headers: [overridingBy(overridden)], accept: accept(others.length + 1) })]),
  ];
}

function asked({ route, path, means, on, verb, turn = 0 }: WordPoint, c: Composer): Script {
  return on === 'fresh'
    ? { ...c.onFresh(...byEveryVerb({ route, path }, turn, c), c.request(route)), undocumented: means }
    : { ...c.onAbsent(c.requestTo(path, verb === undefined ? {} : { verb })), undocumented: means };
}

/** What is asked of a subject before it is asked what became of it: one word by every verb, or several by one. */
interface ChangingPoint extends RoutePoint {
  readonly words: NonEmpty<Pick<Word, 'path' | 'means'>>;
  /** The place of a word among those that are asked by every verb; absent where several are asked by one. */
  readonly turn?: number;
}

/** To endpoints other paths of one segment are pages, which are GET only (ground truth, endpoints). */
function isPage({ path }: WordPoint, { profile, contract }: Composer): boolean {
  return profile.hosting !== 'classic' && path.slice(contract.prefix.length).split('/').length === 2;
}

function withoutPrefix(route: Route, c: Composer): string {
  return tokens(route, c).slice(c.contract.prefix.length);
}

/** Routes that stand under a prefix. */
const everyPrefixed = (c: Composer): readonly RoutePoint[] => (c.contract.prefix === '' ? [] : everyRoute(c));

/** Paths that nobody documented: nothing is done there. */
export const unservedRoutes: readonly Requirement[] = [
  requirement('routes', {
    id: 'ROUTE-006',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'an undocumented operation word is no success',
    why: 'A consumer that misspells an operation would believe it was carried out.',
    cites: [theRoutes],
    each: (c) => [
      ...everyRoute(c).flatMap((point) => undocumented(point, c)),
      ...(c.contract.subject === null ? [] : wordsOnAbsent(c)),
      ...wordsOnFresh(c),
    ],
    send: asked,
    refuses: 'all but the last',
    expect: [
      byCase('what is asked of a word is no success', ({ point }: Evidence<WordPoint>) =>
        point.on === 'fresh' ? allButTheLast(notASuccessBeyondPages) : everyStep(notASuccessBeyondPages),
      ),
    ],
  }),
  requirement('routes', {
    id: 'ROUTE-007',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'http',
    title: 'an undocumented operation word is answered with 404',
    why: 'A consumer could not tell a misspelt path from a request that was refused.',
    cites: [notFound],
    each: (c) =>
      everyRoute(c)
        .flatMap((point) => undocumented(point, c))
        .concat(wordsOnAbsent(c))
        .filter((point) => !isPage(point, c)),
    send: asked,
    // Beside the operation another one may serve the path by verbs of its own (recorded under endpoint routing).
    unless: (x, evidence) =>
      x.status === 405 ? 'the path is served by other verbs, as another operation may' : whyPage(x, evidence),
    expect: [status(404)],
  }),
  requirement('routes', {
    id: 'ROUTE-008',
    level: 'MUST',
    breaks: 'changed',
    basis: 'documented',
    title: 'a request with an undocumented operation word changes nothing',
    why: 'A call that is not documented would be carried out.',
    cites: [theRoutes],
    each: (c) => [
      ...everyRoute(c).flatMap((point): readonly ChangingPoint[] => {
        const [first, ...others] = undocumented(point, c);
        return first === undefined ? [] : [{ ...point, words: [first, ...others] }];
      }),
      // What goes on behind a documented path does so by every verb.
      ...everyRoute(c).flatMap((point) =>
        undocumented(point, c)
          .slice(-1)
          .map((word, turn): ChangingPoint => ({ ...word, words: [word], turn })),
      ),
      ...undocumentedWords(c).map((word, turn): ChangingPoint => ({
        route: word.route,
        variant: word.word,
        words: [word],
        turn,
      })),
    ],
    send: ({ route, words, turn }, c) => {
      const [first, ...others] = words;
      const requests: NonEmpty<RequestTemplate> =
        turn === undefined
          ? [c.requestTo(first.path), ...others.map(({ path }) => c.requestTo(path))]
          : byEveryVerb({ route, path: first.path }, turn, c);
      return { ...c.onFresh(...requests, c.request(route)), undocumented: first.means };
    },
    refuses: 'all but the last',
    expect: [success],
  }),
  requirement('routes', {
    id: 'ROUTE-009',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'http',
    title: 'a documented route without its prefix is answered with 404',
    why: 'A consumer configured with the wrong base URL would not notice.',
    cites: [notFound],
    when: { hosting: ['classic'] },
    each: everyPrefixed,
    send: ({ route }, c) => c.onAbsent(c.requestTo(withoutPrefix(route, c))),
    unless: whyPage,
    expect: [status(404)],
  }),
  requirement('routes', {
    id: 'ROUTE-010',
    level: 'MUST',
    breaks: 'changed',
    basis: 'documented',
    title: 'a request to a documented route without its prefix changes nothing',
    why: 'What guards the documented paths, a gateway for instance, could be walked around.',
    cites: [theRoutes],
    when: { hosting: ['classic'] },
    each: (c): readonly (RoutePoint & { readonly verb?: Verb })[] =>
      everyPrefixed(c).flatMap((point) => [
        point,
        ...c
          .verbsOf(point.route)
          .slice(1)
          .map((verb) => ({ ...point, verb })),
      ]),
    send: ({ route, verb }, c) =>
      c.onFresh(c.requestTo(withoutPrefix(route, c), verb === undefined ? {} : { verb }), c.request(route)),
    refuses: 'all but the last',
    expect: [success],
  }),
];
