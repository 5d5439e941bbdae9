import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { isObject } from '../src/values/json.ts';
import { conform } from './console.fixture.ts';
import { terminalOf } from './console.ts';

describe('where reports go', () => {
  let cwd = '';
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'outputs-'));
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });
  const run = (...argv: readonly string[]) => conform(['--only', 'VERB-003', ...argv], { cwd });

  it('a file is written in a folder that is made, and the terminal is told all the same', async () => {
    const { code, out } = await run('--report', 'html=new/folder/report.html');
    expect(code).to.equal(2);
    expect(out).to.include('against');
    expect(readFileSync(join(cwd, 'new/folder/report.html'), 'utf8')).to.include('<!doctype html>');
  });

  it('--quiet silences the terminal alone', async () => {
    const { out, err } = await run('--report', 'json=report.json', '--quiet');
    expect([out, err]).to.deep.equal(['', '']);
    expect(statSync(join(cwd, 'report.json')).size).to.be.greaterThan(0);
  });

  it('json=- is JSON on standard output and nothing else there; the terminal report goes to standard error', async () => {
    const { out, err } = await run('--report', 'json=-');
    expect(isObject(JSON.parse(out))).to.equal(true);
    expect(err).to.include('against');
  });

  for (const [what, reports] of [
    ['two reports to one file', ['json=report', 'html=./report']],
    ['two reports to one file, by a link', ['json=report', 'html=link']],
    ['two reports to standard output', ['json=-', 'har=-']],
    ['annotations beside a report on standard output', ['json=-', 'github']],
    ['a report below a file', ['json=link/x', 'html=/dev/null/report.html']],
  ] as const) {
    it(`${what}: refused before anything is sent`, async () => {
      symlinkSync('report', join(cwd, 'link'));
      // Nothing listens there: whoever sends anything learns of it.
      const target = ['--target', 'http://127.0.0.1:9'];
      const { code, out, err } = await run(...target, ...reports.flatMap((report) => ['--report', report]));
      expect([code, out]).to.deep.equal([2, '']);
      expect(err).to.match(/^.*(--report|The report).*\n$/);
    });
  }
});

describe('an output that fails', function () {
  this.timeout(60_000);
  const cwd = mkdtempSync(join(tmpdir(), 'outputs-'));
  after(() => {
    rmSync(cwd, { recursive: true });
  });

  it('a job summary that cannot be written is refused before anything is sent', async () => {
    const target = ['--target', 'http://127.0.0.1:9'];
    const { code, out, err } = await conform([...target, '--only', 'VERB-003', '--report', 'github'], {
      cwd,
      env: { GITHUB_STEP_SUMMARY: cwd },
    });
    expect([code, out]).to.deep.equal([2, '']);
    expect(err).to.match(/^GITHUB_STEP_SUMMARY: .* cannot be written: it is a folder; .*\n$/);
  });
});

describe('a terminal', () => {
  it('of no width is one of 80 columns, and a pipe is none', () => {
    expect(terminalOf({ isTTY: true, columns: 0 })).to.deep.equal({ columns: 80 });
    expect(terminalOf({ isTTY: true, columns: 132 })).to.deep.equal({ columns: 132 });
    expect(terminalOf({ isTTY: false, columns: 0 })).to.equal(null);
  });

  it('shows progress where standard error is one, whatever standard output is', async () => {
    const shown = await conform(['--only', 'VERB-003'], { errorTerminal: { columns: 60 } });
    expect(shown.err).to.include('\r');
    const hidden = await conform(['--only', 'VERB-003'], { terminal: { columns: 60 } });
    expect(hidden.err).to.equal('');
  });
});
