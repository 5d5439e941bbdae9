/**
 * Writes `pacts/` from the consumer tests: `npm run pacts`. With `--check` it writes nothing, names every file that
 * differs and exits 1.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const committed = join(root, 'pacts');

/** Runs every consumer test, one after the other: a pact loses interactions when tests write to it side by side. */
function gather(): ReadonlyMap<string, string> {
  const dir = mkdtempSync(join(tmpdir(), 'pacts-'));
  try {
    const tests = readdirSync(join(root, 'contracts'))
      .filter((name) => name.endsWith('.consumer.test.ts'))
      .sort();
    const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
    const args = [
      mocha,
      '--no-config',
      '--require',
      'tsx',
      '--timeout',
      '20000',
      '--reporter',
      'dot',
      '--no-parallel',
      '--forbid-only',
      '--forbid-pending',
    ];
    const run = spawnSync(process.execPath, [...args, ...tests.map((name) => join('contracts', name))], {
      cwd: root,
      env: { ...process.env, PACTS_DIR: dir, PACT_DO_NOT_TRACK: 'true' },
      encoding: 'utf8',
    });
    if (run.status !== 0)
      throw new Error(`a consumer test failed, so pacts/ is left as it is:\n${run.stdout}${run.stderr}`);
    return filesIn(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function filesIn(dir: string): ReadonlyMap<string, string> {
  if (!existsSync(dir)) return new Map();
  return new Map(
    readdirSync(dir)
      .sort()
      .map((name) => [name, readFileSync(join(dir, name), 'utf8')]),
  );
}

function differences(wanted: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...wanted.keys(), ...found.keys()])].filter((name) => wanted.get(name) !== found.get(name));
}

function main(args: readonly string[]): number {
  const [flag, ...rest] = args;
  if (rest.length > 0 || (flag !== undefined && flag !== '--check')) {
    console.error(`${args.join(' ')}: takes --check or nothing`);
    return 2;
  }
  const pacts = gather();
  const different = differences(pacts, filesIn(committed));
  if (flag === '--check') {
    for (const name of different)
      console.error(`pacts/${name} is not what the consumer tests write: run npm run pacts`);
    return different.length === 0 ? 0 : 1;
  }
  rmSync(committed, { recursive: true, force: true });
  mkdirSync(committed);
  for (const [name, text] of pacts) writeFileSync(join(committed, name), text);
  console.log(
    different.length === 0 ? 'pacts/ was up to date' : `wrote ${different.map((name) => `pacts/${name}`).join(', ')}`,
  );
  return 0;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
