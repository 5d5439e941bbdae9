import { mediaTypeOf } from '../../src/catalogue/expect/format.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { coveringArray } from '../../src/catalogue/covering-array.ts';
import { overridingBy } from '../../src/catalogue/payloads.ts';
import { callOf, everyThree, exchanged, inTwos, inWordsOf, type Choice } from '../../src/catalogue/choices.ts';
import { sameAnswer } from '../../src/catalogue/expect/same-answer.ts';
import { cross, overridden, takesSuffix } from '../../src/catalogue/points.ts';
import { requirement, step } from '../../src/catalogue/requirement.ts';
import type { Format, FormatName, Route, Verb } from '../../src/model/contract.ts';
import type { Script } from '../../src/model/exchange.ts';
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
  return coveringArray(2, axes, (row) => isPromised(row, c), asked).map((row) => ({
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

/** Two calls of one route that have little in common, each on a subject of its own. */
interface TwoPoint extends Point {
  readonly route: Route;
  readonly two: readonly [Choice, Choice];
}

/** Every three of what a caller may choose stand together in one of two such calls. */
const everyThreeInTwos = (c: Composer): readonly TwoPoint[] =>
  inTwos(everyThree(c)).map((two) => ({
    route: two[0].route,
    variant: `${inWordsOf(two[0])}; and ${inWordsOf(two[1])}`,
    two,
  }));

/** Each call, then the plain one on each of their subjects: both find what the first two have left. */
function bothThenPlain({ route, two: [one, other] }: TwoPoint, c: Composer): Script {
  const plain = c.request(route);
  return c.on([c.fresh, c.fresh], callOf(one, c), exchanged(callOf(other, c)), plain, exchanged(plain));
}

const inFormat: Expectation<ChosenPoint> = {
  says: 'the Content-Type is that of the format, where one is asked for',
  judge: (x, evidence) => {
    const { answered } = evidence.point;
    return answered === undefined ? [] : mediaTypeOf(() => answered).judge(x, evidence);
  },
};

/** A success in the format that was chosen. */
const inItsFormat = ({ answer }: Choice): Expectation => ({
  says: success.says,
  judge: (x, evidence) => [
    ...success.judge(x, evidence),
    ...(typeof answer === 'string' || x.status >= 300 ? [] : mediaTypeOf(() => answer).judge(x, evidence)),
  ],
});

const leftAlike = sameAnswer(2, 3);

/** Both succeed, and what is asked of their subjects afterwards is answered alike: whatever was done was done by both. */
const bothDo: Expectation<TwoPoint> = {
  says: 'both calls succeed in the format that they ask for, and their subjects are answered alike afterwards',
  judge: (x, evidence) => {
    const { two } = evidence.point;
    const wrong = two.flatMap((choice, i) => step(i, inItsFormat(choice)).judge(x, evidence));
    return wrong.length > 0 ? wrong : leftAlike.judge(x, evidence);
  },
};

type TogetherCase = ChosenPoint | TwoPoint;

const isTwo = (point: TogetherCase): point is TwoPoint => 'two' in point;

/** What a caller may choose goes together. */
export const chosenTogether: readonly Requirement[] = [
  requirement('formats', {
    id: 'FORMAT-027',
    level: 'MUST',
    basis: 'documented',
    title: 'whatever a caller may choose goes together: a valid request succeeds, and does what it says',
    why: 'A consumer that chooses as the page lets it could not use the operation, though each choice works by itself.',
    cites: [
      { source: 'operation-page', at: 'routes', quote: 'All Verbs' },
      {
        source: 'operation-page',
        at: 'below the DTOs',
        quote: 'use the HTTP Accept Header, append the .other suffix or ?format=other',
      },
      { source: 'rfc9562', at: '4', quote: 'may be all uppercase, all lowercase, or mixed case' },
    ],
    each: (c): readonly TogetherCase[] => [
      ...everyPairOf(c).map((point) => ({ ...point, answered: point.format, options: optionsOf(point, c) })),
      ...c.routes.flatMap((route) => [...habitsOfClients(route, c), ...linksFollowed(route, c)]),
      ...everyThreeInTwos(c),
    ],
    send: (point, c) => (isTwo(point) ? bothThenPlain(point, c) : c.onFresh(c.request(point.route, point.options))),
    succeeds: 'in passing',
    expect: [
      {
        says: `${success.says}, in the format that is asked for; of two calls, their subjects are answered alike afterwards`,
        judge: (x, evidence) => {
          const { point } = evidence;
          if (isTwo(point)) return bothDo.judge(x, { ...evidence, point });
          return [...success.judge(x, evidence), ...inFormat.judge(x, { ...evidence, point })];
        },
        unless: (x, evidence) => success.unless?.(x, evidence) ?? null,
      },
    ],
  }),
];
