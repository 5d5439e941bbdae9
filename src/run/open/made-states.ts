import { bindRequest } from '../../exchange/bind.ts';
import type { Route } from '../../model/contract.ts';
import type { Composer } from '../../model/requirement.ts';
import type { SetUp, StateSource } from '../../model/states.ts';
import type { Run } from '../run.ts';

/**
 * A source that makes with the operation itself what it does not offer: a subject in the state that a route leaves is a
 * fresh one after a call of that route.
 *
 * @param source of fresh subjects
 */
export function withMadeStates(
  source: StateSource,
  composer: Composer,
  { engine, identity, target }: Pick<Run, 'engine' | 'identity' | 'target'>,
  signal: AbortSignal,
): StateSource {
  const leading = (state: string) => composer.routes.find(({ leaves }) => leaves === state);
  // Where subjects are scarce one that was changed serves all that ask for such a one: what they call of it changes nothing more.
  const made = new Map<string, Promise<SetUp>>();
  const setUp = (state: string): Promise<SetUp> => {
    const route = leading(state);
    if (source.offers(state) || route === undefined) return source.setUp(state);
    if (source.left() === 'unlimited') return make(state, route);
    const known = made.get(state) ?? make(state, route);
    made.set(state, known);
    return known;
  };
  const make = async (state: string, route: Route): Promise<SetUp> => {
    const fresh = await source.setUp(composer.fresh);
    if (fresh.kind !== 'ready') return fresh;
    const presented = identity.resolve('valid');
    if (presented.kind === 'unavailable') return { kind: 'failed', reason: presented.reason };
    const wire = bindRequest(composer.request(route), [fresh.subject], presented, target);
    const { outcome } = await engine.send(wire, { socket: 'fresh', signal });
    const answer = outcome.kind === 'response' ? `answered ${outcome.response.status}` : outcome.failure.message;
    return outcome.kind === 'response' && outcome.response.status < 300
      ? fresh
      : { kind: 'failed', reason: `'${state}' could not be made: the call of ${route.name} was ${answer}` };
  };
  return {
    ...source,
    offers: (state) => source.offers(state) || (source.offers(composer.fresh) && leading(state) !== undefined),
    setUp,
    tearDown: (state, subject) => source.tearDown(source.offers(state) ? state : composer.fresh, subject),
  };
}
