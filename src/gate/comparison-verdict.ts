import type { Comparison, OneSided } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';
import { quantity } from '../report/digest.ts';

type Sides = Pick<Comparison, 'regressed' | 'changed' | 'fixed' | 'new' | 'gone' | 'notExercised' | 'waived'>;

/**
 * Draws the verdict of a comparison and its exit code: 0 nothing counts against it, 1 regressed, no longer exercised, objected to or,
 * where that counts, changed; 2 nothing was compared, 3 the run judged nothing, 130 interrupted.
 *
 * @param sides what was found
 * @param terms what counts, and the run
 */
export function concludeComparison(
  sides: Sides,
  terms: Pick<Comparison, 'against' | 'strict'> & { readonly compared: boolean; readonly report: Report },
): Pick<Comparison, 'says' | 'exitCode'> {
  const { report, against, strict } = terms;
  const found = told(sides);
  const differs =
    found.length === 0 ? `Nothing differs from ${against}.` : `Differs from ${against}: ${found.join(', ')}.`;
  if (report.interrupted) return { exitCode: 130, says: `Interrupted: ${report.says}` };
  const judged = report.requirements.some(
    (r) => r.verdict === 'pass' || r.verdict === 'fail' || r.verdict === 'waived',
  );
  if (report.exitCode === 3 && !judged) return { exitCode: 3, says: report.says };
  const changes = sides.changed.length > 0;
  const silent = sides.notExercised.cases.length + sides.notExercised.exchanges.length > 0;
  if (sides.regressed.length > 0 || silent) return { exitCode: 1, says: differs };
  const [objection, ...others] = report.objections ?? [];
  if (objection !== undefined) {
    return {
      exitCode: 1,
      says: `${differs} ${objection.says}${others.length === 0 ? '' : ` There ${others.length === 1 ? 'is' : 'are'} ${quantity(others.length, 'more objection')}.`}`,
    };
  }
  if (!terms.compared)
    return { exitCode: 2, says: `Nothing was compared: this run and ${against} have no exchange in common.` };
  if (changes && strict) return { exitCode: 1, says: differs };
  return {
    exitCode: 0,
    says: changes ? `${differs} Changed behaviour that nobody promised fails with --strict alone.` : differs,
  };
}

function told({ regressed, changed, fixed, new: added, gone, notExercised, waived }: Sides): readonly string[] {
  const answers = changed.reduce((n, { exchanges }) => n + exchanges.length, 0);
  return [
    ...(regressed.length === 0 ? [] : [`${quantity(regressed.length, 'case')} regressed`]),
    ...(answers === 0 ? [] : [`${quantity(answers, 'answer')} changed`]),
    ...side(notExercised, 'no longer exercised'),
    ...side(waived, 'no longer exercised and waived'),
    ...(fixed.length === 0 ? [] : [`${quantity(fixed.length, 'case')} fixed`]),
    ...side(added, 'new'),
    ...side(gone, 'gone'),
  ];
}

function side({ cases, exchanges }: OneSided, word: string): readonly string[] {
  const counts = [
    ...(cases.length === 0 ? [] : [quantity(cases.length, 'case')]),
    ...(exchanges.length === 0 ? [] : [quantity(exchanges.length, 'exchange')]),
  ];
  return counts.length === 0 ? [] : [`${counts.join(' and ')} ${word}`];
}
