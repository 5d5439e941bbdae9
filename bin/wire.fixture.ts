import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Report } from '../src/model/report.ts';
import { conform, type Ran } from './console.fixture.ts';

/** What a server does with a connection whose first request has come. */
export type Manner = (socket: Socket) => void;

/** Answers with these lines and closes. */
export const answering =
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

/** What a target does, how the command is called besides, the exit code, and the last line. */
export type Misbehaviour = readonly [what: string, manner: Manner, argv: readonly string[], code: number, says: RegExp];

/** Targets that answer wrongly or not at all. */
export const misbehaviours: readonly Misbehaviour[] = [
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
    3,
    /^Inconclusive: .* does not serve .*302 to http.*\/login/,
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
    /^Inconclusive: .* does not serve .* every answer was 401 .* check --auth/,
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

/** One clear last line, no stack trace, no error of our own, and a whole report in the folder. */
export function expectVerdict({ code, out, err }: Ran, wanted: number, says: RegExp, folder: string): void {
  expect(err).to.equal('');
  expect(out).to.not.match(/\n\s+at .*:\d+:\d+|node:internal|undefined|\[object/);
  expect(out.trimEnd().split('\n').at(-1)).to.match(says);
  expect(code).to.equal(wanted);
  expect(readdirSync(folder)).to.deep.equal(['report.json']);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  expect(report.exitCode).to.equal(wanted);
}

/** A run against a URL, its report in the folder. */
export function against(url: string, folder: string, ...argv: readonly string[]): Promise<Ran> {
  return conform(
    ['--target', url, '--report', `json=${join(folder, 'report.json')}`, '--report', 'terminal', ...argv],
    { env: { CONFORM_TOKEN: 'a-token' } },
  );
}

/** A test that a run against such a target ends as it must. */
export function itEndsAsItMust([what, manner, argv, code, says]: Misbehaviour, folder: () => string): void {
  it(`${what}: ${String(code)}`, async () => {
    const { url, close } = await listening(manner);
    try {
      expectVerdict(await against(url, folder(), ...argv), code, says, folder());
    } finally {
      close();
    }
  });
}

const paths = new WeakMap<Socket, string>();

function pathOf(socket: Socket): string {
  return paths.get(socket) ?? '/';
}

/** A server whose sockets are treated in such a manner. */
export async function listening(manner: Manner): Promise<{ readonly url: string; readonly close: () => void }> {
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

export function portOf(server: Pick<Server, 'address'>): string {
  return String((server.address() as AddressInfo).port);
}
