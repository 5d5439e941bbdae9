import type { Environment } from './environment.ts';
import { UsageError } from './problems.ts';
import { urlOf } from '../values/url.ts';

export interface ProxyChoice {
  readonly url: URL;
  /** The variable that names it. */
  readonly variable: string;
}

const standardPort: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * The proxy that the environment prescribes for a URL: HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, unless NO_PROXY names the
 * host; as in curl. Null when there is none.
 *
 * @throws UsageError when the variable holds no http or https URL
 */
export function proxyFor(url: URL, env: Environment): ProxyChoice | null {
  const variable = variablesFor(url.protocol.slice(0, -1)).find((name) => (env[name] ?? '') !== '');
  if (variable === undefined || isExcepted(url, env['no_proxy'] ?? env['NO_PROXY'] ?? '')) return null;
  const proxy = proxyUrl(env[variable] ?? '');
  if (proxy === null || !(proxy.protocol in standardPort)) {
    // Not repeated here: it may hold a password.
    throw new UsageError(`${variable}: takes an http or https URL, such as http://proxy.example.org:3128`);
  }
  if (decoded(proxy.username) === null || decoded(proxy.password) === null)
    throw new UsageError(`${variable}: a percent sign in its user or password begins no escape; write it as %25`);
  return { url: proxy, variable };
}

/** A proxy as a variable names it, the scheme perhaps left out; null for what is no URL. */
export function proxyUrl(text: string): URL | null {
  return urlOf(text.includes('://') ? text : `http://${text}`);
}

/**
 * What of a proxy's URL nobody may be shown: its password, or the user where there is none, which is a key then; with what
 * both are sent as.
 */
export function secretsOfProxy({ username, password }: URL): readonly string[] {
  if (username === '' && password === '') return [];
  const [user, secret] = [decoded(username) ?? username, decoded(password) ?? password];
  return [secret === '' ? user : secret, Buffer.from(`${user}:${secret}`).toString('base64')];
}

/** Null where a percent sign begins no escape. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Lower-case names go first. */
function variablesFor(scheme: string): readonly string[] {
  return [`${scheme}_proxy`, 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
}

/** Variables that may name a proxy, and with it a password. */
export const proxyVariables: readonly string[] = [...new Set(['http', 'https'].flatMap(variablesFor))];

/** NO_PROXY: names with all that is under them, `*` for all, a port where it matters; commas or blanks between them. */
function isExcepted(url: URL, list: string): boolean {
  const host = url.hostname.replace(/\.{1,9}$/, '');
  const port = url.port === '' ? standardPort[url.protocol] : url.port;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((each) => each !== '')
    .some((each) => {
      // An IPv6 address has colons of its own.
      if (each === '*' || host === `[${each}]`) return true;
      const [, name = '', onPort] = /^(.*?)(?::(\d+))?$/.exec(each.replace(/^\*?\./, '')) ?? [];
      return (onPort === undefined || onPort === port) && (host === name || host.endsWith(`.${name}`));
    });
}
