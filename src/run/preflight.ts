import type { Recorded } from '../model/exchange.ts';
import type { Composer } from '../model/requirement.ts';
import { headerOf } from '../values/http.ts';
import type { Obstacle } from './conclude.ts';
import { effectOf } from './effect.ts';
import { obtain, type ScriptResult, type Surroundings } from './execute.ts';
import type { PlannedScript } from './plan.ts';
import { exchangeId, lastKey, stepKeys } from './script-key.ts';

/**
 * Asks each route once, with the run's own credentials and a subject that does not exist, whether anything can be judged at all.
 * Only what every route says is an obstacle; what one route says is for the requirements to judge.
 *
 * @param composer the contract
 * @param s how to send
 */
export async function preflight(composer: Composer, s: Surroundings): Promise<Obstacle | null> {
  const credentials = s.identity.resolve('valid').kind === 'headers' ? 'valid' : 'none';
  let obstacle: Obstacle | null = null;
  for (const route of composer.routes) {
    const script = composer.onAbsent(composer.request(route, { credentials }));
    // What might change something is not asked for the sake of asking.
    if (effectOf(script, composer) !== 'none') continue;
    const keys = stepKeys(script);
    const planned: PlannedScript = {
      key: lastKey(keys),
      exchanges: keys.map(exchangeId),
      script,
      effect: 'none',
      weight: 1,
    };
    obstacle = obstacleIn(await obtain(planned, s), credentials, s.target);
    if (obstacle === null) return null;
  }
  return obstacle;
}

function obstacleIn(result: ScriptResult, credentials: 'valid' | 'none', target: URL): Obstacle | null {
  if (result.kind === 'not-run') return { kind: 'unreachable', says: result.reason };
  const [sent] = result.exchanges;
  if (sent === undefined) return null;
  if (sent.outcome.kind === 'failure') {
    const { kind, message } = sent.outcome.failure;
    return kind === 'truncated' ? null : { kind: 'unreachable', says: `${message}.` };
  }
  const { status } = sent.outcome.response;
  if (credentials === 'valid' && (status === 401 || status === 403)) {
    return {
      kind: 'refused',
      says: `${target.origin} refused the credentials of this run (${status}); check --auth and its secrets. Nothing else was sent.`,
    };
  }
  return movedAway(sent, target);
}

/** A redirect to the same path elsewhere means that the base URL is not the service's own. */
function movedAway(sent: Recorded, target: URL): Obstacle | null {
  if (sent.outcome.kind !== 'response') return null;
  const { status, headers } = sent.outcome.response;
  const location = headerOf(headers, 'location');
  if (status < 300 || status > 399 || location === undefined || !URL.canParse(location, target.href)) return null;
  const to = new URL(location, target);
  const from = new URL(sent.request.url);
  if (to.origin === target.origin || to.pathname !== from.pathname) return null;
  return {
    kind: 'unreachable',
    says: `${target.origin} redirects to ${to.origin}; redirects are not followed, so name --target ${to.origin} if that is the service.`,
  };
}
