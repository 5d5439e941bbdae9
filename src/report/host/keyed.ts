import type { Redacted } from '../../model/redacted.ts';
import type { Report, ReportedCase } from '../../model/report.ts';
import type { ComparedCase, Comparison } from '../../model/comparison.ts';
import type { RequirementId } from '../../model/requirement.ts';

/** A report whose ids name its operation, as one among others: `ReadThing:VALID-003`. */
export function keyed(report: Redacted<Report>): Redacted<Report> {
  const { operation } = report.suite;
  const key = (id: RequirementId): RequirementId => keyOf(operation, id);
  const ids = new Set<string>(report.requirements.map(({ id }) => id));
  const { objections, comparison } = report;
  return {
    ...report,
    requirements: report.requirements.map((r) => ({
      ...r,
      id: key(r.id),
      cases: r.cases.map((c): ReportedCase => (c.because === undefined ? c : { ...c, because: key(c.because) })),
    })),
    causes: report.causes.map((c) => ({ ...c, requirement: key(c.requirement), also: c.also.map(key) })),
    ...(objections !== undefined && {
      // Some are about the host, or name what does not exist.
      objections: objections.map((o) => ({
        ...o,
        requirement: ids.has(o.requirement) ? `${operation}:${o.requirement}` : o.requirement,
      })),
    }),
    ...(comparison !== undefined && { comparison: keyedComparison(comparison, key) }),
  };
}

/** `ReadThing:VALID-003`; an id that has its operation already stands. */
function keyOf(operation: string, id: RequirementId): RequirementId {
  return id.startsWith(`${operation}:`) ? id : (`${operation}:${id}` as RequirementId);
}

function keyedComparison(comparison: Comparison, key: (id: RequirementId) => RequirementId): Comparison {
  const of = (cases: readonly ComparedCase[]): readonly ComparedCase[] =>
    cases.map((c) => ({ ...c, requirement: key(c.requirement) }));
  const { regressed, fixed, gone, notExercised, waived } = comparison;
  return {
    ...comparison,
    regressed: of(regressed),
    fixed: of(fixed),
    new: { ...comparison.new, cases: of(comparison.new.cases) },
    gone: { ...gone, cases: of(gone.cases) },
    notExercised: { ...notExercised, cases: of(notExercised.cases) },
    waived: { ...waived, cases: of(waived.cases) },
  };
}
