import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connectionStatusUpdate as contract } from '../contracts/connection-status-update.ts';
import { schemas } from '../schemas/index.ts';
import type { Mutate } from '../src/provider/behaviour.ts';
import { createProvider, type Running } from '../src/provider/provider.ts';
import type { Report } from '../src/model/report.ts';
import { conform } from './console.fixture.ts';

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const profile = { hosting: 'classic', casing: 'pascal', serializer: 'servicestack', debug: false, xmlNamespace: contract.xmlNamespace } as const;
const openToEverybody: Mutate = (b) => ({ ...b, authenticate: () => ({ kind: 'accepted' }) });

function serve(mutate?: Mutate): Promise<Running> {
  return createProvider({ contract, schemas, profile, seed: 7, now: () => new Date(), ...(mutate && { mutate }) }).listen(0);
}

describe('the fence around a live target', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => { folder = mkdtempSync(join(tmpdir(), 'conform-')); });

  for (const [host, mutate] of [['as it should be', undefined], ['that has lost its authentication', openToEverybody]] as const) {
    it(`leaves a host ${host} as it was, and names nothing that exists`, async () => {
      const running = await serve(mutate);
      try {
        const before = JSON.stringify(running.inspect());
        const file = join(folder, 'report.json');
        await conform(['--target', running.url, '--report', `json=${file}`], { env: { CONFORM_TOKEN: running.token } });
        const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
        const existing = new Set(before.match(guid)?.map((id) => id.toLowerCase()));
        const named = report.exchanges.flatMap((x) => [...`${x.request.url} ${x.request.body ?? ''}`.matchAll(guid)].map(([id]) => id.toLowerCase()));
        expect(named).to.have.length.above(1000);
        expect(named.filter((id) => existing.has(id))).to.deep.equal([]);
        expect(report.exchanges.map((x) => x.effect)).to.not.include('own');
        expect(JSON.stringify(running.inspect())).to.equal(before);
      } finally {
        await running.close();
      }
    });
  }

  it('spends each connection of a file once, and only when changes are allowed', async () => {
    const running = await serve();
    try {
      const file = join(folder, 'connections.json');
      const given = running.connections.slice(0, 5);
      writeFileSync(file, JSON.stringify(given));
      const line = ['--target', running.url, '--connections', file, '--only', 'routes'];
      const env = { CONFORM_TOKEN: running.token };
      const reads = await conform(line, { env });
      expect(reads.code).to.equal(0);
      expect(reads.out).to.contain('--allow-changes');
      const changed = (): readonly string[] => running.inspect().filter((e) => e.state !== contract.states.fresh).map((e) => e.subject['ConnectionId'] ?? '');
      expect(changed()).to.deep.equal([]);
      expect((await conform([...line, '--allow-changes'], { env })).code).to.equal(0);
      expect(changed()).to.have.length.within(1, 5);
      expect(given.map((g) => g['ConnectionId'])).to.include.members([...changed()]);
    } finally {
      await running.close();
    }
  });

  it('refuses to change a target without a source of connections', async () => {
    const { code, err } = await conform(['--target', 'http://127.0.0.1:9', '--allow-changes']);
    expect(code).to.equal(2);
    expect(err).to.match(/^--allow-changes needs .*\n$/);
  });
});
