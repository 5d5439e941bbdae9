import { expect } from 'chai';
import type { Finding } from '../model/verdict.ts';
import {
  exchange,
  failed,
  failingReport,
  hostileReport,
  objectedReport,
  passingReport,
  reported,
  reportOf,
} from './report.fixture.ts';
import { terminalReport } from './terminal.ts';

const plain = { colour: 'none', width: 100, detail: 'everything' } as const;
const ESC = '\u{1b}';
const STEERING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}]/u;

describe('terminal report', () => {
  it('says first what was run against what, and last the verdict', () => {
    const lines = terminalReport(failingReport(), { ...plain, width: 1000 }).split('\n');
    expect(lines[0]).to.equal('OrderStatusUpdate against https://staging.example');
    expect(lines.slice(1, 7).map((l) => l.trim().replace(/ {2,}/, ': '))).to.deep.equal([
      'target: a live target',
      'profile: classic hosting, pascal casing, servicestack serializer, dashed Guids, dates iso, debug off, XML namespace http://schemas.example/types',
      'switches off: classic hosting promises all verbs (1 requirement)',
      'authentication: bearer token from CONFORM_TOKEN',
      'seed: 20261124',
      'sent: 5 exchanges in 1.8 s',
    ]);
    expect(lines.at(-2)).to.equal(failingReport().says);
    expect(lines.at(-1)).to.equal('');
  });

  it('has a table of areas whose columns add up', () => {
    const text = terminalReport(failingReport(), plain);
    const rows = text.split('\n').filter((l) => /^ {2}[a-z-]+(?: {2,}(?:\d+|·)){6}$/.test(l));
    const numbers = rows.map((l) =>
      l
        .trim()
        .split(/ +/)
        .slice(1)
        .map((n) => (n === '·' ? 0 : Number(n))),
    );
    const all = numbers.at(-1) ?? [];
    const sums = all.map((_, column) => numbers.slice(0, -1).reduce((sum, row) => sum + (row[column] ?? 0), 0));
    expect(rows).to.have.length(10);
    expect(sums).to.deep.equal(all);
    expect(new Set(rows.map((l) => l.length)).size).to.equal(1);
  });

  it('folds cases with the same findings and lists their keys', () => {
    const text = terminalReport(failingReport(), { ...plain, width: 2000 });
    expect(text).to.include('cancel GET json OwnerId, cancel GET xml OwnerId');
    expect(text).to.include('and 24 more cases');
    expect(text.split('cancel GET json OwnerId')).to.have.length(2);
  });

  it('shows three groups of a requirement and counts the rest', () => {
    const cases = Array.from({ length: 40 }, (_, i) =>
      failed(
        { variant: `v${String(i)}` },
        [{ class: 'service', where: 'status', expected: '400', actual: String(500 + i) }],
        ['x1'],
      ),
    );
    const text = terminalReport(reportOf([reported('VALID-001', { verdict: 'fail', cases })], [exchange('x1')]), plain);
    expect(text).to.include('v2').and.not.to.include('v3');
    expect(text).to.include('37 more cases with other findings');
  });

  it('gives for each failure why, where, expected, actual, citation and curl lines in the order sent', () => {
    const text = terminalReport(failingReport(), { ...plain, width: 2000 });
    const block = text.split('\n\n').find((b) => b.startsWith('FAIL VALID-003')) ?? '';
    expect(block).to.match(
      /^FAIL VALID-003 {2}MUST {2}a request without a required member is refused with 400\n {2}A client that forgets/,
    );
    expect(block).to.include('    where     status\n    expected  400\n    actual    200\n');
    expect(block).to.include(
      '  source    Operation page, OwnerId: “IsRequired=true”\n            https://docs.example/operations/order',
    );
    expect(block).to.include(`\n  again     ${exchange('x1').curl}`);
  });

  it('sends again what leads to the first answer that is wrong, and nothing that came after it', () => {
    const wrong = (answer: string): Finding => ({ class: 'service', where: answer, expected: '400', actual: '200' });
    const sent = ['x1', 'x2', 'x3', 'x4'];
    const requirement = reported('LIFE-003', {
      verdict: 'fail',
      cases: [failed({}, [wrong('answer 3: status'), wrong('answer 2: status')], sent)],
    });
    const exchanges = sent.map((id) => exchange(id, { curl: `curl ${id}` }));
    const text = terminalReport(reportOf([requirement], exchanges), { ...plain, width: 2000 });
    expect(text).to.include('\n  again     curl x1\n  then      curl x2\n').and.not.include('curl x3');
  });

  it('lists errors, blocked, waived, documentation errors and skips with their reasons', () => {
    const text = terminalReport(failingReport(), { ...plain, width: 2000 });
    expect(text)
      .to.include('ERROR WIRE-002')
      .and.to.include('reason    The target closed the connection before it answered.');
    expect(text).to.include('BLOCKED LIFE-002').and.to.include('reason    the first cancel was refused with 500');
    expect(text).to.include('WAIVED AUTH-007').and.to.include('known as OPS-112');
    expect(text).to.include('not held against the service').and.to.include('the page prints text/jsv');
    expect(text).to.include(
      '2 cases of 1 requirement: it changes an order, and changes were not allowed\n    conform run --target',
    );
  });

  it('counts the other cases of a failed requirement', () => {
    expect(terminalReport(failingReport(), plain)).to.include('its other cases: 1 pass');
  });

  it('puts MUST before SHOULD', () => {
    const text = terminalReport(failingReport(), plain);
    expect(text.indexOf('FAIL STATUS-004')).to.be.below(text.indexOf('FAIL FORMAT-012'));
  });

  it('shows nothing but table and verdict when all is well', () => {
    const text = terminalReport(passingReport(), plain);
    expect(text).not.to.match(/FAIL|ERROR|Not exercised|documentation\)/);
    expect(text.split('\n').length).to.be.below(25);
  });

  it('says that a run was interrupted', () => {
    expect(terminalReport({ ...failingReport(), interrupted: true }, plain)).to.include('interrupted');
  });

  it('counts by requirement, route, verb and format what is known', () => {
    expect(terminalReport(failingReport(), { ...plain, width: 1000 })).to.match(
      /\n {2}ledger +\d+ verified, \d+ broken, \d+ not judged, \d+ not exercised, 1 waived, 1 switched off\n/,
    );
  });

  it('says how often all was sent, and before the verdict what fails the run besides', () => {
    const text = terminalReport(objectedReport(), { ...plain, width: 1000 });
    expect(text).to.contain('5 exchanges in 1.8 s, everything 3 times');
    const [objections, verdict] = text.trimEnd().split('\n\n').slice(-2);
    expect(objections?.split('\n').slice(1)).to.deep.equal(objectedReport().objections?.map((o) => `  ${o.says}`));
    expect(verdict).to.equal(objectedReport().says);
  });

  it('writes colours only when asked to', () => {
    expect(terminalReport(failingReport(), plain)).not.to.include(ESC);
    expect(terminalReport(failingReport(), { ...plain, colour: 'ansi' })).to.include(`${ESC}[31m`);
  });

  it('says the same with and without colours', () => {
    const coloured = terminalReport(failingReport(), { ...plain, colour: 'ansi' });
    expect(coloured.replaceAll(/\u{1b}\[\d+m/gu, '')).to.equal(terminalReport(failingReport(), plain));
  });

  it('lets nothing steer the terminal', () => {
    for (const width of [20, 80, 1000]) {
      for (const line of terminalReport(hostileReport(), { ...plain, width }).split('\n'))
        expect(line).not.to.match(STEERING);
    }
  });

  it('starts no line with hostile text', () => {
    const lines = terminalReport(hostileReport(), { ...plain, width: 1000 }).split('\n');
    expect(lines.filter((l) => l.startsWith('::'))).to.deep.equal([]);
  });

  it('shows hostile text in visible form', () => {
    expect(terminalReport(hostileReport(), plain))
      .to.include('\\x1b[31mred')
      .and.to.include('\\u202edrawkcab')
      .and.to.include('\\ud800');
  });

  it('stays short however long the texts of a target are', () => {
    expect(terminalReport(hostileReport(), plain).length).to.be.below(100_000);
  });
});
