import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { conform } from './console.fixture.ts';
import { shippedHost } from './host.fixture.ts';

interface Row {
  readonly id: string;
  readonly step: number;
  readonly effect: 'none' | 'own';
  readonly requirements: readonly string[];
}

describe('conform plan', () => {
  it('lists what a run sends, exchange by exchange, each judged by somebody', async () => {
    const { code, out } = await conform(['plan', '--as', 'json']);
    const rows = JSON.parse(out) as readonly Row[];
    expect(code).to.equal(0);
    const harmless = rows.filter((r) => r.effect === 'none');
    // Once each, but for what several rows begin with.
    const once = harmless.filter((r, i) => r.step > 1 || harmless.findIndex(({ id }) => id === r.id) === i);
    expect(new Set(once.map((r) => r.id)).size).to.equal(once.length);
    expect(harmless.length - once.length).to.be.at.most(8);
    expect(rows.filter((r) => r.requirements.length === 0)).to.deep.equal([]);
    expect(new Set(rows.map((r) => r.effect))).to.deep.equal(new Set(['none', 'own']));
  });

  it('has nothing that changes anything for a live target that may only be read', async () => {
    const { out } = await conform(['plan', '--as', 'json', '--target', 'http://127.0.0.1:9'], {
      env: { CONFORM_TOKEN: 'a.b.c' },
    });
    expect((JSON.parse(out) as readonly Row[]).filter((r) => r.effect !== 'none')).to.deep.equal([]);
  });

  it('tries wrong passwords of a user who exists as rarely as docs/staging.md says', async () => {
    const tried = async (line: readonly string[], env: Record<string, string>): Promise<readonly string[]> => {
      const { out } = await conform(['plan', '--as', 'json', ...line], { env });
      return (JSON.parse(out) as readonly (Row & { readonly request: { readonly credentials: string } })[])
        .map(({ request }) => request.credentials)
        .filter((credentials) => credentials.endsWith('-password'))
        .sort();
    };
    const user = { CONFORM_TOKEN: 'a.b.c', CONFORM_USER: 'u' };
    const read = ['empty-password', 'wrong-password', 'wrong-password'];
    expect(await tried(['--target', 'http://127.0.0.1:9'], user)).to.deep.equal(read);
    // The embedded provider may be changed.
    expect(await tried([], {})).to.deep.equal([...read, 'wrong-password']);
    expect(readFileSync(new URL('../docs/staging.md', import.meta.url), 'utf8').replaceAll('\n', ' ')).to.include(
      'signs in with a wrong password for that user **2 times** and with none **once**, a run with `--allow-changes` with a wrong one **once more**,',
    );
  });

  it('sends nothing, not even to sign in, and runs no token command', async () => {
    let asked = 0;
    const server = createServer((_, res) => {
      asked += 1;
      res.end();
    }).listen(0);
    const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      for (const line of [
        ['--auth', 'session'],
        ['--token-command', `curl -s ${target}`],
        ['--states', `${target}/states`, '--allow-changes'],
      ]) {
        const { code, err } = await conform(['plan', '--target', target, ...line], {
          env: line[0] === '--auth' ? { CONFORM_USER: 'u', CONFORM_PASSWORD: 'password' } : {},
        });
        expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      }
      expect(asked).to.equal(0);
    } finally {
      server.close();
    }
  });

  it('writes the curl lines that a report has of the same exchanges, bad credentials included', async () => {
    const provider = await shippedHost();
    const folder = mkdtempSync(join(tmpdir(), 'plan-'));
    try {
      const env = {
        CONFORM_TOKEN: provider.token,
        CONFORM_EXPIRED_TOKEN: provider.expiredToken,
        CONFORM_USER: provider.user,
        GATE: 'gate-secret',
      };
      const line = [
        '--target',
        provider.url,
        '--seed',
        '3',
        '--only',
        'authentication,VERB-*',
        '--add-header',
        'X-Gate: ${GATE}',
        '--add-header',
        'X-Plain: a',
      ];
      const { out: curl } = await conform(['plan', '--as', 'curl', ...line], { env });
      const { out: json } = await conform(['plan', '--as', 'json', ...line], { env });
      await conform(['run', ...line, '--report', 'json=r.json'], { env, cwd: folder });
      const { exchanges } = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8')) as {
        readonly exchanges: readonly { readonly id: string; readonly curl: string }[];
      };
      const sent = new Map(exchanges.map((x) => [x.id, x.curl]));
      const rows = JSON.parse(json) as readonly (Row & { readonly request: { readonly credentials: string } })[];
      expect(curl.split('\n').slice(0, -1)).to.deep.equal(rows.map(({ id }) => sent.get(id)));
      expect(new Set(rows.map(({ request }) => request.credentials))).to.include.all.keys(
        'valid',
        'none',
        'wrong-password',
        'expired-token',
        'tampered-signature',
        'garbage-token',
      );
      expect(curl).to.contain('--head').and.to.contain('$CONFORM_EXPIRED_TOKEN').and.to.contain('Bearer garbage');
      expect(curl).not.to.match(/gate-secret|\{\{/);
      expect(curl).not.to.contain(provider.token);
    } finally {
      rmSync(folder, { recursive: true });
      await provider.close();
    }
  });

  it('writes curl lines that a shell takes, for a target that is yet to be named', async () => {
    const { out } = await conform(['plan', '--as', 'curl', '--only', 'routes']);
    const { out: json } = await conform(['plan', '--as', 'json', '--only', 'routes']);
    const words = execFileSync('bash', {
      input: `curl() { for last; do :; done; printf '%s\\n' "$last"; }\nCONFORM_TARGET=http://host/base\n${out}`,
      encoding: 'utf8',
    });
    const rows = JSON.parse(json) as readonly (Row & { readonly request: { readonly path: string } })[];
    const urls = words.trimEnd().split('\n');
    expect(urls).to.have.length(rows.length);
    for (const [i, { effect, request }] of rows.entries()) {
      // A subject that a run would be given is not known yet.
      if (effect === 'own') expect(urls[i]).to.equal(`http://host/base${request.path}`);
      else expect(urls[i]).to.match(/^http:\/\/host\/base\/[^{}]*$/);
    }
  });

  it('names no variable that nothing reads or documents', async () => {
    const docs = readFileSync(new URL('../docs/staging.md', import.meta.url), 'utf8');
    for (const auth of ['bearer', 'basic', 'session', 'header', 'none']) {
      const { out } = await conform(['plan', '--as', 'curl', '--auth', auth, '--only', 'authentication']);
      const variables = new Set([...out.matchAll(/\$([A-Z_]+)/g)].map(([, name = '']) => name));
      for (const name of variables) expect(docs, `${auth}: ${name}`).to.contain(name);
    }
  });

  it('takes --only alike, in one list or several, by the flag, the environment and the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plan-'));
    try {
      const expected = await conform(['plan', '--only', 'ROUTE-001', '--only', 'verbs', '--only', 'DOC-001']);
      expect(expected.code).to.equal(0);
      expect(await conform(['plan', '--only', 'doc-001,Verbs, route-001'])).to.deep.equal(expected);
      const env = { CONFORM_ONLY: 'Verbs,route-001, DOC-001' };
      expect(await conform(['plan'], { env })).to.deep.equal(expected);
      writeFileSync(join(folder, 'conform.config.json'), '{"only": ["verbs", "route-001,doc-001"]}');
      expect(await conform(['plan'], { cwd: folder })).to.deep.equal(expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('names a view that there is not', async () => {
    expect(await conform(['plan', '--as', 'yaml'])).to.deep.equal({
      code: 2,
      out: '',
      err: '--as yaml: takes table, json or curl\n',
    });
  });
});
