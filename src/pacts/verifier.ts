import type { StateName } from '../model/contract.ts';
import { isObject, type JsonObject } from '../values/json.ts';

/** Where the pacts come from. */
export type Pacts =
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | {
      readonly kind: 'broker';
      readonly url: string;
      readonly provider: string;
      readonly selectors: readonly object[];
      readonly publish: Publish | null;
    };

/** Under which version a broker shall keep the result. */
export interface Publish {
  readonly version: string;
  readonly branch: string | null;
}

/** What Pact's own verifier is asked to do. */
export interface VerifierJob {
  readonly pacts: Pacts;
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
      /** Why a broker was not told; null when it was, or need not be. */ readonly unpublished: string | null;
    }
  | { readonly kind: 'failed'; readonly cause: 'not-installed' | 'pacts' | 'stopped'; readonly reason: string };

/** Runs Pact's verifier to its end, in a process of its own; the signal ends both. */
export type Verifier = (job: VerifierJob, signal: AbortSignal) => Promise<VerifierAnswer>;

/** What became of one interaction, in the order in which they were verified. */
export interface InteractionResult {
  readonly consumer: string;
  readonly provider: string;
  readonly description: string;
  readonly states: readonly StateName[];
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
 * @param text JSON
 * @throws Error when it is not what the verifier is known to write
 */
export function readResult(text: string): VerifierAnswer {
  const result = parsed(text);
  if (!isObject(result)) return { kind: 'failed', cause: 'pacts', reason: firstLine(text) };
  const results = list(result['interactionResults']).map(interactionResult);
  if (results.length > 0) return { kind: 'finished', results, unpublished: null };
  const [error] = [...list(result['errors']), ...list(result['pendingErrors'])];
  if (error === undefined) return { kind: 'finished', results, unpublished: null };
  const { mismatch } = error;
  const reason = isObject(mismatch) ? string(mismatch['message']) : string(mismatch);
  return { kind: 'failed', cause: 'pacts', reason: firstLine(reason === '' ? string(error['interaction']) : reason) };
}

function interactionResult(result: JsonObject): InteractionResult {
  const mismatch = isObject(result['mismatch']) ? result['mismatch'] : {};
  const mismatches = list(mismatch['mismatches']).map(mismatchIn);
  const failed = result['result'] !== 'OK' && mismatches.length === 0;
  return {
    consumer: string(result['consumer']),
    provider: string(result['provider']),
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
