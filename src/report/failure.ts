import picocolors from 'picocolors';
import type { Report, ReportedRequirement } from '../model/report.ts';
import { account } from './account.ts';
import { exchangesById } from './digest.ts';
import { visible } from './visible.ts';

/**
 * One requirement in plain lines, as the message of an error that a test runner prints.
 *
 * @param requirement one that did not pass
 * @param report the report it stands in, for its exchanges
 */
export function describeFailure(requirement: ReportedRequirement, report: Report): string {
  const { id, level, title, verdict } = requirement;
  const page = { paint: picocolors.createColors(false), width: 100, exchanges: exchangesById(report) };
  return [`${verdict}: ${id} ${level} ${visible(title)}`, ...account(requirement, verdict, page)].join('\n');
}
