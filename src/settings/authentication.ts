import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AuthConfig, LoginRequest, SignIn } from '../exchange/auth-config.ts';
import { decodeText } from './files.ts';
import { originText } from './layers.ts';
import { UsageError } from './problems.ts';
import type { Settled } from './reading.ts';
import { tokenFrom } from './token-command.ts';
import type { World } from './world.ts';

/** Where a secret is to be had from. */
export type SecretSource =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'command'; readonly command: string };

/** A way of signing in, its secret not read yet. */
export type SignInSettings =
  | { readonly kind: 'bearer'; readonly token: SecretSource }
  | { readonly kind: 'basic'; readonly user: string; readonly password: SecretSource }
  | { readonly kind: 'session'; readonly user: string; readonly password: SecretSource; readonly login: LoginRequest }
  | { readonly kind: 'header'; readonly name: string; readonly value: SecretSource };

interface Known {
  readonly user?: string;
  readonly expiredToken?: string;
  /** How somebody signs in who lacks the roles and permissions of the run's own user. */
  readonly lesser?: SignInSettings;
}

/** How a run signs in at a live target; the secrets are not read yet. */
export type AuthSettings = Known & ({ readonly kind: 'none' } | SignInSettings);

const authKinds = ['none', 'bearer', 'basic', 'session', 'header'] as const;
export type AuthKind = (typeof authKinds)[number];

/** @throws UsageError when the way of signing in needs what is nowhere given */
export function readAuth(settings: Settled): AuthSettings {
  const user = settings.text('user')?.value;
  const expiredToken = settings.text('expiredToken')?.value;
  const way = wayOf(settings, user);
  const lesser = lesserWay(settings, way);
  return {
    ...(user !== undefined && { user }),
    ...(expiredToken !== undefined && { expiredToken }),
    ...(lesser !== null && { lesser }),
    ...way,
  };
}

type Way = { readonly kind: 'none' } | SignInSettings;

function wayOf(settings: Settled, user: string | undefined): Way {
  const kind = authKind(settings) ?? usualKind(settings);
  switch (kind) {
    case 'none':
      return { kind };
    case 'bearer':
      return { kind, token: secret(settings, 'token', `--auth ${kind}`) };
    case 'basic':
      return { kind, user: needed(user, kind), password: secret(settings, 'password', `--auth ${kind}`) };
    case 'session':
      return {
        kind,
        user: needed(user, kind),
        password: secret(settings, 'password', `--auth ${kind}`),
        login: loginRequest(settings),
      };
    case 'header':
      return { kind, ...header(settings) };
  }
}

/** How somebody signs in who may do less: as the run's own user does, as far as what is given of them allows. */
function lesserWay(settings: Settled, way: Way): SignInSettings | null {
  const user = settings.text('lesserUser');
  const token = settings.oneOf(['lesserToken', 'lesserTokenFile'], sources.lesserToken.what);
  const password = settings.oneOf(['lesserPassword', 'lesserPasswordFile'], sources.lesserPassword.what);
  if (token !== null && user !== null)
    throw new UsageError(
      `${originText(token.origin)} and ${originText(user.origin)} are two lesser credentials; name one of them`,
    );
  if (token !== null) {
    const value = secret(settings, 'lesserToken', originText(token.origin));
    return way.kind === 'header' ? { kind: 'header', name: way.name, value } : { kind: 'bearer', token: value };
  }
  if (user === null) {
    if (password === null) return null;
    throw new UsageError(`${originText(password.origin)}: needs the user whose password it is, CONFORM_LESSER_USER`);
  }
  const known = {
    user: user.value,
    password: secret(settings, 'lesserPassword', originText(user.origin)),
  };
  return way.kind === 'session' ? { kind: 'session', ...known, login: way.login } : { kind: 'basic', ...known };
}

/** The way that was asked for, if any was. */
export function authKind(settings: Settled): AuthKind | null {
  const said = settings.text('auth')?.value;
  return authKinds.find((kind) => kind === said) ?? null;
}

/** What the secrets at hand are for. */
function usualKind(settings: Settled): AuthKind {
  const has = (...names: readonly Parameters<Settled['text']>[0][]): boolean =>
    names.some((name) => settings.text(name) !== null);
  if (has('token', 'tokenFile', 'tokenCommand')) return has('authHeader') ? 'header' : 'bearer';
  if (has('header')) return 'header';
  if (!has('user') || !has('password', 'passwordFile')) return 'none';
  return has('loginPath', 'loginBody', 'loginToken', 'loginCookie') ? 'session' : 'basic';
}

function needed(user: string | undefined, kind: AuthKind): string {
  if (user === undefined)
    throw new UsageError(`--auth ${kind} needs a user: CONFORM_USER in the environment, or --user`);
  return user;
}

const sources = {
  token: {
    what: 'sources of the token',
    names: ['token', 'tokenFile', 'tokenCommand'],
    need: 'a token: CONFORM_TOKEN in the environment, --token-file or --token-command',
  },
  password: {
    what: 'sources of the password',
    names: ['password', 'passwordFile'],
    need: 'a password: CONFORM_PASSWORD in the environment, or --password-file',
  },
  lesserToken: {
    what: 'sources of the lesser token',
    names: ['lesserToken', 'lesserTokenFile'],
    need: 'a token: CONFORM_LESSER_TOKEN in the environment, or --lesser-token-file',
  },
  lesserPassword: {
    what: 'sources of the lesser password',
    names: ['lesserPassword', 'lesserPasswordFile'],
    need: 'a password: CONFORM_LESSER_PASSWORD in the environment, or --lesser-password-file',
  },
} as const;

/** @param by what needs the secret, as a message begins */
function secret(settings: Settled, of: keyof typeof sources, by: string): SecretSource {
  const { names, need, what } = sources[of];
  const said = settings.oneOf(names, what);
  if (said === null) throw new UsageError(`${by} needs ${need}`);
  switch (said.name) {
    case 'tokenFile':
    case 'passwordFile':
    case 'lesserTokenFile':
    case 'lesserPasswordFile':
      return { kind: 'file', file: said.value };
    case 'tokenCommand':
      return { kind: 'command', command: said.value };
    default:
      return { kind: 'text', text: said.value };
  }
}

function header(settings: Settled): { readonly name: string; readonly value: SecretSource } {
  const name = settings.text('authHeader')?.value;
  if (name !== undefined) return { name, value: secret(settings, 'token', '--auth header') };
  const said = settings.text('header');
  if (said === null)
    throw new UsageError(
      '--auth header needs CONFORM_HEADER ("Name: value") in the environment, or --auth-header NAME with a token',
    );
  const [, field, value] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(\S.*)$/.exec(said.value) ?? [];
  if (field === undefined || value === undefined)
    throw new UsageError(`${originText(said.origin)}: takes "Name: value"`);
  return { name: field, value: { kind: 'text', text: value } };
}

function loginRequest(settings: Settled): LoginRequest {
  const path = settings.text('loginPath');
  const body = settings.text('loginBody');
  if (path?.value.startsWith('/') === false)
    throw new UsageError(`${originText(path.origin)} ${path.value}: a path begins with /`);
  if (body !== null && !isJson(body.value)) throw new UsageError(`${originText(body.origin)}: is not JSON`);
  const opens = settings.oneOf(['loginToken', 'loginCookie'], 'places of what opens a session');
  return {
    ...(path !== null && { path: path.value }),
    ...(body !== null && { body: body.value }),
    ...(opens !== null && {
      opens:
        opens.name === 'loginToken'
          ? { kind: 'token' as const, member: opens.value }
          : { kind: 'cookie' as const, name: opens.value },
    }),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Where new credentials come from when the first ones end, in words; null when nowhere. */
export function renewedBy(auth: AuthSettings): string | null {
  switch (auth.kind) {
    case 'none':
    case 'basic':
      return null;
    case 'session':
      return 'by signing in again';
    case 'bearer':
    case 'header': {
      const source = auth.kind === 'bearer' ? auth.token : auth.value;
      return source.kind === 'text' ? null : source.kind === 'file' ? 'from the token file' : 'by the token command';
    }
  }
}

/**
 * Reads the secrets: files anew, commands by running them.
 *
 * @throws UsageError for a file that cannot be read or is empty, InconclusiveError for a command that fails
 */
export async function authConfig(
  auth: AuthSettings,
  world: Pick<World, 'env' | 'cwd' | 'signal'>,
): Promise<AuthConfig> {
  const { lesser: lesserWay, ...own } = auth;
  const lesser = lesserWay && (await signIn(lesserWay, world));
  const known = own.kind === 'none' ? own : { ...own, ...(await signIn(own, world)) };
  return { ...known, ...(lesser && { lesser }) };
}

async function signIn(way: SignInSettings, world: Pick<World, 'env' | 'cwd' | 'signal'>): Promise<SignIn> {
  switch (way.kind) {
    case 'bearer':
      return { kind: way.kind, token: await secretFrom(way.token, world) };
    case 'basic':
      return { kind: way.kind, user: way.user, password: await secretFrom(way.password, world) };
    case 'session':
      return { kind: way.kind, user: way.user, password: await secretFrom(way.password, world), login: way.login };
    case 'header':
      return { kind: way.kind, name: way.name, value: await secretFrom(way.value, world) };
  }
}

async function secretFrom(source: SecretSource, world: Pick<World, 'env' | 'cwd' | 'signal'>): Promise<string> {
  switch (source.kind) {
    case 'text':
      return source.text;
    case 'file':
      return fromFile(source.file, world);
    case 'command':
      return tokenFrom(source.command, world);
  }
}

async function fromFile(file: string, { cwd }: Pick<World, 'cwd'>): Promise<string> {
  let text: string;
  try {
    text = decodeText(await readFile(resolve(cwd, file))).trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(
      `${file}: cannot be read (${code === 'ENOENT' ? 'there is no such file' : code}); it should hold the secret to sign in with`,
    );
  }
  if (text === '') throw new UsageError(`${file}: is empty; it should hold the secret to sign in with`);
  return text;
}
