import { setTimeout } from 'node:timers/promises';
import { createRedactor } from '../src/exchange/redact.ts';
import { main } from './main.ts';
import type { Console } from './console.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A console without arguments, environment and terminal, whose output is lost, but for what is given. */
export function silent(given: Partial<Console> = {}): Console {
  return {
    argv: [],
    env: {},
    cwd: '.',
    redactor: createRedactor(),
    out: () => undefined,
    err: () => undefined,
    terminal: null,
    errorTerminal: null,
    now: () => new Date(),
    elapsed: () => performance.now(),
    sleep: (ms, signal) => setTimeout(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
    signal: new AbortController().signal,
    ...given,
  };
}

/** A clock for what nobody has to wait for: whoever sleeps finds the time passed. */
export function hurried(): Pick<Console, 'elapsed' | 'sleep'> {
  let slept = 0;
  return {
    elapsed: () => performance.now() + slept,
    sleep: (ms) => {
      slept += ms;
      return Promise.resolve();
    },
  };
}

/**
 * Runs one command line in this process.
 *
 * @param argv the words behind `conform`
 * @param surroundings environment, folder and so on, where they are not the plain ones
 */
export async function conform(argv: readonly string[], surroundings: Partial<Console> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await main(
    silent({
      argv,
      out: (text) => {
        out += text;
      },
      err: (text) => {
        // Told every ten seconds: without a clock of its own, a test sees it only where the machine is busy.
        if (surroundings.elapsed !== undefined || !/^conform: \d+ of \d+ exchanges\n$/.test(text)) err += text;
      },
      ...surroundings,
    }),
  );
  return { code, out, err };
}
