import type { ExchangeId } from '../../model/exchange.ts';
import type { ReportedRequirement } from '../../model/report.ts';
import type { RequirementId } from '../../model/requirement.ts';
import { verdictOver } from '../../values/verdicts.ts';
import type { Results } from '../run.ts';

/**
 * Names the requirement that tells already what kept a case from being judged: that its subject was changed by another
 * request, by which that requirement failed.
 *
 * @param requirements as judged
 * @param results what became of each script
 */
export function withExplanations(
  requirements: readonly ReportedRequirement[],
  results: Results,
): readonly ReportedRequirement[] {
  const explained = new Map<string, readonly ExchangeId[]>();
  for (const result of results.values())
    if (result.kind === 'ran' && result.heldBack !== undefined && result.explainedBy !== undefined)
      explained.set(result.heldBack, result.explainedBy);
  if (explained.size === 0) return requirements;
  const failedBy = failuresIn(requirements);
  return requirements.map((r) => {
    const cases = r.cases.map((c) => {
      if (c.verdict !== 'blocked' || c.because !== undefined) return c;
      const because = (explained.get(c.reason ?? '') ?? []).flatMap((id) => failedBy.get(id) ?? [])[0];
      return because === undefined ? c : { ...c, because };
    });
    return { ...r, verdict: verdictOver(cases), cases };
  });
}

/** By exchange the first MUST that failed with it. */
function failuresIn(requirements: readonly ReportedRequirement[]): ReadonlyMap<ExchangeId, RequirementId> {
  const failed = new Map<ExchangeId, RequirementId>();
  for (const { id, level, cases } of requirements)
    for (const { verdict, exchanges } of cases)
      if (level === 'MUST' && verdict === 'fail')
        for (const exchange of exchanges) if (!failed.has(exchange)) failed.set(exchange, id);
  return failed;
}
