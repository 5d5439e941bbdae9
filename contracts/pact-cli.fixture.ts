import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { zoo } from '../specs/zoo.ts';
import { connectionStatusUpdate as contract } from './connection-status-update.ts';
import type { Mutant } from '../src/provider/mutant.ts';
import { conform, silent } from '../bin/console.fixture.ts';
import { embedded } from '../src/embedded/embedded.ts';
import { shippedSuite } from '../bin/suites.ts';
import type { Report } from '../src/model/report.ts';
import { openRun } from '../src/run/open/open.ts';
import { preflight } from '../src/run/send/preflight.ts';
import { readSettings } from '../src/settings/settings.ts';
import { classic, shippedHost } from '../bin/host.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const committed = join(root, 'pacts/connections-client-platform-api.json');
const cli = createRequire(import.meta.url)
  .resolve('@pact-foundation/pact-cli/package.json')
  .replace('package.json', 'bin/pact.js');

/** The adapter for Pact's own verifier, as the page prints it. */
export function adapterInDocs(): string {
  const page = readFileSync(join(root, 'docs/pact.md'), 'utf8');
  const [, code] = /```js\n(\/\/ states\.mjs\n[\s\S]*?)```/.exec(page) ?? [];
  if (code === undefined) throw new Error('docs/pact.md prints no states.mjs');
  return code;
}

/** The interactions that fail, by description: as conform verify says, and as the pact CLI does. */
export interface Failing {
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** Verifications under way at a time: each waits for processes that it has started more than it computes. */
const BESIDE = 4;

/** A test for each mutant of the zoo that is named: `conform verify` and the pact CLI find the same of the provider with it. */
export function eachIsFoundAlike(names: readonly string[]): void {
  const begun = new Map<string, Promise<PromiseSettledResult<Failing>[]>>();
  for (const [i, name] of names.entries()) {
    it(`finds the same as the pact CLI: ${name}`, async () => {
      for (const next of names.slice(i, i + BESIDE))
        if (!begun.has(next)) begun.set(next, Promise.allSettled([failingWith(next)]));
      const [result] = (await begun.get(name)) ?? [];
      if (result?.status !== 'fulfilled') throw result?.reason;
      expect(result.value.ours).to.deep.equal(result.value.theirs);
    });
  }
}

/** What fails of the provider with a mutant of the zoo. */
export async function failingWith(name: string): Promise<Failing> {
  const mutant = zoo.find((each) => each.name === name);
  if (mutant === undefined) throw new Error(`the zoo has no '${name}'`);
  return failingOf(mutant);
}

/**
 * Verifies the committed pact of the reference provider with a fault, by `conform verify` and by the pact CLI.
 *
 * @param mutant the fault; null for the plain provider
 */
export async function failingOf(mutant: Mutant | null): Promise<Failing> {
  const options = {
    profile: { ...classic, ...mutant?.under },
    seed: 1,
    ...(mutant !== null && { mutate: mutant.mutate }),
    ...(mutant?.authentication && { authentication: mutant.authentication }),
  };
  // One provider each: what one verification leaves behind is none of the other's business.
  const [first, second] = [await shippedHost(options), await shippedHost(options)];
  const folder = mkdtempSync(join(tmpdir(), 'parity-'));
  try {
    const file = join(folder, 'ours.json');
    const argv = [
      'verify',
      '--pacts',
      committed,
      '--target',
      first.url,
      '--states',
      first.stateUrl,
      '--allow-changes',
      '--timeout',
      '3000',
      '--quiet',
      '--report',
      `json=${file}`,
    ];
    const { err } = await conform(argv, {
      cwd: folder,
      env: { PATH: process.env['PATH'], CONFORM_TOKEN: first.token },
    });
    if (err !== '') throw new Error(err);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    const ours = report.requirements
      .filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
      .map(({ title }) => title.replace(/, given .*$/, ''));
    await askBeforehand(second.url, second.token);
    return { ours: ours.sort(), theirs: await failingByCli(second, folder) };
  } finally {
    await Promise.all([first.close(), second.close()]);
    rmSync(folder, { recursive: true });
  }
}

/** What ours asks before it verifies: a fault that counts requests is to be met at the same place by both. */
async function askBeforehand(target: string, token: string): Promise<void> {
  const world = silent({ env: { CONFORM_TOKEN: token } });
  const settings = readSettings({ target }, contract, world);
  const run = await openRun(shippedSuite(), settings, world, embedded());
  try {
    await preflight(run);
  } finally {
    await run.close();
  }
}

async function failingByCli(
  { url, stateUrl, token }: { readonly url: string; readonly stateUrl: string; readonly token: string },
  folder: string,
): Promise<readonly string[]> {
  writeFileSync(join(folder, 'states.mjs'), adapterInDocs());
  const adapter = fork(join(folder, 'states.mjs'), {
    execArgv: ['--import', tellsItsPort],
    env: { ...process.env, STATES: stateUrl, TOKEN: token, PORT: '0' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    const port = await portOf(adapter);
    const result = join(folder, 'theirs.json');
    const child = spawn(
      process.execPath,
      [
        cli,
        'verifier',
        '--file',
        committed,
        '--hostname',
        '127.0.0.1',
        '--port',
        new URL(url).port,
        '--state-change-url',
        `http://127.0.0.1:${String(port)}`,
        '--request-timeout',
        '3000',
        '--json',
        result,
      ],
      { env: { ...process.env, PACT_DO_NOT_TRACK: 'true' }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const ended = once(child, 'close');
    const said = await Promise.all([text(child.stdout), text(child.stderr)]);
    await ended;
    const json = ((): string => {
      try {
        return readFileSync(result, 'utf8');
      } catch {
        throw new Error(`the pact CLI wrote no result: ${said.join('')}`);
      }
    })();
    const { interactionResults } = JSON.parse(json) as {
      readonly interactionResults: readonly { readonly description: string; readonly result: string }[];
    };
    return interactionResults
      .filter((r) => r.result !== 'OK')
      .map((r) => r.description)
      .sort();
  } finally {
    adapter.kill();
  }
}

/** Preloaded by the adapter: a port that was chosen for it beforehand may be another's by the time it listens. */
const tellsItsPort = `data:text/javascript,${encodeURIComponent(`
import { Server } from 'node:net';
const { listen } = Server.prototype;
Server.prototype.listen = function (...args) {
  return listen.apply(this, args).once('listening', () => process.send(this.address().port));
};`)}`;

async function portOf(adapter: ChildProcess): Promise<number> {
  const ended = once(adapter, 'exit').then(() => {
    throw new Error('the adapter does not listen');
  });
  const [port] = (await Promise.race([once(adapter, 'message'), ended])) as [number];
  return port;
}
