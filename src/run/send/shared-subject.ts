import type { NonEmpty } from '../../model/contract.ts';
import type { Recorded, RequestTemplate, Subject } from '../../model/exchange.ts';
import { firstOf, quantity } from '../../values/words.ts';
import { isCarriedOut } from '../plan/shown.ts';
import { drawnFor, type PlannedScript } from '../plan/planned-script.ts';
import type { Run, ScriptResult } from '../run.ts';
import { exchangeId, lastKey, stepKeys } from '../plan/script-key.ts';
import { secondIn, twice } from '../plan/second-success.ts';
import { asksFor } from '../plan/sharing.ts';
import {
  BEGINNINGS,
  reasonToHold,
  sendAlone,
  sendStep,
  type SentStep,
  setUpState,
  type Step,
  whyNotBegun,
} from './sending.ts';

/** Scripts that are to be sent on one subject, with those of them that may have changed one before. */
interface Batch {
  readonly scripts: readonly PlannedScript[];
  readonly inDoubt: ReadonlyMap<PlannedScript, ScriptResult>;
  /** The how manieth time it is begun where the target asks to come again later, from 1. */
  readonly beginning: number;
  /** The other half of those in doubt: where this one leaves its subject as it was, it was that one. */
  readonly otherHalf?: Batch;
}

/** What was sent of one script. */
interface Refused {
  readonly planned: PlannedScript;
  readonly exchanges: readonly Recorded[];
  readonly ending: 'refused' | 'carried out' | 'come again' | { readonly heldBack: string };
}

/**
 * Sends scripts of refusals on one subject, and a success at the end. Where that fails, or a refusal was none, those that
 * may have changed the subject are in doubt: they are halved, each half on a fresh subject, until each is told from the
 * others. Where no subject is left for that, all that are in doubt have failed, and each is told with the others.
 *
 * @param group that shares a subject, as `sharing` says
 * @param run results are kept in those of the run
 */
export async function sendShared(group: readonly PlannedScript[], run: Run): Promise<void> {
  const queue: Batch[] = group.length === 0 ? [] : [{ scripts: group, inDoubt: new Map(), beginning: 1 }];
  for (let batch = queue.shift(); batch !== undefined; batch = queue.shift())
    queue.push(...(await sendBatch(batch, run)));
}

/** @returns what is still to be sent */
async function sendBatch(batch: Batch, run: Run): Promise<readonly Batch[]> {
  const { scripts, inDoubt, beginning, otherHalf } = batch;
  const [first] = scripts;
  if (first?.shares === undefined) return [];
  const made = whyNotBegun(first, run) ?? (await setUpState(run.composer.fresh, run));
  if (made.kind === 'not-run') {
    for (const planned of scripts) run.results.set(planned.key, inDoubt.get(planned) ?? made);
    return otherHalf === undefined ? [] : [otherHalf];
  }
  const { subject } = made;
  const sent: Refused[] = [];
  for (const planned of scripts) {
    const note = `shares its subject with ${others(scripts, planned)}`;
    sent.push(await sendRefusals(planned, subject, run, { beginning, ...(scripts.length > 1 && { note }) }));
    if (sent.at(-1)?.ending !== 'refused') break;
  }
  const end = await sendAlone(first.shares.success, subject, run, beginning);
  if (isSuccess(end)) await learn(first.shares.success, end, subject, run);
  await run.source?.tearDown(run.composer.fresh, subject);
  const later = told(sent, end, batch, subject, run);
  if (otherHalf === undefined) return later;
  const wasIt = isSuccess(end) && later.length === 0;
  return [...later, ...(wasIt ? halved(otherHalf.scripts, otherHalf.inDoubt) : [otherHalf])];
}

/** Halves, the second to be sent when the first is settled; a script by itself is sent once more, to be told for certain. */
function halved(scripts: readonly PlannedScript[], inDoubt: Batch['inDoubt']): readonly Batch[] {
  const half = middleOf(scripts);
  const [one, other] = [scripts.slice(0, half), scripts.slice(half)].map((part): Batch => ({
    scripts: part,
    inDoubt,
    beginning: 1,
  }));
  if (one === undefined || one.scripts.length === 0) return [];
  return [other === undefined || other.scripts.length === 0 ? one : { ...one, otherHalf: other }];
}

/** Where what asks for another path than the success ends, for rarely are both at fault; else the middle. */
function middleOf(scripts: readonly PlannedScript[]): number {
  const there = scripts.map((each) => each.shares !== undefined && asksFor(each.shares.success, each));
  const turn = there.findIndex((each, i) => i > 0 && each !== there[i - 1]);
  return turn === -1 ? Math.ceil(scripts.length / 2) : turn;
}

function told(
  sent: readonly Refused[],
  end: SentStep | null,
  { scripts, inDoubt, beginning }: Batch,
  subject: Subject,
  run: Run,
): readonly Batch[] {
  const last = sent.at(-1);
  const again = last?.ending === 'come again' && beginning < BEGINNINGS;
  const settled = again ? sent.slice(0, -1) : sent;
  const behind = scripts.slice(settled.length);
  const later: Batch[] =
    behind.length === 0 ? [] : [{ scripts: behind, inDoubt, beginning: again ? beginning + 1 : beginning }];
  const keep = (each: Refused, doubt: string | null): ScriptResult =>
    resultOf(each, end?.recorded ?? null, doubt, subject, run);
  const found = settled.filter(({ ending }) => ending !== 'refused');
  const others = settled.filter(({ ending }) => ending === 'refused');
  for (const each of found) run.results.set(each.planned.key, keep(each, null));
  if (isSuccess(end) || found.some(isLastSuccess) || (others.length === 1 && found.length === 0 && !again)) {
    for (const each of others) run.results.set(each.planned.key, keep(each, null));
    return later;
  }
  const names = named(others.map(({ planned }) => planned));
  const doubt = `one of ${quantity(others.length, 'script')} on one subject changed it (${names}), and there is no subject left to tell which`;
  return [
    ...later,
    ...halved(
      others.map(({ planned }) => planned),
      new Map(others.map((each) => [each.planned, keep(each, doubt)])),
    ),
  ];
}

/** The requests that must be refused, until one of them is not. */
async function sendRefusals(
  planned: PlannedScript,
  subject: Subject,
  run: Run,
  how: Pick<Step, 'beginning' | 'note'>,
): Promise<Refused> {
  const { script, exchanges: ids, effect, shares } = planned;
  const steps = shares?.refuses === 'all but the last' ? script.steps.slice(0, -1) : script.steps;
  const exchanges: Recorded[] = [];
  for (const [i, template] of steps.entries()) {
    const id = ids[i];
    const heldBack = reasonToHold(template, run);
    if (heldBack !== null || id === undefined) return { planned, exchanges, ending: { heldBack: heldBack ?? '' } };
    const { recorded, comeAgain } = await sendStep(
      { id, template, effect, ...how },
      subjectsOf(planned, subject, run),
      run,
    );
    exchanges.push(recorded);
    if (comeAgain) return { planned, exchanges, ending: 'come again' };
    if (isDone(recorded)) return { planned, exchanges, ending: 'carried out' };
  }
  return { planned, exchanges, ending: 'refused' };
}

/** Whether an answer says, or leaves open, that the request was carried out. */
function isDone(recorded: Recorded): boolean {
  return recorded.outcome.kind === 'failure' || isCarriedOut(recorded);
}

/** How many of the scripts on one subject are named. */
const NAMED = 12;

/** Those on a subject besides one, by their first exchanges. */
function others(scripts: readonly PlannedScript[], besides: PlannedScript): string {
  const those = scripts.filter((each) => each !== besides);
  return `${quantity(those.length, 'other script')}, which begin with exchange ${named(those)}`;
}

function named(scripts: readonly PlannedScript[]): string {
  return firstOf(
    scripts.flatMap(({ exchanges: [first] }) => first ?? []),
    NAMED,
  );
}

function isSuccess(end: SentStep | null): end is SentStep {
  return isCarriedOut(end?.recorded);
}

/** What only should have been refused stood last: carried out, it shows that its subject was as it should be until then. */
function isLastSuccess({ planned: { shares }, exchanges }: Refused): boolean {
  return shares?.level === 'SHOULD' && isCarriedOut(exchanges.at(-1));
}

/** Asks once whether a second success is told from the first: on a subject that nothing else is asked of any more. */
async function learn(success: RequestTemplate, first: SentStep, subject: Subject, run: Run): Promise<void> {
  const key = lastKey(stepKeys(twice(success, run.composer)));
  if (run.results.has(key) || secondIn(run.results, success, run.composer) !== null) return;
  if (reasonToHold(success, run) !== null) return;
  const step = { id: exchangeId(key), template: success, effect: 'own', beginning: 1 } as const;
  const { recorded } = await sendStep(step, [subject], run);
  run.results.set(key, { kind: 'ran', exchanges: [first.recorded, recorded], subjects: [subject] });
}

/** Other subjects of a script are drawn, as its key says. */
function subjectsOf({ script, key }: PlannedScript, subject: Subject, run: Run): NonEmpty<Subject> {
  const [, ...others] = script.subjects;
  return [subject, ...others.map((_, i) => drawnFor(key, i + 1, run))];
}

function resultOf(
  { planned, exchanges, ending }: Refused,
  success: Recorded | null,
  doubt: string | null,
  subject: Subject,
  run: Run,
): ScriptResult {
  const ownId = planned.shares?.refuses === 'all but the last' ? planned.exchanges.at(-1) : undefined;
  const own = ownId === undefined || success === null ? [] : [{ ...success, id: ownId }];
  return {
    kind: 'ran',
    exchanges: [...exchanges, ...own],
    subjects: subjectsOf(planned, subject, run),
    ...(typeof ending === 'object' && { heldBack: ending.heldBack }),
    ...(doubt !== null && { doubt }),
  };
}
