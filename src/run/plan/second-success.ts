import type { RequestTemplate, Script } from '../../model/exchange.ts';
import type { Composer } from '../../model/requirement.ts';
import type { Results } from '../run.ts';
import { exchangeId, stepKeys } from './script-key.ts';
import { isCarriedOut } from './shown.ts';

/** A call, and the same again on the same subject: what tells whether a second success is told from the first. */
export function twice(success: RequestTemplate, { fresh }: Pick<Composer, 'fresh'>): Script {
  return { subjects: [fresh], steps: [success, success] };
}

/** Whether a second success is told from the first. */
export type Second = 'told apart' | 'answered alike';

/**
 * Whether a second success is told from the first, as a run has met it: only then does a success show that nothing was
 * done before.
 *
 * @returns null where the run has not met it
 */
export function secondIn(results: Results, success: RequestTemplate, c: Pick<Composer, 'fresh'>): Second | null {
  return secondsIn(results)(success, c);
}

/** The same of results that are complete, which are gone through once. */
export function secondsIn(results: Results): (success: RequestTemplate, c: Pick<Composer, 'fresh'>) => Second | null {
  const seconds = new Map<string, Second>();
  for (const result of results.values()) {
    if (result.kind !== 'ran') continue;
    const [one, other] = result.exchanges;
    // What was not answered tells nothing.
    if (other?.outcome.kind !== 'response' || !isCarriedOut(one)) continue;
    const key = [one?.id, other.id].join(' ');
    if (!seconds.has(key)) seconds.set(key, isCarriedOut(other) ? 'answered alike' : 'told apart');
  }
  return (success, c) => seconds.get(stepKeys(twice(success, c)).map(exchangeId).join(' ')) ?? null;
}
