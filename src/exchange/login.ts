import { CookieJar } from 'tough-cookie';
import type { Header, WireRequest, WireResponse } from '../model/exchange.ts';
import type { SignIn } from './auth-config.ts';
import type { Engine } from './engine.ts';
import { secretsNamedIn } from './named-secrets.ts';
import { cookiesSetBy } from './redact.ts';
import { isObject, jsonIn } from '../values/json.ts';

export type LoginConfig = Extract<SignIn, { readonly kind: 'session' }>;

/** What signing in brought. */
export interface Login {
  /** The value of a Cookie header. */
  readonly cookie: string;
  readonly token?: string;
  /** What a request presents, where it is not the cookie. */
  readonly presents?: readonly Header[];
  /** Everything in the answer that opens the session. */
  readonly secrets: readonly string[];
}

export type LoginResult =
  | { readonly kind: 'signed-in'; readonly login: Login }
  /** `refused`: the target answered, and not with a session. `failed`: there is no answer. */
  | { readonly kind: 'refused' | 'failed'; readonly reason: string };

/**
 * Opens the one session of a run; sends one request, and never a second.
 *
 * @param config user, password, and how the target signs in
 * @param target the base URL, and under it the prefix where the framework's own login lives
 * @param engine sends the request
 * @param signal ends it
 */
export async function login(
  config: LoginConfig,
  { base, prefix }: { readonly base: URL; readonly prefix: string },
  engine: Engine,
  signal?: AbortSignal,
): Promise<LoginResult> {
  const request = loginRequest(config, base, prefix);
  const { outcome } = await engine.send(request, { socket: 'fresh', ...(signal === undefined ? {} : { signal }) });
  if (outcome.kind === 'failure') return { kind: 'failed', reason: `signing in failed: ${outcome.failure.message}` };
  const { response } = outcome;
  if (response.status < 200 || response.status > 299) {
    return {
      kind: 'refused',
      reason: `signing in at ${request.target} was refused with ${response.status} ${response.reason}`.trimEnd(),
    };
  }
  const opens = config.login?.opens;
  if (opens?.kind === 'token') return withToken(response, request, opens.member);
  const cookies = await cookiesOf(response, request, prefix);
  const cookie =
    opens === undefined
      ? cookies
      : cookies
          .split('; ')
          .filter((pair) => pair.startsWith(`${opens.name}=`))
          .join('; ');
  if (cookie === '' && opens !== undefined) {
    return {
      kind: 'refused',
      reason: `signing in at ${request.target} was answered ${response.status}, but no cookie ${opens.name} was set`,
    };
  }
  if (cookie === '') {
    return {
      kind: 'refused',
      reason: `signing in at ${request.target} was answered ${response.status}, but no cookie was set that may be sent to ${base.origin}`,
    };
  }
  const token = bearerTokenIn(response);
  return {
    kind: 'signed-in',
    login: { cookie, ...(token === undefined ? {} : { token }), secrets: secretsIn(response) },
  };
}

function loginRequest({ user, password, login: how = {} }: LoginConfig, base: URL, prefix: string): WireRequest {
  const put = (value: string): string => JSON.stringify(value).slice(1, -1);
  const body = how.body ?? '{"provider":"credentials","UserName":"{{user}}","Password":"{{password}}"}';
  return {
    method: 'POST',
    url: base,
    target: `${basePath(base)}${how.path ?? `${prefix}/auth/credentials`}`,
    headers: [
      ['Accept', 'application/json'],
      ['Content-Type', 'application/json'],
    ],
    body: body.replace(/\{\{(user|password)\}\}/g, (_, name) => put(name === 'user' ? user : password)),
  };
}

/** A session whose answer holds a bearer token in the member named. */
function withToken(response: WireResponse, request: WireRequest, member: string): LoginResult {
  const token = memberOf(response, member.split('.'));
  if (typeof token !== 'string' || token === '') {
    return {
      kind: 'refused',
      reason: `signing in at ${request.target} was answered ${response.status}, but its JSON has no text in ${member}`,
    };
  }
  return {
    kind: 'signed-in',
    login: {
      cookie: '',
      token,
      presents: [['Authorization', `Bearer ${token}`]],
      secrets: [token, ...secretsIn(response)],
    },
  };
}

/** Names in any casing, as the framework spells them. */
function memberOf(response: WireResponse, path: readonly string[]): unknown {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(response.body).toString('utf8'));
  } catch {
    return undefined;
  }
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (Object.entries(value) as [string, unknown][]).find(
      ([each]) => each.toLowerCase() === name.toLowerCase(),
    )?.[1];
  }
  return value;
}

/** The cookies of an answer that a request to the operation may carry: RFC 6265 §5.4. */
async function cookiesOf(response: WireResponse, { url, target }: WireRequest, prefix: string): Promise<string> {
  const jar = new CookieJar();
  for (const [name, value] of response.headers) {
    // A cookie that is malformed or meant for another host is dropped, as a browser would.
    if (name.toLowerCase() === 'set-cookie')
      await jar.setCookie(value, `${url.origin}${target}`, { ignoreError: true });
  }
  return jar.getCookieString(`${url.origin}${basePath(url)}${prefix}/`);
}

/** The token of the framework's AuthenticateResponse, in any casing. */
function bearerTokenIn(response: WireResponse): string | undefined {
  const value = jsonIn(Buffer.from(response.body).toString('utf8'));
  // An answer that is not JSON carries no token; the cookie alone is the session.
  if (!isObject(value)) return undefined;
  const [, token] = Object.entries(value).find(([name]) => name.toLowerCase() === 'bearertoken') ?? [];
  return typeof token === 'string' && token !== '' ? token : undefined;
}

/** What of the answer opens the session: cookies, but for words such as those of `ss-opt=temp`, and members by their names. */
function secretsIn({ headers, body }: WireResponse): readonly string[] {
  return [...cookiesSetBy(headers), ...secretsNamedIn(Buffer.from(body).toString('utf8'))];
}

function basePath(base: URL): string {
  return base.pathname.replace(/\/$/, '');
}
