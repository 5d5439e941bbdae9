import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../src/model/report.ts';
import { inTurns } from './bare.ts';

/**
 * All operations of a host in one run: the command as it is installed, against the reference provider in a process of its own,
 * beside a bare client that sends the same requests, as many at once. The operations differ in name alone, each by a word of its
 * own, so that one provider serves them all without a search for the right one.
 */
const operations = Number(process.argv[2] ?? 500);
const exchanges = 40;
const concurrency = 8;
const only = 'verbs,response-status,validation,formats,transport';

const command = fileURLToPath(new URL('../dist/bin/conform.js', import.meta.url));
const shape = fileURLToPath(new URL('../specs/shapes/read-thing/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const contract = readFileSync(join(shape, 'contract.json'), 'utf8');
for (let i = 0; i < operations; i += 1) {
  const name = nameOf(i);
  mkdirSync(join(folder, 'contracts', name), { recursive: true });
  writeFileSync(
    join(folder, 'contracts', name, 'contract.json'),
    contract.replace('"operation": "ReadThing"', `"operation": "${name}"`),
  );
  writeFileSync(join(folder, 'contracts', name, 'said.json'), readFileSync(join(shape, 'said.json')));
}

/** `ReadThingBaaaa` and so on: letters, since what a suite says itself is told from secrets by words. */
function nameOf(operation: number): string {
  const letters = Array.from({ length: 5 }, (_, place) =>
    String.fromCharCode('a'.charCodeAt(0) + (Math.floor(operation / 26 ** place) % 26)),
  ).join('');
  return `ReadThing${letters.charAt(0).toUpperCase()}${letters.slice(1)}`;
}

interface Ended {
  readonly code: number;
  readonly ms: number;
  /** Of its process, from its start, in milliseconds. */
  readonly cpu: number;
  /** In MB: the most that was held at once. */
  readonly memory: number;
  readonly out: string;
}

/** Runs the command in a process of its own. */
function conform(argv: readonly string[], token: string): Promise<Ended> {
  const hook = `process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    process.stderr.write('\\nmemory ' + maxRSS + ' cpu ' + (userCPUTime + systemCPUTime));
  })`;
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, command, ...argv],
    { env: { ...process.env, CONFORM_TOKEN: token } },
  );
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const [, memory = 0, cpu = 0] = /\nmemory (\d+) cpu (\d+)/.exec(err) ?? [];
      resolve({
        code: code ?? -1,
        ms: performance.now() - began,
        cpu: Number(cpu) / 1000,
        memory: Number(memory) / 1024,
        out,
      });
    });
  });
}

const provider = spawn(process.execPath, [command, 'serve', '--contract', shape], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const { url, token } = await new Promise<{ url: string; token: string }>((resolve) => {
  provider.stdout.once('data', (line: Buffer) => {
    resolve(JSON.parse(line.toString()) as { url: string; token: string });
  });
});

try {
  const at = ['--target', url, '--only', only, '--concurrency', String(concurrency), '--budget', String(exchanges + 2)];
  const sample = join(folder, 'one.json');
  await conform(
    ['run', '--contract', join(folder, 'contracts', nameOf(0)), ...at, '--report', `json=${sample}`],
    token,
  );
  const one = JSON.parse(readFileSync(sample, 'utf8')) as Report;
  const sent = one.exchanges.map(({ request: { method, url: to, headers, body } }) => ({
    method,
    url: new URL(to),
    headers: headers.map(([name, value]): [string, string] => [
      name,
      name.toLowerCase() === 'authorization' ? `Bearer ${token}` : value,
    ]),
    body,
  }));

  const bare = async (atOnce: number): Promise<{ readonly ms: number; readonly cpu: number }> => {
    const began = performance.now();
    const before = process.cpuUsage();
    const agent = new http.Agent({ keepAlive: true });
    let next = 0;
    await inTurns(sent.length * operations, atOnce, () => {
      const request = sent[next++ % sent.length];
      return request === undefined ? Promise.resolve() : send(request, agent);
    });
    agent.destroy();
    const { user, system } = process.cpuUsage(before);
    return { ms: performance.now() - began, cpu: (user + system) / 1000 };
  };
  await bare(concurrency);
  const one8 = await bare(concurrency);
  const all = await conform(
    [
      'run',
      '--contracts',
      join(folder, 'contracts'),
      ...at,
      '--report',
      `json=${join(folder, 'all.json')}`,
      '--report',
      `html=${join(folder, 'all.html')}`,
    ],
    token,
  );
  const again = await bare(concurrency);
  const single = await bare(1);
  const usual = { ms: (one8.ms + again.ms) / 2, cpu: (one8.cpu + again.cpu) / 2 };
  process.stdout.write(
    [
      `${operations} operations × ${sent.length} exchanges against the reference provider, ${concurrency} at once`,
      `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}`,
      `  a bare client that sends the same, ${concurrency} at once    1.00 ×`,
      `  the same, one at a time                          ${(single.ms / usual.ms).toFixed(2)} ×`,
      `  one run with a JSON and an HTML report           ${(all.ms / usual.ms).toFixed(2)} ×, exit ${all.code}, ${all.memory.toFixed(0)} MB at most`,
      `  (${(usual.ms / 1000).toFixed(1)} s, ${(single.ms / 1000).toFixed(1)} s, ${(all.ms / 1000).toFixed(1)} s)`,
      `  its CPU beside that of the bare client           ${(all.cpu / usual.cpu).toFixed(2)} ×, ${(all.cpu / operations).toFixed(0)} ms for an operation`,
      '',
      all.out.trimEnd().split('\n').slice(-1).join('\n'),
      '',
    ].join('\n'),
  );
} finally {
  provider.kill();
  rmSync(folder, { recursive: true });
}

interface Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly [string, string][];
  readonly body: string | null;
}

function send({ method, url: to, headers, body }: Request, agent: http.Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.request(to, { method, agent, headers: Object.fromEntries(headers) }, (response) => {
      response.on('end', resolve).on('error', reject).resume();
    });
    request.on('error', reject).end(body ?? undefined);
  });
}
