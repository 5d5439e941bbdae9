import type { Engine } from '../exchange/engine.ts';
import type { Header } from '../model/exchange.ts';
import { InconclusiveError, UsageError } from '../settings/problems.ts';
import { headerOf, mediaTypeIn } from '../values/http.ts';
import { isObject, jsonIn, type JsonObject } from '../values/json.ts';
import { shortened } from '../values/words.ts';

/** How a broker is signed in at. */
export type BrokerCredentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly userName: string; readonly password: string };

/** The way to a broker, which speaks HAL: JSON whose `_links` say where to go on. */
export interface Hal {
  /** Everything before the broker's own paths, without a slash at its end. */
  readonly base: URL;
  readonly ask: (request: HalRequest) => Promise<JsonObject>;
  readonly close: () => void;
}

export interface HalRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Absolute, or from the root of the broker's host. */
  readonly href: string;
  readonly body?: object;
  /** What is asked for, for the sentence that says it was not got: `its index`, `the pact of web 1.2.3`. */
  readonly what: string;
}

/**
 * Opens the way to a broker; nothing is sent before the first `ask`.
 *
 * `ask` brings the JSON of a success. It throws a UsageError for what the command line has wrong (no broker there, a
 * request that the broker refuses as wrong), an InconclusiveError for everything that keeps the broker from answering.
 *
 * @param base of the broker, or the address of a pact on it
 * @param credentials go to that origin and to no other
 * @param engine sends
 * @param signal ends a request under way
 */
export function openHal(base: URL, credentials: BrokerCredentials, engine: Engine, signal: AbortSignal): Hal {
  const name = `the broker ${nameOf(base)}`;
  const ask = async ({ method, href, body, what }: HalRequest): Promise<JsonObject> => {
    const url = new URL(href, base);
    if (url.origin !== base.origin) {
      throw new InconclusiveError(
        `${name} gives the address of ${what} at ${url.origin}, where its credentials are not sent; let the broker know its own address (PACT_BROKER_BASE_URL on its side)`,
      );
    }
    const { outcome } = await engine.send(
      {
        method,
        url: new URL(url.origin),
        target: url.pathname + url.search,
        headers: headersOf(credentials, body !== undefined),
        body: body === undefined ? null : JSON.stringify(body),
      },
      { signal, ...(method === 'POST' && { socket: 'fresh' as const }) },
    );
    if (outcome.kind === 'failure') {
      const { kind, message } = outcome.failure;
      const how = kind === 'tls' && url.protocol === 'https:' ? '; name who issued its certificate with --ca FILE' : '';
      throw new InconclusiveError(`${name} could not be asked for ${what}: ${message}${how}`);
    }
    const { status, headers } = outcome.response;
    const text = Buffer.from(outcome.response.body).toString('utf8');
    const type = mediaTypeIn(headerOf(headers, 'content-type') ?? '');
    const json = jsonIn(text);
    if (status >= 200 && status < 300 && isObject(json)) return json;
    throw problemOf({ name, what, status, headers, type, said: saidIn(json), credentials });
  };
  return {
    base,
    ask,
    close: () => {
      engine.close();
    },
  };
}

/** The address of a link; null where there is none. */
export function linkIn(
  resource: JsonObject,
  rel: string,
  values: Readonly<Record<string, string>> = {},
): string | null {
  const links = resource['_links'];
  const link = isObject(links) ? links[rel] : undefined;
  if (!isObject(link) || typeof link['href'] !== 'string') return null;
  return link['href'].replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(values[key] ?? ''));
}

/** The name of what a link leads to; null where there is none. */
export function linkName(resource: JsonObject, rel: string): string | null {
  const links = resource['_links'];
  const link = isObject(links) ? links[rel] : undefined;
  return isObject(link) && typeof link['name'] === 'string' ? link['name'] : null;
}

/** A URL without the slash at its end. */
export function nameOf(url: URL): string {
  return url.href.replace(/\/$/, '');
}

interface Refused {
  readonly name: string;
  readonly what: string;
  readonly status: number;
  readonly headers: readonly Header[];
  readonly type: string;
  readonly said: string;
  readonly credentials: BrokerCredentials;
}

function problemOf(refused: Refused): UsageError | InconclusiveError {
  const { name, what, status, headers, type, said, credentials } = refused;
  const words = said === '' ? '' : `: ${said}`;
  const basic = /^basic/i.test(headerOf(headers, 'www-authenticate') ?? '');
  switch (true) {
    case status >= 200 && status < 300:
      return new UsageError(
        `${name} answers ${what} with ${type === '' ? 'no type' : type} instead of HAL, so it is no broker; is the address right?`,
      );
    case status >= 300 && status < 400:
      return new UsageError(
        `${name} redirects to ${headerOf(headers, 'location') ?? 'nowhere'}; redirects are not followed, so name that address if it is the broker`,
      );
    // The broker of Ruby's own sign-in answers a token with 400 and no word.
    case credentials.kind === 'bearer' && (basic || (status === 400 && said === '')):
      return new InconclusiveError(
        `${name} did not take the token (${status}): it takes Basic, so set PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD in place of PACT_BROKER_TOKEN`,
      );
    case status === 401 && credentials.kind === 'none':
      return new InconclusiveError(
        `${name} wants credentials for ${what} (401); set ${basic ? '' : 'PACT_BROKER_TOKEN, or '}PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD`,
      );
    case status === 401:
      return new InconclusiveError(`${name} refused the credentials (401); check ${variablesOf(credentials)}`);
    case status === 403:
      return new InconclusiveError(`${name} does not let these credentials have ${what} (403)${words}`);
    case status === 404:
      return new UsageError(`${name} has no ${what.replace(/^(its|the) /, '')} (404)${words}; is the address right?`);
    case status === 408 || status === 429 || status >= 500:
      return new InconclusiveError(`${name} could not be asked for ${what}: it answered ${status}${words}`);
    default:
      return new UsageError(`${name} refused to give ${what} (${status})${words}`);
  }
}

function variablesOf(credentials: BrokerCredentials): string {
  return credentials.kind === 'bearer' ? 'PACT_BROKER_TOKEN' : 'PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD';
}

function headersOf(credentials: BrokerCredentials, withBody: boolean): readonly Header[] {
  const accept: Header = ['Accept', 'application/hal+json, application/json'];
  const type: readonly Header[] = withBody ? [['Content-Type', 'application/json']] : [];
  switch (credentials.kind) {
    case 'none':
      return [accept, ...type];
    case 'bearer':
      return [accept, ...type, ['Authorization', `Bearer ${credentials.token}`]];
    case 'basic': {
      const pair = Buffer.from(`${credentials.userName}:${credentials.password}`, 'utf8').toString('base64');
      return [accept, ...type, ['Authorization', `Basic ${pair}`]];
    }
  }
}

/** A broker's own words of what is wrong: `error`, or `errors` by member. */
function saidIn(json: unknown): string {
  if (!isObject(json)) return '';
  const { error, errors } = json;
  const texts = [...textsIn(error), ...textsIn(errors)];
  return shortened(texts.join('; ').replaceAll(/\s+/g, ' '), 400);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isObject(value)) return [];
  return typeof value['message'] === 'string' ? [value['message']] : Object.values(value).flatMap(textsIn);
}
