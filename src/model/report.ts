import type { Comparison, Observation } from './comparison.ts';
import type { CredentialKind, Effect, ExchangeId, Header, RecordedRequest, TransportFailure } from './exchange.ts';
import type { Profile } from './profile.ts';
import type { Area, Basis, CaseKey, Citation, Harm, Level, RequirementId } from './requirement.ts';
import type { Finding, SkipCause, VerdictWord } from './verdict.ts';

export interface ReportedCase {
  readonly key: CaseKey;
  readonly verdict: VerdictWord;
  readonly reason?: string;
  readonly cause?: SkipCause;
  /** The command line that would exercise a skipped case. */
  readonly exercise?: string;
  /** The requirement whose failure keeps a blocked case from being judged, where it is known. */
  readonly because?: RequirementId;
  readonly findings: readonly Finding[];
  readonly exchanges: readonly ExchangeId[];
}

export interface ReportedRequirement {
  readonly id: RequirementId;
  readonly area: Area;
  readonly level: Level;
  /** What is wrong when it fails; absent where it asks for several things at once. */
  readonly breaks?: Harm;
  readonly basis: Basis;
  readonly title: string;
  readonly why: string;
  readonly cites: readonly (Citation & { readonly url: string; /** Of the source. */ readonly title?: string })[];
  readonly verdict: VerdictWord;
  readonly cases: readonly ReportedCase[];
}

export interface ReportedResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: string;
  readonly bytes: number;
}

export interface ReportedExchange {
  readonly id: ExchangeId;
  readonly effect: Effect;
  readonly request: RecordedRequest;
  /** Exactly one of the two is not null. */
  readonly response: ReportedResponse | null;
  readonly failure: TransportFailure | null;
  readonly ms: number;
  /** What the request presented; absent where nobody knows. */
  readonly presents?: CredentialKind;
  readonly curl: string;
  /** Absent in reports of earlier versions. */
  readonly powershell?: string;
  readonly notes?: readonly string[];
  /** What the gate compares. */
  readonly observed?: Observation;
}

/** Exchanges that fail alike, under the requirement that says most directly what is wrong with them. */
export interface Cause {
  readonly requirement: RequirementId;
  /** What is wrong, in a sentence. */
  readonly says: string;
  /** Route, verb and format, as far as it is there alone. */
  readonly where: string;
  /** Of those that fail; each stands under one cause alone. */
  readonly exchanges: readonly ExchangeId[];
  /** Requirements that fail for the same reason. */
  readonly also: readonly RequirementId[];
}

export interface Summary {
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  readonly skip: number;
  readonly blocked: number;
  readonly waived: number;
  readonly exchanges: number;
}

/** What makes a run fail besides broken promises: a waiver that does not hold, a promise that was to be exercised and was not, a target that was too often unavailable. */
export interface Objection {
  readonly kind: 'waiver' | 'incomplete' | 'unavailable';
  /** The id that it is about; `the host` where it is about all. */
  readonly requirement: string;
  /** One sentence. */
  readonly says: string;
}

export interface Report {
  readonly schemaVersion: 1;
  readonly suite: {
    readonly name: string;
    readonly version: string;
    readonly operation: string;
    readonly seed: number;
  };
  readonly target: {
    readonly url: string;
    readonly kind: 'embedded' | 'live';
    readonly authentication: string;
    /** What a reader must know of how the target was reached: unverified certificate, proxy, renewed token, waiting. */
    readonly notes?: readonly string[];
  };
  readonly profile: Profile;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly interrupted: boolean;
  /** `differs`: no promise is broken, and the gate fails, since the run differs from what it is held against. */
  readonly verdict: 'conforms' | 'differs' | 'does-not-conform' | 'inconclusive';
  /** One sentence: the verdict, what was not exercised, and the command that would exercise it. */
  readonly says: string;
  readonly exitCode: 0 | 1 | 2 | 3 | 130;
  /** The lowest level whose failures fail the run. */
  readonly failOn: Level;
  /** Requirements by verdict. */
  readonly summary: Summary;
  readonly requirements: readonly ReportedRequirement[];
  readonly exchanges: readonly ReportedExchange[];
  /** Why requirements failed, the worst first. */
  readonly causes: readonly Cause[];
  /** How many times each exchange was sent; absent for once. */
  readonly repetitions?: number;
  /** Absent when there are none. */
  readonly objections?: readonly Objection[];
  /** Set by the gate: this run held against another. */
  readonly comparison?: Comparison;
}
