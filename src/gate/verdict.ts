import type { Report, ReportedRequirement, Summary } from '../model/report.ts';
import type { Level } from '../model/requirement.ts';

/** What kept a run from judging at all. */
export type Obstacle = { readonly kind: 'unreachable' | 'refused'; readonly says: string };

export interface Gate {
  /** The lowest level whose failures make the run fail. */
  readonly failOn: Level;
  readonly interrupted: boolean;
  readonly obstacle: Obstacle | null;
}

export type Concluded = Pick<Report, 'verdict' | 'says' | 'exitCode' | 'summary'>;

/**
 * Draws the verdict of a run and its exit code: 0 conforms, 1 does not, 2 nothing was judged that counts,
 * 3 could not be judged, 130 interrupted.
 *
 * @param requirements judged
 * @param exchanges how many were sent
 * @param gate what counts
 */
export function conclude(requirements: readonly ReportedRequirement[], exchanges: number, gate: Gate): Concluded {
  const summary = summarise(requirements, exchanges);
  const counting = requirements.filter((r) => r.level === 'MUST' || gate.failOn === 'SHOULD');
  const failed = counting.filter((r) => r.verdict === 'fail');
  const unjudged = counting.filter((r) => r.verdict === 'error' || r.verdict === 'blocked');
  const passed = counting.filter((r) => r.verdict === 'pass');
  const tail = notExercised(requirements);
  const end = (verdict: Report['verdict'], exitCode: Report['exitCode'], says: string): Concluded => ({
    verdict,
    exitCode,
    says: `${says}${tail}`,
    summary,
  });
  if (gate.interrupted) return end('inconclusive', 130, 'Interrupted: the run was stopped before it was done.');
  if (failed.length > 0) {
    return end('does-not-conform', 1, `Does not conform: ${count(failed.length, 'promise')} broken, ${passed.length} kept.`);
  }
  if (gate.obstacle !== null) return end('inconclusive', 3, `Inconclusive: ${gate.obstacle.says}`);
  if (unjudged.length > 0) {
    return end('inconclusive', 3, `Inconclusive: ${count(unjudged.length, 'promise')} could not be judged, ${passed.length} kept.`);
  }
  if (passed.length === 0) {
    return end('inconclusive', 2, `Nothing was judged that counts: no ${gate.failOn === 'MUST' ? 'MUST' : 'requirement'} was exercised to the end.`);
  }
  return end('conforms', 0, `Conforms: ${count(passed.length, 'promise')} kept, none broken.`);
}

function summarise(requirements: readonly ReportedRequirement[], exchanges: number): Summary {
  const of = (word: ReportedRequirement['verdict']): number => requirements.filter((r) => r.verdict === word).length;
  return {
    pass: of('pass'),
    fail: of('fail'),
    error: of('error'),
    skip: of('skip'),
    blocked: of('blocked'),
    waived: of('waived'),
    exchanges,
  };
}

/** Promises of the contract that this run did not look at, and how to; what the profile switches off is not among them. */
function notExercised(requirements: readonly ReportedRequirement[]): string {
  const musts = requirements.filter((r) => r.level === 'MUST');
  const skipped = musts.flatMap((r) => {
    const cases = r.cases.filter((c) => c.verdict === 'skip' && c.cause !== 'profile' && c.cause !== 'contract');
    return cases.length === 0 ? [] : [{ cases }];
  });
  if (skipped.length === 0) return ' Every MUST was exercised.';
  const ways = [...new Set(skipped.flatMap((s) => s.cases.flatMap((c) => (c.exercise === undefined ? [] : [c.exercise]))))];
  const how = ways.length === 0 ? '' : ` To exercise ${skipped.length === 1 ? 'it' : 'them'}: ${ways.join(' ; ')}`;
  return ` ${count(skipped.length, 'MUST')} not exercised to the full.${how}`;
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
