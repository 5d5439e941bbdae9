import type { ComparedCase, Comparison } from '../model/comparison.ts';
import { groupBy, quantity } from './digest.ts';
import { clipped } from './visible.ts';

/** A test that is no requirement: what it is called, and what became of it. */
export interface FurtherTest {
  readonly name: string;
  readonly outcome:
    | { readonly kind: 'passed' }
    | { readonly kind: 'failed' | 'skipped'; readonly message: string; readonly text: string };
}

const SHOWN = 300;

/** A comparison as tests: one for each requirement that regressed or is silent, one for each way in which answers changed. */
export function comparedTests(comparison: Comparison): readonly FurtherTest[] {
  const { regressed, changed, notExercised, strict, against } = comparison;
  const tests: readonly FurtherTest[] = [
    ...byRequirement('regressed', regressed),
    ...byRequirement('no longer exercised', notExercised.cases),
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

function byRequirement(what: string, cases: readonly ComparedCase[]): readonly FurtherTest[] {
  return [...groupBy(cases, (c) => c.requirement)].map(([requirement, same]) =>
    failed(
      `${requirement} ${what}`,
      `${quantity(same.length, 'case')} passed then`,
      same
        .map(
          (c) =>
            `${c.case}: ${c.was ?? 'none'} then, ${c.is ?? 'none'} now${c.reason === undefined ? '' : `; ${c.reason}`}`,
        )
        .join('\n'),
    ),
  );
}

function failed(name: string, message: string, text: string): FurtherTest {
  return { name, outcome: { kind: 'failed', message, text } };
}
