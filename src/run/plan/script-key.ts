import { createHash, hash } from 'node:crypto';
import type { ExchangeId, RequestTemplate, Script } from '../../model/exchange.ts';

/** Names what a script sends, ids left symbolic: equal scripts have equal keys in every run, seed and release. */
export type ScriptKey = string & { readonly brand: 'ScriptKey' };

/**
 * The keys of a script's beginnings: of its first step, its first two, and so on.
 *
 * @param script the requests, ids still symbolic
 */
export function stepKeys(script: Script): readonly ScriptKey[] {
  const subjects = JSON.stringify(script.subjects);
  const [first, ...others] = script.steps;
  // Most scripts are of one step.
  if (others.length === 0) return [keyOf(hash('sha256', subjects + written(first)))];
  const beginning = createHash('sha256').update(subjects);
  return script.steps.map((step) => keyOf(beginning.update(written(step)).copy().digest('hex')));
}

const keyOf = (digest: string): ScriptKey => digest.slice(0, 12) as ScriptKey;

function written(step: RequestTemplate): string {
  return JSON.stringify([step.method, step.path, step.headers, step.body, step.credentials]);
}

/** The key of a whole script among those of its beginnings. */
export function lastKey(keys: readonly ScriptKey[]): ScriptKey {
  const last = keys.at(-1);
  if (last === undefined) throw new Error('a script has at least one step');
  return last;
}

/** An exchange is named by everything that was sent up to and including it. */
export function exchangeId(beginning: ScriptKey): ExchangeId {
  return beginning as string as ExchangeId;
}
