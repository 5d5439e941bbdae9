import type { WireRequest, WireResponse } from '../model/exchange.ts';
import { headerOf } from '../values/http.ts';
import { quantity } from '../values/words.ts';
import { withheld, type Engine, type Sent, type SendOptions } from './engine.ts';

export interface Pace {
  /** Milliseconds between the starts of two requests at least; 0 for as fast as it goes. */
  readonly intervalMs: number;
  /** How many requests may be sent in all; null for any number. */
  readonly budget: number | null;
  /** Milliseconds to wait in all where the target asks to come again later. */
  readonly patienceMs: number;
  /** Milliseconds of a clock that never steps back. */
  readonly elapsed: () => number;
  readonly now: () => Date;
  /** Resolves after that many milliseconds, or at once when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

export interface PacedEngine extends Engine {
  /** What reports must say of the pace: that the target throttled, and what it cost. */
  readonly notes: () => readonly string[];
}

interface State {
  /** Milliseconds of the clock. */
  nextStart: number;
  pausedUntil: number;
  waited: number;
  throttled: number;
  unavailable: number;
  sent: number;
  gaveUp: string | null;
}

const TOO_MANY = 429;
const UNAVAILABLE: ReadonlySet<number> = new Set([502, 503]);
const FIRST_PAUSE_MS = 1000;
/** Whatever the target says, so that no answer of it makes the run ask without end. */
const LEAST_PAUSE_MS = 100;
const MOST_RETRIES = 8;
/** A host that is unavailable so many times in a row is not passing through a bad moment: then its answer stands. */
const TIMES_UNAVAILABLE = 5;

/**
 * An engine that keeps to the limits of a run and of its target.
 *
 * A 429 (RFC 6585 §4) breaks no promise, nor does a 502 or 503 that says when to come again (RFC 9110 §15.6.4):
 * everything waits as long as Retry-After says (RFC 9110 §10.2.3), or a second and then twice as long each time, and the
 * request is sent again, eight times at most; its exchange carries a note. One that may change something, which is sent on a `fresh` socket, is
 * never sent twice: it is `withheld`, and its sender may begin anew. When the waiting would exceed the patience of the run,
 * this request and all that follow are `withheld`: they say nothing of the target.
 *
 * @param engine sends the requests
 * @param pace the limits, with clocks
 */
export function pacedEngine(engine: Engine, pace: Pace): PacedEngine {
  const state: State = { nextStart: 0, pausedUntil: 0, waited: 0, throttled: 0, unavailable: 0, sent: 0, gaveUp: null };
  const turn = async (signal: AbortSignal | undefined): Promise<void> => {
    for (;;) {
      const now = pace.elapsed();
      const start = Math.max(state.nextStart, state.pausedUntil);
      if (start <= now || signal?.aborted === true) {
        state.nextStart = now + pace.intervalMs;
        return;
      }
      if (state.pausedUntil > state.nextStart) {
        await pace.sleep(state.pausedUntil - now, signal);
        continue;
      }
      // The place in the queue is taken before waiting, so that no two requests wait for the same one.
      state.nextStart = start + pace.intervalMs;
      await pace.sleep(start - now, signal);
      if (state.pausedUntil <= pace.elapsed()) return;
    }
  };

  /** Whether the run has the patience to wait so long. */
  const pause = (ms: number, status: number, target: WireRequest): boolean => {
    const now = pace.elapsed();
    const added = Math.max(0, now + ms - Math.max(now, state.pausedUntil));
    if (state.waited + added > pace.patienceMs) {
      state.gaveUp = `${target.url.origin} answers ${status} and asks to wait ${seconds(ms)}; the run waits ${seconds(pace.patienceMs)} in all; send slower with --rate, or wait longer with --patience`;
      return false;
    }
    state.waited += added;
    state.pausedUntil = Math.max(state.pausedUntil, now + ms);
    return true;
  };

  const send = async (request: WireRequest, options: SendOptions = {}): Promise<Sent> => {
    const notes: string[] = [];
    let unavailable = 0;
    for (let attempt = 0; ; attempt += 1) {
      await turn(options.signal);
      if (state.gaveUp !== null) return withheld(state.gaveUp, notes);
      if (pace.budget !== null && state.sent >= pace.budget)
        return withheld(`the budget of ${quantity(pace.budget, 'exchange')} is spent`, notes);
      state.sent += 1;
      const sent = await engine.send(request, options);
      const response = sent.outcome.kind === 'response' ? sent.outcome.response : null;
      const told = response === null ? null : retryAfter(response, pace.now());
      if (response === null || !asksToComeAgain(response, told, unavailable))
        return { ...sent, notes: [...notes, ...sent.notes], ...(unavailable > 0 && { unavailable }) };
      const { status } = response;
      if (status === TOO_MANY) state.throttled += 1;
      else {
        state.unavailable += 1;
        unavailable += 1;
      }
      if (attempt === MOST_RETRIES)
        return withheld(
          `${request.url.origin} answered ${status} to this request ${times(MOST_RETRIES + 1)}, also after waiting as long as it asked for`,
          notes,
        );
      const ms = Math.max(told ?? FIRST_PAUSE_MS * 2 ** attempt, LEAST_PAUSE_MS * 2 ** attempt);
      const waits = pause(ms, status, request);
      if (waits && (options.socket === 'fresh' || options.socket === 'kept'))
        return {
          ...withheld(`answered ${status}; it may change something, so it was not sent again`, notes),
          ...(unavailable > 0 && { unavailable }),
          comeAgain: true,
        };
      notes.push(
        `answered ${status} at first; sent again after ${seconds(ms)}, ${told === null ? 'since the target did not say how long to wait' : 'as Retry-After said'}`,
      );
    }
  };

  return {
    send,
    close: () => {
      engine.close();
    },
    notes: () => [
      ...(state.throttled === 0
        ? []
        : [`the target answered 429 ${times(state.throttled)}; the run waited ${seconds(state.waited)} in all for it`]),
      ...(state.unavailable === 0
        ? []
        : [
            `the target was unavailable ${times(state.unavailable)} (502 or 503 with Retry-After) and said when to come again; the run waited ${seconds(state.waited)} in all, and what may be sent twice was sent again`,
          ]),
      ...(state.gaveUp === null ? [] : [`${state.gaveUp}; what was left was not sent`]),
    ],
  };
}

/** A 502 or 503 without a time to come again is an answer like any other. */
function asksToComeAgain({ status }: WireResponse, told: number | null, before: number): boolean {
  return status === TOO_MANY || (UNAVAILABLE.has(status) && told !== null && before < TIMES_UNAVAILABLE);
}

/** Milliseconds; null when the target does not say. */
function retryAfter({ headers }: WireResponse, now: Date): number | null {
  const value = headerOf(headers, 'retry-after')?.trim() ?? '';
  // A date parser would make a year of it.
  if (/^[+-]?\d+(?:\.\d+)?$/.test(value)) return Math.max(0, Number(value) * 1000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 100) / 10} s`;
}

function times(n: number): string {
  return n === 1 ? 'once' : `${n} times`;
}
