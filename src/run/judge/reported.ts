import type { ReportedCase } from '../../model/report.ts';
import type { Finding, Verdict } from '../../model/verdict.ts';
import { shortened } from '../../values/words.ts';

/** A report shows these many of one case, this much of each, and this much of all: an answer may be wrong in a million places. */
const FINDINGS_SHOWN = 100;
const FINDING_SHOWN = 2048;
const CASE_SHOWN = 65_536;

/** Where a finding is that others on the same subject may be the cause of. */
export const IN_DOUBT = 'the subject';

/** A verdict on what was found, as far as a report shows it. */
export function fromFindings(findings: readonly Finding[]): Verdict {
  const shown = (kind: Finding['class']): readonly Finding[] => beginning(findings.filter((f) => f.class === kind));
  const [first, ...rest] = shown('service');
  return first === undefined
    ? { verdict: 'pass', findings: shown('documentation') }
    : { verdict: 'fail', findings: [first, ...rest, ...shown('documentation')] };
}

function beginning(findings: readonly Finding[]): readonly Finding[] {
  let length = 0;
  const shown: Finding[] = [];
  for (const f of findings.slice(0, FINDINGS_SHOWN)) {
    const short = (text: string): string => shortened(text, FINDING_SHOWN);
    const cut = { ...f, where: short(f.where), expected: short(f.expected), actual: short(f.actual) };
    length += cut.where.length + cut.expected.length + cut.actual.length;
    if (length > CASE_SHOWN && shown.length > 0) break;
    shown.push(cut);
  }
  return shown;
}

/** A verdict as it stands in a report. */
type ReportedVerdict = Pick<ReportedCase, 'verdict' | 'reason' | 'cause' | 'exercise' | 'findings'>;

export function reported(verdict: Verdict): ReportedVerdict {
  switch (verdict.verdict) {
    case 'pass':
    case 'fail':
      return { verdict: verdict.verdict, findings: verdict.findings };
    case 'error':
    case 'blocked':
      return { verdict: verdict.verdict, reason: verdict.reason, findings: [] };
    case 'waived':
      return { verdict: 'waived', reason: verdict.reason, findings: verdict.findings };
    case 'skip': {
      const { cause, reason, exercise } = verdict;
      return { verdict: 'skip', cause, reason, ...(exercise === undefined ? {} : { exercise }), findings: [] };
    }
  }
}
