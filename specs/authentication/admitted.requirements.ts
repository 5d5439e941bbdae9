import { admitted } from '../../src/catalogue/expect/status.ts';
import { everyFormat, everyRoute, everyVerb, type RequestPoint } from '../../src/catalogue/points.ts';
import { byFormat, byHabit, byQuery, bySuffix, guarded } from '../../src/catalogue/provoke.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { Requirement } from '../../src/model/requirement.ts';
import { requiresAuthentication, unauthorized } from './cites.ts';

/** Good credentials are taken for good, everywhere. */
export const admittedWithCredentials: readonly Requirement[] = [
  requirement('authentication', {
    id: 'AUTH-040',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'valid credentials are never answered with 401 or 403, by any promised verb',
    why: 'A client that is signed in would be turned away.',
    cites: [requiresAuthentication, unauthorized],
    each: everyVerb,
    send: ({ route, verb }, c) => c.onAbsent(c.request(route, { verb })),
    expect: [admitted],
  }),
  requirement('authentication', {
    id: 'AUTH-041',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'valid credentials are never answered with 401 or 403, in any format or way of calling',
    why: 'A client that is signed in would be turned away.',
    cites: [requiresAuthentication, unauthorized],
    each: (c): readonly RequestPoint[] =>
      everyRoute(c).flatMap((point) => [
        ...byFormat(point, { credentials: 'valid' }, c.formats, c),
        ...byQuery(point, { credentials: 'valid' }, c.formats, c),
        ...bySuffix(point, { credentials: 'valid' }, c.formats, c),
        ...byHabit(point, { credentials: 'valid' }, c),
      ]),
    send: ({ request }, c) => c.onAbsent(request),
    expect: [admitted],
  }),
  requirement('authentication', {
    id: 'AUTH-042',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'valid credentials are never answered with 401 or 403 where the call succeeds, in any format',
    why: 'A client that is signed in would be turned away.',
    cites: [requiresAuthentication, unauthorized],
    each: everyFormat,
    send: ({ route, format }, c) => c.onFresh(c.request(route, { accept: format.mediaType })),
    succeeds: 'every request',
    expect: [admitted],
  }),
  requirement('authentication', {
    id: 'AUTH-054',
    level: 'MUST',
    breaks: 'refused',
    basis: 'http',
    title: 'valid credentials are never answered with 401 or 403 where their scheme is in small letters',
    why: 'A client that spells the scheme in another way, as HTTP lets it, would be turned away.',
    cites: [
      {
        source: 'rfc9110',
        at: '11.1',
        quote: 'uses a case-insensitive token to identify the authentication scheme',
      },
    ],
    lacks: 'the operation asks for no credentials',
    each: (c) => guarded(c).map((route) => ({ route })),
    send: ({ route }, c) => c.onAbsent(c.request(route, { credentials: 'valid-in-small-letters' })),
    expect: [admitted],
  }),
];
