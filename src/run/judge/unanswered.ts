import type { ExchangeId, Recorded } from '../../model/exchange.ts';
import type { ReportedCase, ReportedRequirement } from '../../model/report.ts';
import { verdictOver } from '../../values/verdicts.ts';
import { isStalling } from '../send/stalled.ts';

/**
 * Names, at each case that could not be judged since requests hang, the requirement that fails for it: a hang is told once.
 *
 * @param requirements as judged
 * @param exchanges of the same run
 */
export function toldByHangs(
  requirements: readonly ReportedRequirement[],
  exchanges: readonly Recorded[],
): readonly ReportedRequirement[] {
  const hung = new Set(exchanges.filter(isTimeout).map(({ id }) => id));
  const because = requirements.find(
    (r) => r.level === 'MUST' && r.cases.some((c) => c.verdict === 'fail' && meets(c, hung)),
  )?.id;
  if (because === undefined) return requirements;
  return requirements.map((r) => {
    const cases = r.cases.map((c) => (isOfAHang(c, hung) ? { ...c, because } : c));
    return { ...r, verdict: verdictOver(cases), cases };
  });
}

function isOfAHang(c: ReportedCase, hung: ReadonlySet<ExchangeId>): boolean {
  if (c.because !== undefined) return false;
  return (c.verdict === 'error' && meets(c, hung)) || (c.verdict === 'blocked' && isStalling(c.reason ?? ''));
}

function meets({ exchanges }: ReportedCase, hung: ReadonlySet<ExchangeId>): boolean {
  return exchanges.some((id) => hung.has(id));
}

function isTimeout({ outcome }: Recorded): boolean {
  return outcome.kind === 'failure' && outcome.failure.kind === 'timeout';
}
