import { expect } from 'chai';
import type { ReportedCase, ReportedRequirement } from '../model/report.ts';
import type { Level } from '../model/requirement.ts';
import type { VerdictWord } from '../model/verdict.ts';
import { conclude, type Gate } from './verdict.ts';

const gate: Gate = { failOn: 'MUST', interrupted: false, obstacle: null };

function judged(verdict: VerdictWord, level: Level = 'MUST', cases: readonly ReportedCase[] = []): ReportedRequirement {
  return { id: 'ROUTE-001', area: 'routes', level, basis: 'http', title: 't', why: 'w', cites: [], verdict, cases };
}
const skipped = (cause: ReportedCase['cause'], exercise?: string): ReportedCase => ({
  key: {},
  verdict: 'skip',
  ...(cause && { cause }),
  ...(exercise !== undefined && { exercise }),
  findings: [],
  exchanges: [],
});
const code = (verdicts: readonly ReportedRequirement[], change: Partial<Gate> = {}): number =>
  conclude(verdicts, 1, { ...gate, ...change }).exitCode;

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
    expect(code([judged('error')], { obstacle: { kind: 'refused', says: 'no.' } })).to.equal(3);
    expect(code([judged('pass'), judged('error')])).to.equal(3);
    expect(code([judged('pass'), judged('blocked')])).to.equal(3);
  });

  it('says 130 when interrupted', () => {
    expect(code([judged('pass')], { interrupted: true })).to.equal(130);
  });

  it('counts MUSTs that were not exercised and ends with the command that would', () => {
    const { says } = conclude(
      [judged('pass'), judged('skip', 'MUST', [skipped('effects', 'conform --allow-changes')]), judged('skip', 'MUST', [skipped('profile')])],
      1,
      gate,
    );
    expect(says).to.match(/1 MUST not exercised to the full\. To exercise it: conform --allow-changes$/);
  });
});
