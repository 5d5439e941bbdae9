import { quantity } from '../values/words.ts';
import type { Proof } from './proof.ts';

/** What the mutants prove of the catalogue on one operation that is not the shipped one. */
export interface OperationProof {
  /** Its folder in `specs/shapes`. */
  readonly name: string;
  /** Of what shape it is, in a few words. */
  readonly says: string;
  readonly proof: Proof;
}

const block = /\n<!-- operations -->\n.*<!-- \/operations -->\n/s;

/** A part of a page, as Markdown: a row for each operation, and by name what was not found or was flagged without a fault. */
export function operationsPart(all: readonly OperationProof[]): string {
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const amiss = all.flatMap(({ name, proof }) => [
    ...proof.survived.map(({ suspect }) => `- ${name}: \`${suspect.name}\` is not found: ${suspect.says}`),
    ...proof.falseAlarms.map(
      ({ suspect }) => `- ${name}: \`${suspect.name}\` is flagged where nothing is wrong: ${suspect.says}`,
    ),
  ]);
  return [
    '',
    '<!-- operations -->',
    '## Operations of other shapes',
    '',
    `Written by \`npm run prove:operations -- --write\`: ${quantity(all.length, 'operation')} of \`specs/shapes\`. A fault is found where any requirement`,
    'that names it fails; a requirement is unproven where no fault is found by it. Where the column of the harmless is empty,',
    'the faults of typed values alone were looked for.',
    '',
    row(['operation', 'shape', 'requirements', 'mutants', 'killed', 'survived', 'harmless', 'flagged', 'unproven']),
    row(Array.from({ length: 9 }, () => '---')),
    ...all.map(({ name, says, proof }) => {
      const { requirements, mutants, killed, survived, harmless, falseAlarms, unproven } = proof;
      const counts = [mutants, killed, survived.length, harmless || '', falseAlarms.length, unproven.length];
      return row([name, says, requirements, ...counts]);
    }),
    ...(amiss.length === 0 ? [] : ['', ...amiss]),
    '<!-- /operations -->',
    '',
  ].join('\n');
}

/** That part of a page as it stands there; empty where there is none. */
export function operationsIn(page: string): string {
  return block.exec(page)?.[0] ?? '';
}

/** A page with that part, in the place of the one that it had, or at its end. */
export function withOperations(page: string, part: string): string {
  const { length } = operationsIn(page);
  return length === 0 ? `${page}${part}` : page.replace(block, () => part);
}
