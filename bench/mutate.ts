import { Stryker } from '@stryker-mutator/core';

/** A folder whose code is changed, and the fewest tests that hold it. */
interface Ground {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
  /** Tests that take seconds and are left out, by a part of their names: hundreds of mutants would wait for them. */
  readonly slow?: string;
}

/** What every verdict passes through. Tests of other folders are not asked: what they alone would notice counts as survived. */
const grounds: Readonly<Record<string, Ground>> = {
  values: { mutate: ['src/values/*.ts'], tests: ['src/values/*.test.js'] },
  formats: {
    mutate: ['src/formats/*.ts'],
    tests: ['src/formats/*.test.js'],
    slow: 'reads what it wrote|never throw|exactly where|in every case',
  },
  expectations: { mutate: ['src/catalogue/expect/*.ts'], tests: ['src/catalogue/expect/*.test.js'] },
  conclude: { mutate: ['src/run/conclude/conclude.ts'], tests: ['src/run/conclude/conclude.test.js'] },
  gate: { mutate: ['src/gate/*.ts'], tests: ['src/gate/*.test.js'] },
};

/** All tests of a folder take one or two. */
const MOST_CPU_SECONDS = 15;

/** In per cent of all mutants of all folders. */
const KILLED_AT_LEAST = 80;

const given = process.argv.slice(2);
const unknown = given.filter((name) => !Object.hasOwn(grounds, name));
if (unknown.length > 0)
  throw new Error(`no folder ${unknown.join(', ')}; there are ${Object.keys(grounds).join(', ')}`);

const began = performance.now();
const all = { killed: 0, of: 0 };
const lines: string[] = [];
for (const [name, { mutate, tests, slow }] of Object.entries(grounds)) {
  if (given.length > 0 && !given.includes(name)) continue;
  const wanted = [...tests.map((glob) => `"${glob}"`), ...(slow === undefined ? [] : [`--invert --grep "${slow}"`])];
  const results = await new Stryker({
    mutate: [...mutate, '!**/*.test.ts', '!**/*.fixture.ts', '!**/*.proof.ts'],
    testRunner: 'command',
    // Types are erased once for all mutants of a folder; each then costs little more than the start of Node.
    buildCommand: 'tsc --noEmit false --noCheck --sourceMap false',
    commandRunner: {
      command: `ulimit -t ${MOST_CPU_SECONDS}; mocha --no-config --bail --timeout 60000 ${wanted.join(' ')}`,
    },
    concurrency: Number(process.env['MUTATE_CONCURRENCY'] ?? 2),
    // A clock would take a machine that is busy for a mutant that is found: what never ends is ended by its CPU time.
    timeoutMS: 3_600_000,
    ignorePatterns: ['dist', 'reports', 'coverage'],
    reporters: ['json', 'clear-text'],
    clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: false, skipFull: true },
    jsonReporter: { fileName: `reports/mutation/${name}.json` },
    thresholds: { break: null },
  }).runMutationTest();
  // What does not compile, or changes nothing that runs, is no mutant.
  const counted = results.filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status));
  const killed = counted.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  all.killed += killed;
  all.of += counted.length;
  lines.push(toldAs(name, { killed, of: counted.length }));
}

process.stdout.write(
  `${[...lines, toldAs('together', all)].join('\n')}\n${Math.round((performance.now() - began) / 60_000)} minutes\n`,
);
if (all.killed * 100 < KILLED_AT_LEAST * all.of) process.exitCode = 1;

function toldAs(name: string, { killed, of }: { readonly killed: number; readonly of: number }): string {
  return `${name.padEnd(14)} ${String(killed).padStart(5)} of ${String(of).padStart(5)} killed  ${((100 * killed) / of).toFixed(1).padStart(5)} %`;
}
