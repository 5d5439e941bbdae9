import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { serving } from '../src/exchange/hostile.fixture.ts';
import { conform } from './console.fixture.ts';

const pacts = fileURLToPath(new URL('../pacts', import.meta.url));
const shapes = fileURLToPath(new URL('../specs/shapes', import.meta.url));

/** What a run presents, and what a target sets: letters and digits, letters alone. */
const secrets = {
  token: 'tOken-0f8Kq72Lw-of-the-run',
  key: 'gAteway.kEy.93hGf7Dq',
  proxy: 'pRoxy-pAssw0rd-55xQ',
  cookie: 'lettersonlycookievalue',
} as const;

const xml = (text: string): string => text.replace(/[^\w]/g, (c) => `&#${c.charCodeAt(0)};`);
const percent = (text: string): string => text.replace(/[^\w]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
const json = (text: string): string =>
  text.replace(/[^\w]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
const base64 = (text: string): string => Buffer.from(text).toString('base64').replaceAll('=', '');

/** How a target may spell what it tells back. */
const spellings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in upper case': (secret) => secret.toUpperCase(),
  'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
  'in Base64': base64,
  'in Base64, behind a user': (secret) => base64(`me:${secret}`),
  'in Base64, between other things': (secret) => base64(`ab${secret}, cd`),
  'percent-encoded': percent,
  'in JSON within XML': (secret) => xml(json(secret)),
  'in XML within XML': (secret) => xml(xml(secret)),
  'in JSON within a URL': (secret) => percent(json(secret)),
  'in XML within a URL': (secret) => percent(xml(secret)),
};

/** What nobody may find in an output, whatever its letter case. */
const traces = Object.values(secrets).flatMap((secret) => [
  secret.toLowerCase(),
  Buffer.from(secret).toString('hex'),
  ...[0, 1, 2].map((offset) =>
    base64(`${'x'.repeat(offset)}${secret}`)
      .slice(4, 16)
      .toLowerCase(),
  ),
]);

/** Every place that an answer has. */
function answer(status: number, told: string): string {
  const word = told.replace(/[^\w.~%&#;+-]/g, '-');
  const name = told.replace(/[^\w.-]/g, '-');
  const body = JSON.stringify({
    ResponseStatus: {
      ErrorCode: told,
      Message: `It is ${told}, "${told}" and '${told}'.`,
      StackTrace: `at ${told}`,
      Errors: [{ ErrorCode: told, FieldName: told, Message: told, Meta: { [told]: told } }],
    },
    [told]: told,
  });
  return [
    `HTTP/1.1 ${status} No ${told}`,
    `X-${name}: a`,
    `X-Value: ${told}`,
    `Set-Cookie: c${name}=v; Path=/${word}; ${name}=1`,
    `Set-Cookie: sid=${secrets.cookie}; HttpOnly`,
    `WWW-Authenticate: ${name} realm="${told}", error="${word}"`,
    `Location: http://staging.test/login?redirect=${word}`,
    `Allow: GET, ${name}`,
    `Cache-Control: private="${word}"`,
    `Vary: ${name}`,
    `Server: ${told}`,
    `ETag: "${word}"`,
    `Content-Type: application/json; charset=utf-8; x=${word}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

/** Answers whatever is asked, as a proxy of any host does. */
function reflecting(status: number, told: string, use: (port: number) => Promise<void>): Promise<void> {
  return serving(
    (_, socket) => void socket.write(answer(status, told)),
    (url) => use(Number(new URL(url).port)),
  );
}

describe('a secret that a target tells back', function () {
  this.timeout(120_000);
  let cwd: string;
  let contracts: string;
  before(() => {
    contracts = mkdtempSync(join(tmpdir(), 'contracts-'));
    for (const shape of ['read-thing', 'get-tool'])
      cpSync(join(shapes, shape), join(contracts, shape), { recursive: true });
  });
  after(() => {
    rmSync(contracts, { recursive: true });
  });
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'secrets-'));
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });

  const around = (port: number): { readonly cwd: string; readonly env: Readonly<Record<string, string>> } => ({
    cwd,
    env: {
      CONFORM_TOKEN: secrets.token,
      GATEWAY_KEY: secrets.key,
      HTTP_PROXY: `http://me:${secrets.proxy}@127.0.0.1:${port}`,
    },
  });
  const target = ['--target', 'http://staging.test', '--add-header', 'X-Gateway: ${GATEWAY_KEY}'];
  const reports = ['json', 'junit', 'html', 'har', 'ledger'].flatMap((kind) => ['--report', `${kind}=${kind}.out`]);

  /** Everything that was printed or written, by where it stands. */
  const outputs = (printed: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
    ...printed,
    ...Object.fromEntries(
      readdirSync(cwd, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .map((file) => [relative(cwd, file), readFileSync(file, 'utf8')]),
    ),
  });
  const foundIn = (all: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(all).flatMap(([where, text]) =>
      traces
        .filter((trace) => text.toLowerCase().includes(trace))
        .map((trace) => {
          const at = text.toLowerCase().indexOf(trace);
          return `${where}: …${text.slice(Math.max(0, at - 60), at + 60)}…`;
        }),
    );

  for (const [spelled, spell] of Object.entries(spellings)) {
    it(`comes out nowhere, ${spelled}`, async () => {
      const told = Object.values(secrets).map(spell).join(' ');
      await reflecting(400, told, async (port) => {
        const printed: Record<string, string> = {};
        const run = async (name: string, argv: readonly string[]): Promise<void> => {
          const { out, err } = await conform(argv, around(port));
          expect(err).not.to.match(/failed in itself/);
          printed[`${name}, out`] = out;
          printed[`${name}, err`] = err;
        };
        const only = ['--only', 'routes,response-status,authentication'];
        await run('run', [...target, ...only, ...reports, '--report', 'terminal', '--verbose']);
        await run('github', [...target, ...only, '--report', 'github']);
        await run('accept', ['accept', ...target, '--baseline', 'baseline.json', '--reason', 'r']);
        await run('gate', ['gate', ...target, '--baseline', 'baseline.json', '--only', 'routes']);
        await run('plan', ['plan', ...target, ...only]);
        await run('plan as curl', ['plan', ...target, ...only, '--as', 'curl']);
        await run('plan as json', ['plan', ...target, ...only, '--as', 'json']);
        await run('probe', ['probe', ...target]);
        await run('config', ['config', ...target]);
        await run('compare', ['compare', 'http://staging.test', 'http://other.test', ...target.slice(2), ...only]);
        await run('verify', ['verify', ...target, '--pacts', pacts, '--only', 'cancel']);
        await run('import', ['import', 'http://staging.test', '--operation', 'Move', '--out', 'imported']);
        for (const shard of ['1/2', '2/2'])
          await run(`shard ${shard}`, [
            ...['run', '--contracts', contracts, '--shard', shard, ...target, ...only],
            ...['--report', `json=shard-${shard.slice(0, 1)}.out`],
          ]);
        await run('merge', [
          'merge',
          'shard-1.out',
          'shard-2.out',
          ...reports.map((report) => report.replace('=', '=merged-')),
        ]);
        if (existsSync(join(cwd, 'har.out'))) await run('judge', ['judge', 'har.out', '--report', 'terminal']);
        const all = outputs(printed);
        for (const file of ['json.out', 'har.out', 'html.out', 'junit.out', 'baseline.json', 'merged-html.out'])
          expect(all[file], file).to.contain('[redacted]');
        expect(foundIn(all)).to.deep.equal([]);
      });
    });
  }

  for (const status of [400, 401, 403, 404, 500, 302]) {
    it(`comes out nowhere in what keeps a run from judging: ${status}`, async () => {
      const told = Object.values(secrets).join(' ');
      await reflecting(status, told, async (port) => {
        const { out, err } = await conform([...target, ...reports, '--report', 'terminal'], around(port));
        const signIn = await conform([...target, '--auth', 'session', '--user', 'me', ...reports], {
          ...around(port),
          env: { ...around(port).env, CONFORM_TOKEN: '', CONFORM_PASSWORD: secrets.token },
        });
        expect(foundIn(outputs({ out, err, signIn: `${signIn.out}${signIn.err}` }))).to.deep.equal([]);
      });
    });
  }

  it('comes out nowhere in what was not judged of a recording', async () => {
    const url = `http://other.test/a?x=${percent(secrets.token)}&password=${secrets.key}`;
    const entry = {
      startedDateTime: '2026-11-24T10:00:00.000Z',
      time: 1,
      request: {
        method: 'POST',
        url,
        httpVersion: 'HTTP/1.1',
        headers: [{ name: 'Authorization', value: `Bearer ${secrets.token}` }],
        queryString: [],
        cookies: [],
        headersSize: -1,
        bodySize: 0,
      },
      response: {
        status: 200,
        statusText: secrets.token,
        httpVersion: 'HTTP/1.1',
        headers: [],
        cookies: [],
        content: { size: 0, mimeType: 'text/plain', text: secrets.token },
        redirectURL: '',
        headersSize: -1,
        bodySize: 0,
      },
      cache: {},
      timings: { send: 0, wait: 1, receive: 0 },
    };
    writeFileSync(
      join(cwd, 'all.har'),
      JSON.stringify({ log: { version: '1.2', creator: { name: 'c', version: '1' }, entries: [entry] } }),
    );
    const { out, err } = await conform(['judge', 'all.har', ...reports], {
      cwd,
      env: { CONFORM_TOKEN: secrets.token },
    });
    rmSync(join(cwd, 'all.har'));
    expect(`${out}${err}`).to.contain('other.test');
    expect(foundIn(outputs({ out, err }))).to.deep.equal([]);
  });

  it('comes out nowhere in a message about the command that prints it', async () => {
    for (const command of [`echo ${secrets.token} b`, `false ${secrets.token}`, `echo ${secrets.token} >&2; exit 2`]) {
      const { code, out, err } = await conform(['--target', 'http://127.0.0.1:9', '--token-command', command], { cwd });
      expect(code).to.equal(3);
      expect(foundIn({ out, err })).to.deep.equal([]);
    }
  });
});
