import type { NonEmpty } from '../../model/contract.ts';
import type { Recorded, RecordedResponse } from '../../model/exchange.ts';
import { isRestricted } from '../../values/contract.ts';
import { headerOf } from '../../values/http.ts';
import { isSent } from '../../values/members.ts';
import { aboutRoutes, ask, presenceOf, type Reply } from './presence.ts';
import type { Obstacle, Run } from '../run.ts';
import { hasErrorCode, hasItsHeaders } from './signs.ts';
import { urlOf } from '../../values/url.ts';

/** What was found before anything was sent that is judged. */
export interface Preflight {
  readonly obstacle: Obstacle | null;
  /** What a reader must know of the host, whatever comes of the run. */
  readonly notes: readonly string[];
}

/**
 * Looks whether anything can be judged at all: whether the host serves the operation, and lets this run in.
 * Only what every route says is an obstacle; what one route says is for the requirements to judge.
 */
export async function preflight(run: Run): Promise<Preflight> {
  const presence = await presenceOf(run);
  switch (presence.kind) {
    case 'unasked':
      return {
        obstacle: null,
        notes: [
          'nothing was asked beforehand: no call of the operation is known to change nothing, so whether the host serves it shows in the run alone',
        ],
      };
    case 'unreachable':
      return { obstacle: { kind: 'unreachable', says: `${presence.failure.message}.` }, notes: [] };
    case 'not there':
      return { obstacle: (await movedAway(run)) ?? { kind: 'not there', says: presence.says }, notes: [] };
    case 'there':
      return {
        obstacle: (await refusal(run)) ?? (await movedAway(run)),
        notes: presence.says === null ? [] : [presence.says],
      };
  }
}

/** Every route turns the run's own credentials away, where the operation asks for any: else that is a fault of its own. */
async function refusal(run: Run): Promise<Obstacle | null> {
  if (run.identity.resolve('valid').kind !== 'headers') return null;
  const replies = await ask(aboutRoutes(run.composer, 'valid'), run);
  const [first, ...rest] = replies.flatMap(({ recorded: { outcome } }) =>
    outcome.kind === 'response' && (outcome.response.status === 401 || outcome.response.status === 403)
      ? [outcome.response]
      : [],
  );
  if (first === undefined || rest.length + 1 < replies.length) return null;
  if (run.composer.contract.authentication === 'none' && hasItsHeaders(first)) return null;
  if (mayMeanValues(first, run.composer)) return null;
  const { origin } = run.target;
  const says =
    first.status === 403 && !hasItsHeaders(first)
      ? `${origin} answers 403 without a header of the framework's: something in front of the service, a firewall or a gateway, turns these requests away, and the credentials of this run may never have been looked at; let it pass with --add-header or --user-agent, or name the host behind it.`
      : `${origin} refused the credentials of this run (${first.status}); check --auth and its secrets.`;
  return { kind: 'refused', says: `${says} Nothing that needs them was sent.` };
}

/** Whether a service may turn down the values that were drawn, and not who asks: requirements that it answers so say that. */
function mayMeanValues(response: RecordedResponse, { contract, vouched, members }: Run['composer']): boolean {
  const isDrawn = members.some((member) => member.in === 'path' || isSent(member));
  return response.status === 403 && isDrawn && !vouched && !isRestricted(contract) && hasErrorCode(response, contract);
}

/** A redirect of every route to the same path elsewhere means that the base URL is not the service's own. */
async function movedAway(run: Run): Promise<Obstacle | null> {
  const credentials = run.identity.resolve('valid').kind === 'headers' ? 'valid' : 'none';
  const [first, ...rest] = await ask(aboutRoutes(run.composer, credentials), run);
  if (first === undefined) return null;
  const replies: NonEmpty<Reply> = [first, ...rest];
  const origins = new Set(replies.map(({ recorded }) => newOrigin(recorded, run.target)));
  const [to] = origins;
  return to === undefined || to === null || origins.size > 1
    ? null
    : {
        kind: 'unreachable',
        says: `${run.target.origin} redirects to ${to}; redirects are not followed, so name --target ${to} if that is the service.`,
      };
}

/** Where the same path is to be found, as the answer says. */
function newOrigin({ request, outcome }: Recorded, target: URL): string | null {
  if (outcome.kind !== 'response') return null;
  const { status, headers } = outcome.response;
  const location = headerOf(headers, 'location');
  if (status < 300 || status > 399 || location === undefined || urlOf(location, target) === null) return null;
  const to = new URL(location, target);
  return to.origin === target.origin || to.pathname !== new URL(request.url).pathname ? null : to.origin;
}
