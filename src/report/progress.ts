import { quantity } from '../values/words.ts';

export interface ProgressCounts {
  /** Exchanges that have ended, answered or not. */
  readonly done: number;
  readonly total: number;
  /** Exchanges that ended without an answer. */
  readonly unanswered: number;
}

/**
 * The line that a terminal shows while exchanges are sent: pure text, no cursor movement.
 *
 * @param width columns of the terminal; the line is never longer
 */
export function progressLine({ done, total, unanswered }: ProgressCounts, width: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const counts = `${String(done)}/${quantity(total, 'exchange')}${unanswered === 0 ? '' : `, ${String(unanswered)} without an answer`}`;
  const room = Math.min(30, width - counts.length - 1);
  if (room < 5) return counts.slice(0, Math.max(0, width));
  const filled = Math.round(share * room);
  return `${'█'.repeat(filled)}${'░'.repeat(room - filled)} ${counts}`;
}
