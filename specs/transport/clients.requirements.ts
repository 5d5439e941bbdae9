import { sameErrorAs } from '../../src/catalogue/expect/same-value.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { everyRoute, type RoutePoint } from '../../src/catalogue/points.ts';
import { requirement, step } from '../../src/catalogue/requirement.ts';
import type { Header } from '../../src/model/exchange.ts';
import type { Verb } from '../../src/model/contract.ts';
import type { Citation, Composer, Expectation, Requirement } from '../../src/model/requirement.ts';

const ignored: Citation = {
  source: 'rfc9110',
  at: '5.1',
  quote: 'Other recipients SHOULD ignore unrecognized header and trailer fields',
};

/** What those who carry a request, or send it for somebody, add to it; nothing of it asks for another answer. */
const additions: Readonly<Record<string, readonly Header[]>> = {
  'a browser': [
    ['Accept-Language', 'de-CH,de;q=0.9,en;q=0.5'],
    ['Cache-Control', 'max-age=0'],
    ['Cookie', 'theme=dark; visits=3'],
    ['DNT', '1'],
    ['Sec-Fetch-Mode', 'navigate'],
    ['Sec-Fetch-Site', 'none'],
    ['Upgrade-Insecure-Requests', '1'],
  ],
  'a browser with many cookies': [['Cookie', `theme=dark; basket=${'x'.repeat(3000)}`]],
  'a cache': [
    ['If-Modified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['If-None-Match', '"made-up"'],
    ['Pragma', 'no-cache'],
  ],
  'a proxy': [
    ['Forwarded', 'for=203.0.113.7;proto=https'],
    ['Via', '1.1 proxy.example.org'],
    ['X-Forwarded-For', '203.0.113.7, 198.51.100.2'],
    ['X-Forwarded-Proto', 'https'],
    ['X-Real-IP', '203.0.113.7'],
    ['True-Client-IP', '203.0.113.7'],
  ],
  'a tracer': [
    ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
    ['tracestate', 'vendor=1'],
    ['X-Correlation-Id', 'a-correlation'],
    ['X-Request-Id', 'a-request'],
  ],
};

/** What most requests come with that are sent by no program of one's own. */
const usual: readonly Header[] = [
  ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ...(additions['a browser'] ?? []),
  ['X-Requested-With', 'XMLHttpRequest'],
  ...(additions['a cache'] ?? []),
  ...(additions['a proxy'] ?? []),
  ...(additions['a tracer'] ?? []),
];

/** Who sends a request, and from where; a host may have its reasons to mind that. */
const senders: Readonly<Record<string, readonly Header[]>> = {
  'a page of another origin': [
    ['Accept-Language', 'fr-FR,fr;q=0.9'],
    ['Origin', 'https://app.example.org'],
    ['Referer', 'https://app.example.org/'],
    ['Sec-Fetch-Mode', 'cors'],
    ['Sec-Fetch-Site', 'cross-site'],
  ],
  'a script of a page': [['X-Requested-With', 'XMLHttpRequest']],
  'a browser': [['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0']],
  'a terminal': [['User-Agent', 'curl/8.14.1']],
  'a program in Python': [['User-Agent', 'python-requests/2.32.4']],
  'a program in Java': [['User-Agent', 'okhttp/4.12.0']],
  'a program that wants no more than it needs': [['Prefer', 'return=minimal']],
  'a form with a token': [
    ['X-CSRF-Token', 'made-up'],
    ['X-XSRF-TOKEN', 'made-up'],
  ],
  'a program of old': [
    ['Accept-Charset', 'utf-8'],
    ['Content-Language', 'en'],
  ],
  'a page that is loaded anew': [['Cache-Control', 'no-cache']],
  'a download that is taken up again': [['Range', 'bytes=0-9']],
  'a program that takes compressed answers': [['Accept-Encoding', 'gzip, deflate, br']],
};

interface AddedPoint extends RoutePoint {
  readonly verb: Verb;
  readonly headers: readonly Header[];
}

/** Each of them, on each route in turn, also by the verb whose answers a cache would keep. */
const everyOf =
  (added: typeof additions) =>
  (c: Composer): readonly AddedPoint[] =>
    Object.entries(added).flatMap(([variant, headers], i) => {
      const route = c.routes[i % c.routes.length] ?? c.routes[0];
      const [first, ...others] = c.verbsOf(route);
      const verbs = [first, ...others.filter((verb) => verb === 'GET')];
      return verbs.map((verb) => ({ route, verb, variant, headers }));
    });

const sameAsPlain = sameErrorAs(0);

/** What a coding hides is not read: of such an answer the status alone is compared. */
const alikeUnlessCoded: Expectation = {
  ...sameAsPlain,
  judge: (x, evidence) =>
    x.header('Content-Encoding') !== undefined && x.status === evidence.steps[0].status
      ? []
      : sameAsPlain.judge(x, evidence),
};

/** What is added on the way to a request changes nothing of what it is answered. */
export const whoeverSends: readonly Requirement[] = [
  requirement('transport', {
    id: 'WIRE-019',
    level: 'MUST',
    breaks: 'refused',
    basis: 'http',
    title: 'a request is answered alike whatever a browser, a cache, a proxy or a tracer adds to it',
    why: 'What works from a terminal would fail from a browser, or behind a gateway.',
    cites: [ignored],
    each: everyOf(additions),
    send: ({ route, verb, headers }, c) => c.onAbsent(c.request(route, { verb }), c.request(route, { verb, headers })),
    expect: [step(1, sameErrorAs(0))],
  }),
  requirement('transport', {
    id: 'WIRE-021',
    level: 'MUST',
    breaks: 'refused',
    basis: 'http',
    title: 'a valid request succeeds with what a browser, a cache, a proxy and a tracer add to it',
    why: 'A call succeeds from a terminal and from no browser, or no longer once requests are traced.',
    cites: [ignored],
    each: (c) => everyRoute(c).slice(0, 1),
    send: ({ route }, c) => c.onFresh(c.request(route, { headers: usual })),
    succeeds: 'every request',
    expect: [success],
  }),
  requirement('transport', {
    id: 'WIRE-022',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'http',
    title: 'a request is answered alike whichever client sends it, and from whichever page',
    why: 'What works from one client fails from another, and nothing says why.',
    cites: [ignored],
    each: everyOf(senders),
    send: ({ route, verb, headers }, c) => c.onAbsent(c.request(route, { verb }), c.request(route, { verb, headers })),
    expect: [step(1, alikeUnlessCoded)],
  }),
];
