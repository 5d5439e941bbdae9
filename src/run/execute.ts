import { bindRequest, drawSubject } from '../exchange/bind.ts';
import type { Sent } from '../exchange/engine.ts';
import { record } from '../exchange/record.ts';
import type { NonEmpty } from '../model/contract.ts';
import type { Recorded, RequestTemplate, Script, Subject, WireRequest } from '../model/exchange.ts';
import type { PlannedScript } from './plan.ts';
import type { Ended, NotRun, Run, ScriptResult } from './run.ts';
import type { ScriptKey } from './script-key.ts';
import { isTimeout, stalledBy } from './stalled.ts';

/**
 * Sends what a plan says: scripts that change nothing side by side, then those that do, each alone.
 * Results are kept in those of the run, by the key of the script.
 *
 * @param scripts in the order of the plan
 */
export async function execute(scripts: readonly PlannedScript[], run: Run): Promise<void> {
  let done = 0;
  const obtained = async (planned: PlannedScript): Promise<void> => {
    await obtain(planned, run);
    done += 1;
    run.progress(done, scripts.length);
  };
  await sideBySide(
    scripts.filter((p) => p.effect === 'none'),
    run.settings.concurrency,
    obtained,
  );
  await sideBySide(
    scripts.filter((p) => p.effect === 'own'),
    1,
    obtained,
  );
}

/** The result of a script: the one there is, or a new one. */
export async function obtain(planned: PlannedScript, run: Run): Promise<ScriptResult> {
  const known = run.results.get(planned.key);
  if (known !== undefined) return known;
  const result = await runScript(planned, run);
  run.results.set(planned.key, result);
  return result;
}

async function sideBySide<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}

async function runScript(planned: PlannedScript, run: Run): Promise<ScriptResult> {
  if (run.world.signal.aborted)
    return { kind: 'not-run', cause: 'error', reason: 'the run was interrupted before it was sent' };
  const held = reasonToHold(planned.script.steps[0], run);
  if (held !== null) return { kind: 'not-run', cause: 'blocked', reason: held };
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

/** How often a script of its own subject is begun where the target asks to come again later. */
const BEGINNINGS = 5;

async function setUp(planned: PlannedScript, run: Run): Promise<Subject[] | NotRun> {
  const subjects: Subject[] = [];
  for (const [index, state] of planned.script.subjects.entries()) {
    if (state === run.composer.absent) {
      subjects.push(drawnFor(planned.key, index, run));
      continue;
    }
    const made =
      run.source === null
        ? { kind: 'failed' as const, reason: 'there is no source of subjects' }
        : await run.source.setUp(state);
    switch (made.kind) {
      case 'ready':
        subjects.push(made.subject);
        break;
      case 'exhausted':
        return { kind: 'not-run', cause: 'subjects', reason: made.reason };
      case 'failed':
        return { kind: 'not-run', cause: 'error', reason: made.reason };
    }
  }
  return subjects;
}

/** The subject that a script draws at one of its places: the same in every run of one seed. */
export function drawnFor(
  key: ScriptKey,
  index: number,
  { settings: { seed }, composer: { members } }: Pick<Run, 'settings' | 'composer'>,
): Subject {
  return drawSubject(seed, `${key}/${index}`, members);
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
  const exchanges: Recorded[] = [];
  let comeAgain = false;
  for (const [step, template] of planned.script.steps.entries()) {
    const id = planned.exchanges[step];
    if (id === undefined) break;
    const heldBack = reasonToHold(template, run);
    if (heldBack !== null) return { exchanges, comeAgain, heldBack };
    const wire = wireOf(template, subjects, run);
    // A request that changes something must not be carried out twice, so it gets a connection of its own.
    const socket = planned.effect === 'own' ? 'fresh' : 'pooled';
    const after = run.ended.length;
    const sent = await run.engine.send(wire, { socket, signal: run.world.signal });
    const recorded = record(id, planned.effect, wire, noted(sent, beginning), run.redactor, template.credentials);
    exchanges.push(recorded);
    const ended: Ended = { template, exchange: recorded, after, unavailable: sent.unavailable ?? 0 };
    run.ended.push(ended);
    if (isTimeout(ended)) run.hung.push(ended);
    comeAgain ||= sent.comeAgain === true;
    // What follows on a subject of its own would meet it in a state that nobody knows.
    if (recorded.outcome.kind === 'failure' && planned.effect === 'own') break;
  }
  return { exchanges, comeAgain, heldBack: null };
}

function reasonToHold(template: RequestTemplate, run: Run): string | null {
  return run.overdue() ?? stalledBy(template, run);
}

function noted(sent: Sent, beginning: number): Sent {
  return beginning === 1
    ? sent
    : {
        ...sent,
        notes: [
          `begun anew with a subject of its own, time ${beginning}: before, the target asked to come again later`,
          ...sent.notes,
        ],
      };
}

async function tearDown(script: Script, subjects: NonEmpty<Subject>, run: Run): Promise<void> {
  for (const [index, state] of script.subjects.entries()) {
    const subject = subjects[index];
    if (subject !== undefined && state !== run.composer.absent) await run.source?.tearDown(state, subject);
  }
}

/**
 * Puts a template on the wire: subjects bound, credentials presented, under the target's base path.
 *
 * @throws Error when the run cannot present the template's credentials; planning has ruled that out
 */
function wireOf(
  template: RequestTemplate,
  subjects: NonEmpty<Subject>,
  run: Pick<Run, 'target' | 'identity'>,
): WireRequest {
  const presented = run.identity.resolve(template.credentials);
  if (presented.kind === 'unavailable') throw new Error(presented.reason);
  return bindRequest(template, subjects, presented, run.target);
}
