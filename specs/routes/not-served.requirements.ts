import { success } from '../../src/catalogue/expect/response.ts';
import { notASuccess, status } from '../../src/catalogue/expect/status.ts';
import { everyRoute, type RoutePoint } from '../../src/catalogue/points.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { NonEmpty, Route } from '../../src/model/contract.ts';
import type { Citation, Composer, Requirement } from '../../src/model/requirement.ts';

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
}

/** Paths that differ from a documented one in its operation word, or go on behind it. */
function undocumented({ route }: RoutePoint, c: Composer): NonEmpty<WordPoint> {
  const path = tokens(route, c);
  const further: WordPoint = { route, variant: 'a further segment', path: `${path}/undocumented` };
  // Where a route ends in a member, any word is a value of it.
  if (route.path.endsWith('}')) return [further];
  return [{ route, variant: 'another word', path: path.replace(/[^/]+$/, 'undocumented') }, further];
}

/** To endpoints other paths of one segment are pages, which are GET only (ground truth, endpoints). */
function isPage({ path }: WordPoint, { profile, contract }: Composer): boolean {
  return profile.hosting !== 'classic' && path.slice(contract.prefix.length).split('/').length === 2;
}

/** Paths of routes, with a token or an example for each member that they bind. */
function tokens(route: Route, c: Composer): string {
  return c.request(route, { payload: { in: 'none' } }).path;
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
    each: (c) => everyRoute(c).flatMap((point) => undocumented(point, c)),
    send: ({ path }, c) => c.onAbsent(c.requestTo(path)),
    expect: [notASuccess],
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
        .filter((point) => !isPage(point, c)),
    send: ({ path }, c) => c.onAbsent(c.requestTo(path)),
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
    each: everyRoute,
    send: (point, c) => {
      const [first, ...others] = undocumented(point, c).map(({ path }) => c.requestTo(path));
      return c.onFresh(first ?? c.request(point.route), ...others, c.request(point.route));
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
    each: everyPrefixed,
    send: ({ route }, c) => c.onFresh(c.requestTo(withoutPrefix(route, c)), c.request(route)),
    refuses: 'all but the last',
    expect: [success],
  }),
];
