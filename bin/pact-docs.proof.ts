import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { startBroker, type BrokerStub } from '../src/pacts/broker.fixture.ts';
import type { Running } from '../src/provider/provider.ts';
import { shippedHost } from './host.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = createRequire(import.meta.url)
  .resolve('@pact-foundation/pact-cli/package.json')
  .replace('package.json', 'bin/pact.js');

/** The lines of the page that a shell takes, in their order. */
const lines = [...readFileSync(join(root, 'docs/pact.md'), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(
  ([, block = '']) => block.trim().split('\n'),
);

/** What a real broker says no to at that point: no provider is deployed yet when the consumer asks. */
const refusedFirst = /can-i-deploy --pacticipant connections-client/;
describe('docs/pact.md', function () {
  this.timeout(120_000);
  let broker: BrokerStub;
  let host: Running;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'docs-'));
    cpSync(join(root, 'pacts'), join(folder, 'pacts'), { recursive: true });
    const commit = 'git -c user.name=t -c user.email=t@t.example commit -q --allow-empty -m first';
    await promisify(execFile)('sh', ['-c', `git init -q -b main && ${commit}`], { cwd: folder });
    broker = await startBroker({ credentials: { kind: 'basic', userName: 'ann', password: 'secret' } });
    host = await shippedHost({ seed: 1 });
  });
  after(async () => {
    await Promise.all([broker.close(), host.close()]);
    rmSync(folder, { recursive: true });
  });

  const shell = (line: string): Promise<number> => {
    const conform = `"${process.execPath}" --import "${join(root, 'node_modules/tsx/dist/loader.mjs')}" "${join(root, 'bin/conform.ts')}"`;
    const command = line.replace(/^npx conform/, conform).replace(/^npx pact/, `"${process.execPath}" "${cli}"`);
    return promisify(execFile)('sh', ['-c', command], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        PACT_DO_NOT_TRACK: 'true',
        PACT_BROKER_BASE_URL: broker.url,
        PACT_BROKER_USERNAME: 'ann',
        PACT_BROKER_PASSWORD: 'secret',
        PACT_URL: `${broker.url}/pacts/provider/platform-api/consumer/connections-client/version/1.0.0`,
        TARGET: host.url,
        STATES: host.stateUrl,
        CONFORM_TOKEN: host.token,
        VERSION: '1.0.0',
      },
    }).then(
      () => 0,
      (error: unknown) => (error as { readonly code: number }).code,
    );
  };

  for (const line of lines) {
    it(`has a line that runs: ${line}`, async () => {
      expect(await shell(line)).to.equal(refusedFirst.test(line) ? 1 : 0);
      expect(broker.unknown).to.deep.equal([]);
    });
  }

  it('leaves the broker knowing what was verified and what is deployed', () => {
    expect(broker.results.map(({ version, branches, success }) => [version, ...branches, success])).to.deep.equal([
      ['1.2.3', 'main', true],
      ['1.2.3', 'main', true],
    ]);
    expect(broker.deployed).to.deep.equal([
      'connections-client 1.0.0 in production',
      'platform-api 1.2.3 in production',
    ]);
  });
});
