import { bindRequest } from '../../exchange/bind.ts';
import type { Sent } from '../../exchange/engine.ts';
import { record } from '../../exchange/record.ts';
import type { NonEmpty, StateName } from '../../model/contract.ts';
import type { Effect, ExchangeId, Recorded, RequestTemplate, Subject, WireRequest } from '../../model/exchange.ts';
import type { PlannedScript } from '../plan/planned-script.ts';
import type { Ended, NotRun, Run } from '../run.ts';
import { exchangeId, lastKey, stepKeys } from '../plan/script-key.ts';
import { isTimeout, stalledBy } from './stalled.ts';

/** How often a script of its own subject is begun where the target asks to come again later. */
export const BEGINNINGS = 5;

/** A subject in the state that was asked for. */
export interface Ready {
  readonly kind: 'ready';
  readonly subject: Subject;
}

/** A subject in a state, or why there is none. */
export async function setUpState(state: StateName, { source }: Pick<Run, 'source'>): Promise<Ready | NotRun> {
  if (source === null) return { kind: 'not-run', cause: 'error', reason: 'there is no source of subjects' };
  const made = await source.setUp(state);
  switch (made.kind) {
    case 'ready':
      return made;
    case 'exhausted':
      return { kind: 'not-run', cause: 'subjects', reason: made.reason };
    case 'failed':
      return { kind: 'not-run', cause: 'error', reason: made.reason };
  }
}

/** Why a script is not begun: the run has ended, or it would hang as others did; null where it may be. */
export function whyNotBegun({ script }: PlannedScript, run: Run): NotRun | null {
  if (run.world.signal.aborted)
    return { kind: 'not-run', cause: 'error', reason: 'the run was interrupted before it was sent' };
  const held = reasonToHold(script.steps[0], run);
  return held === null ? null : { kind: 'not-run', cause: 'blocked', reason: held };
}

/** Why a request is not sent; null where nothing speaks against it. */
export function reasonToHold(template: RequestTemplate, run: Run): string | null {
  return run.overdue() ?? stalledBy(template, run);
}

/** One request of a script, and the exchange that it makes. */
export interface Step {
  readonly id: ExchangeId;
  readonly template: RequestTemplate;
  readonly effect: PlannedScript['effect'];
  /** The how manieth time its script is begun, from 1. */
  readonly beginning: number;
  /** What a reader of the exchange must know of it. */
  readonly note?: string;
}

/** An exchange, and whether the target asked to come again later. */
export interface SentStep {
  readonly recorded: Recorded;
  readonly comeAgain: boolean;
}

/** Sends one request and records what came of it. */
export async function sendStep(
  { id, template, effect, beginning, note }: Step,
  subjects: NonEmpty<Subject>,
  run: Run,
): Promise<SentStep> {
  const wire = wireOf(template, subjects, run);
  const socket = socketFor(effect, beginning, run);
  const after = run.ended.length;
  const sent = await run.engine.send(wire, { socket, signal: run.world.signal });
  const recorded = record(id, effect, wire, noted(sent, beginning, note), run.redactor, template.credentials);
  const ended: Ended = { template, exchange: recorded, after, unavailable: sent.unavailable ?? 0 };
  run.ended.push(ended);
  if (isTimeout(ended)) run.hung.push(ended);
  return { recorded, comeAgain: sent.comeAgain === true };
}

/**
 * A request that changes something must not be carried out twice. It may meet a kept connection that the target has closed
 * only where there are subjects enough to begin anew, and then on a connection of its own.
 */
function socketFor(effect: Effect, beginning: number, { source }: Pick<Run, 'source'>): 'pooled' | 'kept' | 'fresh' {
  if (effect === 'none') return 'pooled';
  return beginning === 1 && source?.left() === 'unlimited' ? 'kept' : 'fresh';
}

function noted(sent: Sent, beginning: number, note: string | undefined): Sent {
  const notes = [
    ...(note === undefined ? [] : [note]),
    ...(beginning === 1
      ? []
      : [
          `begun anew with a subject of its own, time ${beginning}: before, the target asked to come again later, or had closed the connection`,
        ]),
  ];
  return notes.length === 0 ? sent : { ...sent, notes: [...notes, ...sent.notes] };
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

/** Sends one call on a fresh subject, named as its script would be; null where it is held back. */
export async function sendAlone(
  template: RequestTemplate,
  subject: Subject,
  run: Run,
  beginning: number,
): Promise<SentStep | null> {
  if (reasonToHold(template, run) !== null) return null;
  const id = exchangeId(lastKey(stepKeys({ subjects: [run.composer.fresh], steps: [template] })));
  return sendStep({ id, template, effect: 'own', beginning }, [subject], run);
}
