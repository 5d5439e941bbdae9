import { spawn } from 'node:child_process';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

/** What a target does with one request: what it writes, and whether it then closes. */
export type Answer = (request: string, socket: Socket) => void;

export interface Target {
  readonly what: string;
  readonly answer: Answer;
  /** The exit codes that it may come to. */
  readonly codes: readonly number[];
  /** Options besides those of every run. Default: `--only routes`, which asks little. */
  readonly argv?: readonly string[];
}

const head = (type: string, length: number, more: readonly string[] = [], status = '400 Bad Request'): string =>
  [`HTTP/1.1 ${status}`, `Content-Type: ${type}`, `Content-Length: ${length}`, ...more, '', ''].join('\r\n');

/** Answers every request with this body. */
export function body(
  text: string | Buffer,
  type = 'application/json',
  more: readonly string[] = [],
  status?: string,
): Answer {
  const bytes = Buffer.from(text);
  return (_, socket) => void socket.write(Buffer.concat([Buffer.from(head(type, bytes.length, more, status)), bytes]));
}

/** Begins every answer so, and then sends a piece for as long as it is taken: at once, or every so many milliseconds. */
export function endless(beginning: string, piece: string, everyMs: number | null = null): Answer {
  return (_, socket) => {
    socket.write(beginning, 'latin1');
    if (everyMs !== null) {
      const timer = setInterval(() => socket.write(piece, 'latin1'), everyMs);
      socket.on('close', () => {
        clearInterval(timer);
      });
      return;
    }
    const more = (): void => {
      while (!socket.destroyed && socket.write(piece, 'latin1'));
    };
    socket.on('drain', more);
    more();
  };
}

/** Answers every request with these bytes, whatever they are. */
export function raw(text: string, then: 'stay' | 'end' | 'reset' = 'end'): Answer {
  return (_, socket) => {
    socket.write(text, 'latin1', () => {
      if (then === 'end') socket.end();
      if (then === 'reset') socket.resetAndDestroy();
    });
  };
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  /** The most memory that the process held, in MiB. */
  readonly peak: number;
  /** Of CPU, so that a busy machine makes no target worse. */
  readonly seconds: number;
  readonly report: { readonly exitCode: number } | null;
}

/** Runs the command as it is shipped, which `npm run build` has made, against a target in a process of its own. */
export async function runAgainst({ answer, argv = ['--only', 'routes'] }: Target): Promise<Ended> {
  return serving(answer, (url) => {
    const line = ['--target', url, '--timeout', '500', '--patience', '2000', '--report', 'terminal'];
    return inFolder((folder) =>
      command([...line, '--report', `json=${join(folder, 'report.json')}`, ...argv], folder, {
        CONFORM_TOKEN: 'a-token-of-the-run',
      }),
    );
  });
}

/** Serves such answers while something is done. */
export async function serving<T>(answer: Answer, use: (url: string) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let pending = '';
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(pending.slice(0, end + 2))?.[1] ?? 0);
        if (pending.length < end + 4 + length) return;
        const request = pending.slice(0, end + 4 + length);
        pending = pending.slice(request.length);
        answer(request, socket);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

/** Does something in a folder that is gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'conform-hostile-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Runs a command line as it is shipped, and watches the process.
 *
 * @param folder where a `report.json` may come to stand
 * @param env besides that of this process
 */
export async function command(
  argv: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['dist/bin/conform.js', ...argv], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  let peak = 0;
  let seconds = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
    seconds = Math.max(seconds, secondsOf(child.pid));
  }, 50);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  const written = readdirSync(folder).includes('report.json');
  const report = written
    ? (JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as { readonly exitCode: number })
    : null;
  return { code, out, peak, seconds, report };
}

/** As Linux counts them, in the tenths and hundredths that it has; elsewhere nothing is measured. */
function secondsOf(pid: number | undefined): number {
  try {
    const [user = 0, system = 0] = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .slice(11, 13)
      .map(Number);
    return (user + system) / 100;
  } catch {
    return 0;
  }
}

/** Linux tells the most that a process ever held; elsewhere nothing is measured. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
