import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import ledgerSchema from '../../schemas/files/ledger.schema.json' with { type: 'json' };
import type { ReportedCase } from '../model/report.ts';
import { ledgerInShort, ledgerOf, ledgerText, type LedgerEntry } from './ledger.ts';
import { failed, failingReport, hostileReport, passed, reported, reportOf } from './report.fixture.ts';

const finding = { class: 'service', where: 'status', expected: '400', actual: '200' } as const;
const at = { route: 'cancel', verb: 'POST', format: 'json' } as const;
const skipped = (member: string, change: Partial<ReportedCase> = {}): ReportedCase => ({
  key: { ...at, member },
  verdict: 'skip',
  cause: 'effects',
  reason: 'it changes a subject',
  exercise: 'conform --allow-changes',
  findings: [],
  exchanges: [],
  ...change,
});

function entries(...cases: readonly ReportedCase[]): readonly LedgerEntry[] {
  return ledgerOf(reportOf([reported('VALID-003', { cases })], [])).entries;
}
const standings = (...cases: readonly ReportedCase[]): readonly string[] => entries(...cases).map((e) => e.standing);

describe('ledgerOf', () => {
  it('has an entry for each route, verb and format, whatever members and variants there are', () => {
    expect(
      entries(
        passed({ ...at, member: 'A' }),
        passed({ ...at, member: 'B', variant: 'null' }),
        passed({ ...at, format: 'xml' }),
        passed({}),
      ),
    ).to.deep.equal([
      { requirement: 'VALID-003', level: 'MUST', ...at, standing: 'verified', cases: 2 },
      { requirement: 'VALID-003', level: 'MUST', ...at, format: 'xml', standing: 'verified', cases: 1 },
      { requirement: 'VALID-003', level: 'MUST', standing: 'verified', cases: 1 },
    ]);
  });

  it('calls nothing verified of which a case was not', () => {
    const good = passed({ ...at, member: 'A' });
    expect(standings(good, failed({ ...at, member: 'B' }, [finding], []))).to.deep.equal(['broken']);
    for (const verdict of ['error', 'blocked'] as const)
      expect(standings(good, skipped('B', { verdict }))).to.deep.equal(['not judged']);
    expect(standings(good, skipped('B'))).to.deep.equal(['not exercised']);
    expect(standings(good, { ...failed({ ...at, member: 'B' }, [finding], []), verdict: 'waived' })).to.deep.equal([
      'waived',
    ]);
  });

  it('says why a point was not exercised, and the command that would', () => {
    expect(entries(passed(at), skipped('B'))).to.deep.equal([
      {
        requirement: 'VALID-003',
        level: 'MUST',
        ...at,
        standing: 'not exercised',
        cases: 2,
        reason: 'it changes a subject',
        exercise: 'conform --allow-changes',
      },
    ]);
  });

  it('tells what nobody promised here from what was not exercised', () => {
    expect(standings(skipped('A', { cause: 'profile' }))).to.deep.equal(['switched off']);
    expect(standings(skipped('A', { cause: 'contract' }), passed(at))).to.deep.equal(['verified']);
    expect(standings(skipped('A', { cause: 'profile' }), skipped('B'))).to.deep.equal(['not exercised']);
  });

  it('counts each entry once', () => {
    const { counts, entries: all } = ledgerOf(failingReport());
    expect(Object.values(counts).reduce((a, b) => a + b, 0)).to.equal(all.length);
    expect(ledgerInShort({ counts })).to.match(
      /^\d+ verified, \d+ broken, \d+ not judged, \d+ not exercised, 1 waived, 1 switched off$/,
    );
    expect(ledgerInShort(ledgerOf(reportOf([], [])))).to.equal('empty');
  });
});

describe('ledgerText', () => {
  const ajv = new Ajv2020();
  addFormats.default(ajv);
  const validate = ajv.compile(ledgerSchema);

  for (const [name, report] of [
    ['a failing', failingReport()],
    ['a hostile', hostileReport()],
    ['an empty', reportOf([], [])],
  ] as const) {
    it(`writes the ledger of ${name} run so that it reads back, and holds to its schema`, () => {
      const read = JSON.parse(ledgerText(report)) as unknown;
      expect(read).to.deep.equal(JSON.parse(JSON.stringify(ledgerOf(report))));
      expect(validate(read), JSON.stringify(validate.errors)).to.equal(true);
    });
  }

  it('has a line for each entry', () => {
    const report = failingReport();
    expect(
      ledgerText(report)
        .split('\n')
        .filter((line) => line.startsWith('    {"requirement"')),
    ).to.have.lengthOf(ledgerOf(report).entries.length);
  });
});
