import type { Call, Mutate, Reply } from '../../src/provider/behaviour.ts';
import { typed } from '../../src/provider/content-faults.ts';
import {
  answeredOtherwise,
  authorization,
  both,
  byVerb,
  carriedOutFirst,
  letIn,
  onFresh,
  refusedWith,
  toldAllIsWell,
  turnedDown,
  without,
  type When,
  hasSubject,
  hasOwnRoutes,
  takesEveryPath,
} from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const parts = (call: Call): readonly string[] => {
  const { scheme, value } = authorization(call);
  return scheme === 'bearer' ? value.split('.') : [];
};
const claims = (part: string | undefined): Readonly<Record<string, unknown>> => {
  try {
    return { ...(JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as object) };
  } catch {
    return {};
  }
};
/** A token that says who it is for, and until when, whatever it is signed with. */
const isToken: When = (call) => 'exp' in claims(parts(call)[1]);
const isCurrent: When = (call) => Number(claims(parts(call)[1])['exp']) * 1000 > Date.now();
const isSigned: When = (call) => (parts(call)[2] ?? '') !== '';
const isUnsigned: When = both(isToken, (call) => claims(parts(call)[0])['alg'] === 'none');
const isForged = both(isToken, isCurrent, isSigned);
const isExpired = both(isToken, isSigned, (call) => !isCurrent(call));
const isGarbage: When = (call) => parts(call).length === 1 && parts(call)[0] !== '';
const isBasic: When = (call) => authorization(call).scheme === 'basic';
const hasSession: When = (call) => (call.header('cookie') ?? '').includes('ss-id=');
const hasQueryToken: When = (call) => call.query.some(([name]) => name === 'ss-tok');
const presented = (call: Call, reply: Reply): boolean => call.credentials === 'presented' && reply.status === 401;

/** Whoever was let in once is known by name from then on: any password will do. */
const knownByName: Mutate = (b) => {
  const known = new Set<string | undefined>();
  return {
    ...b,
    authenticate: (call) => {
      const judged = b.authenticate(call);
      if (judged.kind === 'accepted') known.add(judged.user);
      const [user] = Buffer.from(authorization(call).value, 'base64').toString('utf8').split(':');
      return isBasic(call) && known.has(user) ? { kind: 'accepted' } : judged;
    },
  };
};

/** A signature that was good once is good for every payload. */
const signatureOfAnother: Mutate = (b) => {
  const good = new Set<string>();
  return {
    ...b,
    authenticate: (call) => {
      const judged = b.authenticate(call);
      const signature = parts(call)[2] ?? '';
      if (judged.kind === 'accepted') good.add(signature);
      return good.has(signature) && signature !== '' ? { kind: 'accepted' } : judged;
    },
  };
};

/** Credentials that are none, taken for good. */
const accepted: readonly Mutant[] = [
  {
    name: 'auth-any-password',
    says: 'any password of a known user is right',
    kills: ['AUTH-022', 'AUTH-033'],
    areas: ['authentication'],
    mutate: knownByName,
  },
  {
    name: 'auth-basic-unread',
    says: 'a client that names the Basic scheme is let in, even if what follows cannot be read',
    kills: ['AUTH-022', 'AUTH-025', 'AUTH-033', 'AUTH-036'],
    areas: ['authentication'],
    mutate: letIn(isBasic),
  },
  {
    name: 'auth-expired-accepted',
    says: 'an expired token is good',
    kills: ['AUTH-023', 'AUTH-029', 'AUTH-033'],
    areas: ['authentication'],
    mutate: letIn(isExpired),
  },
  {
    name: 'auth-expired-accepted-in-form',
    says: 'an expired token is good for a form',
    kills: ['AUTH-029', 'AUTH-033'],
    appliesTo: hasSubject,
    areas: ['authentication'],
    mutate: letIn(both(isExpired, typed('urlencoded'))),
  },
  {
    name: 'auth-expired-accepted-by-get',
    says: 'an expired token is good for a GET',
    kills: ['AUTH-029', 'AUTH-033'],
    areas: ['authentication'],
    mutate: letIn(both(isExpired, byVerb('GET'))),
  },
  {
    name: 'auth-signature-unchecked',
    says: 'the signature of a token is not checked',
    kills: ['AUTH-024', 'AUTH-028', 'AUTH-033', 'AUTH-036'],
    areas: ['authentication'],
    mutate: letIn(both(isToken, isCurrent)),
  },
  {
    name: 'auth-signature-unchecked-by-put',
    says: 'the signature of a token is not checked by PUT',
    kills: ['AUTH-028', 'AUTH-033'],
    areas: ['authentication'],
    mutate: letIn(both(isForged, byVerb('PUT'))),
  },
  {
    name: 'auth-signature-of-another',
    says: 'the signature of one token is good for another payload',
    kills: ['AUTH-024', 'AUTH-033'],
    areas: ['authentication'],
    mutate: signatureOfAnother,
  },
  {
    name: 'auth-unsigned-accepted',
    says: 'a token that claims to need no signature is good',
    kills: ['AUTH-033', 'AUTH-036'],
    elsewhere: ['AUTH-021'],
    areas: ['authentication'],
    mutate: letIn(isUnsigned),
  },
  {
    name: 'auth-garbage-accepted',
    says: 'any word is good for a token',
    kills: ['AUTH-025', 'AUTH-033', 'AUTH-035', 'AUTH-036'],
    areas: ['authentication'],
    mutate: letIn(isGarbage),
  },
  {
    name: 'auth-garbage-accepted-by-head',
    says: 'any word is good for a token by HEAD',
    kills: ['AUTH-035'],
    elsewhere: ['AUTH-020', 'AUTH-025', 'AUTH-027'],
    areas: ['authentication'],
    mutate: letIn(both(isGarbage, byVerb('HEAD'))),
  },
  {
    name: 'auth-session-made-up-accepted',
    says: 'a session that was never opened is good',
    kills: ['AUTH-025', 'AUTH-033', 'AUTH-036'],
    areas: ['authentication'],
    mutate: letIn(hasSession),
  },
  {
    name: 'auth-query-token-accepted',
    says: 'a token in the query string is taken',
    kills: ['AUTH-025', 'AUTH-033', 'AUTH-036'],
    areas: ['authentication'],
    mutate: letIn(hasQueryToken),
  },
  {
    name: 'auth-wrong-password-carried-out',
    says: 'a request with a wrong password is carried out, and then refused',
    kills: ['AUTH-033'],
    appliesTo: hasSubject,
    areas: ['authentication'],
    mutate: carriedOutFirst(isBasic),
  },
];

/** Bad credentials that are told that all went well. */
const told: readonly Mutant[] = [
  {
    name: 'auth-told-made-up-session',
    says: 'a session that was never opened is told that all went well',
    kills: ['AUTH-020', 'AUTH-025'],
    areas: ['authentication'],
    mutate: toldAllIsWell(hasSession),
  },
  {
    name: 'auth-made-up-redirected',
    says: 'a made-up token of three parts is sent to a login page',
    kills: ['AUTH-020'],
    areas: ['authentication'],
    mutate: refusedWith(302, (call) => parts(call).length === 3 && !isToken(call)),
  },
  {
    name: 'auth-told-unsigned',
    says: 'a token that claims to need no signature is told that all went well',
    kills: ['AUTH-021'],
    areas: ['authentication'],
    mutate: toldAllIsWell(isUnsigned),
  },
  {
    name: 'auth-told-garbage-in-xml',
    says: 'any word for a token is told that all went well, where xml is asked for',
    kills: ['AUTH-027'],
    areas: ['authentication'],
    mutate: toldAllIsWell(both(isGarbage, (call) => call.format === 'xml')),
  },
];

/** Bad credentials that are refused otherwise than promised. */
const refused: readonly Mutant[] = [
  {
    name: 'auth-expired-forbidden',
    says: 'an expired token is answered with 403',
    kills: ['AUTH-023', 'AUTH-029'],
    areas: ['authentication'],
    mutate: refusedWith(403, isExpired),
  },
  {
    name: 'auth-forged-bad-request',
    says: 'a token whose payload or signature was changed is answered with 400',
    kills: ['AUTH-024', 'AUTH-028'],
    areas: ['authentication'],
    mutate: refusedWith(400, isForged),
  },
  {
    name: 'auth-no-challenge-to-bad-token',
    says: 'a 401 to a client that presents bad credentials carries no challenge',
    kills: ['AUTH-026'],
    areas: ['authentication'],
    mutate: answeredOtherwise(presented, (reply) => without('WWW-Authenticate', reply)),
  },
];

/** Good credentials that are refused. */
const turned: readonly Mutant[] = [
  {
    name: 'auth-put-forbidden',
    says: 'valid credentials may not PUT',
    kills: ['AUTH-040', 'VERB-001', 'VERB-002'],
    areas: ['authentication', 'verbs', 'examples', 'lifecycle', 'validation', 'formats'],
    mutate: turnedDown(403, byVerb('PUT')),
  },
  {
    name: 'auth-csv-unauthorized',
    says: 'valid credentials are no good where csv is asked for',
    kills: ['AUTH-041', 'AUTH-042', 'ROUTE-005'],
    elsewhere: ['ROUTE-004'],
    areas: [
      'authentication',
      'routes',
      'formats',
      'response-status',
      'examples',
      'lifecycle',
      'documentation',
      'verbs',
    ],
    mutate: turnedDown(401, (call) => call.format === 'csv'),
  },
  {
    name: 'auth-suffix-forbidden',
    says: 'valid credentials are no good where the format is selected by suffix',
    kills: ['AUTH-041', 'ROUTE-003'],
    appliesTo: (contract) => hasOwnRoutes(contract) && !takesEveryPath(contract),
    areas: ['authentication', 'routes', 'formats'],
    mutate: turnedDown(403, (call) => call.suffix !== null),
  },
  {
    name: 'auth-fresh-forbidden-in-xml',
    says: 'valid credentials may not update a subject where xml is asked for',
    kills: ['AUTH-042'],
    elsewhere: ['ROUTE-004'],
    areas: ['authentication', 'routes', 'formats', 'response-status', 'examples'],
    mutate: turnedDown(
      403,
      both(onFresh, (call) => call.format === 'xml'),
    ),
  },
  {
    name: 'auth-small-letters-unauthorized',
    says: 'valid credentials are no good where their scheme is in small letters',
    kills: ['AUTH-054'],
    areas: ['authentication'],
    mutate: turnedDown(401, (call) => /^[a-z]+ /.test(call.header('authorization') ?? '')),
  },
];

/** Faults in how credentials are judged. */
export const credentialMutants: readonly Mutant[] = [...accepted, ...told, ...refused, ...turned];
