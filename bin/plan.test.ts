import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { conform } from './console.fixture.ts';

interface Row {
  readonly id: string;
  readonly effect: 'none' | 'own';
  readonly requirements: readonly string[];
}

describe('conform plan', () => {
  it('lists what a run sends, exchange by exchange, each judged by somebody', async () => {
    const { code, out } = await conform(['plan', '--as', 'json']);
    const rows = JSON.parse(out) as readonly Row[];
    expect(code).to.equal(0);
    const harmless = rows.filter((r) => r.effect === 'none');
    expect(new Set(harmless.map((r) => r.id)).size).to.equal(harmless.length);
    expect(rows.filter((r) => r.requirements.length === 0)).to.deep.equal([]);
    expect(new Set(rows.map((r) => r.effect))).to.deep.equal(new Set(['none', 'own']));
  });

  it('has nothing that changes anything for a live target that may only be read', async () => {
    const { out } = await conform(['plan', '--as', 'json', '--target', 'http://127.0.0.1:9'], {
      env: { CONFORM_TOKEN: 'a.b.c' },
    });
    expect((JSON.parse(out) as readonly Row[]).filter((r) => r.effect !== 'none')).to.deep.equal([]);
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

  it('writes curl lines that a shell takes', async () => {
    const { out } = await conform(['plan', '--as', 'curl', '--only', 'routes']);
    const { out: json } = await conform(['plan', '--as', 'json', '--only', 'routes']);
    const words = execFileSync(
      'sh',
      [
        '-c',
        `curl() { printf '%s\\n' "$5" >&2; for last; do :; done; printf '%s\\n' "$last"; }\nTARGET=http://host\n${out}`,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    expect(words.trim().split('\n')).to.have.length((JSON.parse(json) as readonly Row[]).length);
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
