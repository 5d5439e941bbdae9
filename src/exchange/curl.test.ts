import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { RecordedRequest } from '../model/exchange.ts';
import { curlOf } from './curl.ts';
import { powershellOf } from './powershell.ts';

/** What arrived, byte for byte as far as HTTP tells them apart. */
interface Arrived {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly string[];
  readonly body: string;
}

const bodies: Readonly<Record<string, string>> = {
  'line ends and tabs': '{\r\n\t"a": "b"\n}\r\n',
  'quotes and what a shell would expand': `{"a":"it's $HOME \`id\` \\"x\\" \\\\ %s %d !x"}`,
  controls: '\u0001\u001b[31m\u007f\u0085',
  'marks that no screen shows': '\ufeff{"a":"\u200b\u202e\u2028é✓😀"}',
  'an at sign at its start': '@/etc/hostname',
  'a line end at its end': 'a,b\nc,d\n',
  'half a megabyte': `{"Foo":"${'x'.repeat(512 * 1024)}","it's":"\n"}`,
  'a backslash before a quote': String.raw`\'\"\n`,
};

const requestOf = (url: string, body: string): RecordedRequest => ({
  method: 'POST',
  url,
  headers: [
    ['Accept', 'application/json'],
    ['Content-Type', 'text/plain'],
    ['X-Odd', `it's "odd" \\ $x`],
    ['X-Secret', 'a [redacted] b'],
  ],
  body,
});

/** What PowerShell makes of a here-string that expands: what follows a backtick, variables, and the sums used here. */
function expanded(hereString: string, env: Readonly<Record<string, string>>): string {
  return hereString.replace(
    /`(.)|\$\{env:(\w+)\}|\$\(\[char\]0x([0-9a-f]+)\)|\$\(\[char\]::ConvertFromUtf32\(0x([0-9a-f]+)\)\)|\$\('(.)' \* (\d+)\)/gs,
    (_, plain?: string, variable?: string, unit?: string, point?: string, repeated?: string, times?: string) =>
      plain ??
      (variable === undefined ? undefined : (env[variable] ?? '')) ??
      (unit === undefined ? undefined : String.fromCharCode(parseInt(unit, 16))) ??
      (point === undefined ? undefined : String.fromCodePoint(parseInt(point, 16))) ??
      (repeated ?? '').repeat(Number(times)),
  );
}

function ran(
  command: string,
  args: readonly string[],
  input: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  return new Promise((done, failed) => {
    const child = execFile(command, args, { env: { ...env, PATH: process.env['PATH'] ?? '' } }, (error) => {
      if (error === null) done();
      else failed(new Error(error.message));
    });
    child.stdin?.end(input);
  });
}

describe('the lines that send an exchange again', () => {
  let server: Server;
  let url = '';
  let arrived: Arrived[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'curl-'));
  const env = { CONFORM_SECRET: 's3 cr' };

  before(async () => {
    server = createServer((req, res) => {
      const parts: Buffer[] = [];
      req.on('data', (part: Buffer) => parts.push(part));
      req.on('end', () => {
        const names = req.rawHeaders.filter(
          (_, i) => i % 2 === 0 && !/^(host|content-length)$/i.test(req.rawHeaders[i] ?? ''),
        );
        const headers = names.map((name) => `${name}: ${String(req.headers[name.toLowerCase()])}`);
        arrived.push({
          method: req.method ?? '',
          target: req.url ?? '',
          headers,
          body: Buffer.concat(parts).toString('utf8'),
        });
        res.end('ok');
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/a/../b%20?x=[1]&y='`;
  });
  beforeEach(() => {
    arrived = [];
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  for (const [what, body] of Object.entries(bodies)) {
    const wanted: Arrived = {
      method: 'POST',
      target: "/a/../b%20?x=[1]&y='",
      headers: [
        'Accept: application/json',
        'Content-Type: text/plain',
        `X-Odd: it's "odd" \\ $x`,
        'X-Secret: a s3 cr b',
      ],
      body,
    };

    it(`bash: a body with ${what} arrives as it was`, async () => {
      const line = curlOf(requestOf(url, body));
      // A report shows it as it stands: nothing in it has to be made visible.
      expect(line).not.to.match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(line.length).to.be.lessThan(2000);
      await ran('bash', ['--norc', '-c', line], '', env);
      expect(arrived).to.deep.equal([wanted]);
    });

    it(`PowerShell: a body with ${what} arrives as it was`, async () => {
      const lines = powershellOf(requestOf(url, body)).split('\n');
      expect(lines.every((line) => line.length < 20_000)).to.equal(true);
      const configuration = expanded(lines.slice(lines.indexOf('@"') + 1, -1).join('\r\n'), env);
      expect(lines.at(-1)).to.equal('"@ | curl.exe --config -');
      const file = join(folder, 'body');
      const written = /^\[IO\.File\]::WriteAllText\(\$body, "(.*)"\)$/.exec(lines[2] ?? '');
      if (written !== null) writeFileSync(file, expanded(written[1] ?? '', env));
      await ran('curl', ['--config', '-'], configuration.replace("$($body.Replace('\\', '/'))", file), env);
      expect(arrived).to.deep.equal([wanted]);
    });
  }
});
