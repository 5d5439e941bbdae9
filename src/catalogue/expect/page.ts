import type { Answered } from '../../model/exchange.ts';
import type { Evidence, Expectation, Point } from '../../model/requirement.ts';
import { documentation } from '../requirement.ts';
import { describeBody } from './body.ts';

/**
 * Holds the page against the service: where the service does not keep what the page prints, the page is in error.
 * The findings speak of the page alone; they never fail the service.
 *
 * @param where the part of the page
 * @param says what the page prints, and what is so instead
 * @param keeps whether the service does as the page prints
 */
export const pageHolds = <P extends Point>(
  where: string,
  says: (point: P) => string,
  keeps: (x: Answered, evidence: Evidence<P>) => boolean,
): Expectation<P> => ({
  says: `the service does what the page prints: ${where}`,
  judge: (x, evidence) =>
    keeps(x, evidence)
      ? []
      : [
          documentation(
            `${where}: ${says(evidence.point)}`,
            'what the page prints holds',
            `${x.status} with ${describeBody(x)}`,
          ),
        ],
});
