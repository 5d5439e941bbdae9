import { mayBeCallOf } from '../exchange/fence.ts';
import { levelsOf } from '../exchange/normal-form.ts';
import type { Tls } from '../exchange/sockets.ts';
import type { Contract } from '../model/contract.ts';
import { authKind, readAuth, type AuthSettings } from './authentication.ts';
import { readHeaders, type AddedHeader } from './added-headers.ts';
import { protectedHostOf } from './hosts.ts';
import { originText } from './layers.ts';
import { UsageError } from './problems.ts';
import { placeOf, type Said, type Settled } from './reading.ts';
import { readTls } from './tls.ts';
import type { World } from './world.ts';
import { urlOf } from '../values/url.ts';

export interface LiveTarget {
  readonly kind: 'live';
  readonly url: URL;
  /** As the configuration file calls it. */
  readonly name: string | null;
  readonly auth: AuthSettings;
  readonly tls: Tls;
  readonly headers: readonly AddedHeader[];
  /** Nothing is changed on them, nor on what their addresses are. */
  readonly protectedHosts: readonly string[];
}

/**
 * Reads how a live target is reached and signed in at.
 *
 * @throws UsageError naming the place of what cannot be used
 */
export function readLive(
  address: Said,
  name: string | null,
  given: Settled,
  world: Pick<World, 'env' | 'cwd'>,
): Omit<LiveTarget, 'protectedHosts'> {
  const url = readUrl(address);
  const auth = readAuth(given);
  if (auth.kind === 'none' && authKind(given) === null) keepSecretsFilled(world.env);
  const headers = readHeaders(given, world);
  const twice =
    auth.kind === 'header' && headers.find(({ header: [each] }) => each.toLowerCase() === auth.name.toLowerCase());
  if (twice)
    throw new UsageError(`--add-header ${twice.header[0]}: this header signs in, so not every request may carry it`);
  return { kind: 'live', url, name, auth, tls: readTls(given, world), headers };
}

/** @throws UsageError when it is no plain base URL */
export function readUrl(said: Said): URL {
  const url = urlOf(said.value);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError(`${placeOf(said)}: not an http or https URL, such as https://staging.example.org`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${originText(said.origin)}: a URL may not carry credentials, they would end up in reports; use --auth and the environment`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new UsageError(
      `${originText(said.origin)} ${url.origin}${url.pathname}: a base URL has no query and no fragment`,
    );
  }
  return url;
}

/** @throws UsageError when what is sent besides the catalogue's requests would be a call of the operation */
export function keepToItself({ url, auth }: Pick<LiveTarget, 'url' | 'auth'>, contract: Contract): void {
  const path = (auth.kind === 'session' ? auth.login.path : undefined) ?? '';
  const base = url.pathname.replace(/\/$/, '');
  const isCall = (text: string): boolean =>
    levelsOf(text.split(/[?#]/, 1).join('')).some((level) => mayBeCallOf(level.text, contract));
  if (isCall(url.pathname) || isCall(base))
    throw new UsageError(
      `--target ${url.href}: this is the address of a call of ${contract.operation}; name what stands before the documented paths`,
    );
  if (path !== '' && (isCall(path) || isCall(`${base}${path}`)))
    throw new UsageError(`--login-path ${path}: signing in there would be a call of ${contract.operation}`);
}

/** @throws UsageError when something would be changed where nothing may be */
export function keepProtected(urls: readonly URL[], hosts: readonly string[]): void {
  for (const url of urls) {
    const host = protectedHostOf(url, hosts);
    if (host !== null)
      throw new UsageError(
        `--allow-changes: ${url.hostname} is protected (${host}), nothing is changed there whatever else is set; name another --target`,
      );
  }
}

/** @throws UsageError where a secret is there by name alone: the run would see no more than a stranger, and say that all is well */
function keepSecretsFilled(env: World['env']): void {
  const empty = ['CONFORM_TOKEN', 'CONFORM_PASSWORD', 'CONFORM_HEADER'].find((name) => env[name] === '');
  if (empty !== undefined)
    throw new UsageError(
      `${empty}: is empty, and there is no other secret to sign in with; set it, or say --auth none to look as a stranger does`,
    );
}
