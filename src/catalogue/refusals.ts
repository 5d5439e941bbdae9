import type { NonEmpty, Route, Verb } from '../model/contract.ts';
import type { CredentialKind, RequestTemplate, Script } from '../model/exchange.ts';
import type { Composer, MemberValues, Point } from '../model/requirement.ts';
import { groupBy } from '../values/words.ts';
import { onceFor } from '../values/once.ts';
import { axesUnder, callOf, hasBody, isACall, isOfTexts, verbsOfAll, type Answer, type Choice } from './choices.ts';
import { coveringArray } from './covering-array.ts';
import { inCapitals } from './provoke.ts';
import type { Carrier } from './ways.ts';

/** How the path of a route is spelt: as it is documented, or so that the framework takes it for the same. */
export type PathSpelling = 'as documented' | 'with a slash behind' | 'in capitals';

/** A call that must be refused, with what is chosen besides. */
export interface ToRefuse<K = unknown> {
  readonly kind: K;
  readonly choice: Choice;
  readonly path: PathSpelling;
  readonly request: RequestTemplate;
}

/** Calls that must be refused, all by one verb, or by a header that names one. */
export interface RefusalsPoint extends Point {
  readonly route: Route;
  readonly verb?: Verb;
  readonly variant: string;
  readonly refusals: NonEmpty<ToRefuse>;
}

/** What is to be refused, and how it is asked. */
export interface Asked<K> {
  /** What makes a call one that must be refused. They are chosen like everything else. */
  readonly kinds: NonEmpty<K>;
  readonly sent: (kind: K) => Sent;
  /** Which of the kinds are asked for here; all where this is not said. They share rows with the others all the same. */
  readonly isWanted?: (kind: K) => boolean;
  /** What carries the members; whatever can where this is not said. */
  readonly carriers?: readonly Carrier[];
  /** How paths are spelt; as documented where this is not said. */
  readonly paths?: readonly PathSpelling[];
}

/** What a call carries, and who sends it. */
export interface Sent {
  readonly members?: MemberValues;
  readonly pathMembers?: Readonly<Record<string, string>>;
  readonly credentials?: CredentialKind;
}

/** So many stand together on one subject. */
const TOGETHER = 24;

/**
 * Calls that must be refused, so that every three of verb, what carries the members, what is asked for and by what, route,
 * spelling and kind stand together in some call. Whether it would be served in such a way does not matter, for
 * nobody promises a success of it.
 */
export function everyThreeToRefuse<K>(c: Composer, asked: Asked<K>): readonly ToRefuse<K>[] {
  const { kinds, isWanted = () => true } = asked;
  return rowsOf(c, asked).flatMap(({ kind: k, path, ...row }): readonly ToRefuse<K>[] => {
    const kind = kinds[k] ?? kinds[0];
    if (!isWanted(kind)) return [];
    const choice: Choice = { ...row, id: 'lower', ids: 'lower', besides: 'nothing', names: 'as documented' };
    const { members = c.sample.all, ...options } = asked.sent(kind);
    const request = callOf(choice, c, members, {
      ...options,
      ...(path !== 'as documented' && { path: pathOf(choice.route, path, c) }),
    });
    return [{ kind, choice, path, request }];
  });
}

/** Calls of one verb together, as many as may stand on one subject. */
export function togetherByVerb(refusals: readonly ToRefuse[]): readonly RefusalsPoint[] {
  const those = groupBy(refusals, ({ choice: { verb, sent } }) => (sent === 'overriding' ? 'by override' : verb));
  return [...those].flatMap(([how, its]) =>
    inPieces(its).map((piece, i) => ({
      route: piece[0].choice.route,
      ...(how !== 'by override' && { verb: piece[0].choice.verb }),
      variant: `${how === 'by override' ? how : 'in every way'}${i === 0 ? '' : `, ${String(i + 1)}`}`,
      refusals: piece,
    })),
  );
}

/** The calls, then a valid one, which finds its subject as it was. */
export function allThenValid({ route, refusals: [first, ...others] }: RefusalsPoint, c: Composer): Script {
  return c.onFresh(first.request, ...others.map(({ request }) => request), c.request(route));
}

interface Row extends Pick<Choice, 'route' | 'verb' | 'sent' | 'carrier' | 'answer' | 'selection'> {
  readonly kind: number;
  readonly path: PathSpelling;
}

/** By what is asked for: an array takes long, and a plan asks for cases more than once. */
const arraysOf = onceFor<Composer, Map<string, readonly Row[]>>(() => new Map());

function rowsOf<K>(
  c: Composer,
  { kinds, carriers = carriersOf(c), paths = ['as documented'] }: Asked<K>,
): readonly Row[] {
  const known = arraysOf(c);
  const key = JSON.stringify([kinds.length, carriers, paths]);
  const rows = known.get(key) ?? arrayOf(c, kinds.length, carriers, paths);
  known.set(key, rows);
  return rows;
}

function arrayOf(
  c: Composer,
  kinds: number,
  carriers: readonly Carrier[],
  paths: readonly PathSpelling[],
): readonly Row[] {
  const answers: readonly Answer[] = [
    ...c.formats,
    'a page',
    'nothing',
    ...(c.profile.hosting === 'endpoints' ? [] : (['a callback'] as const)),
  ];
  return coveringArray(
    3,
    {
      carrier: carriers,
      answer: answers,
      verb: verbsOfAll(c.routes, c),
      kind: Array.from({ length: kinds }, (_, i) => i),
      path: paths,
      route: c.routes,
      ...axesUnder(c.profile),
    },
    (row) => goesTogether(row, c),
  );
}

/** All that carries members; a line of JSON is read as JSON is. */
function carriersOf(c: Composer): readonly Carrier[] {
  if (c.bodyMembers.length === 0) return ['query'];
  return [
    'query',
    ...c.bodyFormats.map(({ name }) => name).filter((name) => name !== 'jsonl'),
    'form',
    ...(isOfTexts(c) ? (['parts'] as const) : []),
  ];
}

function goesTogether(row: Partial<Row>, c: Composer): boolean {
  const { carrier, selection, path } = row;
  if (!isACall(row, c) || (selection === 'suffix' && path === 'with a slash behind')) return false;
  // By a verb that has no body by nature, one in JSON is what hosts are known to read.
  return carrier === undefined || carrier === 'query' || carrier === 'json' || hasBody(row, c);
}

function pathOf(route: Route, as: PathSpelling, c: Composer): string {
  const { path } = c.request(route, { payload: { in: 'none' } });
  switch (as) {
    case 'as documented':
      return path;
    case 'with a slash behind':
      return `${path}/`;
    case 'in capitals':
      return inCapitals(path);
  }
}

/** As many as may stand on one subject, in as few pieces as that makes. */
export function inPieces(those: readonly ToRefuse[]): readonly NonEmpty<ToRefuse>[] {
  const count = Math.ceil(those.length / TOGETHER);
  return Array.from({ length: count }, (_, i) =>
    those.slice(Math.ceil((i * those.length) / count), Math.ceil(((i + 1) * those.length) / count)),
  ).flatMap(([first, ...others]): readonly NonEmpty<ToRefuse>[] => (first === undefined ? [] : [[first, ...others]]));
}
