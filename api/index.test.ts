import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { connectionStatusUpdate } from '../contracts/connection-status-update.ts';
import { catalogue as requirements } from '../specs/catalogue.ts';
import type { Running } from '../src/provider/provider.ts';
import {
  catalogue,
  conform,
  conformOperations,
  InconclusiveError,
  UsageError,
  type HostRunSettings,
  type RunSettings,
} from './index.ts';
import { shippedHost } from '../bin/host.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

async function rejection(settings: unknown): Promise<Error> {
  const outcome = await conform(settings as RunSettings).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error('it did not reject');
  return outcome;
}

describe('the package as a program uses it', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'conform-api-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  describe('conform()', () => {
    it('asks the embedded provider where no target is given, and touches nothing', async () => {
      const report = await conform({ only: ['verbs'] }, { cwd: folder });
      expect(report).to.include({ verdict: 'conforms', exitCode: 0, interrupted: false });
      expect(report.target.kind).to.equal('embedded');
      expect(new Set(report.requirements.map(({ area }) => area))).to.have.all.keys('verbs');
      expect(readdirSync(folder)).to.deep.equal([]);
    });

    it('runs all operations of a folder, one after the other, with ids that name them', async () => {
      const contracts = join(folder, 'contracts');
      for (const shape of ['read-thing', 'write-note'])
        cpSync(join(root, 'specs/shapes', shape), join(contracts, shape), { recursive: true });
      const said: string[] = [];
      for await (const report of conformOperations({ contracts, only: ['*:VERB-002'] }, { cwd: folder }))
        said.push(`${report.requirements.map(({ id }) => id).join()} ${report.exitCode}`);
      expect(said).to.deep.equal(['ReadThing:VERB-002 0', 'WriteNote:VERB-002 0']);
      for (const [settings, says] of [
        [{ contracts: join(folder, 'none') }, /^settings\.contracts .*none: is no folder/],
        [{}, /^settings\.contracts is missing/],
      ] as const) {
        const outcome = await conformOperations(settings as HostRunSettings)
          .next()
          .catch((error: unknown) => error);
        expect(outcome).to.be.instanceOf(UsageError).with.property('message').that.matches(says);
      }
      rmSync(contracts, { recursive: true });
    });

    it('takes the clocks that it is given', async () => {
      let hours = 0;
      const elapsed = (): number => (hours += 1) * 3_600_000;
      const now = (): Date => new Date('2026-11-26T10:00:00Z');
      const report = await conform({ only: ['ROUTE-001'] }, { now, elapsed });
      expect(report.startedAt).to.equal('2026-11-26T10:00:00.000Z');
      expect(report.durationMs).to.be.above(0);
      expect(report.durationMs % 3_600_000).to.equal(0);
    });

    it('tells how far it has come', async () => {
      const told: string[] = [];
      await conform({ only: ['ROUTE-001'] }, { progress: (done, of) => void told.push(`${done}/${of}`) });
      expect(told).not.to.be.empty;
      const [, of] = told.at(-1)?.split('/') ?? [];
      expect(told.at(-1)).to.equal(`${of ?? ''}/${of ?? ''}`);
    });

    it('knows nothing of the environment and of files that it was not told of', async () => {
      writeFileSync(join(folder, 'conform.config.json'), '{"target":"http://127.0.0.1:9"}');
      writeFileSync(join(folder, 'conform.waivers.json'), 'none of JSON');
      const report = await conform({ only: ['ROUTE-001'] }, { cwd: folder, env: { CONFORM_TARGET: 'ftp://x' } });
      expect(report.target.kind).to.equal('embedded');
      expect(report.exitCode).to.equal(0);
    });

    for (const contract of ['specs/shapes/read-thing', 'specs/shapes/write-note']) {
      it(`is about the operation that it is told: ${contract}`, async () => {
        const report = await conform({ contract }, { cwd: root });
        expect(report.suite.operation).not.to.equal(connectionStatusUpdate.operation);
        expect(report).to.include({ verdict: 'conforms', exitCode: 0 });
      });
    }

    it('resolves with what is known when it is aborted', async () => {
      const stop = new AbortController();
      const report = await conform(
        { limits: { concurrency: 1 } },
        { signal: stop.signal, progress: (done) => done >= 5 && stop.abort() },
      );
      expect(report).to.include({ interrupted: true, verdict: 'inconclusive', exitCode: 130 });
      expect(report.summary.exchanges).to.be.above(0);
    });

    describe('against a host', () => {
      let host: Running;
      before(async () => {
        host = await shippedHost();
      });
      after(() => host.close());

      it('only reads, and says what was not exercised', async () => {
        const before = JSON.stringify(host.inspect());
        const report = await conform({
          target: new URL(host.url),
          authentication: { auth: 'bearer', token: host.token },
          only: ['verbs', 'routes'],
        });
        expect(report).to.include({ verdict: 'conforms', exitCode: 0 });
        expect(report.summary.skip).to.be.above(0);
        expect(JSON.stringify(host.inspect())).to.equal(before);
        expect(JSON.stringify(report)).not.to.include(host.token);
      });

      it('exercises success on subjects of its own, where it is told that it may', async () => {
        const report = await conform({
          target: host.url,
          authentication: { auth: 'basic', user: host.user, password: host.password },
          states: host.stateUrl,
          allowChanges: true,
          only: ['VERB-001', 'VERB-002'],
        });
        expect(report.summary).to.include({ pass: 2, skip: 0 });
        const changed = report.exchanges.filter(
          ({ effect, response }) => effect !== 'none' && response?.status === 200,
        );
        expect(changed).not.to.be.empty;
      });
    });

    it('resolves where the host is not there: that is an outcome', async () => {
      const report = await conform({ target: 'http://127.0.0.1:9' });
      expect(report).to.include({ verdict: 'inconclusive', exitCode: 3 });
      expect(report.says).to.include('127.0.0.1:9');
    });

    const url = 'https://host.example';
    for (const [what, settings, says] of [
      ['a target from a variable that is not set', { target: undefined }, /^settings\.target is undefined: /],
      ['a target that is no URL', { target: 'staging' }, /^settings\.target staging: not an http/],
      ['a key that is none', { limts: {} }, /^settings\.limts is no setting; there are contract, contracts, target, /],
      [
        'a key that is none, within',
        { limits: { tmeout: 1 } },
        /^settings\.limits\.tmeout is no setting; settings\.limits has /,
      ],
      ['a value of another type', { limits: { timeout: '5' } }, /^settings\.limits\.timeout takes a whole number/],
      ['report, which are for the caller to write', { report: ['html=x'] }, /^settings\.report is no setting/],
      ['a requirement that there is not', { only: ['ROUTE-999'] }, /^settings\.only ROUTE-999: /],
      [
        'changes without subjects',
        { target: url, allowChanges: true },
        /^settings\.allowChanges needs subjects.*settings\.connections/,
      ],
      [
        'subjects of the embedded provider',
        { connections: 'c.json' },
        /^settings\.connections .*goes with settings\.target/,
      ],
      [
        'two sources of subjects',
        { target: url, connections: 'c.json', states: url },
        /^settings\.connections and settings\.states are two/,
      ],
      [
        'a file that is not there',
        { target: url, connections: 'c.json' },
        /^settings\.connections .*c\.json: cannot be read/,
      ],
      ['waivers that are not there', { waivers: 'w.json' }, /w\.json: cannot be read/],
      [
        'a way to sign in without its secret',
        { target: url, authentication: { auth: 'bearer' } },
        /needs a token: settings\.authentication\.token,/,
      ],
      [
        'a way to sign in without its user',
        { target: url, authentication: { auth: 'basic', password: 'p' } },
        /needs a user: settings\.authentication\.user$/,
      ],
      [
        'a header to sign in with that has no name',
        { target: url, authentication: { auth: 'header', token: 't' } },
        /needs settings\.authentication\.authHeader NAME/,
      ],
      ['a contract that there is not', { contract: 'NoSuch' }, /^settings\.contract NoSuch: is no contract/],
      ['no object', null, /^the settings are an object/],
    ] as const) {
      it(`rejects ${what} in one sentence, in the words of the settings`, async () => {
        const error = await rejection(settings);
        expect(error).to.be.instanceOf(UsageError);
        expect(error.message).to.match(says);
        expect(error.message).not.to.match(/\n|--\w|CONFORM_/);
      });
    }

    it('repeats no secret that it cannot use', async () => {
      const { message } = await rejection({ target: url, authentication: { auth: 'bearer', token: 4711 } });
      expect(message)
        .to.match(/^settings\.authentication\.token takes a string/)
        .and.not.include('4711');
    });

    it('rejects a token command that yields no token', async () => {
      const error = await rejection({ target: url, authentication: { auth: 'bearer', tokenCommand: 'exit 3' } });
      expect(error).to.be.instanceOf(InconclusiveError);
      expect(error.message).to.match(/^the token command ended with 3/);
    });
  });

  it('has the catalogue as data', () => {
    expect(JSON.parse(JSON.stringify(catalogue))).to.deep.equal(catalogue);
    const ids = (areas: typeof catalogue | typeof requirements): readonly string[] =>
      areas.flatMap((area) => area.requirements.map(({ id }) => id));
    expect(ids(catalogue)).to.deep.equal(ids(requirements));
    const cites = catalogue.flatMap((area) => area.requirements.flatMap((each) => each.cites));
    expect(cites.filter(({ url, sourceTitle }) => !url.startsWith('https://') || sourceTitle === '')).to.deep.equal([]);
  });
});
