import type { Format, Route, Verb } from '../model/contract.ts';
import type { RequestTemplate } from '../model/exchange.ts';
import type { Composer, Point } from '../model/requirement.ts';
import type { Member } from '../model/schema.ts';
import { isPredefined, verbsOf } from '../values/contract.ts';
import { kindIn } from '../values/members.ts';
import { carriesBody } from '../values/http.ts';
import { partsOf } from '../values/route.ts';

/** A case about one route. */
export interface RoutePoint extends Point {
  readonly route: Route;
}

/** A case about one route by one verb. */
export interface VerbPoint extends RoutePoint {
  readonly verb: Verb;
}

/** A case about one route in one format. */
export interface FormatPoint extends RoutePoint {
  readonly format: Format;
}

/** A case that is one request, wherever it goes. */
export interface SentPoint extends Point {
  readonly request: RequestTemplate;
}

/** A case that is one way of calling a route. */
export interface RequestPoint extends SentPoint, RoutePoint {
  readonly route: Route;
}

export const everyRoute = (c: Composer): readonly RoutePoint[] => c.routes.map((route) => ({ route }));

/** Every route by every verb promised under the profile. */
export const everyVerb = (c: Composer): readonly VerbPoint[] =>
  c.routes.flatMap((route) => c.verbsOf(route).map((verb) => ({ route, verb })));

/** Every route by every verb promised, in every combination with further axes. */
export const everyVerbWith = <const A extends Axes>(c: Composer, axes: A): readonly (VerbPoint & Crossed<A>)[] =>
  everyVerb(c).flatMap((point) => cross(axes).map((others) => ({ ...point, ...others })));

/** Every route by the verbs that are habit rather than promise. */
export const everyLesserVerb = (c: Composer): readonly VerbPoint[] =>
  c.routes.flatMap((route) => {
    const promised = verbsOf(c.contract, route);
    return c.lesserVerbs
      .filter((verb) => promised === 'any' || promised.includes(verb))
      .map((verb) => ({ route, verb }));
  });

/** The verbs that a header can name in the place of the one that is sent; nobody has recorded that of HEAD. */
export const overridden = (verbs: readonly Verb[]): readonly Verb[] => verbs.filter((verb) => verb !== 'HEAD');

export const everyFormat = (c: Composer): readonly FormatPoint[] =>
  c.routes.flatMap((route) => c.formats.map((format) => ({ route, format })));

/** The same, of the routes whose path takes the suffix of a format: not those that would take it for a part of a value. */
export const everySuffix = (c: Composer): readonly FormatPoint[] =>
  everyFormat(c).filter(({ route }) => takesSuffix(route));

/** Cases about a success that has a body: one without is in no format. */
export const answered = <P>(points: readonly P[], { contract }: Composer): readonly P[] =>
  contract.response.kind === 'none' ? [] : points;

/** Routes that are called with a body. */
export const readingBodies = (c: Composer): readonly Route[] =>
  c.routes.filter((route) => carriesBody(c.verbsOf(route)[0]));

/** The verbs of a route besides that which it is called by, as far as they have a body by nature. */
export const otherVerbsWithBody = (route: Route, c: Composer): readonly Verb[] =>
  c.verbsOf(route).slice(1).filter(carriesBody);

/** Whether a suffix behind a path names a format: a value that takes all that is left of the path takes the suffix as well. */
export const takesSuffix = ({ path }: Route): boolean => {
  if (isPredefined({ path }) || /^\/?$/.test(path)) return false;
  const last = partsOf(path).at(-1);
  return last?.kind !== 'member' || !(last.rest || path.slice(path.lastIndexOf('/')).includes('.'));
};

/** The first subject of a script, or the second. */
export type Whose = '' | 'other.';

/** What stands for the members of a subject; one that is composed of others has nothing that does. */
export const tokensOf = (members: readonly Member[], whose: Whose = ''): Readonly<Record<string, string>> =>
  Object.fromEntries(
    members.filter((member) => kindIn(member) !== null).map(({ name }) => [name, `{{${whose}${name}}}`]),
  );

/** Axes of a point by name: `{ route: c.routes, format: c.formats }`. */
type Axes = Readonly<Record<string, readonly unknown[]>>;

type Crossed<A extends Axes> = { readonly [K in keyof A]: A[K][number] };

/**
 * Every combination of the axes, the last axis turning fastest; none when an axis is empty.
 *
 * @param axes the values of each axis, by the name it has in a point
 */
export function cross<const A extends Axes>(axes: A): readonly Crossed<A>[] {
  const rows = Object.entries(axes).reduce<readonly Readonly<Record<string, unknown>>[]>(
    (points, [name, values]) => points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );
  return rows as readonly Crossed<A>[];
}
