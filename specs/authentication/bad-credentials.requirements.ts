import {
  challengeOn401,
  notASuccess,
  refusedOutright,
  status,
  unauthorizedOrRedirected,
} from '../../src/catalogue/expect/status.ts';
import type { RequestPoint } from '../../src/catalogue/points.ts';
import { byFormat, byVerb, guarded } from '../../src/catalogue/provoke.ts';
import { coveringArray } from '../../src/catalogue/covering-array.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { Route, Verb } from '../../src/model/contract.ts';
import type { BadCredential, Script } from '../../src/model/exchange.ts';
import type { Profile } from '../../src/model/profile.ts';
import type { Composer, Requirement } from '../../src/model/requirement.ts';
import { challenged, invalidToken, refusedForThose, requiresAuthentication } from './cites.ts';
import { impostorsInThrees, oneOrEach, sendOneOrSeveral } from './threes.ts';

/** Credentials that look right and are not: they must be told apart from good ones, and from a broken service. */
const wellFormed = ['wrong-password', 'expired-token', 'tampered-signature', 'tampered-payload'] as const;
/** Those that a run can make up by itself. */
export const madeUp = [
  'unknown-user',
  'garbage-token',
  'three-part-garbage-token',
  'empty-token',
  'unknown-scheme',
  'basic-not-base64',
  'made-up-session',
  'made-up-key',
  'made-up-cookie',
  'empty-authorization',
] as const;
/** Those that are made from what a run was given. */
export const derived = [...wellFormed, 'unsigned-token', 'token-in-query'] as const;

/** Answered with 401 by every host known; a 400, 405 or 500 for the rest has been seen, and is a refusal too. */
const plainlyRefused: Readonly<Record<Profile['hosting'], readonly BadCredential[]>> = {
  classic: ['unknown-user', 'garbage-token', 'made-up-session', 'token-in-query', 'empty-token', 'unknown-scheme'],
  mapped: ['unknown-user', 'garbage-token', 'made-up-session', 'token-in-query'],
  endpoints: ['unknown-user', 'garbage-token', 'made-up-session', 'token-in-query'],
};

/** Refused like no credentials at all, hence challenged; an expired token or a wrong password may get a body instead. */
const likeNone: readonly BadCredential[] = [
  'tampered-signature',
  'tampered-payload',
  'garbage-token',
  'made-up-session',
  'token-in-query',
];

const every =
  (kinds: readonly BadCredential[]) =>
  (c: Composer): readonly RequestPoint[] =>
    guarded(c).flatMap((route) =>
      kinds.map((kind) => ({ route, variant: kind, request: c.request(route, { credentials: kind }) })),
    );

/** A bad credential by a verb, with an answer asked for. */
interface ByVerbAndFormat {
  readonly route: Route;
  readonly kind: BadCredential;
  readonly verb: Verb;
  readonly accept: string;
}

/** What every service has to tell from good credentials; not by a password of a user whom it may lock out. */
const toldApart: readonly BadCredential[] = [
  'unknown-user',
  'expired-token',
  'tampered-signature',
  'garbage-token',
  'made-up-session',
  'token-in-query',
];

/** Such credentials so that each is sent by every verb, and every verb and each of them is answered in every format. */
export function byVerbAndFormat(c: Composer): readonly ByVerbAndFormat[] {
  if (guarded(c).length === 0) return [];
  const axes = {
    kind: toldApart,
    verb: [...new Set(c.routes.flatMap((route) => c.verbsOf(route)))],
    accept: [...c.formats.map(({ mediaType }) => mediaType), 'text/html'],
  };
  return coveringArray(2, axes, () => true).flatMap((row, i) => {
    const routes = c.routes.filter((route) => c.verbsOf(route).includes(row.verb));
    const route = routes[i % routes.length];
    return route === undefined ? [] : [{ ...row, route }];
  });
}

/** The same, of the routes that challenge a stranger. */
const everyChallenged =
  (kinds: readonly BadCredential[]) =>
  (c: Composer): readonly RequestPoint[] =>
    c.contract.challenged === true ? every(kinds)(c) : [];

/** By every promised verb, and by every format. */
const everyCall =
  (kind: BadCredential) =>
  (c: Composer): readonly RequestPoint[] =>
    guarded(c)
      .flatMap((route) => [
        ...byVerb({ route }, { credentials: kind }, c).filter(
          ({ verb }) => verb === undefined || c.verbsOf(route).includes(verb),
        ),
        ...byFormat({ route }, { credentials: kind }, c.formats, c),
      ])
      .map((point) => ({ ...point, variant: point.variant === undefined ? kind : `${kind}, ${point.variant}` }));

const send = ({ request }: RequestPoint, c: Composer): Script => c.onAbsent(request);

/** Credentials that are none are refused like none. */
export const refusedWithBadCredentials: readonly Requirement[] = [
  requirement('authentication', {
    id: 'AUTH-020',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'credentials that a run can make up are refused with 4xx or 5xx',
    why: 'A caller without valid credentials could use the operation.',
    cites: [requiresAuthentication, refusedForThose],
    each: every(madeUp),
    send,
    expect: [refusedOutright],
  }),
  requirement('authentication', {
    id: 'AUTH-021',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'tokens with another payload, signature, algorithm or place than issued are refused',
    why: 'A token could be forged, or be read from a log and used again.',
    cites: [requiresAuthentication, invalidToken],
    each: every(['tampered-signature', 'tampered-payload', 'unsigned-token', 'token-in-query']),
    send,
    expect: [refusedOutright],
  }),
  requirement('authentication', {
    id: 'AUTH-022',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a wrong password, and that of a user who does not exist, are answered with 401',
    why: 'A caller who knows a user name and no password could use the operation.',
    cites: [requiresAuthentication, refusedForThose],
    each: (c) => [...every(['wrong-password'])(c), ...impostorsInThrees(c, ['unknown-user'])],
    send: sendOneOrSeveral,
    refuses: 'all but the last',
    expect: [oneOrEach(status(401))],
  }),
  requirement('authentication', {
    id: 'AUTH-023',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'an expired token is answered with 401',
    why: 'A token that was lost would stay good for ever, and a client would not know to renew its own.',
    cites: [requiresAuthentication, invalidToken],
    each: every(['expired-token']),
    send,
    expect: [status(401)],
  }),
  requirement('authentication', {
    id: 'AUTH-024',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a token whose payload or signature was changed is answered with 401',
    why: 'A token could be forged.',
    cites: [requiresAuthentication, invalidToken],
    each: every(['tampered-signature', 'tampered-payload']),
    send,
    expect: [status(401)],
  }),
  requirement('authentication', {
    id: 'AUTH-025',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'http',
    title: 'an unknown user, a made-up token or session, and a misplaced token are answered with 401',
    why: 'A client could not tell bad credentials from a bad request.',
    cites: [refusedForThose],
    each: (c) => every(plainlyRefused[c.profile.hosting])(c),
    send,
    expect: [status(401)],
  }),
  requirement('authentication', {
    id: 'AUTH-026',
    level: 'SHOULD',
    breaks: 'shape',
    basis: 'http',
    title: 'a 401 to a forged or made-up token or session carries a challenge',
    why: 'A client that signs in only when it is challenged would never do so.',
    cites: [challenged],
    each: everyChallenged(likeNone),
    send,
    expect: [challengeOn401],
  }),
  requirement('authentication', {
    id: 'AUTH-027',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'a made-up token is no success by any promised verb or in any format',
    why: 'One way of calling that does not look at the token opens the operation to every caller.',
    cites: [requiresAuthentication, invalidToken],
    each: everyCall('garbage-token'),
    send,
    expect: [notASuccess],
  }),
  requirement('authentication', {
    id: 'AUTH-028',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a token whose signature was changed gets 401 or a redirect, by every verb and format',
    why: 'One way of calling that does not check the signature opens the operation to every caller.',
    cites: [requiresAuthentication, invalidToken],
    each: (c) => [...everyCall('tampered-signature')(c), ...impostorsInThrees(c, ['tampered-signature'])],
    send: sendOneOrSeveral,
    refuses: 'all but the last',
    expect: [oneOrEach(unauthorizedOrRedirected)],
  }),
  requirement('authentication', {
    id: 'AUTH-029',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'an expired token gets 401 or a redirect, by every verb and format',
    why: 'One way of calling that does not look at the date keeps lost tokens good for ever.',
    cites: [requiresAuthentication, invalidToken],
    each: (c) => [...everyCall('expired-token')(c), ...impostorsInThrees(c, ['expired-token'])],
    send: sendOneOrSeveral,
    refuses: 'all but the last',
    expect: [oneOrEach(unauthorizedOrRedirected)],
  }),
];
