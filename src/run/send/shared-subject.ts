import type { NonEmpty } from '../../model/contract.ts';
import type { Outcome, Recorded, RequestTemplate, Subject } from '../../model/exchange.ts';
import { firstOf, quantity } from '../../values/words.ts';
import { isCarriedOut } from '../plan/shown.ts';
import { drawnFor, type PlannedScript } from '../plan/planned-script.ts';
import type { NotRun, Run, ScriptResult } from '../run.ts';
import { exchangeId, lastKey, stepKeys } from '../plan/script-key.ts';
import { secondIn, twice } from '../plan/second-success.ts';
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

/** What was sent of one script, on a subject that it may have shared, and what came behind it there. */
export interface Refused {
  readonly planned: PlannedScript;
  readonly exchanges: readonly Recorded[];
  readonly ending: 'refused' | 'carried out' | 'come again' | { readonly heldBack: string };
  readonly subject: Subject;
  /** The success at the end; null where it was held back. */
  readonly end: Recorded | null;
}

/** What came of scripts that were sent on one subject. */
export interface AskedTogether {
  /** Those that were refused. */
  readonly refused: readonly Refused[];
  /** Whether those left the subject as it was; `held back` where nothing could tell any more. */
  readonly left: 'as it was' | 'changed' | 'held back';
  /** The one that was not refused, or that was held back. */
  readonly found: Refused | null;
  /** Those that were not sent. */
  readonly behind: readonly PlannedScript[];
  /** Whether the target asked to come again later. */
  readonly comeAgain: boolean;
}

/** Scripts that shared a subject which was not as it had been afterwards. */
export interface Doubt {
  /** Those that were refused on it. */
  readonly refused: readonly Refused[];
  /** The one that was carried out openly on it, and so may have been the only one. */
  readonly culprit: PlannedScript | null;
  /** Those that were to come behind that. */
  readonly behind: readonly PlannedScript[];
}

/**
 * Sends scripts of refusals on one subject, and a success at the end.
 *
 * @param group that shares a subject, as `sharing` says
 * @param run results are kept in those of the run
 * @returns which of them are in doubt, so that `tellApart` tells them from each other; null where none is
 */
export async function sendShared(group: readonly PlannedScript[], run: Run): Promise<Doubt | null> {
  let beginning = 1;
  for (let scripts = group; scripts.length > 0;) {
    const asked = await askTogether(scripts, run, beginning);
    if ('kind' in asked) {
      for (const { key } of scripts) run.results.set(key, asked);
      return null;
    }
    const { refused, left, found, behind, comeAgain } = asked;
    if (found !== null) run.results.set(found.planned.key, resultOf(found, run));
    const culprit = found?.ending === 'carried out' ? found.planned : null;
    if (left === 'changed') return { refused, culprit, behind };
    for (const each of refused) run.results.set(each.planned.key, resultOf(each, run));
    beginning = comeAgain ? beginning + 1 : 1;
    scripts = behind;
  }
  return null;
}

/**
 * Sends scripts one after the other on one fresh subject, until one of them is not refused, and a success at the end.
 *
 * @param beginning the how manieth time they are begun where the target asks to come again later, from 1
 * @returns why they were not sent, where there is no subject, or the run has ended
 */
export async function askTogether(
  scripts: readonly PlannedScript[],
  run: Run,
  beginning = 1,
): Promise<AskedTogether | NotRun> {
  const [first] = scripts;
  if (first?.shares === undefined) return { kind: 'not-run', cause: 'error', reason: 'it shares no subject' };
  const made = whyNotBegun(first, run) ?? (await setUpState(run.composer.fresh, run));
  if (made.kind === 'not-run') return made;
  const { subject } = made;
  const sent: Omit<Refused, 'end'>[] = [];
  for (const planned of scripts) {
    const note = `shares its subject with ${others(scripts, planned)}`;
    sent.push(await sendRefusals(planned, subject, run, { beginning, ...(scripts.length > 1 && { note }) }));
    if (sent.at(-1)?.ending !== 'refused') break;
  }
  const end = await sendAlone(first.shares.success, subject, run, beginning);
  const succeeded = isCarriedOut(end?.recorded);
  if (end !== null && succeeded) await learn(first.shares.success, end, subject, run);
  await run.source?.tearDown(run.composer.fresh, subject);
  const comeAgain = sent.at(-1)?.ending === 'come again' && beginning < BEGINNINGS;
  const settled = (comeAgain ? sent.slice(0, -1) : sent).map((each) => ({ ...each, end: end?.recorded ?? null }));
  const found = settled.find(({ ending }) => ending !== 'refused') ?? null;
  const wasAsItWas = succeeded || (found !== null && isLastSuccess(found));
  return {
    refused: settled.filter(({ ending }) => ending === 'refused'),
    left: wasAsItWas ? 'as it was' : end === null ? 'held back' : 'changed',
    found,
    behind: scripts.slice(settled.length),
    comeAgain,
  };
}

/**
 * Whether a call succeeds on a subject of which nothing else was asked. Where no subject is left to ask it, nothing speaks
 * against that.
 *
 * @param success at the end of what shares a subject
 * @returns what came of it where it does not
 */
export async function succeedsAlone(success: RequestTemplate, run: Run): Promise<'yes' | Outcome> {
  if (secondIn(run.results, success, run.composer) !== null) return 'yes';
  const made = await setUpState(run.composer.fresh, run);
  if (made.kind === 'not-run') return 'yes';
  const { subject } = made;
  const sent = await sendAlone(success, subject, run, 1);
  if (sent !== null && isCarriedOut(sent.recorded)) await learn(success, sent, subject, run);
  await run.source?.tearDown(run.composer.fresh, subject);
  if (sent === null) return 'yes';
  const key = lastKey(stepKeys({ subjects: [run.composer.fresh], steps: [success] }));
  if (!run.results.has(key)) run.results.set(key, { kind: 'ran', exchanges: [sent.recorded], subjects: [subject] });
  return isCarriedOut(sent.recorded) ? 'yes' : sent.recorded.outcome;
}

/** The requests that must be refused, until one of them is not. */
async function sendRefusals(
  planned: PlannedScript,
  subject: Subject,
  run: Run,
  how: Pick<Step, 'beginning' | 'note'>,
): Promise<Omit<Refused, 'end'>> {
  const exchanges: Recorded[] = [];
  for (const [i, template] of refusedSteps(planned).entries()) {
    const id = planned.exchanges[i];
    const heldBack = reasonToHold(template, run);
    if (heldBack !== null || id === undefined)
      return { planned, exchanges, ending: { heldBack: heldBack ?? '' }, subject };
    const { recorded, comeAgain } = await sendStep(
      { id, template, effect: planned.effect, ...how },
      subjectsOf(planned, subject, run),
      run,
    );
    exchanges.push(recorded);
    if (comeAgain) return { planned, exchanges, ending: 'come again', subject };
    if (isDone(recorded)) return { planned, exchanges, ending: 'carried out', subject };
  }
  return { planned, exchanges, ending: 'refused', subject };
}

/** The requests of a script that are to be refused. */
export function refusedSteps({ script, shares }: PlannedScript): readonly RequestTemplate[] {
  return shares?.refuses === 'all but the last' ? script.steps.slice(0, -1) : script.steps;
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

/** Scripts by their first exchanges. */
export function named(scripts: readonly PlannedScript[]): string {
  return firstOf(
    scripts.flatMap(({ exchanges: [first] }) => first ?? []),
    NAMED,
  );
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

/** What a script came to, the success behind it included where it has one of its own. */
export function resultOf(
  { planned, exchanges, ending, subject, end }: Refused,
  run: Run,
): ScriptResult & { readonly kind: 'ran' } {
  const ownId = planned.shares?.refuses === 'all but the last' ? planned.exchanges.at(-1) : undefined;
  const own = ownId === undefined || end === null ? [] : [{ ...end, id: ownId }];
  return {
    kind: 'ran',
    exchanges: [...exchanges, ...own],
    subjects: subjectsOf(planned, subject, run),
    ...(typeof ending === 'object' && { heldBack: ending.heldBack }),
  };
}
