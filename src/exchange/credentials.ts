// One idea: who a run presents itself as, with each kind of credentials, good or bad, and what of them is secret.

import { createHash } from 'node:crypto';
import type { Contract } from '../model/contract.ts';
import type { CredentialKind, Header } from '../model/exchange.ts';
import { isObject, type JsonObject } from '../values/json.ts';
import type { AuthConfig, SignIn } from './auth-config.ts';
import type { Login } from './login.ts';
import { secretsNamedIn } from './named-secrets.ts';

/** What a request presents: headers, and query parameters for what is presented there. */
export interface Presented {
  readonly headers: readonly Header[];
  readonly query: readonly (readonly [name: string, value: string])[];
}

export type Credentials =
  | ({ readonly kind: 'headers' } & Presented)
  | { readonly kind: 'unavailable'; readonly reason: string; readonly exercise: string };

export interface Identity {
  /** For reports: the way of signing in, never what with. */
  readonly says: string;
  /** The same answer every time, so that a run tries one wrong password and not many. */
  readonly resolve: (kind: CredentialKind) => Credentials;
  /** Every secret it holds, for the redactor. */
  readonly secrets: readonly string[];
  /** Names of headers that carry a secret. */
  readonly secretHeaders: readonly string[];
  /** Header values that were made up for the run and open nothing: reports may show them. */
  readonly madeUp: readonly string[];
}

export interface IdentityOptions {
  /** Draws the made-up user, password and session. */
  readonly seed: number;
  /** Whether the operation asks for credentials at all. */
  readonly authentication: Contract['authentication'];
  /** What `login` brought; without it, a session has no valid credentials to present. */
  readonly login?: Login;
  /** The same of the lesser credentials. */
  readonly lesserLogin?: Login;
}

/**
 * Makes the identity that a run presents, good and bad.
 *
 * Bad tokens are made from the run's own token, wrong passwords are tried for the run's own user. A real token is put
 * into the query only for `token-in-query`: that a target ignores it there can be shown with no other.
 *
 * @throws Error when a secret holds a character that a header cannot carry
 */
export function createIdentity(config: AuthConfig, options: IdentityOptions): Identity {
  const { login, lesserLogin, authentication } = options;
  const { lesser } = config;
  const valid = validHeaders(config, login);
  for (const [name, value] of valid ?? []) assertHeader(name, value, `--auth ${config.kind}`);
  const lesserHeaders = lesser && validHeaders(lesser, lesserLogin);
  for (const [name, value] of lesserHeaders ?? []) assertHeader(name, value, 'the lesser credentials');
  if (valid !== undefined && JSON.stringify(valid) === JSON.stringify(lesserHeaders))
    throw new Error("the lesser credentials are the run's own; they must be those of a user who may do less");
  const token = tokenOf(config, login);
  const made = (purpose: string): string =>
    createHash('sha256')
      .update(JSON.stringify([options.seed, purpose]))
      .digest('base64url')
      .slice(0, 20);
  const wrongPassword = `wrong-${made('password')}`;
  const strange = `nobody-${made('user')}`;

  const resolve = (kind: CredentialKind): Credentials => {
    switch (kind) {
      case 'none':
        return present([]);
      case 'valid':
        if (valid !== undefined) return present(valid);
        return authentication === 'none'
          ? present([])
          : unavailable(
              config.kind === 'session' ? 'the target opened no session' : 'no credentials are configured',
              'CONFORM_TOKEN=… conform --auth bearer',
            );
      case 'valid-in-small-letters':
        return inSmallLetters(valid);
      case 'lesser-credentials':
        if (lesserHeaders !== undefined) return present(lesserHeaders);
        return unavailable(
          lesser === undefined
            ? 'no second credentials are configured, of a user who lacks what the operation asks for'
            : 'the target opened no session for the lesser credentials',
          'CONFORM_LESSER_TOKEN=… conform',
        );
      case 'wrong-password':
      case 'empty-password':
        return config.user === undefined
          ? unavailable('no user is known whose password could be wrong', 'CONFORM_USER=… conform')
          : present([basic(config.user, kind === 'wrong-password' ? wrongPassword : '')]);
      case 'unknown-user':
        return present([basic(strange, wrongPassword)]);
      case 'expired-token':
        return config.expiredToken === undefined
          ? unavailable('no expired token is known', 'CONFORM_EXPIRED_TOKEN=… conform')
          : present([bearer(config.expiredToken)]);
      case 'tampered-signature':
        return fromJwt(token, withOtherSignature);
      case 'tampered-payload':
        return fromJwt(token, withOtherPayload);
      case 'unsigned-token':
        return fromJwt(token, unsigned);
      case 'garbage-token':
        return present([bearer('garbage')]);
      case 'three-part-garbage-token':
        return present([bearer('a.b.c')]);
      case 'empty-token':
        return present([['Authorization', 'Bearer ']]);
      case 'unknown-scheme':
        return present([['Authorization', 'Foo bar']]);
      case 'basic-not-base64':
        return present([['Authorization', 'Basic !!!!']]);
      case 'made-up-session':
        return present([['Cookie', `ss-id=${made('session')}; ss-pid=${made('permanent session')}`]]);
      case 'made-up-key':
        return { kind: 'headers', headers: [['X-Api-Key', 'made-up']], query: KEYS.map((name) => [name, 'made-up']) };
      case 'made-up-cookie':
        return present([['Cookie', 'ss-tok=made-up']]);
      case 'empty-authorization':
        return present([['Authorization', '']]);
      case 'token-in-query':
        return token === undefined
          ? unavailable('the run has no token to put into the query', 'CONFORM_TOKEN=… conform --auth bearer')
          : { kind: 'headers', headers: [], query: [['ss-tok', token]] };
    }
  };
  return {
    says: saysOf(config),
    resolve,
    secrets: [
      ...secretsOf(config),
      ...(config.expiredToken === undefined ? [] : [config.expiredToken]),
      ...(login?.secrets ?? []),
      ...(lesser === undefined ? [] : secretsOf(lesser)),
      ...(lesserLogin?.secrets ?? []),
    ].filter((secret) => secret !== ''),
    secretHeaders: [config, ...(lesser === undefined ? [] : [lesser])].flatMap((each) =>
      each.kind === 'header' ? [each.name] : [],
    ),
    madeUp: MADE_UP.map(resolve).flatMap((made) =>
      made.kind === 'headers' ? made.headers.map(([, value]) => value) : [],
    ),
  };
}

/** By which names keys and tokens are looked for in a query. */
const KEYS = ['access_token', 'api_key', 'apikey'] as const;

/** Credentials that hold nothing of the run's own; a wrong or an empty password comes with the user. */
const MADE_UP: readonly CredentialKind[] = [
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
];

const present = (headers: readonly Header[]): Credentials => ({ kind: 'headers', headers, query: [] });
const unavailable = (reason: string, exercise: string): Credentials => ({ kind: 'unavailable', reason, exercise });
const bearer = (token: string): Header => ['Authorization', `Bearer ${token}`];
const basic = (user: string, password: string): Header => [
  'Authorization',
  `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`,
];

function validHeaders(config: AuthConfig | SignIn, login: Login | undefined): readonly Header[] | undefined {
  switch (config.kind) {
    case 'none':
      return undefined;
    case 'bearer':
      return [bearer(config.token)];
    case 'basic':
      return [basic(config.user, config.password)];
    case 'session':
      return login === undefined ? undefined : (login.presents ?? [['Cookie', login.cookie]]);
    case 'header':
      return [[config.name, config.value]];
  }
}

/** The scheme of valid credentials in small letters: those of RFC 6750 and RFC 7617, for another may be no scheme of HTTP. */
function inSmallLetters(valid: readonly Header[] | undefined): Credentials {
  const headers = (valid ?? []).map(([name, value]): Header => [
    name,
    value.replace(/^(?:bearer|basic)(?= )/i, (scheme) => scheme.toLowerCase()),
  ]);
  return headers.some(([name, value]) => name.toLowerCase() === 'authorization' && /^(?:bearer|basic) /.test(value))
    ? present(headers)
    : unavailable('the run presents nothing that has a scheme', 'CONFORM_TOKEN=… conform --auth bearer');
}

function tokenOf(config: AuthConfig, login: Login | undefined): string | undefined {
  switch (config.kind) {
    case 'bearer':
      return config.token;
    case 'session':
      return login?.token;
    case 'header':
      return /^Bearer (.+)$/i.exec(config.value)?.[1];
    case 'none':
    case 'basic':
      return undefined;
  }
}

function fromJwt(token: string | undefined, change: (token: string) => string): Credentials {
  if (token !== undefined && readJwt(token) !== undefined) return present([bearer(change(token))]);
  return unavailable(
    token === undefined
      ? 'the run has no token to tamper with'
      : 'the token is not a JWT, so it cannot be tampered with in parts',
    'CONFORM_TOKEN=<a JWT> conform --auth bearer',
  );
}

function secretsOf(config: AuthConfig | SignIn): readonly string[] {
  switch (config.kind) {
    case 'none':
      return [];
    case 'bearer':
      return [config.token];
    case 'basic':
      return [config.password, basic(config.user, config.password)[1].slice('Basic '.length)];
    // What is signed in with may hold further ones, of a client for one.
    case 'session':
      return [
        config.password,
        ...secretsNamedIn(config.login?.body ?? '').filter((text) => !/^\{\{(?:user|password)\}\}$/.test(text)),
      ];
    // The value may be a scheme and a secret.
    case 'header':
      return [config.value, config.value.replace(/^\S+ +/, '')];
  }
}

function saysOf(config: AuthConfig): string {
  switch (config.kind) {
    case 'none':
      return 'none';
    case 'bearer':
      return 'bearer token';
    case 'basic':
      return 'Basic';
    case 'session':
      return 'session';
    case 'header':
      return `header ${config.name}`;
  }
}

/** @param whose how the secret was given, for the message */
function assertHeader(name: string, value: string, whose: string): void {
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    throw new Error(`"${name}" is not the name of a header; write "Name: value"`);
  // Printable ASCII and Latin-1: RFC 9110 §5.5.
  if (!/^[\t -~\u0080-\u00ff]*$/.test(value)) {
    throw new Error(
      `the secret for ${whose} has a character that a header cannot carry, perhaps a line end; check where it comes from`,
    );
  }
}

export interface Jwt {
  readonly header: JsonObject;
  readonly payload: JsonObject;
}

/** Reads a signed JSON Web Token (RFC 7519 §3) without verifying it; undefined when it is none. */
export function readJwt(token: string): Jwt | undefined {
  const [head, body, signature, ...rest] = token.split('.');
  if (head === undefined || body === undefined || signature === undefined || signature === '' || rest.length > 0)
    return undefined;
  const header = readPart(head);
  const payload = readPart(body);
  return header === undefined || payload === undefined ? undefined : { header, payload };
}

/** The token with one character of its signature changed; not the last one, which may carry unused bits. */
export function withOtherSignature(token: string): string {
  const at = token.lastIndexOf('.') + 1;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}

/** The token with a claim added and the old signature kept. */
export function withOtherPayload(token: string): string {
  const [head = '', body = '', signature = ''] = token.split('.');
  return [head, writePart({ ...readPart(body), tampered: true }), signature].join('.');
}

/** The token as one that claims to need no signature: RFC 7519 §6. */
export function unsigned(token: string): string {
  const [head = '', body = ''] = token.split('.');
  return `${writePart({ ...readPart(head), alg: 'none' })}.${body}.`;
}

function readPart(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function writePart(value: object): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}
