import type { CauseInShort, OperationInShort } from '../../model/host-report.ts';
import type { Redacted } from '../../model/redacted.ts';
import type { Report } from '../../model/report.ts';
import { toldCauses } from '../causes.ts';
import { annotationsOf } from '../github.ts';
import { testCounts } from '../junit.ts';
import { ledgerOf } from '../ledger.ts';
import { clipped } from '../visible.ts';

/** Of one operation, a person reads on in its own report. */
const CAUSES_KEPT = 3;
const TEXT_KEPT = 400;
const LINE_KEPT = 4000;
/** GitHub shows ten of a level; the others are counted. */
const ANNOTATIONS_KEPT = 10;

/** What is kept of an operation when its report has been written, however long that is. */
export function inShort(report: Redacted<Report>): OperationInShort {
  const { suite, target, verdict, says, exitCode, interrupted, startedAt, durationMs, summary, objections } = report;
  const causes = toldCauses(report);
  return {
    operation: suite.operation,
    authentication: target.authentication,
    notes: target.notes ?? [],
    verdict,
    says,
    exitCode,
    interrupted,
    startedAt,
    durationMs,
    summary,
    causes: causes.slice(0, CAUSES_KEPT).map(({ cause, requirement, also, sent }): CauseInShort => ({
      requirement: requirement.id,
      level: requirement.level,
      title: requirement.title,
      where: clipped(cause.where, TEXT_KEPT),
      says: clipped(cause.says, TEXT_KEPT),
      also: also.length,
      again: sent[0] === undefined ? null : clipped(sent[0].curl, LINE_KEPT),
    })),
    causeCount: causes.length,
    objections: objections ?? [],
    ledger: ledgerOf(report).counts,
    tests: testCounts(report),
    annotations: annotationsOf(report).slice(0, ANNOTATIONS_KEPT),
  };
}
