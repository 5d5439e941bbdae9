import type { StateName } from '../model/contract.ts';
import { isObject, jsonIn, type JsonObject } from '../values/json.ts';

/** What Pact's own verifier is asked to do: one pact, at the relay. */
export interface VerifierJob {
  /** Of the pact file. */
  readonly path: string;
  /** A text that descriptions must hold; null for all interactions. */
  readonly only: string | null;
  /** Where requests go, and where states are asked for. */
  readonly providerUrl: string;
  readonly statesUrl: string;
  readonly timeoutMs: number;
}

/** `failed`: it could not do its work, which is no fault of the provider's. */
export type VerifierAnswer =
  | {
      readonly kind: 'finished';
      readonly results: readonly InteractionResult[];
      /** What went wrong besides, and belongs to no interaction; null for nothing. */
      readonly complaint: string | null;
    }
  | { readonly kind: 'failed'; readonly cause: 'not-installed' | 'pacts' | 'stopped'; readonly reason: string };

/** Pact's verifier, in a process of its own. */
export interface Verifier {
  /** Verifies one pact; the signal ends the process. Never two at a time. */
  readonly verify: (job: VerifierJob, signal: AbortSignal) => Promise<VerifierAnswer>;
  readonly close: () => void;
}

/** What became of one interaction, in the order in which they were verified. */
export interface InteractionResult {
  readonly description: string;
  readonly states: readonly StateName[];
  /** The pact itself says that it is pending. */
  readonly pending: boolean;
  readonly mismatches: readonly Mismatch[];
  /** Why the interaction could not be verified; null when it was. */
  readonly problem: string | null;
}

/** A difference as Pact words it. */
export interface Mismatch {
  readonly type: string;
  readonly path: string;
  readonly key: string;
  readonly expected: string;
  readonly actual: string;
  readonly says: string;
}

/**
 * Reads the verifier's result.
 *
 * @param text JSON, or why there is none
 */
export function readResult(text: string): VerifierAnswer {
  const result = jsonIn(text);
  if (!isObject(result)) return { kind: 'failed', cause: 'pacts', reason: firstLine(text) };
  const results = list(result['interactionResults']).map(interactionResult);
  const errors = [...list(result['errors']), ...list(result['pendingErrors'])];
  // What is said of an interaction stands with that interaction already.
  const stray = errors.find((error) => !results.some((r) => string(error['interaction']).endsWith(r.description)));
  return { kind: 'finished', results, complaint: stray === undefined ? null : reasonIn(stray) };
}

function reasonIn({ mismatch, interaction }: JsonObject): string {
  const reason = isObject(mismatch) ? string(mismatch['message']) : string(mismatch);
  return firstLine(reason === '' ? string(interaction) : reason);
}

function interactionResult(result: JsonObject): InteractionResult {
  const mismatch = isObject(result['mismatch']) ? result['mismatch'] : {};
  const mismatches = list(mismatch['mismatches']).map(mismatchIn);
  const failed = result['result'] !== 'OK' && mismatches.length === 0;
  return {
    description: string(result['description']),
    states: (Array.isArray(result['providerStates']) ? result['providerStates'] : []).filter(
      (s) => typeof s === 'string' && s !== '',
    ),
    pending: result['pending'] === true,
    mismatches: result['result'] === 'OK' && result['pending'] !== true ? [] : mismatches,
    problem: failed ? firstLine(string(mismatch['message']) || 'the verifier gave no reason') : null,
  };
}

function mismatchIn(mismatch: JsonObject): Mismatch {
  return {
    type: string(mismatch['type']),
    path: string(mismatch['path']),
    key: string(mismatch['key']),
    expected: string(mismatch['expected']),
    actual: string(mismatch['actual']),
    says: string(mismatch['mismatch']),
  };
}

function firstLine(text: string): string {
  return (text.trim().split('\n')[0] ?? '').trim();
}

function list(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function string(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
