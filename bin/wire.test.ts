import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createTls } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { key, trusted as selfSigned } from '../src/exchange/certificates.fixture.ts';
import type { Report } from '../src/model/report.ts';
import { conform, type Ran } from './console.fixture.ts';

const env = { CONFORM_TOKEN: 'a-token' };

/** What a server does with a connection whose first request has come. */
type Manner = (socket: Socket) => void;

const answering =
  (...lines: readonly string[]): Manner =>
  (socket) => {
    socket.end(lines.join('\r\n'));
  };
const errorBody = '{"ResponseStatus":{"ErrorCode":"NotFound","Message":"none"}}';

/** 100 MB without a length, for as long as anybody listens. */
const flooding: Manner = (socket) => {
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  let left = 100;
  const pour = (): void => {
    while (left > 0 && !socket.destroyed) {
      left -= 1;
      if (!socket.write(chunk)) return;
    }
    socket.end();
  };
  socket.on('drain', pour);
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n');
  pour();
};

describe('a target that misbehaves on the wire', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'conform-wire-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** One clear last line, no stack trace, no error of our own, and a whole report. */
  const expectVerdict = ({ code, out, err }: Ran, wanted: number, says: RegExp): void => {
    expect(err).to.equal('');
    expect(out).to.not.match(/\n\s+at .*:\d+:\d+|node:internal|undefined|\[object/);
    expect(out.trimEnd().split('\n').at(-1)).to.match(says);
    expect(code).to.equal(wanted);
    expect(readdirSync(folder)).to.deep.equal(['report.json']);
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    expect(report.exitCode).to.equal(wanted);
  };
  const against = (url: string, ...argv: readonly string[]): Promise<Ran> =>
    conform(['--target', url, '--report', `json=${join(folder, 'report.json')}`, '--report', 'terminal', ...argv], {
      env,
    });

  const cases: readonly (readonly [string, Manner, readonly string[], number, RegExp])[] = [
    ['hangs', () => undefined, ['--timeout', '300'], 3, /^Inconclusive: http:\/\/127.* did not answer within 300 ms\./],
    [
      'stops within its answer',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{');
      },
      ['--timeout', '300'],
      3,
      /^Inconclusive: .* did not answer within 300 ms: its answer had begun/,
    ],
    [
      'resets',
      (socket) => {
        socket.resetAndDestroy();
      },
      [],
      3,
      /^Inconclusive: .* closed the connection without an answer/,
    ],
    [
      'closes at once',
      (socket) => {
        socket.end();
      },
      [],
      3,
      /^Inconclusive: .* closed the connection without an answer/,
    ],
    ['speaks no HTTP', answering('SSH-2.0-OpenSSH_9.2', ''), [], 3, /^Inconclusive: .* does not answer in HTTP/],
    ['sends 100 MB', flooding, [], 3, /^Inconclusive: .* sent more than \d+ bytes/],
    [
      'redirects to another origin',
      (socket) => {
        socket.end(
          `HTTP/1.1 301 Moved\r\nlocation: https://elsewhere.example${pathOf(socket)}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
        );
      },
      [],
      3,
      /^Inconclusive: .* redirects to https:\/\/elsewhere\.example; redirects are not followed/,
    ],
    [
      'redirects to a login page',
      answering('HTTP/1.1 302 Found', 'location: /login', 'content-length: 0', 'connection: close', '', ''),
      ['--only', 'routes'],
      1,
      /^Does not conform: /,
    ],
    [
      "refuses the run's credentials",
      answering(
        'HTTP/1.1 401 Unauthorized',
        'www-authenticate: Bearer',
        'content-length: 0',
        'connection: close',
        '',
        '',
      ),
      [],
      3,
      /^Inconclusive: .* refused the credentials of this run \(401\); check --auth/,
    ],
    [
      'truncates every answer',
      answering(
        'HTTP/1.1 404 Not Found',
        'content-type: application/json',
        'content-length: 900',
        'connection: close',
        '',
        errorBody,
      ),
      ['--only', 'routes'],
      3,
      /^Inconclusive: \d+ promises could not be judged/,
    ],
  ];
  for (const [what, manner, argv, code, says] of cases) {
    it(`${what}: ${String(code)}`, async () => {
      const { url, close } = await listening(manner);
      try {
        expectVerdict(await against(url, ...argv), code, says);
      } finally {
        close();
      }
    });
  }

  it('is down: 3', async () => {
    const { url, close } = await listening(() => undefined);
    close();
    expectVerdict(
      await against(url),
      3,
      /^Inconclusive: .* cannot be reached: nothing listens there \(ECONNREFUSED\)\./,
    );
  });

  it('has a name that nobody knows: 3', async () => {
    expectVerdict(
      await against('http://nowhere.invalid'),
      3,
      /^Inconclusive: http:\/\/nowhere\.invalid cannot be reached: the host name /,
    );
  });

  it('has a certificate that nobody vouches for: 3', async () => {
    const server = createTls({ cert: selfSigned, key }, (_, response) => response.end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    expectVerdict(
      await against(`https://127.0.0.1:${portOf(server)}`),
      3,
      /^Inconclusive: .* is not trusted: its certificate is signed by itself/,
    );
    server.close();
  });

  it('is spoken to in TLS and speaks none: 3', async () => {
    const { url, close } = await listening(
      answering('HTTP/1.1 400 Bad Request', 'content-length: 0', 'connection: close', '', ''),
    );
    expectVerdict(await against(url.replace('http:', 'https:')), 3, /^Inconclusive: .* does not speak TLS/);
    close();
  });

  describe('and what was asked for is wrong', () => {
    const subject = {
      ConnectionId: '11111111-1111-4111-8111-000000000001',
      ContactId: '11111111-1111-4111-8111-000000000002',
      ContactTypeId: '11111111-1111-4111-8111-000000000003',
      RoleId: '11111111-1111-4111-8111-000000000004',
    };
    const files: readonly (readonly [string, string, readonly string[]])[] = [
      ['is not JSON', '[{', ['not', 'JSON']],
      ['is empty', '', ['not JSON']],
      ['is an empty list', '[]', ['empty list', 'ConnectionId']],
      [
        'repeats a connection',
        JSON.stringify([subject, { ...subject, ConnectionId: subject.ConnectionId.toUpperCase() }]),
        [subject.ConnectionId],
      ],
      ['lacks a member', JSON.stringify([{ ...subject, RoleId: undefined }]), ['RoleId']],
      ['has a malformed id', JSON.stringify([{ ...subject, RoleId: 'four' }]), ['RoleId']],
      ['is no list', JSON.stringify(subject), ['list']],
    ];
    const expectSentence = ({ code, out, err }: Ran, ...parts: readonly string[]): void => {
      expect(err).to.match(/^[^\n]+\n$/);
      expect(err).to.not.match(/failed in itself|undefined|\[object/);
      for (const part of parts) expect(err.toLowerCase()).to.include(part.toLowerCase());
      expect(out).to.equal('');
      expect(code).to.equal(2);
    };
    for (const [what, text, parts] of files) {
      it(`the file of connections ${what}: 2`, async () => {
        const cwd = mkdtempSync(join(tmpdir(), 'conform-wire-'));
        writeFileSync(join(cwd, 'c.json'), text);
        expectSentence(
          await conform(['--target', 'http://127.0.0.1:9', '--connections', 'c.json', '--allow-changes'], { env, cwd }),
          'c.json',
          ...parts,
        );
        expect(readdirSync(cwd)).to.deep.equal(['c.json']);
        rmSync(cwd, { recursive: true });
      });
    }
    const live = ['--target', 'http://127.0.0.1:9'];
    const lines: readonly (readonly [string, readonly string[], readonly string[]])[] = [
      ['the file of connections is not there', [...live, '--connections', 'c.json'], ['c.json', 'no such file']],
      ['the file of connections is a folder', [...live, '--connections', '.'], ['EISDIR']],
      [
        'there are two sources',
        [...live, '--connections', 'c.json', '--states', 'http://127.0.0.1:9'],
        ['--connections', '--states', 'name one'],
      ],
      ['the target is no URL', ['--target', 'staging.example'], ['staging.example']],
      ['the target is an FTP server', ['--target', 'ftp://h.example'], ['ftp://h.example', 'http']],
      ['the target carries credentials', ['--target', 'https://u:hidden@h.example'], ['may not carry credentials']],
      ['the target has a query', ['--target', 'https://h.example/?a=b'], ['no query']],
      ['the states have no URL', [...live, '--states', 'here', '--allow-changes'], ['--states here']],
      [
        'changes are allowed and there is nothing to change',
        [...live, '--allow-changes'],
        ['--connections', '--states'],
      ],
      ['the report has no file', [...live, '--report', 'json'], ['json=']],
      ['the report is of an unknown kind', [...live, '--report', 'pdf=x'], ['pdf']],
      ['the profile is not there', ['--profile', 'p.json'], ['p.json', 'no such file']],
      ['a number is none', ['--concurrency', '0'], ['--concurrency 0', '1']],
      ['a word is none of those allowed', ['--casing', 'snake'], ['snake', 'pascal', 'camel']],
    ];
    for (const [what, argv, parts] of lines) {
      it(`${what}: 2`, async () => {
        const ran = await conform(argv, { env, cwd: folder });
        expectSentence(ran, ...parts);
        expect(ran.err).to.not.include('hidden');
      });
    }
  });
});

const paths = new WeakMap<Socket, string>();

function pathOf(socket: Socket): string {
  return paths.get(socket) ?? '/';
}

async function listening(manner: Manner): Promise<{ readonly url: string; readonly close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createTcp((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (data) => {
      paths.set(socket, data.toString('latin1').split(' ')[1] ?? '/');
      manner(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function portOf(server: Pick<Server, 'address'>): string {
  return String((server.address() as AddressInfo).port);
}
