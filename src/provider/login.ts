import type { PlainObject } from '../model/value.ts';
import { authenticate, cookie, knows, stranger, wrongPassword } from './authentication.ts';
import type { Accounts } from './authentication.ts';
import type { Call, Outcome } from './behaviour.ts';
import { readPairs } from './binding/form.ts';
import { readJsonLeniently } from './binding/json.ts';
import { authenticateByIdentity } from './endpoints.ts';
import { fieldError, refusal } from './errors.ts';
import { isForm, mediaTypeOf } from './negotiation.ts';
import { textOf } from './rendering/json.ts';
import type { Service } from './service.ts';

const picture = 'data:image/svg+xml,%3Csvg/%3E';
const year = 365 * 86_400;

/** Signing in at `/auth/credentials`, and asking at `/auth` who is signed in. */
export function login(
  service: Service,
  accounts: Accounts,
  newId: () => string,
  call: Call,
  provider: string | null,
): Outcome {
  const identity = accounts.kinds.includes('identity');
  if (provider === null) return identity ? whoHasIdentity(service, accounts, call) : whoIsIt(accounts, call);
  if (provider.toLowerCase() === 'logout') return { kind: 'success', value: {} };
  if (provider.toLowerCase() !== 'credentials' || !(identity || accounts.kinds.includes('credentials'))) {
    return refusal('service', 404, 'NotFound', `No configuration was added for OAuth provider '${provider}'`);
  }
  const sent = credentialsOf(call);
  const user = sent.get('username') ?? '';
  const password = sent.get('password') ?? '';
  const missing = [
    ...(user === '' ? [{ member: 'UserName', words: 'User Name' }] : []),
    ...(password === '' ? [{ member: 'Password', words: 'Password' }] : []),
  ];
  if (missing.length > 0) return identity ? nullArgument(missing) : incomplete(service, missing);
  if (!knows(accounts, user, password)) return { ...wrongPassword(), by: 'service' };
  const id = newId();
  accounts.sessions.set(id, user);
  return {
    kind: 'success',
    ...(identity && { writer: 'servicestack' as const }),
    value: identity
      ? { UserId: '1', UserName: user, DisplayName: `${user}@example.org`, ProfileUrl: picture, Roles: [] }
      : {
          UserId: '1',
          SessionId: id,
          ...names(user),
          ...tokensFor(accounts, user),
          ProfileUrl: picture,
          Roles: [],
          Permissions: [],
        },
    headers: [
      ['Set-Cookie', `ss-id=${id}; path=/; samesite=lax; httponly`],
      ['Set-Cookie', `ss-pid=${newId()}; path=/; samesite=lax; httponly`],
      ['Set-Cookie', 'ss-opt=temp; path=/; samesite=lax; httponly'],
      ['Set-Cookie', 'X-UAId=1; path=/; samesite=lax; httponly'],
    ],
  };
}

function names(user: string): PlainObject {
  const display = user
    .split('-')
    .map((w) => w.charAt(0).toUpperCase() + w.slice(1))
    .join(' ');
  return { UserName: user, DisplayName: display };
}

function tokensFor(accounts: Accounts, user: string): PlainObject {
  if (!accounts.kinds.includes('jwt')) return {};
  return {
    BearerToken: accounts.tokens.issue(user, 14 * 86_400),
    RefreshToken: accounts.tokens.issue(user, year),
    RefreshTokenExpiry: accounts.tokens.expiry(year).toISOString(),
  };
}

function whoIsIt(accounts: Accounts, call: Call): Outcome {
  const judged = authenticate(accounts, call);
  if (judged.kind === 'refusal') {
    const told = judged.error === null && accounts.kinds.includes('credentials');
    return told ? refusal('service', 401, 'Unauthorized', 'Not Authenticated') : judged;
  }
  return {
    kind: 'success',
    value: {
      UserId: '1',
      SessionId: cookie(call, 'ss-id') ?? '',
      ...names(accounts.user),
      ProfileUrl: picture,
      ...(accounts.kinds.includes('jwt') ? {} : { Roles: [], Permissions: [] }),
      AuthProvider: accounts.kinds.at(-1) ?? '',
    },
  };
}

function whoHasIdentity(service: Service, accounts: Accounts, call: Call): Outcome {
  if (authenticateByIdentity(service, accounts, call).kind === 'refusal') return stranger(accounts);
  const value = {
    UserId: '1',
    UserName: accounts.user,
    DisplayName: '',
    ProfileUrl: picture,
    AuthProvider: 'AuthenticationTypes.Federation',
  };
  return { kind: 'success', value };
}

/** Identity's own complaint about a sign-in without a name. */
function nullArgument(missing: readonly { readonly member: string }[]): Outcome {
  const member = missing[0]?.member ?? '';
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  return refusal('service', 400, 'ArgumentNullException', `Value cannot be null. (Parameter '${name}')`, {
    Errors: [fieldError('ArgumentNullException', name, 'Value cannot be null.')],
  });
}

function incomplete(
  service: Service,
  missing: readonly { readonly member: string; readonly words: string }[],
): Outcome {
  const lines = missing.map((m) => `\n -- ${m.member}: '${m.words}' must not be empty.`);
  return refusal('service', 500, 'ValidationException', `Validation failed: ${lines.join('')}`, {
    Errors: missing.map((m) => ({
      ErrorCode: 'NotEmpty',
      FieldName: m.member,
      Message: `'${m.words}' must not be empty.`,
      Meta: {
        PropertyName: m.words,
        ...(service.profile.serializer === 'system-text-json' && { PropertyValue: null }),
      },
    })),
  });
}

function credentialsOf(call: Call): ReadonlyMap<string, string> {
  const type = mediaTypeOf(call.header('content-type') ?? '');
  const text = Buffer.from(call.body).toString('utf8');
  const inBody = isForm(type)
    ? readPairs(text)
    : readJsonLeniently(text, 'Authenticate').map(([name, value]) => [name, textOf(value({ kind: 'any' }))] as const);
  return new Map([...call.query, ...inBody].map(([name, value]) => [name.toLowerCase(), value]));
}
