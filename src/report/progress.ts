import { quantity, startOf } from '../values/words.ts';
import { visible } from './visible.ts';

/** How often a log is told how far a run is. */
const LOG_INTERVAL_MS = 10_000;

/** Told how many have ended, and what is under way; says what is to be shown, null for nothing. */
export type Progress = (done: number, of: number, now: string) => string | null;

/** What is counted, in words. */
interface Counted {
  readonly logged: Progress;
  /** A line of a terminal, never longer than that many columns. */
  readonly drawn: (done: number, of: number, now: string, columns: number) => string;
}

const operations = (done: number, of: number, now: string): string =>
  `${String(done)} of ${quantity(of, 'operation')}, ${visible(now)} under way`;

const counted = {
  exchanges: {
    logged: (done, of) => `${String(done)} of ${quantity(of, 'exchange')}`,
    drawn: (done, of, _, columns) => progressLine(done, of, columns),
  },
  operations: {
    logged: operations,
    drawn: (done, of, now, columns) => startOf(operations(done, of, now), columns),
  },
} as const satisfies Record<string, Counted>;

/**
 * What tells how far a run is: one line that is drawn over, and in a log a line every ten seconds.
 *
 * @param columns of the terminal; null for a log
 * @param elapsed milliseconds of a clock that never steps back
 */
export function progressOf(what: keyof typeof counted, columns: number | null, elapsed: () => number): Progress {
  const { drawn, logged } = counted[what];
  if (columns !== null) return (done, of, now) => `\r\u001b[K${done === of ? '' : drawn(done, of, now, columns)}`;
  let told = elapsed();
  return (done, of, now) => {
    const at = elapsed();
    if (at - told < LOG_INTERVAL_MS || done === of) return null;
    told = at;
    return `conform: ${logged(done, of, now)}\n`;
  };
}

/**
 * The line that a terminal shows while exchanges are sent: pure text, no cursor movement.
 *
 * @param done exchanges that have ended, answered or not
 * @param width columns of the terminal; the line is never longer
 */
export function progressLine(done: number, of: number, width: number): string {
  const share = of === 0 ? 1 : Math.min(1, done / of);
  const counts = `${String(done)}/${quantity(of, 'exchange')}`;
  const room = Math.min(30, width - counts.length - 1);
  if (room < 5) return counts.slice(0, Math.max(0, width));
  const filled = Math.round(share * room);
  return `${'█'.repeat(filled)}${'░'.repeat(room - filled)} ${counts}`;
}
