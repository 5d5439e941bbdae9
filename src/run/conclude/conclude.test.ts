import { expect } from 'chai';
import type { Objection, ReportedCase, ReportedRequirement } from '../../model/report.ts';
import type { Level } from '../../model/requirement.ts';
import type { VerdictWord } from '../../model/verdict.ts';
import { conclude, incompleteness, type Gate } from './conclude.ts';

const gate: Gate = { failOn: 'MUST', interrupted: false, obstacle: null };
const refused = { kind: 'refused', says: 'it refused.' } as const;
const stale: Objection = {
  kind: 'waiver',
  requirement: 'ROUTE-001',
  says: 'The waiver of ROUTE-001 is not needed: its case passes; remove it.',
};

function judged(verdict: VerdictWord, level: Level = 'MUST', cases: readonly ReportedCase[] = []): ReportedRequirement {
  return { id: 'ROUTE-001', area: 'routes', level, basis: 'http', title: 't', why: 'w', cites: [], verdict, cases };
}
const ended = (verdict: VerdictWord): ReportedCase => ({ key: {}, verdict, findings: [], exchanges: [] });
const skipped = (cause: NonNullable<ReportedCase['cause']>, exercise?: string): ReportedCase => ({
  ...ended('skip'),
  cause,
  reason: 'it changes a subject',
  ...(exercise !== undefined && { exercise }),
});
const silent = (...commands: readonly string[]): ReportedRequirement =>
  judged(
    'skip',
    'MUST',
    commands.map((c) => skipped('effects', c)),
  );
const code = (verdicts: readonly ReportedRequirement[], change: Partial<Gate> = {}): number =>
  conclude(verdicts, 1, { ...gate, ...change }).exitCode;
const says = (verdicts: readonly ReportedRequirement[], change: Partial<Gate> = {}): string =>
  conclude(verdicts, 1, { ...gate, ...change }).says;

describe('conclude', () => {
  it('says 0 when every MUST that was judged is kept', () => {
    expect(code([judged('pass'), judged('skip'), judged('fail', 'SHOULD')])).to.equal(0);
  });

  it('says 1 when a MUST is broken, whatever else happened', () => {
    expect(code([judged('fail'), judged('error'), judged('pass')])).to.equal(1);
    expect(code([judged('fail')], { obstacle: { kind: 'unreachable', says: 'gone.' } })).to.equal(1);
  });

  it('lets a broken SHOULD count when asked to', () => {
    expect(code([judged('pass'), judged('fail', 'SHOULD')], { failOn: 'SHOULD' })).to.equal(1);
  });

  it('says 2 when no MUST was exercised to the end', () => {
    expect(code([])).to.equal(2);
    expect(code([judged('skip'), judged('pass', 'SHOULD')])).to.equal(2);
  });

  it('says 3 when the target could not be asked, or a MUST could not be judged', () => {
    expect(code([judged('error')], { obstacle: refused })).to.equal(3);
    expect(code([judged('pass'), judged('error')])).to.equal(3);
    expect(code([judged('pass'), judged('blocked')])).to.equal(3);
  });

  it('says 130 when interrupted', () => {
    expect(code([judged('pass')], { interrupted: true })).to.equal(130);
  });

  it('lets a waived requirement pass, and says so', () => {
    expect(code([judged('waived')])).to.equal(0);
    expect(says([judged('pass'), judged('waived')])).to.equal(
      'Conforms except where it is waived: 1 promise kept, 1 broken and waived. Every MUST was exercised.',
    );
    expect(says([judged('fail'), judged('waived')])).to.match(
      /^Does not conform: 1 promise broken, 0 kept, 1 broken and waived\./,
    );
  });

  it('says 1 for an objection alone, and repeats its sentence', () => {
    const {
      exitCode,
      verdict,
      says: sentence,
    } = conclude([judged('pass')], 1, { ...gate, objections: [stale, stale, stale] });
    expect([exitCode, verdict]).to.deep.equal([1, 'inconclusive']);
    expect(sentence).to.equal(
      `Fails though no promise is broken, 1 kept: ${stale.says} 2 more waivers do not hold either. Every MUST was exercised.`,
    );
  });

  it('puts a broken promise and an obstacle before an objection', () => {
    expect(says([judged('fail')], { objections: [stale] })).to.match(/^Does not conform/);
    expect(code([judged('error')], { objections: [stale], obstacle: refused })).to.equal(3);
  });
});

describe('conclude: what was exercised', () => {
  it('says that every MUST was only when each was judged to the full', () => {
    expect(
      says([judged('pass'), judged('fail'), judged('waived'), judged('skip', 'MUST', [skipped('profile')])]),
    ).to.match(/ Every MUST was exercised\.$/);
    for (const word of ['error', 'blocked', 'skip'] as const)
      expect(says([judged('pass'), judged(word)]), word).not.to.contain('Every MUST');
  });

  it('does not say so when an obstacle stopped the run', () => {
    expect(says([judged('error'), judged('error')], { obstacle: refused })).to.equal('Inconclusive: it refused.');
    expect(says([judged('error'), silent('A')], { obstacle: refused })).to.equal('Inconclusive: it refused.');
    expect(says([judged('pass'), judged('blocked'), silent('A')], { obstacle: refused })).to.match(
      /Of 3 MUSTs, 1 was not exercised to the full and 1 could not be judged to the full\.$/,
    );
  });

  it('sees an error beside a failure of the same requirement', () => {
    expect(says([judged('fail', 'MUST', [ended('fail'), ended('error')])])).to.match(
      /Of 1 MUST, 1 could not be judged to the full\.$/,
    );
  });

  it('ends with the command that would exercise the rest', () => {
    expect(
      says([judged('pass'), silent('conform --allow-changes'), judged('skip', 'MUST', [skipped('contract')])]),
    ).to.match(/Of 2 MUSTs, 1 was not exercised to the full; to exercise it, run: conform --allow-changes$/);
  });

  it('names the two commands that would exercise most, with how much', () => {
    expect(says([judged('pass'), silent('A'), silent('B', 'A'), silent('C', 'B'), silent('B'), silent('D')])).to.match(
      /Of 6 MUSTs, 5 were not exercised to the full; to exercise 3 of them, run: B, and for 1 more: A$/,
    );
    expect(says([silent('A'), silent('A')])).to.match(/; to exercise them, run: A$/);
  });

  it('counts what no command would exercise as well', () => {
    expect(says([judged('pass'), judged('skip', 'MUST', [skipped('subjects')]), judged('error')])).to.match(
      /Of 3 MUSTs, 1 was not exercised to the full and 1 could not be judged to the full\.$/,
    );
  });
});

describe('incompleteness', () => {
  it('objects to a MUST that was not exercised, with how to', () => {
    const [objection, ...rest] = incompleteness([
      judged('pass'),
      silent('conform --allow-changes'),
      judged('skip', 'SHOULD', [skipped('effects')]),
      judged('skip', 'MUST', [skipped('profile')]),
    ]);
    expect(rest).to.deep.equal([]);
    expect(objection).to.deep.equal({
      kind: 'incomplete',
      requirement: 'ROUTE-001',
      says: 'ROUTE-001 was not exercised in 1 case: it changes a subject; to exercise it, run: conform --allow-changes',
    });
  });

  it('makes the run fail, whatever was kept', () => {
    const verdicts = [judged('pass'), silent('A')];
    expect(code(verdicts, { objections: incompleteness(verdicts) })).to.equal(1);
    expect(says(verdicts, { objections: incompleteness(verdicts) })).to.match(
      /^Incomplete: no promise broken, 1 kept, but every MUST was to be exercised\. Of 2 MUSTs, 1 was not/,
    );
  });
});
