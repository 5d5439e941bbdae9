import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Contract } from '../src/model/contract.ts';
import type { Report } from '../src/model/report.ts';
import type { Mutate } from '../src/provider/behaviour.ts';
import type { Running } from '../src/provider/provider.ts';
import { conform } from './console.fixture.ts';
import { shippedHost } from './host.fixture.ts';

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
export const openToEverybody: Mutate = (b) => ({ ...b, authenticate: () => ({ kind: 'accepted' }) });
const pacts = fileURLToPath(new URL('../pacts', import.meta.url));

/** The shipped operation, served in this process. */
export function serve(mutate?: Mutate): Promise<Running> {
  return shippedHost({ ...(mutate && { mutate }) });
}

/** A test that a run without permission leaves a host as it was. */
export function itLeavesAsItWas(host: string, mutate?: Mutate): void {
  it(`leaves a host ${host} as it was, and names nothing that exists`, async () => {
    const running = await serve(mutate);
    const folder = mkdtempSync(join(tmpdir(), 'fence-'));
    const file = join(folder, 'report.json');
    try {
      const before = JSON.stringify(running.inspect());
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
      rmSync(folder, { recursive: true });
      await running.close();
    }
  });
}

const imported = JSON.parse(
  readFileSync(new URL('../contracts/connection-status-update/contract.json', import.meta.url), 'utf8'),
) as Contract;
/** Operations that nobody has said anything of, as far as they differ from the shipped one. */
export const shapes = {
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
} as const satisfies Readonly<Record<string, Partial<Contract>>>;
/** What reached an operation: everything but documentation and paths that stand nowhere. */
const calls = (asked: readonly Asked[], { routes, prefix }: Contract): readonly string[] =>
  asked
    .filter(({ method, path, credentials, body }) => {
      const ofRoute = routes.some((r) => new RegExp(`^${r.path.replace(/\{\w+\}/g, '[^/]+')}`, 'i').test(path));
      const described = new RegExp(`^${prefix}/(metadata|types|schema|\\w+/metadata)`, 'i').test(path);
      if (method === 'OPTIONS' && !credentials && !body) return false;
      return ofRoute || credentials || body || (method !== 'GET' && !described);
    })
    .map(({ method, path }) => `${method} ${path}`);

/** A test that no command calls an operation of such a shape without permission. */
export function itSendsNoCallOf(shape: keyof typeof shapes): void {
  it(`sends no call of an operation ${shape}, by any command, to a host that has lost its authentication`, async () => {
    const other: Contract = { ...imported, ...shapes[shape] };
    const folder = mkdtempSync(join(tmpdir(), 'shape-'));
    const file = join(folder, 'contract.json');
    writeFileSync(file, JSON.stringify(other));
    const asked: Asked[] = [];
    const host = createServer((request, response) => {
      const { method = '', url = '', headers } = request;
      const credentials = headers.authorization !== undefined || headers.cookie !== undefined;
      const body = headers['content-length'] !== undefined && headers['content-length'] !== '0';
      asked.push({ method, path: url.replace(/\?.*$/, ''), credentials, body });
      request.resume().on('end', () => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}'));
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((host.address() as AddressInfo).port)}`;
    try {
      const env = { CONFORM_TOKEN: 'a-token', PATH: process.env['PATH'] };
      const baseline = join(folder, 'none.json');
      for (const line of [
        ['run'],
        ['accept', '--baseline', baseline, '--reason', 'r'],
        ['gate', '--baseline', baseline],
        ['verify', '--pacts', pacts],
        ['probe'],
      ])
        await conform([...line, '--target', url, '--contract', file], { env });
      await conform(['compare', url, url, '--contract', file], { env });
      expect(asked.some(({ path }) => path.endsWith('/types/metadata.json'))).to.equal(true);
      expect(calls(asked, other)).to.deep.equal([]);
    } finally {
      host.close();
      rmSync(folder, { recursive: true });
    }
  });
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly credentials: boolean;
  readonly body: boolean;
}
