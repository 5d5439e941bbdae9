// Values that a person gives: from the contract, the configuration, the environment and files, shown or kept.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Report } from '../src/model/report.ts';
import { classicProfile } from '../src/model/profile.fixture.ts';
import { createProvider, type Running } from '../src/provider/provider.ts';
import { conform, type Ran } from './console.fixture.ts';
import { openSuite } from './suites.ts';

/** What no format and no place takes as it stands. */
const secret = 'k3y/of "one" & <two>, 100% {sure}';
const other = 'another-s3cret-value';

describe('values of members', function () {
  this.timeout(120_000);
  let folder: string;
  let contract: string;
  let host: Running;
  let seen: Set<unknown>;
  const at = (name: string): string => join(folder, name);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'values-'));
    contract = at('write-log');
    cpSync(fileURLToPath(new URL('../specs/shapes/write-log', import.meta.url)), contract, { recursive: true });
    writeFileSync(at('key.txt'), `${other}\n`);
    const suite = openSuite({ contract }, { env: {}, cwd: folder });
    host = await createProvider({
      contract: suite.contract,
      schemas: suite.schemas,
      profile: classicProfile(suite.contract.xmlNamespace),
      seed: 1,
      now: () => new Date(),
      mutate: (b) => ({
        ...b,
        execute: (call) => {
          seen.add(call.request['Text']);
          return b.execute(call);
        },
      }),
    }).listen(0);
  });
  beforeEach(() => {
    seen = new Set();
  });
  after(async () => {
    await host.close();
    rmSync(folder, { recursive: true });
  });

  const said = (values: Readonly<Record<string, string>>): void => {
    const reason = 'what the host takes';
    const all = { effect: { value: 'reads', reason }, values: { value: values, reason } };
    writeFileSync(join(contract, 'said.json'), JSON.stringify(all));
  };
  const run = (argv: readonly string[] = [], env: Record<string, string> = {}): Promise<Ran> =>
    conform(
      ['--contract', contract, '--target', host.url, '--only', 'formats,routes,types', ...argv].concat([
        '--report',
        `json=${at('report.json')}`,
      ]),
      { cwd: folder, env },
    );
  const report = (): string => readFileSync(at('report.json'), 'utf8');

  it('are those of the contract, before them those of the configuration, then of the environment and of options', async () => {
    said({ Text: 'of the contract' });
    await run();
    expect(seen).to.include('of the contract');
    writeFileSync(at('conform.config.json'), JSON.stringify({ values: { 'WriteLog.Text': 'of the file' } }));
    seen.clear();
    await run();
    expect(seen).to.include('of the file').and.not.include('of the contract');
    seen.clear();
    await run(['--values', 'Text: of the option'], { CONFORM_VALUES: 'Text: of the environment' });
    expect(seen).to.include('of the option').and.not.include('of the environment');
    rmSync(at('conform.config.json'));
  });

  it('come from the environment in every format and are shown nowhere, and ids do not depend on them', async () => {
    said({ Text: '${LOG_KEY}' });
    const ran = await run(['--verbose'], { LOG_KEY: secret });
    expect(seen).to.include(secret);
    const [first, text] = [JSON.parse(report()) as Report, report()];
    expect(first.requirements.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)).to.deep.equal([]);
    for (const told of [text, ran.out, ran.err])
      for (const piece of ['k3y', encodeURIComponent(secret), 'of &#34;one']) expect(told).not.to.include(piece);
    await run([], { LOG_KEY: other });
    const second = JSON.parse(report()) as Report;
    expect(second.exchanges.map(({ id }) => id)).to.have.members(first.exchanges.map(({ id }) => id));
    const planned = await conform(
      ['plan', '--as', 'curl', '--contract', contract, '--target', host.url, '--only', 'TYPE-015'],
      { cwd: folder, env: { LOG_KEY: secret } },
    );
    expect(planned.out).to.include('{"Text":"\'"$CONFORM_SECRET"\'"}').and.not.include('k3y');
  });

  it('come from a file beside what names it, and are shown nowhere', async () => {
    said({ Text: '${file:../key.txt}' });
    await run();
    expect(seen).to.include(other);
    expect(report()).not.to.include(other);
  });

  it('are told in one sentence where they cannot be had, and left alone where nothing leaves this process', async () => {
    said({ Text: '${LOG_KEY}' });
    expect(await run()).to.include({ code: 2, err: 'the value of Text: LOG_KEY is not in the environment\n' });
    said({ Text: '${file:no.txt}' });
    expect((await run()).err).to.match(/^the value of Text: .*no\.txt cannot be read, or is empty\n$/);
    said({});
    expect(await run(['--values', 'Txt: a'])).to.include({
      code: 2,
      err: 'the value of Txt: WriteLog has no such member; it has Text\n',
    });
    expect((await run(['--values', 'a secret'])).err).to.equal('--values: takes "Member: value"\n');
    said({ Text: '${LOG_KEY}' });
    const embedded = await conform(['run', '--contract', contract, '--only', 'types'], { cwd: folder, env: {} });
    expect(embedded.code, embedded.out + embedded.err).to.equal(0);
  });
});
