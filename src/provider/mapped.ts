import type { Accounts } from './authentication.ts';
import { stranger } from './authentication.ts';
import type { Accepted, Call, Destination, Refusal, Reply } from './behaviour.ts';
import { admittedByIdentity, american, authenticateByIdentity, routeEndpoints } from './endpoints.ts';
import { refusal } from './errors.ts';
import { document, type Surroundings } from './metadata.ts';
import { routeClassic } from './routing.ts';
import type { Service } from './service.ts';

/**
 * ServiceStack's own routing with endpoints mapped beside it: what an endpoint matches exactly is its, the rest goes the
 * classic way. Of pages without the prefix, too, endpoints know.
 */
export function routeMapped(service: Service, call: Call): Destination {
  const endpoint = routeEndpoints(service, call);
  if (endpoint.kind === 'operation') return endpoint;
  const classic = routeClassic(service, call);
  return classic.kind === 'none' && endpoint.kind === 'page' ? endpoint : classic;
}

/** An endpoint challenges as ASP.NET Core does; a call that ServiceStack has routed is told what the token lacks. */
export function authenticateMapped(service: Service, accounts: Accounts, call: Call): Accepted | Refusal {
  if (call.routing === 'endpoint') return authenticateByIdentity(service, accounts, call);
  const judged = admittedByIdentity(accounts, call);
  switch (judged.kind) {
    case 'accepted':
    case 'refusal':
      return judged;
    case 'nobody':
      return judged.reading?.kind === 'expired'
        ? refusal(
            'credentials',
            401,
            'SecurityTokenExpiredException',
            expired(judged.reading.expiredAt, accounts.tokens.expiry(0)),
          )
        : stranger(accounts);
  }
}

function expired(at: number, now: Date): string {
  return `IDX10223: Lifetime validation failed. The token is expired. ValidTo (UTC): '${american(at)}', Current time (UTC): '${american(now.getTime())}'.`;
}

/** Any other path of one segment may be a page, and so is GET only. */
export function documentMapped(
  service: Service,
  around: Surroundings,
  call: Call,
  page: readonly string[],
): Reply | null {
  const found = document(service, around, call, page);
  return found === null && page.length === 1 && call.sentVerb.toUpperCase() !== 'GET'
    ? { status: 405, reason: 'Method Not Allowed', headers: [['Allow', 'GET']], body: '' }
    : found;
}
