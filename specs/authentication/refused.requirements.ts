// One list: how a caller without credentials is refused.

import { refusedToScripts } from '../../src/catalogue/expect/format.ts';
import {
  challengeOn401,
  notASuccess,
  notASuccessBeyondPages,
  status,
  unauthorizedOrRedirected,
} from '../../src/catalogue/expect/status.ts';
import type { RequestPoint, RoutePoint, SentPoint } from '../../src/catalogue/points.ts';
import {
  byBrowser,
  byFormat,
  byHabit,
  byPredefinedRoute,
  byQuery,
  byScript,
  bySpelling,
  bySuffix,
  byVerb,
  challenging,
  guarded,
  pageFormats,
  programFormats,
  type Caller,
} from '../../src/catalogue/provoke.ts';
import { noSuccessForStrangers, refusedByOne } from '../../src/catalogue/expect/methods.ts';
import { requirement, standing } from '../../src/catalogue/requirement.ts';
import { calledIn, everyWay, inWords } from '../../src/catalogue/ways.ts';
import { oneOrEach, sendOneOrSeveral, strangersInThrees, type OneOrSeveral } from './threes.ts';
import type { Script } from '../../src/model/exchange.ts';
import type { Composer, Requirement } from '../../src/model/requirement.ts';
import { methodsApart } from '../../src/values/contract.ts';
import { challenged, rejected, requiresAuthentication, unauthorized } from './cites.ts';

const stranger: Caller = { credentials: 'none' };

type Ways = (point: RoutePoint, c: Composer) => readonly RequestPoint[];

/** Every guarded route, in each of these ways. */
const every =
  (...ways: readonly Ways[]) =>
  (c: Composer): readonly RequestPoint[] =>
    guarded(c).flatMap((route) => ways.flatMap((way) => way({ route }, c)));

/** The same, of the routes that challenge a stranger. */
const everyChallenged =
  (...ways: readonly Ways[]) =>
  (c: Composer): readonly RequestPoint[] =>
    challenging(c).flatMap((route) => ways.flatMap((way) => way({ route }, c)));

const send = ({ request }: SentPoint, c: Composer): Script => c.onAbsent(request);

const verbs: Ways = (point, c) => byVerb(point, stranger, c);
const promisedVerbs: Ways = (point, c) =>
  verbs(point, c).filter(({ verb }) => verb === undefined || c.verbsOf(point.route).includes(verb));
/** A browser asks for permission by OPTIONS, and never with credentials: a 2xx says nothing of the operation. */
const verbsButOptions: Ways = (point, c) => verbs(point, c).filter(({ verb }) => verb !== 'OPTIONS');
const formats: Ways = (point, c) => byFormat(point, stranger, c.formats, c);
const programs: Ways = (point, c) => byFormat(point, stranger, programFormats(c), c);
const queries: Ways = (point, c) => byQuery(point, stranger, c.formats, c);
const suffixes: Ways = (point, c) => bySuffix(point, stranger, c.formats, c);
const selections: Ways = (point, c) => [
  ...byQuery(point, stranger, programFormats(c), c),
  ...bySuffix(point, stranger, programFormats(c), c),
];
const pageSelections: Ways = (point, c) => [
  ...byQuery(point, stranger, pageFormats(c), c),
  ...bySuffix(point, stranger, pageFormats(c), c),
];
const habits: Ways = (point, c) => byHabit(point, stranger, c);
const pages: Ways = (point, c) => [...byBrowser(point, stranger, c), ...byFormat(point, stranger, pageFormats(c), c)];

/** Without credentials nothing is done, and the caller is told so. */
export const refusedWithoutCredentials: readonly Requirement[] = [
  requirement('authentication', {
    id: 'AUTH-001',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'without credentials, no verb on any route but OPTIONS is a success',
    why: 'A caller without credentials could use the operation, or be made to believe so.',
    cites: [requiresAuthentication],
    each: every(verbsButOptions),
    send,
    expect: [notASuccess],
  }),
  requirement('authentication', {
    id: 'AUTH-002',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'without credentials, every promised verb is answered with 401 to a JSON client',
    why: 'A client that gets anything else does not know that it has to sign in.',
    cites: [requiresAuthentication, unauthorized, rejected],
    each: every(promisedVerbs),
    send,
    expect: [status(401)],
  }),
  requirement('authentication', {
    id: 'AUTH-003',
    level: 'MUST',
    breaks: 'shape',
    basis: 'http',
    title: 'a 401 to a request without credentials carries a challenge',
    why: 'A client that signs in only when it is challenged would never do so.',
    cites: [challenged],
    when: { hosting: ['classic'] },
    each: everyChallenged(verbs, formats, habits),
    send,
    expect: [challengeOn401],
  }),
  requirement('authentication', {
    id: 'AUTH-004',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'without credentials, no format is a success, by Accept, ?format= or suffix',
    why: 'One format that is let through opens the operation to every caller.',
    cites: [requiresAuthentication],
    each: every(formats, queries, suffixes),
    send,
    expect: [notASuccess],
  }),
  requirement('authentication', {
    id: 'AUTH-005',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'without credentials, JSON, JSON Lines, XML and CSV clients are answered with 401',
    why: 'A program would follow a redirect to a login page and try to read it.',
    cites: [requiresAuthentication, unauthorized],
    when: { hosting: ['classic'] },
    each: every(programs),
    send,
    expect: [status(401)],
  }),
  requirement('authentication', {
    id: 'AUTH-006',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'without credentials, a format selected by ?format= or suffix is answered with 401',
    why: 'A program would follow a redirect to a login page and try to read it.',
    cites: [requiresAuthentication, unauthorized],
    when: { hosting: ['classic', 'mapped'] },
    each: every(selections),
    send,
    expect: [status(401)],
  }),
  requirement('authentication', {
    id: 'AUTH-007',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'without credentials, a form or an overridden verb is answered with 401',
    why: 'One way of calling that is let through opens the operation to every caller.',
    cites: [requiresAuthentication, unauthorized],
    each: every(habits),
    send,
    expect: [status(401)],
  }),
  requirement('authentication', {
    id: 'AUTH-008',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'without credentials, a browser or careless client gets 401 or a redirect to sign in',
    why: 'A person who is not signed in would not learn what to do.',
    cites: [
      requiresAuthentication,
      {
        source: 'servicestack-authenticate-attribute',
        at: 'HtmlRedirect',
        quote: 'Redirect the client to a specific URL if authentication failed',
      },
    ],
    each: every(pages),
    send,
    expect: [unauthorizedOrRedirected],
  }),
  requirement('authentication', {
    id: 'AUTH-009',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'where endpoints are mapped, every format gets 401 or a redirect without credentials',
    why: 'A program could not tell that it has to sign in.',
    cites: [
      requiresAuthentication,
      {
        source: 'servicestack-endpoint-routing',
        at: 'Authorization',
        quote: "ServiceStack's APIs are authorized the same way",
      },
    ],
    when: { hosting: ['mapped', 'endpoints'] },
    each: every(formats, queries),
    send,
    expect: [unauthorizedOrRedirected],
  }),
  requirement('authentication', {
    id: 'AUTH-010',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'without credentials, no other spelling of a documented path is a success',
    why: 'A path with a slash too many or in capitals would be a way around authentication.',
    cites: [requiresAuthentication],
    each: every((point, c) => bySpelling(point, stranger, c)),
    send,
    expect: [notASuccessBeyondPages],
  }),
  requirement('authentication', {
    id: 'AUTH-011',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'without credentials, no predefined route is a success',
    why: 'The predefined routes lead to the same operation, and would be a way around authentication.',
    cites: [
      requiresAuthentication,
      {
        source: 'servicestack-routing',
        at: 'Pre-defined Routes',
        quote: 'already includes pre-defined routes for all services',
      },
    ],
    each: (c) => (c.contract.authentication === 'required' ? byPredefinedRoute(stranger, c) : []),
    send,
    expect: [notASuccess],
  }),
  requirement('authentication', {
    id: 'AUTH-012',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'without credentials, a jsonp callback is handed an ErrorCode or not called at all',
    why: 'A page would take the call for a success.',
    cites: [requiresAuthentication],
    each: every((point, c) => byScript(point, stranger, c)),
    send,
    expect: [refusedToScripts],
  }),
  requirement('authentication', {
    id: 'AUTH-013',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'without credentials, JSV selected by ?format= or suffix gets 401 or a redirect to sign in',
    why: 'A program could not tell that it has to sign in.',
    cites: [requiresAuthentication, unauthorized],
    when: { hosting: ['classic', 'mapped'] },
    each: every(pageSelections),
    send,
    expect: [unauthorizedOrRedirected],
  }),
  requirement('authentication', {
    id: 'AUTH-014',
    level: 'SHOULD',
    breaks: 'shape',
    basis: 'http',
    title: 'where endpoints are mapped, a 401 to a request without credentials carries a challenge',
    why: 'A client that signs in only when it is challenged would never do so.',
    cites: [challenged],
    when: { hosting: ['mapped', 'endpoints'] },
    each: everyChallenged(verbs, formats, habits),
    send,
    expect: [challengeOn401],
  }),
  requirement('authentication', {
    id: 'AUTH-050',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'without credentials, every verb gets 401 or a redirect to sign in, however written and answered',
    why: 'One verb and one format that are let through together open the operation to every caller.',
    cites: [requiresAuthentication, unauthorized],
    each: (c): readonly OneOrSeveral[] => [
      ...(guarded(c).length === 0 ? [] : everyWay(c, [c.sample.all])).flatMap(({ ways }) =>
        ways.map(([way, members]) => ({
          route: way.route,
          verb: way.by.verb,
          variant: inWords(way),
          request: calledIn(way, members, c, { credentials: 'none' }),
        })),
      ),
      ...strangersInThrees(c),
    ],
    send: sendOneOrSeveral,
    refuses: 'all but the last',
    expect: [oneOrEach(unauthorizedOrRedirected)],
  }),
  standing('authentication', {
    id: 'AUTH-049',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'an operation that asks for credentials refuses a caller without any, by one of its verbs at least',
    why: 'No caller is asked who they are, whatever the page says.',
    cites: [requiresAuthentication],
    lacks: 'the operation asks for no credentials, or asks for them by every verb',
    standing: true,
    speaksOf: (c) => methodsApart(c.contract) !== null,
    expect: [refusedByOne],
  }),
  standing('authentication', {
    id: 'AUTH-052',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'no call without good credentials, whatever it is sent for, is answered like a success',
    why: 'A caller without credentials could use the operation in some way of calling, or be made to believe so.',
    cites: [requiresAuthentication],
    lacks: 'the operation asks for no credentials, or not by every verb',
    standing: true,
    speaksOf: (c) => guarded(c).length > 0 && methodsApart(c.contract) === null,
    expect: [noSuccessForStrangers],
  }),
];
