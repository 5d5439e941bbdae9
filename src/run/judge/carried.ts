import { service } from '../../catalogue/requirement.ts';
import type { Finding } from '../../model/verdict.ts';
import type { Disposition } from '../plan/plan.ts';
import type { CarriedAtOnce } from '../plan/planned-script.ts';
import type { Results } from '../run.ts';
import type { ScriptKey } from '../plan/script-key.ts';
import { wasCarriedOut } from '../plan/shown.ts';

/** What is told of a case by a call that carries several things and was no success: what is found of it, or why nothing is. */
export type ToldOfCall =
  { readonly finding: string; readonly reason?: never } | { readonly finding?: never; readonly reason: string };

/** What of it fails on its own explains why the whole did; else it may be all that is not shown otherwise. */
export function toldOf(
  { script, beside, otherwise }: Disposition & { readonly kind: 'send' },
  carried: ReadonlyMap<ScriptKey, CarriedAtOnce | undefined>,
  results: Results,
): ToldOfCall {
  if (beside !== undefined)
    return {
      reason: 'a call that it would be judged by is refused, and there was no subject left to ask both once more',
    };
  const carries = carried.get(script);
  const members = carries?.members ?? [];
  const own = otherwise?.at(-1)?.[0].script;
  const member = members.find((each) => each.own.key === own);
  if (member?.without !== undefined && wasCarriedOut(results.get(member.without.key)))
    return { finding: `it carries ${member.asks.join('; ')}; without that, the same is carried out` };
  const culprits = members.flatMap(({ own: { key }, without, asks }) => {
    const result = results.get(key);
    const isRefused = result?.kind === 'ran' && !wasCarriedOut(result);
    const isMissed = without !== undefined && wasCarriedOut(results.get(without.key));
    return isRefused || isMissed ? [asks.join('; ')] : [];
  });
  return culprits.length === 0
    ? { finding: `it carries at once: ${(carries?.traits ?? []).join('; ')}; and there was no subject left` }
    : {
        reason: `the call that carries it is refused, as it carries what is refused on its own (${culprits.join(', or ')}), and there was no subject left to ask this on its own`,
      };
}

/** What failed together and could not be asked apart is told with all that it may be. */
export function withAllCarried(findings: readonly Finding[], atOnce: string | null): readonly Finding[] {
  return findings.length === 0 || atOnce === null ? findings : [...findings, notApart(atOnce)];
}

/** That a call which carries several things was no success. */
export function notApart(atOnce: string): Finding {
  return service('the request', 'a success, or a subject to ask each thing on its own', atOnce);
}
