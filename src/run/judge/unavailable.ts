import type { Objection } from '../../model/report.ts';
import { quantity } from '../../values/words.ts';
import type { Ended } from '../run.ts';

/** A bad moment is a note; what happens to more than one exchange in twenty happens to consumers every day. */
const TOLERATED = 1 / 20;
/** In a run of a few exchanges one bad moment is a large part. */
const AT_LEAST = 3;

/**
 * An objection to a target that was unavailable to many exchanges, though each was answered in the end.
 *
 * @param ended every exchange of the run
 */
export function unavailability(ended: readonly Ended[]): readonly Objection[] {
  const met = ended.filter(({ unavailable }) => unavailable > 0).length;
  if (met < AT_LEAST || met <= ended.length * TOLERATED) return [];
  return [
    {
      kind: 'unavailable',
      requirement: 'the host',
      says: `The target was unavailable (502 or 503 with Retry-After) to ${met} of ${quantity(ended.length, 'exchange')}, more than one in twenty: its consumers meet the same.`,
    },
  ];
}
