import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { conform, type Ran } from '../bin/console.fixture.ts';
import type { Report } from '../src/model/report.ts';

/** Operations that have nothing in common with the shipped one: what is said of it may rely on nothing of its own. */
export const shapes = {
  'read-thing': { judged: 45, reading: 40, only: 'GET' },
  'write-note': { judged: 95, reading: 0, only: 'POST' },
} as const;
/** Options that say how a host is set up. */
export const profiles = [
  [],
  ['--guids', 'compact', '--dates', 'ms'],
  ['--hosting', 'endpoints', '--casing', 'camel', '--serializer', 'system-text-json', '--debug'],
] as const;

interface Served {
  readonly url: string;
  readonly token: string;
}

/** Tests of an operation, each of which registers itself. */
export interface ShapeTests {
  /** @param profile options of it; none for a plain host */
  readonly raisesNoAlarm: (profile: (typeof profiles)[number]) => void;
  readonly isPlanned: () => void;
  readonly goesThroughEveryCommand: () => void;
  readonly isProven: () => void;
  readonly isVerified: () => void;
}

/** Registers a suite of tests of an operation. */
export function describeShape(shape: keyof typeof shapes, register: (tests: ShapeTests) => void): void {
  const { judged, reading, only } = shapes[shape];
  const contract = ['--contract', fileURLToPath(new URL(`shapes/${shape}`, import.meta.url))];

  describe(`an operation of another shape: ${shape}`, function () {
    this.timeout(120_000);
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), 'shapes-'));
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });

    const run = (argv: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
      conform([...argv, ...contract], { env: { PATH: process.env['PATH'] ?? '', ...env } });
    const reportOf = (name: string): Report => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report;

    /** Calls `use` with a host that serves the contract, in this process. */
    async function served(use: (host: Served, env: Record<string, string>) => Promise<void>): Promise<void> {
      const stop = new AbortController();
      let ready: (line: string) => void = () => undefined;
      const line = new Promise<string>((resolve) => (ready = resolve));
      const serving = conform(['serve', ...contract], {
        signal: stop.signal,
        out: (text) => {
          ready(text);
        },
      });
      const host = JSON.parse(await line) as Served;
      try {
        await use(host, { CONFORM_TOKEN: host.token });
      } finally {
        stop.abort();
        await serving;
      }
    }

    register({
      raisesNoAlarm: (profile) => {
        it(`raises no alarm on its own provider: ${profile.join(' ') || 'plain'}`, async () => {
          const ran = await run(['run', ...profile, '--report', `json=${join(folder, 'run.json')}`]);
          expect(ran.code, ran.out + ran.err).to.equal(0);
          const { requirements } = reportOf('run.json');
          expect(requirements.filter((r) => r.verdict === 'fail').map((r) => r.id)).to.deep.equal([]);
          if (profile.length === 0)
            expect(requirements.filter((r) => r.verdict === 'pass')).to.have.length.above(judged);
        });
      },
      isPlanned: () => {
        it('is planned, explained and configured', async () => {
          const planned = await run(['plan', '--as', 'json']);
          const rows = JSON.parse(planned.out) as readonly {
            readonly request: { readonly method: string; readonly body: string | null };
          }[];
          expect(rows).to.have.length.above(100);
          expect(rows.filter(({ request }) => request.method === 'GET' && request.body !== null).length).to.be.below(
            rows.length / 2,
          );
          expect((await run(['explain', 'VERB-002'])).out).to.include(only);
          expect((await run(['config'])).out).to.include(shape);
        });
      },
      goesThroughEveryCommand: () => {
        it('is served, only read without permission, accepted, gated, compared and judged from a recording', () =>
          served(async ({ url }, env) => {
            const at = ['--target', url];
            const read = await run(['run', ...at, '--report', `json=${join(folder, 'read.json')}`], env);
            const { requirements, exchanges } = reportOf('read.json');
            expect(requirements.filter((r) => r.verdict === 'pass').length, read.out).to.be.at.least(reading);
            expect(exchanges.every(({ effect }) => effect === 'none')).to.equal(true);
            if (reading === 0) {
              expect(exchanges.filter(({ request }) => request.method === 'POST')).to.deep.equal([]);
              expect(read.out).to.match(/note +nothing was asked beforehand: no call of the operation is known/);
            }

            const baseline = join(folder, `${shape}.baseline.json`);
            const accepted = await run(
              ['accept', ...at, '--allow-changes', '--baseline', baseline, '--reason', 'a test'],
              env,
            );
            expect(accepted.code, accepted.err).to.equal(0);
            const gated = await run(
              ['gate', ...at, '--allow-changes', '--baseline', baseline, '--seed', '2', '--strict'],
              env,
            );
            expect(gated.code, gated.out).to.equal(0);
            const compared = await run(['compare', url, url, '--allow-changes', '--strict'], env);
            expect(compared.code, compared.out + compared.err).to.equal(0);

            const har = join(folder, `${shape}.har`);
            await run(['run', ...at, '--allow-changes', '--report', `har=${har}`], env);
            const recorded = await run(['judge', har, '--report', `json=${join(folder, 'judged.json')}`]);
            expect(recorded.code, recorded.out).to.be.oneOf([0, 2]);
            expect(
              reportOf('judged.json')
                .requirements.filter((r) => r.verdict === 'fail')
                .map((r) => r.id),
            ).to.deep.equal([]);
          }));
      },
      isProven: () => {
        it('is proven by the mutants that can show something of it', async () => {
          const proven = await run(['prove', '--mutant', 'harmless-other-refusals']);
          expect(proven.code, proven.out + proven.err).to.equal(0);
        });
      },
      isVerified: () => {
        it('is verified by pacts of its own', async () => {
          const [method, path, body] = only === 'GET' ? ['GET', '/api/things/7', null] : ['POST', '/api/notes', {}];
          const interaction = {
            type: 'Synchronous/HTTP',
            description: 'a call',
            request: {
              method,
              path,
              headers: { Accept: ['application/json'] },
              ...(body !== null && { body: { content: body, contentType: 'application/json', encoded: false } }),
            },
            response: { status: only === 'GET' ? 200 : 401 },
          };
          const metadata = { pactSpecification: { version: '4.0' } };
          const pact = {
            consumer: { name: 'c' },
            provider: { name: 'platform-api' },
            interactions: [interaction],
            metadata,
          };
          writeFileSync(join(folder, 'pact.json'), JSON.stringify(pact));
          const verified = await run(['verify', '--pacts', join(folder, 'pact.json')]);
          expect(verified.code, verified.out + verified.err).to.equal(0);
        });
      },
    });
  });
}
