import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { conform, type Ran } from './console.fixture.ts';
import { operations, shapes, writePact } from './pact.fixture.ts';

describe('conform pact', function () {
  this.timeout(120_000);
  let folder: string;
  const written: Record<string, Ran> = {};
  const at = (...names: readonly string[]): string => join(folder, ...names);
  const pactOf = (shape: string): string => {
    const operation = shape.replaceAll('-', '');
    return at(shape, 'out', `${operation}-client-platform-api.json`);
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pact-'));
    for (const shape of shapes) written[shape] = await writePact(shape, folder);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [shape, { wanted }] of Object.entries(operations)) {
    it(`writes what a consumer of ${shape} relies on, and says what it cannot`, () => {
      const { code, err } = written[shape] ?? { code: -1, err: '' };
      expect(code, err).to.equal(0);
      const pact = JSON.parse(readFileSync(pactOf(shape), 'utf8')) as { interactions: { description: string }[] };
      expect(pact.interactions.map(({ description }) => description)).to.have.members(wanted);
      expect(err.split('\n').filter((line) => line.startsWith('left out: '))).to.have.length(3 - wanted.length);
    });
  }

  it('writes the same again', async () => {
    await conform(['pact', '--contract', at('save-tool'), '--out', at('again')]);
    for (const [file, name] of [
      [pactOf('save-tool'), 'savetool-client-platform-api.json'],
      [at('save-tool', 'out', 'client.ts'), 'client.ts'],
    ] as const)
      expect(readFileSync(at('again', name), 'utf8')).to.equal(readFileSync(file, 'utf8'));
  });

  for (const shape of ['get-tool', 'write-note', 'save-tool'] as const)
    it(`is kept for ${shape} by the provider that serves it, and broken by one that answers otherwise`, async () => {
      const verify = ['verify', '--contract', at(shape), '--pacts'];
      const kept = await conform([...verify, pactOf(shape)]);
      expect(kept.code, kept.out + kept.err).to.equal(0);
      // A consumer that relies on the opposite: every status is one that the provider does not answer with.
      const broken = at(`${shape}.json`);
      const text = readFileSync(pactOf(shape), 'utf8').replaceAll('"status": "success"', '"status": "clientError"');
      writeFileSync(broken, text.replace(/"status": \[[^\]]*\]/g, '"status": "success"'));
      const ran = await conform([...verify, broken]);
      expect(ran.code, ran.out + ran.err).to.equal(1);
      expect(ran.out).to.include(`${operations[shape].wanted.length} promises broken, 0 kept`);
    });

  // That they compile under strict: `pact-clients.proof.ts`.
  it('writes clients that call what the contract says', async () => {
    let ready: (line: string) => void = () => undefined;
    const line = new Promise<string>((resolve) => (ready = resolve));
    const stop = new AbortController();
    const serving = conform(['serve', '--contract', at('save-tool')], {
      signal: stop.signal,
      out: (text) => {
        ready(text);
      },
    });
    try {
      const { url } = JSON.parse(await line) as { url: string };
      const { SaveToolClient } = (await import(at('save-tool', 'out', 'client.ts'))) as {
        SaveToolClient: new (url: string, options: object) => Record<string, (request: object) => Promise<unknown>>;
      };
      const client = new SaveToolClient(url, { credentials: { kind: 'none' } });
      const [call = ''] = Object.getOwnPropertyNames(Object.getPrototypeOf(client)).filter((n) => n !== 'constructor');
      expect(await client[call]!({ Name: 'hammer', Price: 12.5 })).to.be.an('object');
      const refused = await client[call]!({ Price: 12.5 }).catch((error: unknown) => error);
      expect(refused).to.include({ name: 'ServiceError', status: 400 });
      expect(refused).to.have.nested.property('responseStatus.ErrorCode');
    } finally {
      stop.abort();
      await serving;
    }
  });
});
