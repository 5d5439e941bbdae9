import type { ComparedCase, Comparison } from '../model/comparison.ts';
import { quantity } from '../values/words.ts';
import { comparedGroups } from './compared.ts';
import { clipped } from './visible.ts';

/** A test that is no requirement: what it is called, and what became of it. */
export interface FurtherTest {
  readonly name: string;
  readonly outcome:
    | { readonly kind: 'passed' }
    | { readonly kind: 'failed' | 'skipped'; readonly message: string; readonly text: string };
}

const SHOWN = 300;

/** A comparison as tests: of what regressed or is silent, and one for each way in which answers changed. */
export function comparedTests(comparison: Comparison): readonly FurtherTest[] {
  const { regressed, changed, notExercised, strict, against } = comparison;
  const tests: readonly FurtherTest[] = [
    ...asTests('regressed', regressed),
    ...asTests('no longer exercised', notExercised.cases),
    ...(notExercised.exchanges.length === 0
      ? []
      : [
          failed(
            'observations no longer exercised',
            quantity(notExercised.exchanges.length, 'exchange'),
            notExercised.exchanges.join('\n'),
          ),
        ]),
    ...changed.map(({ changes, exchanges }): FurtherTest => {
      const says = changes.map(({ aspect, was, is }) => `${aspect}: was ${was ?? 'absent'}, is ${is ?? 'absent'}`);
      const test = failed(
        `answered otherwise: ${clipped(exchanges[0]?.request ?? '', SHOWN)}`,
        clipped(says[0] ?? '', SHOWN),
        [...says, ...exchanges.map((x) => `${x.id} ${x.request}`)].join('\n'),
      );
      return strict || test.outcome.kind !== 'failed'
        ? test
        : { ...test, outcome: { ...test.outcome, kind: 'skipped' } };
    }),
  ];
  return tests.length > 0 ? tests : [{ name: `nothing differs from ${against}`, outcome: { kind: 'passed' } }];
}

/** A test for each requirement, and one for many that changed alike. */
function asTests(what: string, cases: readonly ComparedCase[]): readonly FurtherTest[] {
  return comparedGroups(cases).map(({ first, cases: same, requirements }) => {
    const why = first.reason === undefined ? '' : `; ${first.reason}`;
    const change = `${first.was ?? 'none'} then, ${first.is ?? 'none'} now${why}`;
    return requirements.length > 1
      ? failed(
          `${quantity(requirements.length, 'requirement')} ${what}${clipped(why, SHOWN)}`,
          `${quantity(same.length, 'case')}, ${change}`,
          same.map((c) => `${c.requirement} ${c.case}`).join('\n'),
        )
      : failed(
          `${first.requirement} ${what}`,
          `${quantity(same.length, 'case')} ${first.was ?? 'none'} then`,
          same.map((c) => `${c.case}: ${change}`).join('\n'),
        );
  });
}

function failed(name: string, message: string, text: string): FurtherTest {
  return { name, outcome: { kind: 'failed', message, text } };
}
