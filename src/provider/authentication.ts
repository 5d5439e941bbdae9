import type { Accepted, Call, Refusal } from './behaviour.ts';
import type { Contract } from '../model/contract.ts';
import { refusal } from './errors.ts';
import { forbiddenText } from './rendering.ts';
import type { Service } from './service.ts';
import type { TokenReading, Tokens } from './tokens.ts';

/** A way to authenticate; the first of a provider's list names the challenge. */
export type AuthenticationKind = 'credentials' | 'basic' | 'jwt' | 'apikey' | 'identity';

/** What a provider knows about who may call it. */
export interface Accounts {
  readonly kinds: readonly AuthenticationKind[];
  readonly user: string;
  readonly password: string;
  /** Somebody who has none of the roles and permissions that the other has. */
  readonly lesser: { readonly user: string; readonly password: string; readonly apiKey: string };
  readonly apiKey: string;
  readonly tokens: Tokens;
  /** The page below the prefix where a person at a browser signs in; null where they are refused like everybody else. */
  readonly loginPage: string | null;
  /** Who signed in, by the id of the session. */
  readonly sessions: Map<string, string>;
}

const accepted = (user: string): Accepted => ({ kind: 'accepted', user });

/** Each kind that is switched on has its say, in the order of the recorded host; nobody's word is a 401 without a body. */
export function authenticate(accounts: Accounts, call: Call): Accepted | Refusal {
  const authorization = call.header('authorization') ?? '';
  const [scheme = '', ...rest] = authorization.split(' ');
  const value = rest[0] ?? '';
  const judged =
    (accounts.kinds.includes('credentials') ? bySession(accounts, call) : null) ??
    (accounts.kinds.includes('basic') && scheme.toLowerCase() === 'basic' ? byBasic(accounts, value) : null) ??
    (accounts.kinds.includes('jwt') ? byToken(accounts, call, scheme, value) : null) ??
    (accounts.kinds.includes('apikey') ? byApiKey(accounts, call, scheme, value) : null);
  return judged ?? stranger(accounts);
}

/** Nobody: an empty 401 with the first provider's challenge (RFC 9110 §11.6.1). */
export function stranger(accounts: Accounts): Refusal {
  const name = accounts.kinds[0] ?? 'credentials';
  return { kind: 'refusal', by: 'credentials', status: 401, error: null, challenge: challengeOf(name) };
}

/** Whether somebody of that name has that password. */
export function knows({ user, password, lesser }: Accounts, name: string, given: string): boolean {
  return (name === user && given === password) || (name === lesser.user && given === lesser.password);
}

/** A validator of the request that demands credentials answers everybody whom it turns away alike: a body, no challenge. */
export function demanded(
  service: Service,
  { lesser }: Accounts,
  call: Call,
  judged: Accepted | Refusal,
): Accepted | Refusal {
  const { contract } = service;
  if (judged.kind === 'accepted' && judged.user === lesser.user && isRestricted(contract)) {
    return contract.challenged === false
      ? refusal('credentials', 403, 'Forbidden', 'Invalid Role')
      : { kind: 'refusal', by: 'credentials', status: 403, error: null, text: forbiddenText(service, call) };
  }
  return judged.kind === 'refusal' && contract.challenged === false && call.routing === 'classic'
    ? refusal('credentials', 401, 'Unauthorized', 'Not Authenticated')
    : judged;
}

function isRestricted({ roles, anyRole, permissions, anyPermission }: Contract): boolean {
  return [roles, anyRole, permissions, anyPermission].some((each) => each !== undefined);
}

function challengeOf(kind: AuthenticationKind): string {
  return `${kind === 'apikey' ? 'Basic' : kind} realm="/auth/${kind}"`;
}

function bySession(accounts: Accounts, call: Call): Accepted | null {
  const id = cookie(call, 'ss-id') ?? call.header('x-ss-id');
  const user = id === undefined ? undefined : accounts.sessions.get(id);
  return user === undefined ? null : accepted(user);
}

function byBasic(accounts: Accounts, value: string): Accepted | Refusal | null {
  if (value === '') return null;
  const text = decodeBase64(value);
  if (text === null) return notBase64();
  const colon = text.indexOf(':');
  const user = text.slice(0, colon);
  const password = text.slice(colon + 1);
  if (colon <= 0 || password === '') return null;
  if (knows(accounts, user, password)) return accepted(user);
  return wrongPassword();
}

export function wrongPassword(): Refusal {
  return refusal('credentials', 401, 'Unauthorized', 'Invalid Username or Password');
}

function notBase64(): Refusal {
  return refusal(
    'credentials',
    400,
    'FormatException',
    'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.',
  );
}

function byToken(accounts: Accounts, call: Call, scheme: string, value: string): Accepted | Refusal | null {
  const token = scheme.toLowerCase() === 'bearer' ? value : (cookie(call, 'ss-tok') ?? '');
  return token === '' ? null : judgeToken(accounts.tokens.read(token));
}

function judgeToken(reading: TokenReading): Accepted | Refusal | null {
  switch (reading.kind) {
    case 'valid':
      return accepted(reading.user);
    case 'expired':
      return refusal('credentials', 401, 'TokenException', 'Token has expired');
    case 'algorithm':
      return refusal(
        'credentials',
        405,
        'NotSupportedException',
        `Invalid algorithm '${reading.name}', expected 'HS256'`,
      );
    case 'illegal-length':
      return refusal('credentials', 500, 'Exception', 'Illegal base64url string!');
    case 'illegal-character':
      return notBase64();
    case 'forged':
    case 'not-a-token':
      return null;
  }
}

function byApiKey(accounts: Accounts, call: Call, scheme: string, value: string): Accepted | Refusal | null {
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return byKey(accounts, value);
    case 'basic': {
      if (value === '') return null;
      const text = decodeBase64(value);
      if (text === null) return notBase64();
      // The key is the user name of Basic, with no password.
      if (!text.endsWith(':')) return null;
      return byKey(accounts, text.slice(0, -1)) ?? refusal('service', 404, 'NotFound', 'API Key does not exist');
    }
    default:
      return byKey(accounts, call.header('x-api-key') ?? '');
  }
}

function byKey({ apiKey, user, lesser }: Accounts, value: string): Accepted | null {
  if (value === apiKey) return accepted(user);
  return value === lesser.apiKey ? accepted(lesser.user) : null;
}

function decodeBase64(value: string): string | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value) || value.length % 4 !== 0) return null;
  return Buffer.from(value, 'base64').toString('utf8');
}

/** The value of a cookie that the call sends. */
export function cookie(call: Call, name: string): string | undefined {
  const header = call.header('cookie');
  if (header === undefined) return undefined;
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    if (part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}

/** Whether a call carries anything that looks like a credential. */
export function presentsCredentials(call: Pick<Call, 'header' | 'query'>): boolean {
  return (
    call.header('authorization') !== undefined ||
    call.header('cookie') !== undefined ||
    call.header('x-ss-id') !== undefined ||
    call.header('x-api-key') !== undefined ||
    call.query.some(([name]) => name === 'ss-tok' || name === 'apikey')
  );
}
