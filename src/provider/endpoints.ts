import type { Contract, Route } from '../model/contract.ts';
import type { Accepted, Call, Destination, Refusal, Reply } from './behaviour.ts';
import { cookie, knows } from './authentication.ts';
import type { Accounts } from './authentication.ts';
import { apiRoute, matchSegments, predefinedRoute, withoutSuffix } from './routing.ts';
import type { CompiledRoute, Service } from './service.ts';
import type { TokenReading } from './tokens.ts';

/** What ASP.NET Core endpoint routing with Identity does otherwise than classic hosting. */

const empty = (status: number, reason: string, allow?: string): Reply => ({
  status,
  reason,
  headers: allow === undefined ? [] : [['Allow', allow]],
  body: '',
});

/**
 * Endpoint routing: with or without the prefix, a suffix behind a member alone, no empty segments, one verb. Predefined
 * routes say that there is no such operation, but for /api; other paths of one segment are pages, and so GET only.
 */
export function routeEndpoints(service: Service, call: Call): Destination {
  const segments = decodedSegments(call.path);
  if (segments === null) return { kind: 'none' };
  const prefixed = service.prefix !== '' && segments[0]?.toLowerCase() === service.prefix;
  const below = prefixed ? segments.slice(1) : segments;
  const again = service.prefix !== '' && below[0]?.toLowerCase() === service.prefix;
  let unserved: Destination | null = null;
  for (const compiled of service.routes) {
    if (again && match(service, compiled, below.slice(1)) !== null)
      return answered(empty(500, 'Internal Server Error'));
    const found = match(service, compiled, below);
    if (found === null) continue;
    const served = servedVerbs(compiled.route.verbs, service.contract.verbs);
    if (served.includes(call.sentVerb.toUpperCase())) return atEndpoint(call, { ...found, route: compiled.route });
    unserved ??= answered(empty(405, 'Method Not Allowed', allowed(service, below)));
  }
  if (unserved !== null) return unserved;
  if (below.includes('')) return { kind: 'none' };
  const byName = apiRoute(service, below);
  if (byName?.kind === 'operation') {
    const served = servedVerbs('any', service.contract.verbs);
    return served.includes(call.sentVerb.toUpperCase())
      ? atEndpoint(call, byName)
      : answered(empty(405, 'Method Not Allowed', served.join(', ')));
  }
  const predefined = predefinedRoute(service, below);
  if (predefined?.kind === 'operation' && predefined.predefined !== null) {
    return { kind: 'unknown-operation', predefined: predefined.predefined };
  }
  if (predefined?.kind === 'unknown-operation') return predefined;
  return pageOrLogin(call, below, again);
}

/** Of "All Verbs" an endpoint serves POST alone, unless the service names its own. */
function servedVerbs(verbs: Route['verbs'], own: Contract['verbs']): readonly string[] {
  if (verbs !== 'any') return verbs.filter((verb) => verb !== 'HEAD');
  return own === undefined || own === 'any' ? ['POST'] : own;
}

/** The verbs of all routes that the path fits. */
function allowed(service: Service, below: readonly string[]): string {
  const verbs = service.routes
    .filter((compiled) => match(service, compiled, below) !== null)
    .flatMap(({ route }) => servedVerbs(route.verbs, service.contract.verbs));
  return [...new Set(verbs)].sort().join(', ');
}

function atEndpoint(
  call: Call,
  { route, suffix, named }: Pick<Extract<Destination, { kind: 'operation' }>, 'route' | 'suffix' | 'named'>,
): Destination {
  if (call.header('accept')?.trim() === '') return answered(empty(500, 'Internal Server Error'));
  return { kind: 'operation', routing: 'endpoint', route, suffix, predefined: null, batch: false, named };
}

function pageOrLogin(call: Call, below: readonly string[], again: boolean): Destination {
  const [first, second] = below;
  if (first === undefined) return { kind: 'none' };
  if (first.toLowerCase() === 'auth' && below.length <= 2) return { kind: 'login', provider: second ?? null };
  if (call.sentVerb.toUpperCase() === 'GET') return { kind: 'page', page: below };
  const single = below.length === 1 || (again && below.length === 2);
  return single ? answered(empty(405, 'Method Not Allowed', 'GET')) : { kind: 'none' };
}

function answered(reply: Reply): Destination {
  return { kind: 'answered', reply };
}

function decodedSegments(path: string): string[] | null {
  const parts = path.split('/').slice(1);
  if (parts.at(-1) === '') parts.pop();
  const result: string[] = [];
  for (const part of parts) {
    if (part === '..') result.pop();
    else {
      try {
        result.push(decodeURIComponent(part));
      } catch {
        return null;
      }
    }
  }
  return result;
}

function match(
  service: Service,
  { segments: pattern }: CompiledRoute,
  segments: readonly string[],
): Pick<Extract<Destination, { kind: 'operation' }>, 'suffix' | 'named'> | null {
  const { bare, suffix } =
    pattern.at(-1)?.kind === 'member' ? withoutSuffix(service, segments) : { bare: segments, suffix: null };
  const named = matchSegments(pattern, bare);
  return named === null ? null : { suffix, named };
}

/**
 * ASP.NET Core's challenge: every refusal names the login page, and is a redirect for everyone who did not ask for JSON.
 * An Authorization header that its handlers cannot take apart is a 500.
 */
export function authenticateByIdentity(service: Service, accounts: Accounts, call: Call): Accepted | Refusal {
  const judged = admittedByIdentity(accounts, call);
  return judged.kind === 'nobody'
    ? loginPage(service, accounts, call, `Bearer${judged.reading === null ? '' : problemOf(judged.reading)}`)
    : judged;
}

/** Nobody whom Identity knows, with what it made of a token. */
export interface Nobody {
  readonly kind: 'nobody';
  readonly reading: Exclude<TokenReading, { kind: 'valid' }> | null;
}

/** Whom Identity knows; the refusal is of an Authorization header that it cannot take apart. */
export function admittedByIdentity(accounts: Accounts, call: Call): Accepted | Refusal | Nobody {
  const header = call.header('authorization');
  const [scheme = '', value = ''] = (header ?? '').split(' ');
  const token = scheme.toLowerCase() === 'bearer' ? value : (cookie(call, 'ss-tok') ?? '');
  if (header !== undefined && !isReadable(scheme, value))
    return { kind: 'refusal', by: 'credentials', status: 500, error: null };
  if (scheme.toLowerCase() === 'basic' && isAccount(accounts, value))
    return { kind: 'accepted', user: Buffer.from(value, 'base64').toString('utf8').split(':')[0] ?? accounts.user };
  const session = cookie(call, 'ss-id');
  const signedIn = session === undefined ? undefined : accounts.sessions.get(session);
  if (signedIn !== undefined) return { kind: 'accepted', user: signedIn };
  const reading = token === '' ? null : accounts.tokens.read(token);
  if (reading?.kind === 'valid') return { kind: 'accepted', user: reading.user };
  return { kind: 'nobody', reading };
}

function isReadable(scheme: string, value: string): boolean {
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return value !== '';
    case 'basic':
      return value !== '' && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
    default:
      return false;
  }
}

function isAccount(accounts: Accounts, value: string): boolean {
  const [user = '', ...password] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return knows(accounts, user, password.join(':'));
}

function problemOf(reading: Exclude<TokenReading, { kind: 'valid' }>): string {
  switch (reading.kind) {
    case 'expired':
      return ` error="invalid_token", error_description="The token expired at '${american(reading.expiredAt)}'"`;
    case 'forged':
    case 'illegal-character':
      return ' error="invalid_token", error_description="The signature key was not found"';
    case 'algorithm':
      return ' error="invalid_token", error_description="The signature is invalid"';
    case 'not-a-token':
    case 'illegal-length':
      return ' error="invalid_token"';
  }
}

/** A time as .NET writes it for the invariant culture. */
export function american(time: number): string {
  const [year = '', month = '', rest = ''] = new Date(time).toISOString().split('-');
  return `${month}/${rest.slice(0, 2)}/${year} ${rest.slice(3, 11)}`;
}

function loginPage(service: Service, accounts: Accounts, call: Call, challenge: string): Refusal {
  if (accounts.loginPage === null) return { kind: 'refusal', by: 'credentials', status: 401, error: null, challenge };
  const location = `http://${call.header('host') ?? 'localhost'}/${service.prefix}/${accounts.loginPage}?ReturnUrl=${encodeURIComponent(call.target)}`;
  const asksForJson = (call.header('accept') ?? '').toLowerCase().includes('application/json');
  return {
    kind: 'refusal',
    by: 'credentials',
    status: asksForJson ? 401 : 302,
    error: null,
    challenge,
    headers: [['Location', location]],
  };
}
