import { zoo } from '../zoo.ts';
import { caseName, figuresOf, reportOf, secretsOf, serving, textOf, type Files, type Report } from './seam.fixture.ts';

type Mutant = (typeof zoo)[number];

/** Faults of every area, each looked for in the areas that it names itself. */
const faults: readonly string[] = [
  'route-any-word',
  'route-prefix-dropped',
  'route-body-id-wins-in-xml',
  'verb-put-breaks',
  'verb-options-breaks',
  'verb-endpoints-get-served',
  'auth-open-xml',
  'auth-no-challenge-to-get',
  'auth-expired-accepted',
  'format-accept-unheeded-by-put',
  'format-xml-second-root',
  'format-errors-pascal-under-camel',
  'format-csv-last-column-lost',
  'status-message-object',
  'status-trace-in-xml',
  'status-trace-list-in-debug',
  'valid-last-member-optional',
  'valid-null-accepted',
  'valid-casing-unread-strictly',
  'example-placeholder-breaks',
  'life-neighbour-updated',
  'life-second-breaks-in-csv',
  'doc-printed-type-breaks',
  'wire-cut-errors-in-xml',
  'wire-two-lengths',
];

/** Variations that are no faults, each looked for in areas that could take it for one. */
const harmless: Readonly<Record<string, readonly string[]>> = {
  'harmless-headers': ['routes', 'transport'],
  'harmless-nulls': ['response-status', 'examples'],
  'harmless-endpoints-401': ['routes', 'verbs'],
  'harmless-other-words-strictly': ['formats', 'documentation'],
};

/** A run against each mutant of the sample: its exit code, its figures, and every case that did not pass. */
export async function mutantFiles(): Promise<Files> {
  const files = new Map<string, string>();
  for (const name of [...faults, ...Object.keys(harmless)]) {
    const mutant = zoo.find((each) => each.name === name);
    if (mutant === undefined) throw new Error(`the zoo has no mutant ${name}`);
    files.set(`${name}.txt`, textOf(linesOf(await examined(mutant, harmless[name] ?? mutant.areas))));
  }
  return files;
}

function examined({ name, under = {} }: Mutant, areas: readonly string[]): Promise<Report> {
  const profile = Object.entries(under).flatMap(([setting, value]) =>
    value === true ? [`--${setting}`] : [`--${setting}`, String(value)],
  );
  const only = areas.flatMap((area) => ['--only', area]);
  return serving(['--mutant', name, ...profile], (host) =>
    reportOf(
      ['--target', host.url, '--states', host.stateUrl, '--allow-changes', ...profile, ...only],
      secretsOf(host),
    ),
  );
}

function linesOf(report: Report): readonly string[] {
  const found = report.requirements.filter(({ verdict }) => !['pass', 'skip'].includes(verdict));
  return [
    ...figuresOf(report).flat(),
    ...found.flatMap(({ id, verdict, cases }) => [
      `${id} ${verdict}`,
      ...cases
        .filter((each) => !['pass', 'skip'].includes(each.verdict))
        .map((each) => `  ${each.verdict} ${caseName(each.key)}`),
    ]),
  ];
}
