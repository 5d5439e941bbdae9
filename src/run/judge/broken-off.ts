import type { Recorded, TransportFailure } from '../../model/exchange.ts';
import type { ReportedCase, ReportedRequirement } from '../../model/report.ts';
import type { Finding } from '../../model/verdict.ts';
import { verdictOver } from '../../values/verdicts.ts';

/** What a run does to its own exchanges says nothing of the target. */
const own: ReadonlySet<TransportFailure['kind']> = new Set(['interrupted', 'withheld']);

/**
 * Makes a finding of exchanges that broke on a host that otherwise answers, where no requirement made one of any: those about
 * transport judge ordinary requests, and a fault that comes now and then may have met others only.
 *
 * @param requirements as judged
 * @param exchanges of the same run
 */
export function withBrokenOff(
  requirements: readonly ReportedRequirement[],
  exchanges: readonly Recorded[],
): readonly ReportedRequirement[] {
  const broken = new Map(exchanges.flatMap((x) => (isBroken(x) ? [[x.id, findingOf(x)] as const] : [])));
  if (broken.size === 0) return requirements;
  const known = requirements.some((r) =>
    r.cases.some((c) => c.verdict === 'fail' && c.exchanges.some((id) => broken.has(id))),
  );
  if (known || exchanges.every(({ outcome }) => outcome.kind === 'failure')) return requirements;
  return requirements.map((r) => {
    const cases = r.cases.map((c): ReportedCase => {
      const findings = c.exchanges.flatMap((id) => broken.get(id) ?? []);
      return c.verdict === 'error' && findings.length > 0
        ? { key: c.key, verdict: 'fail', findings, exchanges: c.exchanges }
        : c;
    });
    return { ...r, verdict: verdictOver(cases), cases };
  });
}

function isBroken({ outcome }: Recorded): boolean {
  return outcome.kind === 'failure' && !own.has(outcome.failure.kind);
}

function findingOf({ outcome }: Recorded): Finding {
  return {
    class: 'service',
    where: 'transport',
    expected: 'an answer, whole and framed as HTTP prescribes, as to other requests',
    actual: outcome.kind === 'failure' ? outcome.failure.message : '',
  };
}
