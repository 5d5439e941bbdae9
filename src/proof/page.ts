import { quantity } from '../values/words.ts';
import type { Found } from './found.ts';

/** What was found with so many subjects; null for any number, as a state endpoint makes them. */
export interface ProofWith {
  readonly subjects: number | null;
  readonly found: Found;
}

const named = (subjects: number | null): string =>
  subjects === null ? 'a state endpoint' : quantity(subjects, 'subject');
const count = ({ faults, missed }: Found): number => faults - missed.length;

/** One line for the README: how many faults are found with how many subjects. */
export function foundLine(all: readonly ProofWith[]): string {
  const told = all.map(({ subjects, found }) => `${count(found)} of ${found.faults} with ${named(subjects)}`);
  const alarms = all.reduce((sum, { found }) => sum + found.falseAlarms.length, 0);
  return `found: ${told.join(' · ')} · ${quantity(alarms, 'false alarm')}`;
}

/** A page, as Markdown: what is found with how many subjects, by the area of what must find it, and what is not. */
export function proofPage(line: string, all: readonly ProofWith[]): string {
  const areas = [...new Set(all.flatMap(({ found }) => [...found.areas.keys()]))];
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [
    row(['area', ...all.map(({ subjects }) => named(subjects))]),
    row(['---', ...all.map(() => '---')]),
    ...areas.map((area) =>
      row([
        area,
        ...all.map(({ found }) => {
          const its = found.areas.get(area);
          return its === undefined ? '' : `${its.found} of ${its.of}`;
        }),
      ]),
    ),
    row(['**all**', ...all.map(({ found }) => `${count(found)} of ${found.faults}`)]),
    row(['harmless, and flagged', ...all.map(({ found }) => `${found.falseAlarms.length} of ${found.harmless}`)]),
  ];
  const survivors = all.flatMap(({ subjects, found }) => [
    '',
    `## Not found with ${named(subjects)}`,
    '',
    ...(found.missed.length === 0 ? ['Nothing.'] : []),
    ...found.missed.map(({ suspect }) => `- \`${suspect.name}\`: ${suspect.says}`),
    ...found.falseAlarms.map(({ suspect }) => `- harmless, and flagged: \`${suspect.name}\`: ${suspect.says}`),
  ]);
  return [
    '# What is proven',
    '',
    'Written by `npm run prove -- --write`. A fault of the reference provider is found where any requirement fails, and a',
    'harmless variation is flagged where one does; with few subjects not everything can be asked.',
    '',
    line,
    '',
    ...table,
    ...survivors,
    '',
  ].join('\n');
}

/** Where the README says what is proven. */
const block = /(<!-- proof -->\n).*?(\n<!-- \/proof -->)/s;

export function hasPlaceForProof(readme: string): boolean {
  return block.test(readme);
}

/** The README with what is proven now: the line of the proof, and what was found with how many subjects. */
export function withProof(readme: string, line: string, all: readonly ProofWith[]): string {
  return readme.replace(block, `$1${line}\n\n${foundLine(all)}: [by area](docs/proof.md)$2`);
}

/** Whether the README's first line is what was proven now and the page is of as many faults: what one proof can tell. */
export function isWritten(
  { readme, page }: { readonly readme: string; readonly page: string },
  line: string,
  { faults }: Found,
): boolean {
  const [, , written = ''] = /(<!-- proof -->\n)([^\n]*)/.exec(readme) ?? [];
  return written === line && page.includes(`of ${faults} |`);
}
