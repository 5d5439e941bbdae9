import type { RequestTemplate, Script } from '../../model/exchange.ts';
import type { Composer } from '../../model/requirement.ts';
import type { Results } from '../run.ts';
import { exchangeId, stepKeys } from './script-key.ts';
import { isCarriedOut } from './shown.ts';

/** A call, and the same again on the same subject: what tells whether a second success is told from the first. */
export function twice(success: RequestTemplate, { fresh }: Pick<Composer, 'fresh'>): Script {
  return { subjects: [fresh], steps: [success, success] };
}

/**
 * Whether a second success is told from the first, as a run has met it: only then does a success show that nothing was
 * done before.
 *
 * @returns null where the run has not met it
 */
export function secondIn(
  results: Results,
  success: RequestTemplate,
  c: Pick<Composer, 'fresh'>,
): 'told apart' | 'answered alike' | null {
  const [first, second] = stepKeys(twice(success, c)).map(exchangeId);
  for (const result of results.values()) {
    if (result.kind !== 'ran' || result.exchanges[0]?.id !== first || result.exchanges[1]?.id !== second) continue;
    const [one, other] = result.exchanges;
    // What was not answered tells nothing.
    if (isCarriedOut(one) && other?.outcome.kind === 'response')
      return isCarriedOut(other) ? 'answered alike' : 'told apart';
  }
  return null;
}
