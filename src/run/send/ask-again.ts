import type { NonEmpty } from '../../model/contract.ts';
import type { Recorded, Subject } from '../../model/exchange.ts';
import { obtain } from './obtain.ts';
import { drawnFor, type CarriedAtOnce, type PlannedScript } from '../plan/planned-script.ts';
import type { Run, ScriptResult } from '../run.ts';
import type { ScriptKey } from '../plan/script-key.ts';
import { reasonToHold, sendAlone, sendStep } from './sending.ts';
import { isCarriedOut, wasCarriedOut } from '../plan/shown.ts';

/**
 * Asks again what stands in a call that carries several things at once and was no success, unless another call that
 * succeeded carries it as well. On the subject that refused all of it together the same is asked with less, one thing left
 * out at a time, until that succeeds: then it is what was left out. What is not shown by then is asked on its own, on
 * subjects of its own, as far as there are any.
 *
 * @param scripts in the order of the plan, sent already
 * @param run results are kept in those of the run
 */
export async function askAgain(scripts: readonly PlannedScript[], run: Run): Promise<void> {
  const failed = scripts.flatMap(({ key, carries }) => {
    const result = run.results.get(key);
    return carries === undefined || result?.kind !== 'ran' || wasCarriedOut(result) ? [] : [{ key, carries, result }];
  });
  const open = ({ members }: CarriedAtOnce): CarriedAtOnce['members'] =>
    members.filter(({ elsewhere }) => !elsewhere.some((other) => wasCarriedOut(run.results.get(other))));
  const waiting: CarriedAtOnce[] = [];
  for (const { key, carries, result } of failed) {
    const state = open(carries).length === 0 ? 'unknown' : await askLess(result, carries, run);
    if (state === 'unknown') waiting.push(carries);
    else run.results.set(key, { ...result, doubt: state.spoilt });
  }
  for (const carries of waiting) for (const { own } of open(carries)) await obtain(own, run);
}

/** @returns why the subject cannot have been as it should be from the beginning, as far as that is known */
async function askLess(
  { exchanges: [whole], subjects: [subject] }: ScriptResult & { readonly kind: 'ran' },
  { bare, members }: CarriedAtOnce,
  run: Run,
): Promise<'unknown' | { readonly spoilt: string }> {
  // What did not come back may have been carried out.
  if (whole?.outcome.kind !== 'response') return 'unknown';
  const lesser = [...(bare === undefined ? [] : [bare]), ...members.flatMap(({ without }) => without ?? [])];
  const refused = new Map<ScriptKey, ScriptResult>();
  const keep = (): 'unknown' => {
    // A success in the end shows that all before it were refused on a subject that nothing was done to.
    for (const [key, result] of refused) run.results.set(key, result);
    return 'unknown';
  };
  for (const planned of lesser) {
    const result = await sendOn(planned, subject, run);
    if (result === null) return 'unknown';
    refused.set(planned.key, result);
    if (wasCarriedOut(result)) return keep();
  }
  const plain = await plainCall(lesser[0], subject, run);
  // So may what was led elsewhere.
  if (plain?.outcome.kind !== 'response' || whole.outcome.response.status < 400) return 'unknown';
  return isCarriedOut(plain)
    ? keep()
    : {
        spoilt: `not as it should be: a plain call is refused on it as well, with ${plain.outcome.response.status}, though nothing succeeded on it before`,
      };
}

/** @returns null where it was not sent, or not answered */
async function sendOn(planned: PlannedScript, subject: Subject, run: Run): Promise<ScriptResult | null> {
  const { script, exchanges: ids, key } = planned;
  const [, ...others] = script.subjects;
  const drawn: Subject[] = [];
  for (const [i, state] of others.entries()) {
    // Another subject that exists is one more to spend: such a script is left for later.
    if (state !== run.composer.absent) return null;
    drawn.push(drawnFor(key, i + 1, run));
  }
  const subjects: NonEmpty<Subject> = [subject, ...drawn];
  const exchanges: Recorded[] = [];
  for (const [i, template] of script.steps.entries()) {
    const id = ids[i];
    if (id === undefined || reasonToHold(template, run) !== null) return null;
    const note = 'asked with less, on the subject that refused it together with other things';
    const { recorded } = await sendStep({ id, template, effect: 'own', beginning: 1, note }, subjects, run);
    if (recorded.outcome.kind === 'failure') return null;
    exchanges.push(recorded);
    if (!isCarriedOut(exchanges[0])) break;
  }
  return { kind: 'ran', exchanges, subjects };
}

async function plainCall(
  planned: PlannedScript | undefined,
  subject: Subject,
  run: Run,
): Promise<Recorded | undefined> {
  const route = planned === undefined ? undefined : run.composer.compositionOf(planned.script.steps[0])?.route;
  if (route === undefined) return undefined;
  return (await sendAlone(run.composer.request(route), subject, run, 1))?.recorded;
}
