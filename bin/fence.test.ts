import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { connectionStatusUpdate as contract } from '../contracts/connection-status-update.ts';
import type { Contract } from '../src/model/contract.ts';
import type { Report } from '../src/model/report.ts';
import { conform } from './console.fixture.ts';
import { itLeavesAsItWas, itSendsNoCallOf, openToEverybody, serve } from './fence.fixture.ts';
import { shippedHost } from './host.fixture.ts';

// Of a host as it should be, and of operations of other shapes: `fence.proof.ts`.
describe('the fence around a live target', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'fence-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  itLeavesAsItWas('that has lost its authentication', openToEverybody);

  it('sends whoever may do less no more than others, and leaves a host as it was that lets them do it', async () => {
    const restricted: Contract = { ...contract, roles: ['Manager'] };
    const running = await shippedHost({ contract: restricted, mutate: openToEverybody });
    try {
      const before = JSON.stringify(running.inspect());
      const [own, report] = [join(folder, 'restricted'), join(folder, 'lesser.json')];
      const shipped = fileURLToPath(new URL('../contracts/connection-status-update', import.meta.url));
      cpSync(shipped, own, { recursive: true });
      const stated = JSON.parse(readFileSync(join(own, 'contract.json'), 'utf8')) as Contract;
      writeFileSync(join(own, 'contract.json'), JSON.stringify({ ...stated, roles: ['Manager'] }));
      const env = { CONFORM_TOKEN: running.token, CONFORM_LESSER_TOKEN: running.lesser.token };
      await conform(['--target', running.url, '--contract', own, '--only', 'AUTH-04*', '--report', `json=${report}`], {
        env,
      });
      const text = readFileSync(report, 'utf8');
      expect(text).not.to.include(running.lesser.token);
      const { exchanges, requirements } = JSON.parse(text) as Report;
      expect(exchanges.filter(({ presents }) => presents === 'lesser-credentials')).to.have.length.above(20);
      expect(exchanges.map((x) => x.effect)).to.not.include('own');
      expect(requirements.find(({ id }) => id === 'AUTH-046')?.verdict).to.equal('fail');
      expect(requirements.find(({ id }) => id === 'AUTH-047')?.verdict).to.equal('skip');
      expect(JSON.stringify(running.inspect())).to.equal(before);
    } finally {
      await running.close();
    }
  });

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

  it('keeps one list of what is spent for a file and every link to it', async () => {
    const running = await serve();
    try {
      const [file, link] = [join(folder, 'linked.json'), join(folder, 'link.json')];
      writeFileSync(file, JSON.stringify(running.connections.slice(0, 1)));
      symlinkSync(file, link);
      const line = ['--target', running.url, '--only', 'routes', '--allow-changes', '--connections'];
      const env = { CONFORM_TOKEN: running.token };
      expect((await conform([...line, link], { env })).code).to.equal(0);
      expect(existsSync(`${link}.spent`)).to.equal(false);
      const { code, err } = await conform([...line, file], { env });
      expect(err).to.match(/the only subject is spent, as .*linked\.json\.spent says/);
      expect(code).to.equal(2);
    } finally {
      await running.close();
    }
  });

  it('refuses to change a target without a source of connections', async () => {
    const { code, err } = await conform(['--target', 'http://127.0.0.1:9', '--allow-changes']);
    expect(code).to.equal(2);
    expect(err).to.match(/^--allow-changes needs .*\n$/);
  });

  const subject = '11111111-1111-4111-8111-000000000001';
  const others = ['ContactId', 'ContactTypeId', 'RoleId'].map((name) => [name, subject.replace('1', '2')]);
  for (const [what, argv, says] of [
    [
      'an added header',
      ['--add-header', `X-Trace: ${subject.toUpperCase()}`],
      /^--add-header X-Trace: names a subject/,
    ],
    ['a base path', ['--target', `http://127.0.0.1:9/${subject.replaceAll('-', '')}`], /^--target: names a subject/],
    ['a namespace', ['--xml-namespace', `urn:%3${subject}`], /^--xml-namespace: names a subject/],
    ['a login path', ['--auth', 'session', '--login-path', `/in/%31${subject.slice(1)}`], /^--login-path: names a/],
    [
      'a login body',
      ['--auth', 'session', '--login-body', `{"a":"\\u0031${subject.slice(1)}"}`],
      /^--login-body: names a/,
    ],
    [
      'a login at a route',
      ['--auth', 'session', '--login-path', `/api/connections/${crypto.randomUUID()}/cancel?x=1`],
      /^--login-path .*: signing in there would be a call of/,
    ],
    [
      'a login at a predefined route',
      ['--auth', 'session', '--login-path', '/api/json/reply/Connection%53tatusUpdate'],
      /^--login-path .*: signing in there would be a call of/,
    ],
    ['the name of a header', ['--add-header', `X-${subject}: 1`], /^--add-header X-.*: names a subject/],
    ['the sender of requests', ['--user-agent', `a ${subject}`], /^--user-agent: names a subject/],
    ['a user', ['--auth', 'session', '--user', subject], /^--user: names a subject/],
    ['a value of another member', ['--values', `RoleId: ${subject}`], /^the value of RoleId: names a subject/],
    ...['X-HTTP-Method: PUT', 'x-method-override: PUT', 'X-Original-URL: /a', 'X-Rewrite-URL: /a'].map(
      (line) => [`the header ${line}`, ['--add-header', line], /: this header is the suite's own/] as const,
    ),
    ...[
      '//api//connections/x/cancel',
      '/x/../api/./connections/x/cancel/.',
      '/api/connections/x/cancel;a=b',
      '/api/connections/x/cancel%00',
      '/api\\connections\\x\\cancel%20',
      '/api/json/oneway/ConnectionStatusUpdate',
      '/api/jsv/syncreply/connectionstatusupdate[]',
      '/api/ConnectionStatusUpdate.json',
      '/api/soap12',
    ].map(
      (path) =>
        [
          `a login at ${path}`,
          ['--auth', 'session', '--login-path', path],
          /^--login-path .*: signing in there would be a call of/,
        ] as const,
    ),
    [
      'a base that is one way',
      ['--target', 'http://127.0.0.1:9/api/json/oneway/ConnectionStatusUpdate'],
      /^--target .*: this is the address of a call/,
    ],
    [
      'a protected address that is no address',
      ['--target', 'http://0.0.0.0:9', '--protected-host', '127.0.0.1', '--allow-changes'],
      /^--allow-changes: .* is protected \(127\.0\.0\.1\)/,
    ],
    [
      'a base that is a call',
      ['--target', 'http://127.0.0.1:9/api/connections/1/remove/'],
      /^--target .*: this is the address of a call/,
    ],
    ['a host that protects nothing', ['--protected-host', '10.0.0.0/8'], /is no host/],
    [
      'a protected address by another name',
      ['--target', 'http://localhost:9', '--protected-host', '127.0.0.1', '--allow-changes'],
      /^--allow-changes: localhost resolves to a protected address \(127\.0\.0\.1\)/,
    ],
    [
      'a protected address within IPv6',
      ['--target', 'http://[::ffff:127.0.0.1]:9', '--protected-host', '127.0.0.1', '--allow-changes'],
      /^--allow-changes: .* is protected \(127\.0\.0\.1\)/,
    ],
  ] as const) {
    it(`refuses ${what} before anything is sent`, async () => {
      const file = join(folder, 'subjects.json');
      writeFileSync(file, JSON.stringify([{ ConnectionId: subject, ...Object.fromEntries(others) }]));
      const target = argv.some((word) => word === '--target') ? [] : ['--target', 'http://127.0.0.1:9'];
      const { code, err } = await conform([...target, ...argv, '--connections', file], {
        env: { CONFORM_USER: 'u', CONFORM_PASSWORD: 'a-long-password' },
      });
      expect(err).to.match(says);
      expect(code).to.equal(2);
    });
  }

  it('sends a host nothing of a pact whose interactions stand on no state', async () => {
    // A folder with nothing but this pact in it.
    const alone = mkdtempSync(join(folder, 'pact-'));
    const asked: string[] = [];
    const refused = JSON.stringify({ ResponseStatus: { ErrorCode: 'NotFound', Message: 'it is not there' } });
    const host = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      const [status, body] = request.url?.startsWith('/api/connections/') === true ? [400, refused] : [404, ''];
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
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
        join(alone, 'pact.json'),
        JSON.stringify({
          consumer: { name: 'c' },
          provider: { name: 'platform-api' },
          interactions,
          metadata: { pactSpecification: { version: '4.0' } },
        }),
      );
      const ran = await conform(['verify', '--pacts', alone, '--target', url], {
        env: { CONFORM_TOKEN: 't', PATH: process.env['PATH'] },
      });
      expect(asked.filter((line) => /purge|orders|0{8}-0{4}/.test(line))).to.deep.equal([]);
      expect(asked.join(' ')).to.not.contain(live.slice(1));
      expect(ran.code, ran.err).to.not.equal(0);
      expect(ran.out).to.match(/was neither made\s+nor drawn/);
    } finally {
      host.close();
    }
  });

  itSendsNoCallOf('of POST alone');
  itSendsNoCallOf('that makes what it does not find');
});
