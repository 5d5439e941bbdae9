import type { Format, FormatName, NonEmpty, Route, Verb } from '../model/contract.ts';
import type { RequestTemplate, Script } from '../model/exchange.ts';
import type { Composer, MemberValues, Payload, Point, RequestOptions } from '../model/requirement.ts';
import { carriesBody } from '../values/http.ts';
import { multipart, overridingBy } from './payloads.ts';
import { overridden, takesSuffix, type RoutePoint } from './points.ts';

/** By which verb a call is made: by its own, or by the route's first one with a header that names it. */
export interface ByVerb {
  readonly verb: Verb;
  readonly sent: 'itself' | 'overriding';
}

/** How a call carries its members: in a body of a format, as a form, as a form in parts, or in the query string. */
export type Carrier = FormatName | 'form' | 'parts' | 'query';

/** What a call asks to be answered in, in words, and how it says so. */
interface Asking {
  readonly says: string;
  readonly options: Pick<RequestOptions, 'accept' | 'suffix' | 'query'>;
}

/** One way to call a route; nothing is said of what the call carries, nor of who calls. */
export interface Way extends RoutePoint {
  readonly by: ByVerb;
  readonly carrier: Carrier;
  readonly asking: Asking;
}

/** Ways by one verb, or by a header that names one, each about one of the things that are asked of all verbs. */
export interface WaysByVerb<T> extends Point {
  readonly ways: readonly (readonly [way: Way, about: T])[];
}

/** Members in a payload of that kind. */
export function payloadIn(carrier: Carrier, members: MemberValues): Payload {
  switch (carrier) {
    case 'query':
      return { in: 'query', members };
    case 'parts':
      return multipart(members);
    default:
      return { in: 'body', as: carrier, members };
  }
}

/**
 * Ways to call the operation that must be refused, whichever it is: every verb carries what it is sent with in every way that it
 * has, and asks for every answer; routes in turn. Whether a call would be served in such a way does not matter, for nobody
 * promises a success of it.
 *
 * @param about what is asked about by every verb: what is left out, for instance
 * @param of whether each of that is carried in every way, or they take turns; where a header names the verb, they and the verbs do
 */
export function everyWay<T>(
  c: Composer,
  about: NonEmpty<T>,
  of: 'each' | 'in turn' = 'in turn',
): readonly WaysByVerb<T>[] {
  const verbs = [...new Set(c.routes.flatMap((route) => c.verbsOf(route)))];
  const byThemselves = verbs.map((verb): ByVerb => ({ verb, sent: 'itself' }));
  const [overriding, ...further] = (c.profile.hosting === 'endpoints' ? [] : overridden(verbs.slice(1))).map(
    (verb): ByVerb => ({
      verb,
      sent: 'overriding',
    }),
  );
  return [
    ...byThemselves.map((by, turn) => ({
      verb: by.verb,
      ways: waysBy([by], turn, about, of === 'each' ? about.length : 1, c),
    })),
    ...(overriding === undefined
      ? []
      : [{ variant: 'by override', ways: waysBy([overriding, ...further], verbs.length, about, 1, c) }]),
  ].filter(({ ways }) => ways.length > 0);
}

/**
 * @param all that are called by in turn
 * @param turn of these verbs among the others
 * @param times how often each way of carrying is asked
 */
function waysBy<T>(
  all: NonEmpty<ByVerb>,
  turn: number,
  about: NonEmpty<T>,
  times: number,
  c: Composer,
): WaysByVerb<T>['ways'] {
  const [one] = all;
  const [first] = c.routes.filter((route) => serves(route, one, c));
  if (first === undefined) return [];
  const carriers = carriersOf(first, one, c);
  const rows = Math.max(carriers.length * times, askings(c, turn).length);
  return Array.from({ length: rows }, (_, i): readonly [Way, T] => {
    const round = Math.floor(i / carriers.length);
    const by = all[i % all.length] ?? one;
    const routes = c.routes.filter((route) => serves(route, by, c));
    const route = routes[(Math.floor(i / 2) + round + turn) % routes.length] ?? first;
    const asked = askings(c, turn + round);
    // Once all answers were asked for, each stands beside another way of carrying.
    const asking = asked[(i + Math.floor(i / asked.length) + turn) % asked.length] ?? asked[0];
    return [
      { route, by, carrier: carriers[i % carriers.length] ?? 'query', asking: fits(asking, route) ? asking : asked[0] },
      about[(times === 1 ? i + turn : round) % about.length] ?? about[0],
    ];
  });
}

/** A way in a few words. */
export function inWords({ by, carrier, asking }: Way): string {
  const carried =
    carrier === 'query'
      ? 'members in the query'
      : carrier === 'form' || carrier === 'parts'
        ? `a form${carrier === 'parts' ? ' in parts' : ''}`
        : `a body in ${carrier}`;
  return `${carried}, ${asking.says}${by.sent === 'overriding' ? ', by override' : ''}`;
}

/**
 * The call that is made in that way.
 *
 * @param members what it carries
 */
export function calledIn(
  { route, by, carrier, asking }: Way,
  members: MemberValues,
  c: Composer,
  options: Pick<RequestOptions, 'credentials' | 'about' | 'pathMembers'> = {},
): RequestTemplate {
  return c.request(route, {
    ...options,
    verb: by.sent === 'itself' ? by.verb : c.verbsOf(route)[0],
    payload: payloadIn(carrier, members),
    ...asking.options,
    ...(by.sent === 'overriding' && { headers: [overridingBy(by.verb)] }),
  });
}

/** Calls that must be refused, then a valid one, which finds its subject as it was. */
export function refusedThenValid<T>(
  { ways }: WaysByVerb<T>,
  request: (way: Way, about: T) => RequestTemplate,
  c: Composer,
): Script {
  const [first, ...others] = ways.map(([way, about]) => request(way, about));
  const valid = c.request(ways[0]?.[0].route ?? c.routes[0]);
  return first === undefined ? c.onFresh(valid) : c.onFresh(first, ...others, valid);
}

/** Whether a route is called so; a header that names the verb which is sent anyhow says nothing. */
function serves(route: Route, { verb, sent }: ByVerb, c: Composer): boolean {
  const verbs = c.verbsOf(route);
  return verbs.includes(verb) && (sent === 'itself' || verb !== verbs[0]);
}

/** A body has a place in requests by verbs that have one by nature. */
function carriersOf(route: Route, { verb, sent }: ByVerb, c: Composer): readonly Carrier[] {
  if (c.bodyMembers.length === 0 || !carriesBody(sent === 'itself' ? verb : c.verbsOf(route)[0])) return ['query'];
  const isText = Object.values(c.sample.all).every((value) => typeof value === 'string');
  return ['query', ...c.bodyFormats.map(({ name }) => name), 'form', ...(isText ? (['parts'] as const) : [])];
}

/** Each format by Accept, what people and careless clients send, and in turn a format each by a suffix and by the query. */
function askings({ formats, profile }: Composer, turn: number): NonEmpty<Asking> {
  const [first] = formats;
  const bySuffix = formats[turn % formats.length] ?? first;
  const byQuery = formats[(turn + 2) % formats.length] ?? first;
  const accepting = ({ name, mediaType }: Format): Asking => ({
    says: `answered in ${name}`,
    options: { accept: mediaType },
  });
  return [
    accepting(first),
    ...formats.slice(1).map(accepting),
    { says: 'answered by a page', options: { accept: 'text/html' } },
    { says: 'without Accept', options: { accept: null } },
    ...(profile.hosting === 'endpoints'
      ? []
      : [{ says: `answered in ${bySuffix.name} by a suffix`, options: { suffix: bySuffix.suffix } } as const]),
    { says: `answered in ${byQuery.name} by the query`, options: { query: [['format', byQuery.query] as const] } },
  ];
}

const fits = ({ options }: Asking, route: Route): boolean => options.suffix === undefined || takesSuffix(route);
