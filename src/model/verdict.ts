import type { NonEmpty } from './contract.ts';

/** A difference, at a place. */
export interface Finding {
  /** `documentation` findings speak of the page; they never fail the service. */
  readonly class: 'service' | 'documentation';
  /** `status`, `header WWW-Authenticate`, `body ResponseStatus.ErrorCode`, … */
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
}

/** Why a case was deliberately not exercised; `recording`: only recorded traffic was judged, and it is not in it. */
export type SkipCause = 'profile' | 'contract' | 'effects' | 'subjects' | 'credentials' | 'budget' | 'recording';

export type Verdict =
  | { readonly verdict: 'pass'; readonly findings: readonly Finding[] }
  | { readonly verdict: 'fail'; readonly findings: NonEmpty<Finding> }
  | { readonly verdict: 'error'; readonly reason: string }
  | { readonly verdict: 'blocked'; readonly reason: string }
  | { readonly verdict: 'skip'; readonly cause: SkipCause; readonly reason: string; readonly exercise?: string }
  | { readonly verdict: 'waived'; readonly reason: string; readonly findings: NonEmpty<Finding> };

export type VerdictWord = Verdict['verdict'];
