import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { conform } from './console.fixture.ts';
import { gateway, type Gateway } from './gateway.fixture.ts';

describe('a gate', function () {
  this.timeout(120_000);
  let host: Gateway;
  let cwd: string;
  before(async () => {
    host = await gateway(() => false);
    cwd = mkdtempSync(join(tmpdir(), 'headline-'));
  });
  after(async () => {
    await host.close();
    rmSync(cwd, { recursive: true });
  });
  const target = (): readonly string[] => ['--target', host.url, '--only', 'ROUTE-001,lifecycle'];
  const changing = (): readonly string[] => ['--states', `${host.provider.url}/provider/states`, '--allow-changes'];
  const env = (): Record<string, string> => ({ CONFORM_TOKEN: host.provider.token });
  const ran = (...argv: readonly string[]) =>
    conform(argv, { cwd, env: { ...env(), GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') } });
  const text = (name: string): string => readFileSync(join(cwd, name), 'utf8');

  it('that fails by comparison says so first in every report', async () => {
    const before = await ran(...target(), ...changing(), '--report', 'json=changing.json');
    expect(before.code, before.err).to.equal(0);
    const reports = ['html=r.html', 'json=r.json', 'junit=r.xml', 'github'].flatMap((each) => ['--report', each]);
    const gate = await ran('gate', '--baseline', 'changing.json', ...target(), ...reports);
    expect(gate.code, gate.err).to.equal(1);
    const differs = /Differs from changing\.json: \d+ cases .*no longer exercised/;
    expect(gate.out.trimEnd().split('\n').at(-1)).to.match(differs);
    expect(text('summary.md').split('\n')[0]).to.equal('## ❌ ConnectionStatusUpdate: differs');
    expect(gate.out).to.match(/^::error title=ConnectionStatusUpdate differs::Differs from/m);
    expect(text('r.html')).to.match(/<h1>Differs<\/h1>/);
    const { verdict, says, exitCode } = JSON.parse(text('r.json')) as Record<string, unknown>;
    expect({ verdict, exitCode }).to.deep.equal({ verdict: 'differs', exitCode: 1 });
    expect(says).to.match(differs);
    const names = [...text('r.xml').matchAll(/<testcase name="([^"]*)" classname="([^"]*)"/g)].map(
      ([, name, suite]) => `${suite ?? ''} ${name ?? ''}`,
    );
    expect(names.filter((name, i) => names.indexOf(name) !== i)).to.deep.equal([]);
    expect(text('r.xml')).to.match(/<property name="verdict" value="Differs from/);
  });

  it('that reads what once was changed says so in a line', async () => {
    const gate = await ran('gate', '--baseline', 'changing.json', ...target());
    const said = gate.out.match(/it changes a subject, and this run may\s+not/g);
    expect(said).to.have.length(2);
    expect(gate.out).to.match(/\d+ cases of \d+ requirements \(pass then, skip now\)/);
    expect(gate.out.split('\n').length).to.be.below(40);
  });

  it('that changes what once was only read says so in a line, and passes', async () => {
    const before = await ran(...target(), '--report', 'json=reading.json');
    expect(before.code, before.err).to.equal(0);
    const gate = await ran('gate', '--baseline', 'reading.json', ...target(), ...changing());
    expect(gate.code, gate.out).to.equal(0);
    expect(gate.out.match(/\d+ cases of \d+ requirements \(none then, pass now\)/g)).to.have.length(1);
    expect(gate.out.split('\n').length).to.be.below(40);
  });

  it('takes a state that its endpoint does not make for not exercised, with the reason', async () => {
    const endpoint = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const body = Buffer.concat(chunks).toString();
          if (body.includes('a cancelled connection')) return response.writeHead(400).end();
          fetch(`${host.provider.url}/provider/states`, { method: 'POST', body })
            .then(async (answer) => response.writeHead(answer.status).end(await answer.text()))
            .catch(() => response.destroy());
          return undefined;
        });
    });
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((endpoint.address() as AddressInfo).port)}/`;
    try {
      const run = await ran(...target(), '--only', 'routes', '--states', url, '--allow-changes');
      expect(run.code, run.out).to.equal(0);
      expect(run.out.replace(/\s+/g, ' ')).to.contain(
        "makes nothing in the state 'a cancelled connection' (it answered 400)",
      );
    } finally {
      endpoint.closeAllConnections();
      endpoint.close();
    }
  });
});
