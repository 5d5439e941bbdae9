import { mediaTypeOf } from '../../src/catalogue/expect/format.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { pairwise } from '../../src/catalogue/pairwise.ts';
import { overridingBy } from '../../src/catalogue/payloads.ts';
import { cross, overridden, takesSuffix } from '../../src/catalogue/points.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { Format, FormatName, Route, Verb } from '../../src/model/contract.ts';
import type {
  Composer,
  Expectation,
  Payload,
  Point,
  Requirement,
  RequestOptions,
} from '../../src/model/requirement.ts';
import { carriesBody } from '../../src/values/http.ts';

/** By which verb a call is made: by its own, or by the usual one with a header that names it. */
interface Way {
  readonly verb: Verb;
  readonly sent: 'itself' | 'overriding';
}

/** How a call carries its members: in a body of a format, as a form, or in the query string. */
type Carrier = FormatName | 'form' | 'query';

/** By what the format of the answer is selected. */
type Selection = 'Accept' | 'suffix' | 'query';

interface TogetherPoint {
  readonly route: Route;
  readonly verb: Verb;
  readonly format: Format;
  readonly variant: string;
  readonly way: Way;
  readonly carrier: Carrier;
  readonly selection: Selection;
}

/** Every pair of what a caller may choose, as far as documents or a recorded host show that they go together. */
function everyPairOf(c: Composer): readonly TogetherPoint[] {
  const isClassic = c.profile.hosting !== 'endpoints';
  const verbs = [...new Set(c.routes.flatMap((route) => c.verbsOf(route)))];
  const carriers: readonly Carrier[] =
    c.bodyMembers.length === 0 ? ['query'] : ['query', ...c.bodyFormats.map(({ name }) => name), 'form'];
  const selections: readonly Selection[] = isClassic ? ['Accept', 'suffix', 'query'] : ['Accept', 'query'];
  const byHeader = isClassic ? overridden(verbs) : [];
  const ways = verbs.flatMap((verb): readonly Way[] => [
    { verb, sent: 'itself' },
    ...(byHeader.includes(verb) ? [{ verb, sent: 'overriding' } as const] : []),
  ]);
  const axes = { way: ways, carrier: carriers, format: c.formats, selection: selections, route: c.routes };
  const plain = c.routes.flatMap((route): readonly Chosen[] => {
    const [verb] = c.verbsOf(route);
    const way = ways.find((each) => each.verb === verb && each.sent === 'itself');
    const carrier = carriesBody(verb) ? carriers[1] : carriers[0];
    return way === undefined || carrier === undefined
      ? []
      : [{ way, carrier, format: c.formats[0], selection: 'Accept', route }];
  });
  // What differs from the plain call in one thing alone is asked for elsewhere.
  const asked = plain.flatMap((call) => [
    ...ways.map((way) => ({
      ...call,
      way,
      ...(way.sent === 'itself' && !carriesBody(way.verb) && { carrier: 'query' as const }),
    })),
    ...carriers.map((carrier) => ({ ...call, carrier })),
    ...cross({ selection: selections, format: c.formats }).map((answer) => ({ ...call, ...answer })),
  ]);
  return pairwise(axes, (row) => isPromised(row, c), asked).map((row) => ({
    ...row,
    verb: row.way.verb,
    variant: told(row),
  }));
}

type Chosen = Pick<TogetherPoint, 'way' | 'carrier' | 'format' | 'selection' | 'route'>;

/** Bodies in other formats than the first are documented by the first verb alone, and for other verbs nowhere. */
function isPromised({ way, carrier, selection, route }: Partial<Chosen>, c: Composer): boolean {
  if (selection === 'suffix' && route !== undefined && !takesSuffix(route)) return false;
  if (way === undefined) return true;
  const [first] = c.verbsOf(route ?? c.routes[0]);
  if (route !== undefined && !c.verbsOf(route).includes(way.verb)) return false;
  if (way.sent === 'overriding' && way.verb === first) return false;
  if (carrier === undefined || carrier === 'query') return true;
  if (!carriesBody(way.sent === 'itself' ? way.verb : first)) return false;
  return carrier === c.formats[0].name || (way.sent === 'itself' && way.verb === first);
}

function told({ way, carrier, selection }: Chosen): string {
  const carried = carrier === 'query' ? 'members in the query' : carrier === 'form' ? 'a form' : `a body in ${carrier}`;
  const by = selection === 'suffix' ? 'a suffix' : selection === 'query' ? 'the format parameter' : 'Accept';
  return `${carried}, answered by ${by}${way.sent === 'overriding' ? ', by override' : ''}`;
}

function optionsOf({ route, way, carrier, format, selection }: TogetherPoint, c: Composer): RequestOptions {
  const [first] = c.verbsOf(route);
  const members = c.sample.all;
  const payload: Payload = carrier === 'query' ? { in: 'query', members } : { in: 'body', as: carrier, members };
  const other = (c.formats.find(({ name }) => name !== format.name) ?? format).mediaType;
  return {
    verb: way.sent === 'itself' ? way.verb : first,
    payload,
    ...(way.sent === 'overriding' && { headers: [overridingBy(way.verb)] }),
    accept: selection === 'Accept' ? format.mediaType : other,
    ...(selection === 'suffix' && { suffix: format.suffix }),
    ...(selection === 'query' && { query: [['format', format.query] as const] }),
  };
}

/** A call of a route in some way, answered in a format. */
interface ChosenPoint extends Point {
  readonly route: Route;
  /** What it is to be answered in; absent for a page. */
  readonly answered?: Format;
  readonly options: RequestOptions;
}

/** What common clients send by default besides what the page prints. */
function habitsOfClients(route: Route, c: Composer): readonly ChosenPoint[] {
  const format = c.format('json');
  const { mediaType } = format;
  const text = JSON.stringify(c.sample.all);
  const habits: Readonly<Record<string, RequestOptions>> = {
    'Accept ahead of other types': { accept: `${mediaType}, text/plain, */*` },
    'Accept-Encoding: identity': { accept: mediaType, headers: [['Accept-Encoding', 'identity']] },
    ...(carriesBody(c.verbsOf(route)[0]) &&
      c.bodyMembers.length > 0 && {
        'Content-Type with a charset': {
          accept: mediaType,
          payload: { in: 'raw', contentType: `${mediaType}; charset=utf-8`, text },
        },
      }),
  };
  return Object.entries(habits).map(([variant, options]) => ({ route, answered: format, variant, options }));
}

/** A person at a browser follows a link. */
const linksFollowed = (route: Route, c: Composer): readonly ChosenPoint[] =>
  c
    .verbsOf(route)
    .slice(1)
    .filter((verb) => verb === 'GET')
    .map((verb) => ({ route, verb, variant: 'a page', options: { verb, accept: 'text/html' } }));

const inFormat: Expectation<ChosenPoint> = {
  says: 'the Content-Type is that of the format, where one is asked for',
  judge: (x, evidence) => {
    const { answered } = evidence.point;
    return answered === undefined ? [] : mediaTypeOf(() => answered).judge(x, evidence);
  },
};

/** What a caller may choose goes together. */
export const chosenTogether: readonly Requirement[] = [
  requirement('formats', {
    id: 'FORMAT-027',
    level: 'MUST',
    breaks: 'lost',
    basis: 'documented',
    title: 'a valid request succeeds in every pair of verb, route, format of the body, format of the answer',
    why: 'A consumer that chooses as the page lets it could not use the operation, though each choice works by itself.',
    cites: [
      { source: 'operation-page', at: 'routes', quote: 'All Verbs' },
      {
        source: 'operation-page',
        at: 'below the DTOs',
        quote: 'use the HTTP Accept Header, append the .other suffix or ?format=other',
      },
    ],
    each: (c): readonly ChosenPoint[] => [
      ...everyPairOf(c).map((point) => ({ ...point, answered: point.format, options: optionsOf(point, c) })),
      ...c.routes.flatMap((route) => [...habitsOfClients(route, c), ...linksFollowed(route, c)]),
    ],
    send: ({ route, options }, c) => c.onFresh(c.request(route, options)),
    succeeds: 'in passing',
    expect: [success, inFormat],
  }),
];
