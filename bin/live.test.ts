// A live target from end to end: what is sent, waited for, renewed and spent, behind one front.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connectionStatusUpdate as contract } from '../contracts/connection-status-update.ts';
import { key, trusted } from '../src/exchange/certificates.fixture.ts';
import type { Report } from '../src/model/report.ts';
import type { Running } from '../src/provider/provider.ts';
import { conform, type Ran } from './console.fixture.ts';
import { shippedHost } from './host.fixture.ts';

/** Stands before the provider as a staging host's front would, and may answer in its place. */
type Front = (request: IncomingMessage, response: ServerResponse) => boolean;

describe('a live target', function () {
  this.timeout(60_000);
  let folder: string;
  let provider: Running;
  let servers: Server[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'live-'));
    servers = [];
    provider = await shippedHost();
  });
  afterEach(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await provider.close();
    rmSync(folder, { recursive: true });
  });

  async function front(answers: Front, secure?: { readonly key: string; readonly cert: string }): Promise<string> {
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          if (answers(request, response)) return;
          const headers = request.rawHeaders.flatMap((each, i) =>
            i % 2 === 0 && !/^(host|connection)$/i.test(each)
              ? [[each, request.rawHeaders[i + 1] ?? ''] as [string, string]]
              : [],
          );
          void forward(
            `${provider.url}${request.url ?? ''}`,
            request.method ?? '',
            headers,
            Buffer.concat(chunks),
            response,
          );
        });
    };
    const server = secure === undefined ? createServer(listener) : createSecureServer(secure, listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `${secure === undefined ? 'http' : 'https'}://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  async function run(
    argv: readonly string[],
    env: Record<string, string> = {},
  ): Promise<Ran & { readonly report: Report | null }> {
    const file = join(folder, 'report.json');
    const ran = await conform([...argv, '--report', `json=${file}`, '--report', 'terminal'], { cwd: folder, env });
    return { ...ran, report: existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null };
  }

  const refuse = (response: ServerResponse): true => {
    response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end();
    return true;
  };

  /** Takes one of two tokens for the provider's own: the first one until so many were served. */
  const twoTokens = (served: number, onEnd: () => void): Front => {
    let left = served;
    return (request, response) => {
      const at = request.rawHeaders.findIndex(
        (each) => each === 'Bearer first-token' || each === 'Bearer second-token',
      );
      if (at === -1) return false;
      if (request.rawHeaders[at] === 'Bearer first-token') {
        left -= 1;
        if (left === 0) onEnd();
        if (left <= 0) return refuse(response);
      }
      request.rawHeaders[at] = `Bearer ${provider.token}`;
      return false;
    };
  };
  const token = (text: string): void => {
    writeFileSync(join(folder, 'token'), `${text}\n`);
  };

  it('renews a token that ends during the run by the token command, and says so', async () => {
    token('first-token');
    const url = await front(
      twoTokens(20, () => {
        token('second-token');
      }),
    );
    const { code, report, out } = await run([
      '--target',
      url,
      '--token-command',
      'cat token',
      '--only',
      'verbs',
      '--only',
      'response-status',
    ]);
    expect([code, report?.summary.fail, report?.summary.error]).to.deep.equal([0, 0, 0]);
    expect(report?.target.notes).to.deep.equal([
      'the credentials ended during the run and were renewed once, by the token command',
    ]);
    expect(out.replace(/\s+/g, ' ')).to.contain('were renewed once, by the token command');
    expect(
      report?.exchanges.some(({ notes }) => notes?.some((note) => note.includes('answered 401 at first'))),
    ).to.equal(true);
    expect(JSON.stringify(report)).to.not.match(/first-token|second-token/);
  });

  it('judges nothing more once the credentials have ended and cannot be renewed', async () => {
    token('first-token');
    const url = await front(twoTokens(20, () => undefined));
    const { code, report } = await run(['--target', url, '--token-command', 'cat token', '--only', 'verbs']);
    expect([code, report?.verdict, report?.summary.fail]).to.deep.equal([3, 'inconclusive', 0]);
    expect(report?.target.notes?.join()).to.contain('could not be renewed');
  });

  it('says in every report that a certificate was not verified, and trusts a CA that it is given', async () => {
    const url = await front(() => false, { key, cert: trusted });
    const env = { CONFORM_TOKEN: provider.token };
    const untrusting = await run(['--target', url, '--only', 'ROUTE-001'], env);
    expect(untrusting.code).to.equal(3);
    const insecure = await run(
      [
        '--target',
        url,
        '--only',
        'routes',
        '--insecure',
        '--report',
        `html=${join(folder, 'r.html')}`,
        '--report',
        `junit=${join(folder, 'r.xml')}`,
      ],
      env,
    );
    expect(insecure.code).to.equal(0);
    for (const text of [
      insecure.out,
      insecure.report?.target.notes?.join() ?? '',
      ...['r.html', 'r.xml'].map((name) => readFileSync(join(folder, name), 'utf8')),
    ]) {
      expect(text).to.contain('certificate was not verified');
    }
    writeFileSync(join(folder, 'ca.pem'), trusted);
    const trusting = await run(['--target', url, '--only', 'routes', '--ca', 'ca.pem'], env);
    expect([trusting.code, trusting.report?.target.notes]).to.deep.equal([0, undefined]);
  });

  it('sends the headers it was told to with every request, under the base path, and shows no secret of them', async () => {
    const seen: (string | undefined)[] = [];
    const url = await front((request) => {
      seen.push(request.headers['x-gateway']?.toString());
      request.url = request.url?.replace(/^\/base/, '') ?? '';
      return false;
    });
    const { code, report } = await run(
      ['--target', `${url}/base`, '--only', 'routes', '--add-header', 'X-Gateway: ${GATE}'],
      { CONFORM_TOKEN: provider.token, GATE: 'gate-secret-1' },
    );
    expect(code).to.equal(0);
    expect(new Set(seen)).to.deep.equal(new Set(['gate-secret-1']));
    expect(
      report?.exchanges.every(
        ({ request }) =>
          request.url.startsWith(`${url}/base/`) && request.headers.some(([name]) => name === 'X-Gateway'),
      ),
    ).to.equal(true);
    expect(JSON.stringify(report)).to.not.contain('gate-secret-1');
  });

  it('waits where the target answers 429, says so, and holds it against nobody', async () => {
    let throttled = 0;
    const url = await front((_, response) => {
      throttled += 1;
      if (throttled !== 3) return false;
      response.writeHead(429, { 'Retry-After': '0' }).end();
      return true;
    });
    const { code, report } = await run(['--target', url, '--only', 'routes'], { CONFORM_TOKEN: provider.token });
    expect(code).to.equal(0);
    expect(report?.target.notes?.join()).to.contain('answered 429 once');
    expect(
      report?.exchanges.filter(({ notes }) => notes?.some((note) => note.startsWith('answered 429'))),
    ).to.have.length(1);
  });

  it('cannot judge a target that asks to wait for too long', async () => {
    const url = await front((_, response) => {
      response.writeHead(429, { 'Retry-After': '7200' }).end();
      return true;
    });
    const { code, report } = await run(['--target', url, '--only', 'routes'], { CONFORM_TOKEN: provider.token });
    expect([code, report?.summary.fail]).to.deep.equal([3, 0]);
    expect(report?.says).to.contain('7200 s');
  });

  it('keeps to its budget; what is left out is not exercised, with the reason', async () => {
    let received = 0;
    const url = await front(() => {
      received += 1;
      return false;
    });
    const { report } = await run(['--target', url, '--only', 'validation', '--budget', '30'], {
      CONFORM_TOKEN: provider.token,
    });
    expect(received).to.be.within(15, 30);
    const skipped = report?.requirements.flatMap((r) => r.cases).filter((c) => c.cause === 'budget') ?? [];
    expect(skipped.length).to.be.above(20);
    expect(skipped[0]).to.have.property('reason').that.contains('the budget of 30 exchanges');
    // What the budget leaves out is exercised without it.
    expect(report?.says).to.match(/, and for \d+ more: (?!.*--budget)/);
  });

  it('signs in as it is told, where the token is', async () => {
    const bodies: string[] = [];
    const url = await front((request, response) => {
      if (request.url !== '/signin') return false;
      bodies.push(request.headers['content-type'] ?? '');
      response.end(JSON.stringify({ data: { accessToken: provider.token } }));
      return true;
    });
    writeFileSync(join(folder, 'password'), 'pw\n');
    writeFileSync(
      join(folder, 'conform.config.json'),
      JSON.stringify({
        targets: {
          staging: {
            url,
            authentication: {
              kind: 'session',
              user: 'qa',
              passwordFile: 'password',
              login: { path: '/signin', body: { name: '{{user}}', pass: '{{password}}' }, token: 'data.accessToken' },
            },
          },
        },
      }),
    );
    const { code } = await run(['--target', 'staging', '--only', 'routes']);
    expect([code, bodies.length]).to.deep.equal([0, 1]);
  });

  it('writes a connection down before it spends it, and never spends it again', async () => {
    const file = join(folder, 'connections.json');
    writeFileSync(file, JSON.stringify(provider.connections.slice(0, 3)));
    const argv = ['--target', provider.url, '--connections', 'connections.json', '--allow-changes', '--only', 'routes'];
    const env = { CONFORM_TOKEN: provider.token };
    expect((await run(argv, env)).code).to.equal(0);
    const lines = readFileSync(`${file}.spent`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    const changed = provider
      .inspect()
      .filter((entry) => entry.state !== contract.subject?.states.fresh)
      .map((entry) => entry.subject['ConnectionId']);
    expect(lines).to.include.members(changed.map(String));
    expect(lines.length).to.be.within(1, 3);
    const before = JSON.stringify(provider.inspect());
    for (const spent of lines.length === 3 ? [] : provider.connections.slice(lines.length, 3))
      writeFileSync(
        `${file}.spent`,
        `${readFileSync(`${file}.spent`, 'utf8')}${JSON.stringify({ id: spent['ConnectionId'], at: '', run: '' })}\n`,
      );
    const again = await run(argv, env);
    expect(again.code).to.equal(2);
    expect(again.err).to.match(/^--connections .*: all 3 subjects are spent, as .*\.spent says; add new ones\n$/);
    expect(JSON.stringify(provider.inspect())).to.equal(before);
  });
});

async function forward(
  url: string,
  method: string,
  headers: readonly [string, string][],
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const { request } = await import('node:http');
  const onward = request(url, { method, headers: ['Host', new URL(url).host, ...headers.flat()] }, (answer) => {
    response.writeHead(
      answer.statusCode ?? 500,
      answer.statusMessage,
      answer.rawHeaders.filter(
        (_, i, all) => !/^(connection|keep-alive|transfer-encoding)$/i.test(all[i - (i % 2)] ?? ''),
      ),
    );
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  onward.end(body);
}
