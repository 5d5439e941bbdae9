import type { Environment } from './environment.ts';

/** What of the process around it a run may read: handed in, so that all of it can be run in a test. */
export interface World {
  readonly env: Environment;
  readonly cwd: string;
  readonly now: () => Date;
  /** Milliseconds of a clock that never steps back. */
  readonly elapsed: () => number;
  /** Aborted when the run is to end early. */
  readonly signal: AbortSignal;
}
