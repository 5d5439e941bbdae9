import type { Environment } from './environment.ts';

/** What of the process around it a run may read: handed in, so that all of it can be run in a test. */
export interface World {
  readonly env: Environment;
  readonly cwd: string;
  readonly now: () => Date;
  /** Milliseconds of a clock that never steps back. */
  readonly elapsed: () => number;
  /** Resolves after that many milliseconds, or at once when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Aborted when the run is to end early. */
  readonly signal: AbortSignal;
}
