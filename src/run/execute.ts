import { bindRequest, drawSubject } from '../exchange/bind.ts';
import type { Identity } from '../exchange/credentials.ts';
import type { Engine, Sent } from '../exchange/engine.ts';
import { record } from '../exchange/record.ts';
import type { Redactor } from '../exchange/redact.ts';
import type { NonEmpty, StateName } from '../model/contract.ts';
import type { Recorded, RequestTemplate, Script, Subject, WireRequest } from '../model/exchange.ts';
import type { Member } from '../model/schema.ts';
import type { StateSource } from '../model/states.ts';
import type { SkipCause } from '../model/verdict.ts';
import type { PlannedScript } from './plan.ts';
import type { ScriptKey } from './script-key.ts';
import { stalledBy } from './stalled.ts';

/** What became of a script. `ran` has an exchange for each step that was sent; the last may have failed. */
export type ScriptResult =
  | {
      readonly kind: 'ran';
      readonly exchanges: readonly Recorded[];
      readonly subjects: NonEmpty<Subject>;
      /** Why the steps behind those exchanges were held back; absent where none was. */
      readonly heldBack?: string;
    }
  | NotRun;

/** A script that was not sent to its end, with what its cases are for it. */
export interface NotRun {
  readonly kind: 'not-run';
  readonly cause: SkipCause | 'error' | 'blocked';
  readonly reason: string;
}

/** An exchange among the others of its run. */
export interface Ended {
  readonly template: RequestTemplate;
  readonly exchange: Recorded;
  /** How many had ended when it began. */
  readonly after: number;
  /** How often the target was unavailable before. */
  readonly unavailable: number;
}

export interface Surroundings {
  /** The state of subjects that are drawn. */
  readonly absent: StateName;
  /** The members a drawn subject has. */
  readonly members: readonly Member[];
  /** Everything before the contract's paths. */
  readonly target: URL;
  readonly engine: Engine;
  readonly identity: Identity;
  readonly redactor: Redactor;
  readonly source: StateSource | null;
  readonly seed: number;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Resolves after that many milliseconds, or at once when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Why nothing more is sent: the run has taken as long as it may; null as long as it has not. */
  readonly overdue: () => string | null;
  /** Every exchange of the run in the order in which they ended; it grows. */
  readonly ended: Ended[];
  /** Results of this run so far: a script that has one is not sent again. */
  readonly results: Map<ScriptKey, ScriptResult>;
  /** Told after each script, for progress. */
  readonly progress: (done: number, of: number) => void;
}

/**
 * Sends what a plan says: scripts that change nothing side by side, then those that do, each alone.
 * Results are kept in `s.results`, by the key of the script.
 *
 * @param scripts in the order of the plan
 * @param s engine, identity and everything else that is not data
 */
export async function execute(scripts: readonly PlannedScript[], s: Surroundings): Promise<void> {
  let done = 0;
  const run = async (planned: PlannedScript): Promise<void> => {
    await obtain(planned, s);
    done += 1;
    s.progress(done, scripts.length);
  };
  await sideBySide(
    scripts.filter((p) => p.effect === 'none'),
    s.concurrency,
    run,
  );
  await sideBySide(
    scripts.filter((p) => p.effect === 'own'),
    1,
    run,
  );
}

/** The result of a script: the one there is, or a new one. */
export async function obtain(planned: PlannedScript, s: Surroundings): Promise<ScriptResult> {
  const known = s.results.get(planned.key);
  if (known !== undefined) return known;
  const result = await runScript(planned, s);
  s.results.set(planned.key, result);
  return result;
}

async function sideBySide<T>(items: readonly T[], width: number, run: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}

async function runScript(planned: PlannedScript, s: Surroundings): Promise<ScriptResult> {
  if (s.signal.aborted)
    return { kind: 'not-run', cause: 'error', reason: 'the run was interrupted before it was sent' };
  const held = reasonToHold(planned.script.steps[0], s);
  if (held !== null) return { kind: 'not-run', cause: 'blocked', reason: held };
  for (let beginnings = 1; ; beginnings += 1) {
    const ready = await setUp(planned, s);
    if (!Array.isArray(ready))
      return beginnings === 1
        ? ready
        : { ...ready, reason: `the target was unavailable, and the script could not begin anew: ${ready.reason}` };
    const [first, ...rest] = ready;
    if (first === undefined) return { kind: 'not-run', cause: 'error', reason: 'the script names no subject' };
    const subjects: NonEmpty<Subject> = [first, ...rest];
    let sent: Awaited<ReturnType<typeof send>>;
    try {
      sent = await send(planned, subjects, s, beginnings);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: 'not-run', cause: 'error', reason: `it could not be sent: ${reason}` };
    } finally {
      await tearDown(planned.script, subjects, s);
    }
    const { exchanges, comeAgain, heldBack } = sent;
    if (!comeAgain || beginnings === BEGINNINGS)
      return { kind: 'ran', exchanges, subjects, ...(heldBack !== null && { heldBack }) };
  }
}

/** How often a script of its own subject is begun where the target asks to come again later. */
const BEGINNINGS = 5;

async function setUp(planned: PlannedScript, s: Surroundings): Promise<Subject[] | NotRun> {
  const subjects: Subject[] = [];
  for (const [index, state] of planned.script.subjects.entries()) {
    if (state === s.absent) {
      subjects.push(drawnFor(planned.key, index, s));
      continue;
    }
    const made =
      s.source === null
        ? { kind: 'failed' as const, reason: 'there is no source of subjects' }
        : await s.source.setUp(state);
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
  { seed, members }: Pick<Surroundings, 'seed' | 'members'>,
): Subject {
  return drawSubject(seed, `${key}/${index}`, members);
}

async function send(
  planned: PlannedScript,
  subjects: NonEmpty<Subject>,
  s: Surroundings,
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
    const heldBack = reasonToHold(template, s);
    if (heldBack !== null) return { exchanges, comeAgain, heldBack };
    const wire = wireOf(template, subjects, s);
    // A request that changes something must not be carried out twice, so it gets a connection of its own.
    const socket = planned.effect === 'own' ? 'fresh' : 'pooled';
    const after = s.ended.length;
    const sent = await s.engine.send(wire, { socket, signal: s.signal });
    const recorded = record(id, planned.effect, wire, noted(sent, beginning), s.redactor, template.credentials);
    exchanges.push(recorded);
    s.ended.push({ template, exchange: recorded, after, unavailable: sent.unavailable ?? 0 });
    comeAgain ||= sent.comeAgain === true;
    // What follows on a subject of its own would meet it in a state that nobody knows.
    if (recorded.outcome.kind === 'failure' && planned.effect === 'own') break;
  }
  return { exchanges, comeAgain, heldBack: null };
}

function reasonToHold(template: RequestTemplate, s: Surroundings): string | null {
  return s.overdue() ?? stalledBy(template, s.ended);
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

async function tearDown(script: Script, subjects: NonEmpty<Subject>, s: Surroundings): Promise<void> {
  for (const [index, state] of script.subjects.entries()) {
    const subject = subjects[index];
    if (subject !== undefined && state !== s.absent) await s.source?.tearDown(state, subject);
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
  s: Pick<Surroundings, 'target' | 'identity'>,
): WireRequest {
  const presented = s.identity.resolve(template.credentials);
  if (presented.kind === 'unavailable') throw new Error(presented.reason);
  return bindRequest(template, subjects, presented, s.target);
}
