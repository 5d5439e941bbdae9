import { forbidden, notTheAnswer, unlessUnknown } from '../../src/catalogue/expect/lesser.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { notASuccessBeyondPages } from '../../src/catalogue/expect/status.ts';
import { hasData } from '../../src/catalogue/data.ts';
import { everyVerb, type RoutePoint, type SentPoint } from '../../src/catalogue/points.ts';
import {
  byFormat,
  byHabit,
  byPredefinedRoute,
  byQuery,
  bySpelling,
  bySuffix,
  byVerb,
  programFormats,
  restricted,
  type Caller,
} from '../../src/catalogue/provoke.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { Script } from '../../src/model/exchange.ts';
import type { Citation, Composer, Requirement } from '../../src/model/requirement.ts';

const insufficient: Citation = {
  source: 'rfc9110',
  at: '15.5.4',
  quote: 'the server considers them insufficient to grant access',
};
const byRole: Citation = {
  source: 'servicestack-authentication',
  at: 'RequiredRole and RequiredPermission attributes',
  quote: 'built-in role & permission based authorization attributes',
};

const lesser: Caller = { credentials: 'lesser-credentials' };
const lacks = 'the operation asks for no role and no permission';

const send = ({ request }: SentPoint, c: Composer): Script => c.onAbsent(request);

/** By every promised verb; a browser asks by OPTIONS, whoever is signed in. */
const promised = (point: RoutePoint, c: Composer): readonly SentPoint[] =>
  byVerb(point, lesser, c).filter(({ verb }) => verb !== undefined && c.verbsOf(point.route).includes(verb));

function everyWay(c: Composer): readonly SentPoint[] {
  const routes = restricted(c);
  return [
    ...routes.flatMap((route) => [
      ...byVerb({ route }, lesser, c).filter(({ verb }) => verb !== 'OPTIONS'),
      ...byFormat({ route }, lesser, c.formats, c),
      ...byQuery({ route }, lesser, c.formats, c),
      ...bySuffix({ route }, lesser, c.formats, c),
      ...byHabit({ route }, lesser, c),
      ...bySpelling({ route }, lesser, c),
    ]),
    ...(routes.length > 0 ? byPredefinedRoute(lesser, c) : []),
  ];
}

/** Whoever is known and may not do it: what asks for a role or a permission is theirs alone who have it. */
export const refusedWithLesserCredentials: readonly Requirement[] = [
  requirement('authentication', {
    id: 'AUTH-045',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'without the roles and permissions asked for, no way of calling is a success',
    why: 'Any client that is signed in could do what few may do.',
    cites: [byRole, insufficient],
    lacks,
    each: everyWay,
    send,
    unless: unlessUnknown(0),
    expect: [notASuccessBeyondPages],
  }),
  requirement('authentication', {
    id: 'AUTH-046',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'without the roles and permissions asked for, a program is answered with 403',
    why: 'A client that is told anything else signs in again and again, or gives up on what it may do.',
    cites: [insufficient],
    when: { hosting: ['classic'] },
    lacks,
    each: (c) =>
      restricted(c).flatMap((route) => [
        ...promised({ route }, c),
        ...byFormat({ route }, lesser, programFormats(c), c),
        ...byHabit({ route }, lesser, c),
      ]),
    send,
    unless: unlessUnknown(0),
    expect: [forbidden],
  }),
  requirement('authentication', {
    id: 'AUTH-047',
    level: 'MUST',
    breaks: 'executed',
    basis: 'framework',
    title: 'nothing is done for a caller who lacks a role or permission: a valid request succeeds afterwards',
    why: 'A call that was answered with a refusal would have been carried out.',
    cites: [byRole, insufficient],
    lacks: 'the operation asks for no role and no permission, or works on nothing that could show what was done',
    each: (c) => (c.contract.subject !== null && restricted(c).length > 0 ? everyVerb(c) : []),
    send: ({ route, verb }, c) =>
      c.onFresh(c.request(route, { verb, credentials: lesser.credentials }), c.request(route)),
    refuses: 'all but the last',
    unless: unlessUnknown(0),
    expect: [success],
  }),
  requirement('authentication', {
    id: 'AUTH-048',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'a refusal for want of a role or permission tells nothing of what a success answers',
    why: 'A caller who is turned away would learn what they may not know.',
    cites: [byRole, insufficient],
    lacks: 'the operation asks for no role and no permission, or a success carries no data',
    each: (c) => (hasData(c.contract) ? restricted(c).map((route) => ({ route })) : []),
    send: ({ route }, c) => c.onFresh(c.request(route), c.request(route, { credentials: lesser.credentials })),
    unless: unlessUnknown(1),
    expect: [notTheAnswer(0)],
  }),
];
