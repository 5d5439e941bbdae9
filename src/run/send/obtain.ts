import type { NonEmpty } from '../../model/contract.ts';
import type { Recorded, Script, Subject } from '../../model/exchange.ts';
import { quantity } from '../../values/words.ts';
import { isCarriedOut } from '../plan/shown.ts';
import { drawnFor, type PlannedScript } from '../plan/planned-script.ts';
import type { NotRun, Run, ScriptResult } from '../run.ts';
import { BEGINNINGS, reasonToHold, sendStep, setUpState, whyNotBegun } from './sending.ts';

/** What is done beside a script by whoever sends many. */
export interface Beside {
  /** What its subjects were set up to beforehand, if they were. */
  readonly ready?: Promise<SetUpOf>;
  /** Takes what is still to be done when the script has ended, and may wait until there is room for it. */
  readonly later: (work: Promise<void>) => Promise<void>;
}

/** Waits for what is left to do. */
const alone: Beside = { later: (work) => work };

/** The subjects of a script, or why it has none. */
export type SetUpOf = readonly Subject[] | NotRun;

/** The result of a script: the one there is, or a new one. */
export async function obtain(planned: PlannedScript, run: Run, beside: Beside = alone): Promise<ScriptResult> {
  const known = run.results.get(planned.key);
  if (known !== undefined && isWhole(known, planned)) return known;
  const result = await runScript(planned, run, beside);
  run.results.set(planned.key, result);
  return result;
}

/** Whether a script is still to be sent. */
export function isWanting(planned: PlannedScript, { results }: Pick<Run, 'results'>): boolean {
  const known = results.get(planned.key);
  return known === undefined || !isWhole(known, planned);
}

/** Results stand in the order of their scripts, however they ended: of an exchange that was sent twice the same is shown every time. */
export function inOrder(scripts: readonly PlannedScript[], { results }: Pick<Run, 'results'>): void {
  for (const { key } of scripts) {
    const result = results.get(key);
    if (result === undefined) continue;
    results.delete(key);
    results.set(key, result);
  }
}

/** Whether a result has all that a script asks for, or what kept it from that: scripts are joined otherwise in another plan. */
function isWhole(known: ScriptResult, { exchanges: asked }: PlannedScript): boolean {
  if (known.kind !== 'ran' || known.heldBack !== undefined) return true;
  const sent = new Map(known.exchanges.map(({ id, outcome }) => [id, outcome.kind]));
  return asked.every((id) => sent.has(id)) || [...sent.values()].includes('failure');
}

async function runScript(planned: PlannedScript, run: Run, { ready: before, later }: Beside): Promise<ScriptResult> {
  const held = whyNotBegun(planned, run);
  if (held !== null) {
    const made = await before;
    if (made !== undefined && !isNotRun(made)) await later(tearDown(planned.script, made, run));
    return held;
  }
  for (let beginnings = 1; ; beginnings += 1) {
    const ready = await (beginnings === 1 && before !== undefined ? before : setUp(planned, run));
    if (isNotRun(ready))
      return beginnings === 1
        ? ready
        : { ...ready, reason: `the target was unavailable, and the script could not begin anew: ${ready.reason}` };
    const [first, ...rest] = ready;
    if (first === undefined) return { kind: 'not-run', cause: 'error', reason: 'the script names no subject' };
    const subjects: NonEmpty<Subject> = [first, ...rest];
    let sent: Awaited<ReturnType<typeof send>>;
    try {
      sent = await send(planned, subjects, run, beginnings);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: 'not-run', cause: 'error', reason: `it could not be sent: ${reason}` };
    } finally {
      await later(tearDown(planned.script, subjects, run));
    }
    const { exchanges, comeAgain, heldBack } = sent;
    if (!comeAgain || beginnings === BEGINNINGS)
      return { kind: 'ran', exchanges, subjects, ...(heldBack !== null && { heldBack }) };
  }
}

function isNotRun(made: SetUpOf): made is NotRun {
  return 'kind' in made;
}

/** Sets up the subjects of a script, all at once: they are asked for in its order, whatever else is under way. */
export async function setUp(planned: PlannedScript, run: Run): Promise<SetUpOf> {
  const made = await Promise.all(
    planned.script.subjects.map(async (state, index) =>
      state === run.composer.absent
        ? ({ kind: 'ready', subject: drawnFor(planned.key, index, run) } as const)
        : setUpState(state, run),
    ),
  );
  const missing = made.find((each) => each.kind === 'not-run');
  return missing ?? made.flatMap((each) => (each.kind === 'ready' ? [each.subject] : []));
}

async function send(
  planned: PlannedScript,
  subjects: NonEmpty<Subject>,
  run: Run,
  beginning: number,
): Promise<{
  readonly exchanges: readonly Recorded[];
  readonly comeAgain: boolean;
  readonly heldBack: string | null;
}> {
  const { effect } = planned;
  const exchanges: Recorded[] = [];
  let comeAgain = false;
  for (const [step, template] of planned.script.steps.entries()) {
    const id = planned.exchanges[step];
    if (id === undefined) break;
    const heldBack = reasonToHold(template, run);
    if (heldBack !== null) return { exchanges, comeAgain, heldBack };
    const note = step === 0 ? noteOf(planned) : undefined;
    const sent = await sendStep(
      { id, template, effect, beginning, ...(note !== undefined && { note }) },
      subjects,
      run,
    );
    exchanges.push(sent.recorded);
    comeAgain ||= sent.comeAgain;
    // What follows on a subject of its own would meet it in a state that nobody knows.
    if (sent.recorded.outcome.kind === 'failure' && effect === 'own') break;
    // What is asked with less next is to meet the subject as it was.
    if (planned.carries !== undefined && step === 0 && !isCarriedOut(sent.recorded)) break;
  }
  return { exchanges, comeAgain, heldBack: null };
}

function noteOf({ carries }: PlannedScript): string | undefined {
  return (
    carries && `one call for ${quantity(carries.members.length, 'script')}, which carries: ${carries.traits.join('; ')}`
  );
}

async function tearDown(script: Script, subjects: readonly Subject[], run: Run): Promise<void> {
  for (const [index, state] of script.subjects.entries()) {
    const subject = subjects[index];
    if (subject !== undefined && state !== run.composer.absent) await run.source?.tearDown(state, subject);
  }
}
