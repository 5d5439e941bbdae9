import type { Redactor } from '../exchange/redact.ts';
import type { Environment } from './environment.ts';

/** What of the process around it a run may read: handed in, so that all of it can be run in a test. */
export interface World {
  readonly env: Environment;
  readonly cwd: string;
  /** What is told of a run goes through it, and learns what a run keeps to itself. */
  readonly redactor: Redactor;
  readonly now: () => Date;
  /** Milliseconds of a clock that never steps back. */
  readonly elapsed: () => number;
  /** Resolves after that many milliseconds, or at once when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Aborted when the run is to end early. */
  readonly signal: AbortSignal;
}
