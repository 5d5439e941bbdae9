import type { NonEmpty, Route } from '../../src/model/contract.ts';
import type { Undocumented } from '../../src/model/exchange.ts';
import type { Composer } from '../../src/model/requirement.ts';
import { leadsTo } from '../../src/values/route.ts';

/** A word that no page of the operation documents, on a path that is else a documented one. */
export interface Word {
  readonly word: string;
  readonly means: Undocumented;
  /** The route whose place it takes. */
  readonly route: Route;
  /** With a token for each member that the route binds. */
  readonly path: string;
}

/** What one would expect of a thing that has a status, or of whatever stands beside it; short, for each costs requests. */
const verbs = [
  'accept',
  'activate',
  'approve',
  'archive',
  'block',
  'close',
  'complete',
  'confirm',
  'deactivate',
  'decline',
  'delete',
  'disable',
  'enable',
  'ignore',
  'reactivate',
  'reject',
  'reopen',
  'restore',
  'resume',
  'revoke',
  'status',
  'suspend',
  'terminate',
  'update',
];

/**
 * Words in the place of each route's last one: verbs that such a thing would have, near spellings of the route's own, and
 * some that mean nothing. Routes that differ in that word alone share them between each other, for each asks of all.
 */
export function undocumentedWords(c: Composer): readonly Word[] {
  const places = new Map<string, Route[]>();
  for (const route of c.routes) {
    // Where a route ends in a member, any word is a value of it.
    if (route.path.endsWith('}') || isNamed(route, c) || isAtRoot(route)) continue;
    const parent = parentOf(tokens(route, c)).toLowerCase();
    places.set(parent, [...(places.get(parent) ?? []), route]);
  }
  return [...places.values()]
    .flatMap(([first, ...others]) => (first === undefined ? [] : wordsAmong([first, ...others], c)))
    .filter(({ path }) => !isDocumented(path, c));
}

/** Whether a path is that of a route of the operation: what would stand for a word may be a value of a member. */
export function isDocumented(path: string, { routes }: Composer): boolean {
  return routes.some((route) => leadsTo(route.path, path));
}

function wordsAmong(routes: NonEmpty<Route>, c: Composer): readonly Word[] {
  const own = routes.map((route) => lastOf(route.path).toLowerCase());
  const near = own.flatMap((word) => [`${word}s`, `${word}d`, word.slice(0, -1), `un${word}`, pastOf(word)]);
  const meaningless = own.map((word) => word.split('').toReversed().join(''));
  const all = [
    ...[...verbs, ...near].map((word) => ({ word, means: 'a word' as const })),
    ...meaningless.map((word) => ({ word, means: 'a word that means nothing' as const })),
  ];
  const fit = all.filter(
    ({ word }, i) => word.length > 1 && !own.includes(word) && all.findIndex((w) => w.word === word) === i,
  );
  return [
    ...fit.map((each, i): Word => {
      const route = routes[i % routes.length] ?? routes[0];
      return { ...each, route, path: `${parentOf(tokens(route, c))}/${each.word}` };
    }),
    ...beside(routes, c),
  ];
}

/** What is no word in the place of another: none at all, as a thing by itself is called, and one more behind it. */
function beside(routes: NonEmpty<Route>, c: Composer): readonly Word[] {
  const [first] = routes;
  const behind = routes.map((route): Word => ({
    word: `${lastOf(route.path)}/confirm`,
    means: 'a word',
    route,
    path: `${tokens(route, c)}/confirm`,
  }));
  // Without a subject in it, what stands before the word may be the page of something else.
  return parentOf(first.path).endsWith('}')
    ? [{ word: 'no word', means: 'a word', route: first, path: parentOf(tokens(first, c)) }, ...behind]
    : behind;
}

/** The past of an English verb, or what looks like it. */
function pastOf(word: string): string {
  if (word.endsWith('e')) return `${word}d`;
  return /[aeiou][lpt]$/.test(word) ? `${word}${word.slice(-1)}ed` : `${word}ed`;
}

/** Whether a route is a predefined one, where another word is another operation. */
export function isNamed({ path }: Route, { contract }: Composer): boolean {
  return path.endsWith(`/${contract.operation}`);
}

/** Whether the word of a route is all of its path. */
export function isAtRoot({ path }: Route): boolean {
  return path.lastIndexOf('/') === 0;
}

/** The path of a route, with a token or an example for each member that it binds. */
export function tokens(route: Route, c: Composer): string {
  return c.request(route, { payload: { in: 'none' } }).path;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
