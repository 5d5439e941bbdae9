import type { NonEmpty } from '../model/contract.ts';
import type { Recorded, Script, Subject } from '../model/exchange.ts';
import type { PlannedScript } from './plan.ts';
import type { NotRun, Run, ScriptResult } from './run.ts';
import { BEGINNINGS, drawnFor, reasonToHold, sendStep, setUpState, whyNotBegun } from './sending.ts';

/** The result of a script: the one there is, or a new one. */
export async function obtain(planned: PlannedScript, run: Run): Promise<ScriptResult> {
  const known = run.results.get(planned.key);
  if (known !== undefined && isWhole(known, planned)) return known;
  const result = await runScript(planned, run);
  run.results.set(planned.key, result);
  return result;
}

/** Whether a result has all that a script asks for, or what kept it from that: scripts are joined otherwise in another plan. */
function isWhole(known: ScriptResult, { exchanges: asked }: PlannedScript): boolean {
  if (known.kind !== 'ran' || known.heldBack !== undefined) return true;
  const sent = new Map(known.exchanges.map(({ id, outcome }) => [id, outcome.kind]));
  return asked.every((id) => sent.has(id)) || [...sent.values()].includes('failure');
}

async function runScript(planned: PlannedScript, run: Run): Promise<ScriptResult> {
  const held = whyNotBegun(planned, run);
  if (held !== null) return held;
  for (let beginnings = 1; ; beginnings += 1) {
    const ready = await setUp(planned, run);
    if (!Array.isArray(ready))
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
      await tearDown(planned.script, subjects, run);
    }
    const { exchanges, comeAgain, heldBack } = sent;
    if (!comeAgain || beginnings === BEGINNINGS)
      return { kind: 'ran', exchanges, subjects, ...(heldBack !== null && { heldBack }) };
  }
}

async function setUp(planned: PlannedScript, run: Run): Promise<Subject[] | NotRun> {
  const subjects: Subject[] = [];
  for (const [index, state] of planned.script.subjects.entries()) {
    if (state === run.composer.absent) {
      subjects.push(drawnFor(planned.key, index, run));
      continue;
    }
    const made = await setUpState(state, run);
    if (made.kind === 'not-run') return made;
    subjects.push(made.subject);
  }
  return subjects;
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
    const sent = await sendStep({ id, template, effect, beginning }, subjects, run);
    exchanges.push(sent.recorded);
    comeAgain ||= sent.comeAgain;
    // What follows on a subject of its own would meet it in a state that nobody knows.
    if (sent.recorded.outcome.kind === 'failure' && effect === 'own') break;
  }
  return { exchanges, comeAgain, heldBack: null };
}

async function tearDown(script: Script, subjects: NonEmpty<Subject>, run: Run): Promise<void> {
  for (const [index, state] of script.subjects.entries()) {
    const subject = subjects[index];
    if (subject !== undefined && state !== run.composer.absent) await run.source?.tearDown(state, subject);
  }
}
