import { notAsAdmitted } from '../../src/catalogue/expect/same-answer.ts';
import type { SentPoint } from '../../src/catalogue/points.ts';
import {
  byClaim,
  byHabit,
  byPredefinedRoute,
  byQuery,
  byScript,
  bySpelling,
  bySuffix,
  byVerb,
  call,
  guarded,
  type Caller,
} from '../../src/catalogue/provoke.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { BadCredential, CredentialKind, RequestTemplate } from '../../src/model/exchange.ts';
import type { Composer, Point, Requirement } from '../../src/model/requirement.ts';
import { promises } from '../../src/values/contract.ts';
import { byVerbAndFormat, madeUp } from './bad-credentials.requirements.ts';
import { requiresAuthentication, unauthorized } from './cites.ts';

interface ComparedPoint extends Point {
  readonly user: RequestTemplate;
  readonly other: RequestTemplate;
}

/** Whether there is anything that the operation itself would mind: an unknown subject, or that a member is missing. */
const minds = (c: Composer): boolean => c.contract.subject !== null || c.requiredMembers.length > 0;

/** Every way to call that is known, with one required member left out: only the operation itself would mind. */
function ways(credentials: CredentialKind, c: Composer): readonly SentPoint[] {
  if (!minds(c)) return [];
  const caller: Caller = { credentials, members: c.sample.without(...c.requiredMembers.slice(0, 1)) };
  return [
    ...guarded(c).flatMap((route) => [
      ...byVerb({ route }, caller, c),
      ...byQuery({ route }, caller, c.formats, c),
      ...bySuffix({ route }, caller, c.formats, c),
      ...byHabit({ route }, caller, c),
      ...bySpelling({ route }, caller, c),
      ...byClaim({ route }, caller, c),
      ...byScript({ route }, caller, c).map((point) => ({ ...point, variant: 'jsonp' })),
    ]),
    ...(c.contract.authentication === 'required' ? byPredefinedRoute(caller, c) : []),
  ];
}

/** The same request of a user and of somebody else. */
const compared =
  (credentials: CredentialKind) =>
  (c: Composer): readonly ComparedPoint[] =>
    ways('valid', c).map(({ request: user, ...point }) => ({ ...point, user, other: { ...user, credentials } }));

function comparedKinds(kinds: readonly BadCredential[], c: Composer): readonly ComparedPoint[] {
  if (!minds(c)) return [];
  const caller: Caller = { credentials: 'valid', members: c.sample.without(...c.requiredMembers.slice(0, 1)) };
  return guarded(c).flatMap((route) => {
    const user = call(route, caller, c);
    return kinds.map((kind) => ({
      route,
      variant: kind,
      user,
      other: call(route, { ...caller, credentials: kind }, c),
    }));
  });
}

/** The same of those that a service must tell apart, by every verb and in every format. */
function comparedByVerb(c: Composer): readonly ComparedPoint[] {
  if (!minds(c)) return [];
  const members = c.sample.without(...c.requiredMembers.slice(0, 1));
  return byVerbAndFormat(c).map(({ route, kind, verb, accept }) => ({
    route,
    verb,
    variant: `${kind}, ${accept}`,
    user: call(route, { credentials: 'valid', members }, c, { verb, accept }),
    other: call(route, { credentials: kind, members }, c, { verb, accept }),
  }));
}

/** A HEAD says nothing but a status, so GET is asked as well. */
const send = ({ user, other }: ComparedPoint, c: Composer): ReturnType<Composer['onAbsent']> =>
  user.method === 'HEAD' && promises(c.contract, 'GET')
    ? c.onAbsent(user, other, { ...user, method: 'GET' }, { ...other, method: 'GET' })
    : c.onAbsent(user, other);

/** Whoever is not let in never gets an answer of the operation, even where nothing can be changed by it. */
export const answersForUsersAlone: readonly Requirement[] = [
  requirement('authentication', {
    id: 'AUTH-034',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'a stranger never gets the answer that the operation gives to a user, however it is called',
    why: 'A way around authentication would be open, by a spelling, a format or a predefined route.',
    cites: [requiresAuthentication, unauthorized],
    lacks: 'the operation asks for no credentials, or minds nothing that it could tell a user',
    each: compared('none'),
    send,
    expect: [notAsAdmitted(0, 1)],
  }),
  requirement('authentication', {
    id: 'AUTH-035',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'a made-up token never gets the answer that the operation gives to a user, however it is called',
    why: 'A way around authentication would be open, by a spelling, a format or a predefined route.',
    cites: [requiresAuthentication, unauthorized],
    lacks: 'the operation asks for no credentials, or minds nothing that it could tell a user',
    each: compared('garbage-token'),
    send,
    expect: [notAsAdmitted(0, 1)],
  }),
  requirement('authentication', {
    id: 'AUTH-036',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'documented',
    title: 'no bad credentials get the answer that the operation gives to a user',
    why: 'A caller without valid credentials could use the operation.',
    cites: [requiresAuthentication, unauthorized],
    lacks: 'the operation asks for no credentials, or minds nothing that it could tell a user',
    each: (c) => [
      ...comparedKinds([...madeUp, 'unsigned-token', 'token-in-query'], c),
      // Once: it counts as a failed attempt of a user who exists.
      ...comparedKinds(['empty-password'], c).slice(0, 1),
      ...comparedByVerb(c),
    ],
    send,
    expect: [notAsAdmitted(0, 1)],
  }),
];
