import type { ReportedCase, ReportedExchange } from '../model/report.ts';
import type { CaseKey } from '../model/requirement.ts';
import type { VerdictWord } from '../model/verdict.ts';

/** Every verdict, worst first; the order in which all reports list them. */
export const VERDICTS = [
  'fail',
  'error',
  'blocked',
  'skip',
  'waived',
  'pass',
] as const satisfies readonly VerdictWord[];

/** The worst of them; `pass` where there are none. */
export function worst(words: readonly VerdictWord[]): VerdictWord {
  return VERDICTS.find((word) => words.includes(word)) ?? 'pass';
}

/**
 * The verdict of a requirement: the worst of its cases. A case that the failure of another requirement keeps from being
 * judged is told there already, and costs only itself where others were judged.
 */
export function verdictOver(cases: readonly Pick<ReportedCase, 'verdict' | 'because'>[]): VerdictWord {
  const own = cases.filter(({ because }) => because === undefined);
  const counting = own.some(({ verdict }) => verdict !== 'skip') ? own : cases;
  return worst(counting.map(({ verdict }) => verdict));
}

/** A case in words: `cancel POST json ContactId`; `the only case` where the requirement has no points. */
export function caseName(key: CaseKey): string {
  const parts = [key.route, key.verb, key.format, key.member, key.variant].filter((p) => p !== undefined);
  return parts.length === 0 ? 'the only case' : parts.join(' ');
}

/** Requirements by verdict; every verdict has its count. */
export function countVerdicts(
  requirements: readonly { readonly verdict: VerdictWord }[],
): Readonly<Record<VerdictWord, number>> {
  const counts: Record<VerdictWord, number> = { pass: 0, fail: 0, error: 0, skip: 0, blocked: 0, waived: 0 };
  for (const { verdict } of requirements) counts[verdict] += 1;
  return counts;
}

/** The profile or the contract leaves it out: nobody promised it here. */
export function isSwitchedOff({
  verdict,
  cause,
}: {
  readonly verdict: VerdictWord;
  readonly cause?: ReportedCase['cause'];
}): boolean {
  return verdict === 'skip' && (cause === 'profile' || cause === 'contract');
}

/**
 * What a finding says that is there, with the status of the answer, which explains more than a part of it.
 *
 * @param actual as a finding has it
 * @param exchange that it speaks of, if it is known
 */
export function answeredWith(actual: string, exchange: Pick<ReportedExchange, 'response'> | undefined): string {
  const status = exchange?.response?.status;
  return status === undefined || actual.includes(String(status)) ? actual : `${actual}, in an answer with ${status}`;
}
