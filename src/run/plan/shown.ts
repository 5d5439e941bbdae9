import { tellsScriptOfError } from '../../catalogue/expect/format.ts';
import type { NonEmpty } from '../../model/contract.ts';
import type { Recorded, Subject } from '../../model/exchange.ts';
import type { Disposition, Part } from './plan.ts';
import type { Results, ScriptResult } from '../run.ts';
import type { ScriptKey } from './script-key.ts';

/** What a case is judged by. */
export interface Shown {
  readonly parts: NonEmpty<Part>;
  /** Set where it was to be asked on its own, since what carried it is no success, and no subject was left to ask it with. */
  readonly notAskedAlone?: true;
}

/**
 * Chooses the exchanges that show what a case asks: those that were planned, where the call that carries it succeeded; else
 * another call that carries it and did; else what it was asked on its own.
 *
 * @param disposition of a case that was to be sent
 * @param results what became of each script
 */
export function shownBy(disposition: Disposition & { readonly kind: 'send' }, results: Results): Shown {
  const { script, exchanges, beside = [], otherwise = [] } = disposition;
  const planned: NonEmpty<Part> = [{ script, exchanges }, ...beside];
  const own = otherwise.at(-1);
  if (own === undefined) return { parts: planned };
  const rows = [planned, ...otherwise.slice(0, -1)];
  const sound = rows.find((parts) => parts.every((part) => succeeded(part, results)));
  if (sound !== undefined) return { parts: sound };
  if (own.every((part) => results.get(part.script)?.kind === 'ran')) return { parts: own };
  return { parts: planned, notAskedAlone: true };
}

/** Whether the first request of a script was carried out. */
export function wasCarriedOut(result: ScriptResult | undefined): boolean {
  return result?.kind === 'ran' && isCarriedOut(result.exchanges[0]);
}

/** Whether an answer says that its request was carried out. */
export function isCarriedOut(recorded: Recorded | undefined): boolean {
  if (recorded?.outcome.kind !== 'response') return false;
  const { status, body } = recorded.outcome.response;
  return status < 300 && !tellsScriptOfError({ text: body });
}

function succeeded({ script, exchanges: [first] }: Part, results: Results): boolean {
  const result = results.get(script);
  return wasCarriedOut(result) && result?.kind === 'ran' && result.exchanges[0]?.id === first;
}

/** What became of all parts of a case, as if one script had sent them. */
export function joined(parts: NonEmpty<Part>, resultOf: (key: ScriptKey) => ScriptResult): ScriptResult {
  const [first, ...others] = parts.map(({ script, exchanges }) => only(resultOf(script), exchanges));
  if (first === undefined || first.kind === 'not-run') return first ?? resultOf(parts[0].script);
  let all = first;
  for (const next of others) {
    if (next.kind === 'not-run') return next;
    const subjects: NonEmpty<Subject> = [all.subjects[0], next.subjects[0]];
    all = { ...all, ...next, subjects, exchanges: [...all.exchanges, ...next.exchanges] };
  }
  return all;
}

function only(result: ScriptResult, ids: readonly Recorded['id'][]): ScriptResult {
  if (result.kind === 'not-run') return result;
  const exchanges = result.exchanges.filter(({ id }) => ids.includes(id));
  return exchanges.length === result.exchanges.length ? result : { ...result, exchanges };
}
