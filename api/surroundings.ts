import { setTimeout } from 'node:timers/promises';
import { createRedactor } from '../src/exchange/redact.ts';
import type { World } from '../src/settings/world.ts';

/** What a run may know of the process around it, and tell it. Nothing is taken from the process itself. */
export interface Surroundings {
  /** Ends the run early; what is known by then is reported. */
  readonly signal?: AbortSignal;
  /** Told after each of the run's scripts. */
  readonly progress?: (done: number, of: number) => void;
  /** For proxies (HTTPS_PROXY, NO_PROXY), `${NAME}` in headers, and the token command; default: none. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder that relative file names are taken from; default: the working directory. */
  readonly cwd?: string;
  /** The wall clock, for reports, tokens and waivers. */
  readonly now?: () => Date;
  /** Milliseconds of a clock that never steps back, for durations. */
  readonly elapsed?: () => number;
  /** Resolves after that many milliseconds, or at once when the signal is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** The world of a run, with what a program does not say. */
export function worldOf({ signal, env = {}, cwd = '.', now, elapsed, sleep = wait }: Surroundings): World {
  return {
    signal: signal ?? new AbortController().signal,
    env,
    cwd,
    redactor: createRedactor(),
    now: now ?? (() => new Date()),
    elapsed: elapsed ?? (() => performance.now()),
    sleep,
  };
}

/** An aborted wait ends at once; what is waited for then fails as interrupted. */
function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return setTimeout(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
