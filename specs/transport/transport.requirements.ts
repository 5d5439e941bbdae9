import { carriedWithout } from '../../src/catalogue/expect/carried.ts';
import { everyFormat, everyLesserVerb, everyRoute, everyVerb, type RequestPoint } from '../../src/catalogue/points.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import { whoeverSends } from './clients.requirements.ts';
import { standingOnes } from './standing.requirements.ts';
import type { RequestTemplate } from '../../src/model/exchange.ts';
import type { Citation, Composer, Requirement } from '../../src/model/requirement.ts';

const incomplete: Citation = {
  source: 'rfc9112',
  at: '8',
  quote: 'A message that uses a valid Content-Length is incomplete if the size',
};
const answered: Citation = {
  source: 'rfc9110',
  at: '3.4',
  quote: "A server responds to a client's request by sending one or more",
};
const framed: Citation = {
  source: 'rfc9112',
  at: '6.3',
  quote: 'its decimal value defines the expected message body length in octets',
};

/** A member that nobody knows, to make a body as long as some real ones are. */
const twoKilobytes = 'x'.repeat(2048);

/** The requests that an ordinary consumer sends, successful or not: by verb, by format, long, empty, unreadable, unsigned. */
function everyOrdinary(c: Composer): readonly RequestPoint[] {
  return [
    ...[...everyVerb(c), ...everyLesserVerb(c)].map((point) => ({
      ...point,
      request: c.request(point.route, { verb: point.verb }),
    })),
    ...everyFormat(c).map((point) => ({
      ...point,
      request: c.request(point.route, { accept: point.format.mediaType }),
    })),
    ...everyRoute(c).flatMap(({ route }) =>
      Object.entries(odd(c)).map(([variant, options]) => ({ route, variant, request: c.request(route, options) })),
    ),
  ];
}

function odd(c: Composer): Readonly<Record<string, Parameters<Composer['request']>[1]>> {
  return {
    'a long body': { payload: { in: 'body', as: 'json', members: { ...c.sample.all, Padding: twoKilobytes } } },
    'an empty object': { payload: { in: 'body', as: 'json', members: {} } },
    'an unreadable body': { payload: { in: 'raw', contentType: c.format('json').mediaType, text: '{"' } },
    'no credentials': { credentials: 'none' },
    'a page': { accept: 'text/html' },
  };
}

const send = ({ request }: { readonly request: RequestTemplate }, c: Composer): ReturnType<Composer['onAbsent']> =>
  c.onAbsent(request);

/** How answers are carried, whatever they say. */
export const transport: readonly Requirement[] = [
  requirement('transport', {
    id: 'WIRE-001',
    level: 'MUST',
    breaks: 'lost',
    basis: 'http',
    title: 'every request is answered within the time limit',
    why: 'A consumer would hang, and could not tell whether its request was carried out.',
    cites: [answered],
    each: everyOrdinary,
    send,
    expect: [carriedWithout('timeout')],
  }),
  requirement('transport', {
    id: 'WIRE-002',
    level: 'MUST',
    breaks: 'lost',
    basis: 'http',
    title: 'every answer arrives to its announced end',
    why: 'A consumer would read half a body, or wait for the rest of it.',
    cites: [incomplete],
    each: everyOrdinary,
    send,
    expect: [carriedWithout('truncated')],
  }),
  requirement('transport', {
    id: 'WIRE-003',
    level: 'MUST',
    breaks: 'lost',
    basis: 'http',
    title: 'no connection is closed instead of an answer',
    why: 'A consumer could not tell whether its request was carried out, and would send it again.',
    cites: [answered],
    each: everyOrdinary,
    send,
    expect: [carriedWithout('reset')],
  }),
  requirement('transport', {
    id: 'WIRE-004',
    level: 'MUST',
    breaks: 'lost',
    basis: 'http',
    title: 'every answer is framed as HTTP prescribes, and carries no more than it announces',
    why: 'What is left over would be taken for the answer to the next request.',
    cites: [framed],
    each: everyOrdinary,
    send,
    expect: [carriedWithout('not-http')],
  }),
  requirement('transport', {
    id: 'WIRE-005',
    level: 'MUST',
    breaks: 'lost',
    basis: 'http',
    title: 'the answer to a successful request arrives in time and whole, by every promised verb',
    why: 'A consumer would take a call that was carried out for one that failed.',
    cites: [incomplete, framed],
    each: everyVerb,
    send: ({ route, verb }, c) => c.onFresh(c.request(route, { verb })),
    succeeds: 'every request',
    expect: [carriedWithout('timeout', 'truncated', 'reset', 'not-http')],
  }),
  requirement('transport', {
    id: 'WIRE-006',
    level: 'MUST',
    breaks: 'lost',
    basis: 'http',
    title: 'the answer to a successful request arrives in time and whole, in every format',
    why: 'A consumer would take a call that was carried out for one that failed.',
    cites: [incomplete, framed],
    each: everyFormat,
    send: ({ route, format }, c) => c.onFresh(c.request(route, { accept: format.mediaType })),
    succeeds: 'every request',
    expect: [carriedWithout('timeout', 'truncated', 'reset', 'not-http')],
  }),
  ...whoeverSends,
  ...standingOnes,
];
