import type { PlainObject } from '../model/value.ts';
import { authenticate, cookie, wrongPassword } from './authentication.ts';
import type { Accounts } from './authentication.ts';
import type { Call, Outcome } from './behaviour.ts';
import { readPairs } from './binding/form.ts';
import { readJsonLeniently } from './binding/json.ts';
import { refusal } from './errors.ts';
import { isForm, mediaTypeOf } from './negotiation.ts';

const picture = 'data:image/svg+xml,%3Csvg/%3E';
const year = 365 * 86_400;

/** Signing in at `/auth/credentials`, and asking at `/auth` who is signed in. */
export function login(accounts: Accounts, newId: () => string, call: Call, provider: string | null): Outcome {
  if (provider === null) return whoIsIt(accounts, call);
  if (provider.toLowerCase() === 'logout') return { kind: 'success', value: {} };
  if (provider.toLowerCase() !== 'credentials' || !accounts.kinds.includes('credentials')) {
    return refusal('service', 404, 'NotFound', `No configuration was added for OAuth provider '${provider}'`);
  }
  const sent = credentialsOf(call);
  const user = sent.get('username') ?? '';
  const password = sent.get('password') ?? '';
  const missing = [
    ...(user === '' ? [{ member: 'UserName', words: 'User Name' }] : []),
    ...(password === '' ? [{ member: 'Password', words: 'Password' }] : []),
  ];
  if (missing.length > 0) return incomplete(missing);
  if (user !== accounts.user || password !== accounts.password) return wrongPassword();
  const id = newId();
  accounts.sessions.add(id);
  return {
    kind: 'success',
    value: { UserId: '1', SessionId: id, ...names(user), ...tokensFor(accounts, user), ProfileUrl: picture, Roles: [], Permissions: [] },
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

function incomplete(missing: readonly { readonly member: string; readonly words: string }[]): Outcome {
  const lines = missing.map((m) => `\n -- ${m.member}: '${m.words}' must not be empty.`);
  return refusal('service', 500, 'ValidationException', `Validation failed: ${lines.join('')}`, {
    Errors: missing.map((m) => ({
      ErrorCode: 'NotEmpty',
      FieldName: m.member,
      Message: `'${m.words}' must not be empty.`,
      Meta: { PropertyName: m.words },
    })),
  });
}

function credentialsOf(call: Call): ReadonlyMap<string, string> {
  const type = mediaTypeOf(call.header('content-type') ?? '');
  const text = Buffer.from(call.body).toString('utf8');
  const sent = [...call.query, ...(isForm(type) ? readPairs(text) : readJsonLeniently(text, 'Authenticate'))];
  return new Map(sent.map(([name, value]) => [name.toLowerCase(), value ?? '']));
}
