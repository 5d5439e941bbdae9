import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connectionStatusUpdate as contract } from '../contracts/connection-status-update.ts';
import { schemas } from '../schemas/index.ts';
import { catalogue } from '../specs/catalogue.ts';
import { observations } from '../specs/observations.ts';
import { createComposer } from '../src/catalogue/composer.ts';
import type { Contract } from '../src/model/contract.ts';
import type { Report } from '../src/model/report.ts';
import type { Mutate } from '../src/provider/behaviour.ts';
import { createProvider, type Running } from '../src/provider/provider.ts';
import { plan, plannedSteps, type Ability } from '../src/run/plan.ts';
import { membersOf } from '../src/schema/members.ts';
import { conform } from './console.fixture.ts';

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const profile = {
  hosting: 'classic',
  casing: 'pascal',
  serializer: 'servicestack',
  debug: false,
  xmlNamespace: contract.xmlNamespace,
} as const;
const openToEverybody: Mutate = (b) => ({ ...b, authenticate: () => ({ kind: 'accepted' }) });

function serve(mutate?: Mutate): Promise<Running> {
  return createProvider({
    contract,
    schemas,
    profile,
    seed: 7,
    now: () => new Date(),
    ...(mutate && { mutate }),
  }).listen(0);
}

describe('the fence around a live target', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'conform-'));
  });

  for (const [host, mutate] of [
    ['as it should be', undefined],
    ['that has lost its authentication', openToEverybody],
  ] as const) {
    it(`leaves a host ${host} as it was, and names nothing that exists`, async () => {
      const running = await serve(mutate);
      try {
        const before = JSON.stringify(running.inspect());
        const file = join(folder, 'report.json');
        await conform(['--target', running.url, '--report', `json=${file}`], { env: { CONFORM_TOKEN: running.token } });
        const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
        const existing = new Set(before.match(guid)?.map((id) => id.toLowerCase()));
        const named = report.exchanges.flatMap((x) =>
          [...`${x.request.url} ${x.request.body ?? ''}`.matchAll(guid)].map(([id]) => id.toLowerCase()),
        );
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
      const changed = (): readonly string[] =>
        running
          .inspect()
          .filter((e) => e.state !== contract.subject?.states.fresh)
          .map((e) => e.subject['ConnectionId'] ?? '');
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

  it('sends a host nothing of a pact whose interactions stand on no state', async () => {
    const asked: string[] = [];
    const host = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((host.address() as AddressInfo).port)}`;
    const live = '11111111-1111-4111-8111-000000000001';
    const interactions = [
      ['DELETE', '/api/connections/purge', null],
      ['POST', '/orders/1234/delete', null],
      ['POST', `/api/connections/%31${live.slice(1)}/cancel`, null],
      ['POST', '/api/connections/00000000-0000-0000-0000-000000000000/cancel', { ConnectionId: live }],
    ].map(([method, path, body], i) => ({
      description: `call ${String(i)}`,
      type: 'Synchronous/HTTP',
      request: {
        method,
        path,
        ...(body !== null && {
          headers: { 'Content-Type': ['application/json'] },
          body: { content: body, contentType: 'application/json', encoded: false },
        }),
      },
      response: { status: 200 },
    }));
    try {
      writeFileSync(
        join(folder, 'pact.json'),
        JSON.stringify({
          consumer: { name: 'c' },
          provider: { name: 'platform-api' },
          interactions,
          metadata: { pactSpecification: { version: '4.0' } },
        }),
      );
      const ran = await conform(['verify', '--pacts', folder, '--target', url], {
        env: { CONFORM_TOKEN: 't', PATH: process.env['PATH'] },
      });
      expect(
        asked.filter((line) => !/^POST \/api\/connections\/[0-9a-f-]{36}\/(cancel|remove)$/.test(line)),
        ran.out,
      ).to.deep.equal([]);
      expect(asked.join(' ')).to.not.contain(live.slice(1));
      expect(ran.code).to.not.equal(0);
    } finally {
      host.close();
    }
  });

  /** Operations that nobody has said anything of, as far as they differ from the shipped one. */
  const shapes: Readonly<Record<string, Partial<Contract>>> = {
    anonymous: { authentication: 'none', subject: null },
    'of all verbs': { subject: null },
    'of POST alone': { subject: null, routes: [{ name: 'make', path: '/api/things', verbs: ['POST'] }] },
    'that makes what it does not find': {
      verbs: ['PUT'],
      subject: { member: 'ConnectionId', kind: 'guid', states: { fresh: 'an active connection', absent: null } },
    },
    'whose subject is a number': {
      subject: {
        member: 'ConnectionId',
        kind: 'other',
        states: { fresh: 'an active connection', absent: 'no such connection' },
      },
    },
  };
  const reading: Ability = {
    changesRefused: { cause: 'effects', reason: 'only read' },
    stateRefused: () => null,
    credentialRefused: () => null,
    subjects: 'unlimited',
    exhausted: { cause: 'subjects', reason: 'none left' },
  };
  for (const [shape, differs] of Object.entries(shapes)) {
    it(`plans no call of an operation ${shape}, by any requirement or observation`, () => {
      const other: Contract = { ...contract, ...differs };
      const composer = createComposer(other, membersOf(other, schemas), profile);
      const sent = plannedSteps(plan(catalogue, composer, reading, observations(composer))).map(
        ({ script, step }) => script.script.steps[step],
      );
      const calls = sent.filter(
        (step) =>
          step !== undefined &&
          (step.credentials !== 'none' || step.body !== null || !['GET', 'OPTIONS'].includes(step.method)),
      );
      expect(calls).to.deep.equal([]);
      const routes = other.routes.map(({ path }) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`, 'i'));
      const paths = sent.filter((step) => step?.method === 'GET').map((step) => step?.path.replace(/\?.*$/, '') ?? '');
      expect(paths.filter((path) => routes.some((route) => route.test(path)))).to.deep.equal([]);
    });
  }
});
