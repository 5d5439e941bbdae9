import type { Cause, Report, ReportedExchange, ReportedRequirement } from '../model/report.ts';
import { groupBy } from '../values/words.ts';
import { caseGroups, exchangesById, requirementsThat, type CaseGroup } from './digest.ts';

/** A cause with what a reader needs to see of it. */
export interface ToldCause {
  readonly cause: Cause;
  /** The one that says it. */
  readonly requirement: ReportedRequirement;
  /** Its cases that failed, those first that have exchanges of the cause. */
  readonly groups: readonly CaseGroup[];
  /** What was sent in the first of them, in order. */
  readonly sent: readonly ReportedExchange[];
  readonly also: readonly ReportedRequirement[];
  /** What could not be judged for it: how many cases, of which requirements, and why most of them. */
  readonly kept: { readonly cases: number; readonly requirements: readonly string[]; readonly reason: string };
}

/** The causes of a report in its order. */
export function toldCauses(report: Report): readonly ToldCause[] {
  const exchanges = exchangesById(report);
  const requirements = new Map(report.requirements.map((r) => [r.id, r]));
  return report.causes.flatMap((cause) => {
    const requirement = requirements.get(cause.requirement);
    if (requirement === undefined) return [];
    const own = new Set<string>(cause.exchanges);
    const groups = caseGroups(requirement, 'fail', exchanges);
    const ofTheCause = ({ sent }: CaseGroup): boolean => sent.some(({ id }) => own.has(id));
    const shortFirst = groups.toSorted((a, b) => a.sent.length - b.sent.length);
    const sorted = [...shortFirst.filter(ofTheCause), ...shortFirst.filter((g) => !ofTheCause(g))];
    const sent = sorted[0]?.sent ?? [];
    const also = cause.also.flatMap((id) => requirements.get(id) ?? []);
    return [{ cause, requirement, groups: sorted, sent, also, kept: keptBy(cause, report) }];
  });
}

/** The cases that name a requirement of a cause, and of none before it, as what keeps them from being judged. */
function keptBy(cause: Cause, { causes, requirements }: Report): ToldCause['kept'] {
  const isOf = (id: string, { requirement, also }: Cause): boolean => requirement === id || also.some((a) => a === id);
  const kept = requirements.flatMap((r) =>
    r.cases.flatMap(({ because, reason = '' }) =>
      because !== undefined && causes.find((each) => isOf(because, each)) === cause ? [{ id: r.id, reason }] : [],
    ),
  );
  const [most] = [...groupBy(kept, ({ reason }) => reason)].sort(([, one], [, other]) => other.length - one.length);
  return { cases: kept.length, requirements: [...new Set(kept.map(({ id }) => id))], reason: most?.[0] ?? '' };
}

/** Requirements that failed, in the order of their causes, each once; then those that stand under none. */
export function failedByCause(report: Report): readonly ReportedRequirement[] {
  const failed = requirementsThat(report, 'fail');
  const named = [...new Set(report.causes.flatMap(({ requirement, also }) => [requirement, ...also]))];
  const known = named.flatMap((id) => failed.find((r) => r.id === id) ?? []);
  return [...known, ...failed.filter((r) => !known.includes(r))];
}
