import type { HostProfile } from './profile.ts';
import type { Objection, Report, Summary } from './report.ts';
import type { Level, RequirementId } from './requirement.ts';

/** One of several parts of the operations of a host, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** The operations of a host that ran together, and what they came to; the report of each is written as it ends. */
export interface HostReport extends HostHead {
  readonly startedAt: string;
  /** What the runs of its operations took together. */
  readonly durationMs: number;
  readonly interrupted: boolean;
  readonly verdict: Report['verdict'];
  /** One sentence. */
  readonly says: string;
  /** The worst of its operations: 130, then 1, 3, 2, 0. */
  readonly exitCode: Report['exitCode'];
  /** Requirements of all operations by verdict. */
  readonly summary: Summary;
  /** By name. */
  readonly operations: readonly OperationInShort[];
}

/** What is known of a report of several operations before any of them has run. */
export interface HostHead {
  readonly schemaVersion: 1;
  readonly suite: Pick<Report['suite'], 'name' | 'version' | 'seed'>;
  /** The embedded provider serves each operation at a place of its own. */
  readonly target: { readonly kind: 'embedded' } | { readonly kind: 'live'; readonly url: string };
  readonly profile: HostProfile;
  /** A hash of all that was to be judged: every contract with what persons add, and the selection. Reports of one run share it. */
  readonly asked: string;
  readonly failOn: Level;
  /** Absent where all operations ran together. */
  readonly shard?: Shard;
  /** How many operations were to run. */
  readonly wanted: number;
  /** What fails the run and is about none of its operations; absent where there is nothing. */
  readonly objections?: readonly Objection[];
}

/** What a report of several operations keeps of one in memory. Ids are `operation:ID`. */
export interface OperationInShort extends Pick<
  Report,
  'verdict' | 'says' | 'exitCode' | 'interrupted' | 'startedAt' | 'durationMs' | 'summary'
> {
  readonly operation: string;
  readonly authentication: string;
  readonly notes: readonly string[];
  /** Why requirements failed, the worst first; the first few. */
  readonly causes: readonly CauseInShort[];
  /** How many causes there are in all. */
  readonly causeCount: number;
  readonly objections: readonly Objection[];
  /** Points by what is known of them, as ledgers count them. */
  readonly ledger: Readonly<Record<string, number>>;
  /** What CI systems count. */
  readonly tests: TestCounts;
  readonly annotations: readonly Annotation[];
}

export interface CauseInShort {
  readonly requirement: RequirementId;
  readonly level: Level;
  readonly title: string;
  readonly where: string;
  readonly says: string;
  /** How many requirements fail for the same reason. */
  readonly also: number;
  /** The line that shows it again; null where nothing was sent. */
  readonly again: string | null;
}

export interface TestCounts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/** What a CI system shows beside a job. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}
