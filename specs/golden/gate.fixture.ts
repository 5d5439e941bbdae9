import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { conform } from '../../bin/console.fixture.ts';
import {
  hashOf,
  inFolder,
  reportIn,
  secretsOf,
  serving,
  textOf,
  type Comparison,
  type Files,
  type Host,
} from './seam.fixture.ts';

/** The file that `conform accept` writes, as far as it is frozen. */
interface Baseline {
  readonly operation: string;
  readonly profile: Readonly<Record<string, string | boolean>>;
  readonly requirements: Readonly<
    Record<string, { readonly level: string; readonly cases: Readonly<Record<string, readonly string[]>> }>
  >;
  readonly observations: Readonly<Record<string, object>>;
  readonly exchanges: Readonly<Record<string, string>>;
}

const endpoints = ['--hosting', 'endpoints', '--casing', 'camel', '--serializer', 'system-text-json'];
const mutant = 'format-csv-last-column-lost';

/** What `conform accept` writes, and what `conform gate` finds when the host has a fault or may only be read. */
export function gateFiles(): Promise<Files> {
  return inFolder(
    async (cwd) =>
      new Map([
        ['baseline.txt', await accepted(cwd, 'baseline.json', [])],
        ['baseline-endpoints.txt', await accepted(cwd, 'endpoints.json', endpoints)],
        [
          `comparison-${mutant}.txt`,
          await compared(cwd, ['--mutant', mutant], ({ stateUrl }) => [
            '--states',
            stateUrl,
            '--allow-changes',
            '--only',
            'formats',
          ]),
        ],
        ['comparison-read-only.txt', await compared(cwd, [], () => ['--only', 'lifecycle', '--only', 'routes'])],
      ]),
  );
}

async function accepted(cwd: string, file: string, profile: readonly string[]): Promise<string> {
  const { code, err } = await conform(['accept', '--baseline', file, '--reason', 'golden', ...profile], { cwd });
  if (code !== 0) throw new Error(`accept ended with ${code}: ${err}`);
  // When, why and by which version it was accepted differs from one time to the next.
  const text = readFileSync(join(cwd, file), 'utf8').replace(/"accepted": \[[^\]]*\]/, '"accepted": []');
  return textOf(baselineLines(text));
}

function baselineLines(text: string): readonly string[] {
  const { operation, profile, requirements, observations, exchanges } = JSON.parse(text) as Baseline;
  return [
    `operation ${operation}`,
    ...Object.entries(profile).map(([setting, value]) => `profile ${setting} ${String(value)}`),
    ...Object.entries(requirements).map(([id, { level, cases }]) =>
      [
        `requirement ${id} ${level}`,
        ...Object.entries(cases).map(([verdict, names]) => `${verdict} ${names.length}`),
        `sha256 ${hashOf(JSON.stringify(cases))}`,
      ].join(' '),
    ),
    ...Object.entries(observations).map(([key, seen]) => `observation ${key} ${JSON.stringify(seen)}`),
    ...Object.entries(exchanges).map(([id, key]) => `exchange ${id} ${key}`),
    `the whole file sha256 ${hashOf(text)}`,
  ];
}

/**
 * A live host held against the baseline of the embedded provider.
 *
 * @param served options of `serve`
 * @param asked options of `gate`
 */
function compared(cwd: string, served: readonly string[], asked: (host: Host) => readonly string[]): Promise<string> {
  return serving(served, async (host) => {
    const { comparison } = await reportIn(
      cwd,
      ['gate', '--baseline', 'baseline.json', '--target', host.url, ...asked(host)],
      secretsOf(host),
    );
    if (comparison === undefined) throw new Error('the report of a gate has no comparison');
    return textOf(comparisonLines(comparison));
  });
}

function comparisonLines(comparison: Comparison): readonly string[] {
  const cases = (what: string, all: Comparison['regressed']): readonly string[] =>
    all.map((each) => `${what} ${each.requirement} ${each.was ?? '-'} ${each.is ?? '-'} ${each.case}`);
  const oneSided = (['new', 'gone', 'notExercised', 'waived'] as const).flatMap((side) => [
    ...cases(side, comparison[side].cases),
    ...comparison[side].exchanges.map((id) => `${side} ${id}`),
  ]);
  return [
    `exit ${comparison.exitCode}`,
    ...cases('regressed', comparison.regressed),
    ...cases('fixed', comparison.fixed),
    ...comparison.changed.flatMap(({ changes, exchanges }) =>
      exchanges.map(({ id }) => `changed ${id} ${changes.map(({ aspect }) => aspect).join(', ')}`),
    ),
    ...oneSided,
  ];
}
