import type { ExchangeId } from './exchange.ts';
import type { Level, RequirementId } from './requirement.ts';
import type { VerdictWord } from './verdict.ts';

/**
 * What a client can see of an answer, aspect by aspect, and what two releases are compared by: no texts, no ids,
 * no dates. An aspect that an answer does not have is absent.
 */
export type Observation = Readonly<Record<string, string>>;

/** A case with what became of it then and now; null where there was none. */
export interface ComparedCase {
  readonly requirement: RequirementId;
  readonly level: Level | null;
  readonly title: string | null;
  /** In words, as reports show it. */
  readonly case: string;
  readonly was: VerdictWord | null;
  readonly is: VerdictWord | null;
  /** Why it was not exercised or not judged. */
  readonly reason?: string;
}

/** A difference in one aspect; null where the answer has no such aspect. */
export interface AspectChange {
  readonly aspect: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** Exchanges whose answers changed in the same way. */
export interface ChangedAnswers {
  readonly changes: readonly AspectChange[];
  readonly exchanges: readonly { readonly id: ExchangeId; readonly request: string }[];
}

/** What stands on one side of a comparison alone. */
export interface OneSided {
  readonly cases: readonly ComparedCase[];
  readonly exchanges: readonly ExchangeId[];
}

/** A run held against a baseline, or against a second target. */
export interface Comparison {
  /** What it was held against: a file, or a base URL. */
  readonly against: string;
  /** Why the baseline is what it is, where somebody accepted it. */
  readonly accepted: Acceptance | null;
  /** Whether changed behaviour fails the gate as well. */
  readonly strict: boolean;
  readonly says: string;
  readonly exitCode: 0 | 1 | 2 | 3 | 130;
  /** Passed then, not now. */
  readonly regressed: readonly ComparedCase[];
  /** Answered otherwise than then, whether promised or not. */
  readonly changed: readonly ChangedAnswers[];
  readonly fixed: readonly ComparedCase[];
  readonly new: OneSided;
  /** Nothing asks for it any more. */
  readonly gone: OneSided;
  /** Exercised then, still asked for, and silent now. */
  readonly notExercised: OneSided;
  /** Exercised then and not now, and somebody has said that this is known. */
  readonly waived: OneSided;
}

/** Somebody made present behaviour the baseline, and said why. */
export interface Acceptance {
  /** RFC 3339. */
  readonly at: string;
  readonly reason: string;
  /** The version of the suite that observed it. */
  readonly suite: string;
}
