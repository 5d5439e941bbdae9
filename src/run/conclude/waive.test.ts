import { expect } from 'chai';
import type { ReportedCase } from '../../model/report.ts';
import type { VerdictWord } from '../../model/verdict.ts';
import type { Waiver } from '../../model/waiver.ts';
import { failed, passed, reported } from '../../report/report.fixture.ts';
import { applyWaivers, type Waived } from './waive.ts';

const today = '2026-11-24';
const finding = { class: 'service', where: 'status', expected: '400', actual: '200' } as const;
const json = { route: 'cancel', format: 'json' } as const;
const xml = { route: 'cancel', format: 'xml' } as const;

const waiver = (change: Partial<Waiver> = {}): Waiver => ({
  id: 'VALID-003',
  reason: 'known as OPS-112',
  owner: 'gateway',
  until: '2027-01-31',
  ...change,
});
const ended = (verdict: VerdictWord, cause?: ReportedCase['cause']): ReportedCase => ({
  key: xml,
  verdict,
  ...(cause && { cause }),
  reason: 'promised elsewhere',
  findings: [],
  exchanges: [],
});
const bad = failed(json, [finding], ['x1']);

function applied(cases: readonly ReportedCase[], ...waivers: readonly Waiver[]): Waived {
  return applyWaivers([reported('VALID-003', { verdict: 'fail', cases })], waivers, today);
}
const words = ({ requirements }: Waived): readonly string[] =>
  requirements.flatMap((r) => [r.verdict, ...r.cases.map((c) => c.verdict)]);
const objections = ({ objections: found }: Waived): string => found.map((o) => o.says).join('\n');

describe('applyWaivers', () => {
  it('waives every failing case of a requirement, and keeps what was found', () => {
    const result = applied([bad, passed(xml)], waiver());
    expect(words(result)).to.deep.equal(['waived', 'waived', 'pass']);
    expect(result.requirements[0]?.cases[0]).to.deep.equal({
      ...bad,
      verdict: 'waived',
      reason: 'known as OPS-112 (gateway, until 2027-01-31)',
    });
    expect(objections(result)).to.equal('');
  });

  it('waives one case and no other', () => {
    expect(words(applied([bad, failed(xml, [finding], ['x2'])], waiver({ case: 'cancel xml' })))).to.deep.equal([
      'fail',
      'fail',
      'waived',
    ]);
  });

  it('leaves other requirements alone', () => {
    const { requirements } = applyWaivers(
      [
        reported('VALID-003', { verdict: 'fail', cases: [bad] }),
        reported('VALID-0031', { verdict: 'fail', cases: [bad] }),
      ],
      [waiver()],
      today,
    );
    expect(requirements.map((r) => r.verdict)).to.deep.equal(['waived', 'fail']);
  });

  it('excuses failures alone: what could not be judged stays so', () => {
    for (const word of ['error', 'blocked', 'skip'] as const) {
      const result = applied([ended(word), bad], waiver());
      expect(words(result), word).to.deep.equal([word, word, 'waived']);
      expect(objections(result), word).to.equal('');
    }
  });

  it('holds on its last day, and not on the next', () => {
    expect(words(applied([bad], waiver({ until: today })))).to.deep.equal(['waived', 'waived']);
    const expired = applied([bad], waiver({ until: '2026-11-23' }));
    expect(words(expired)).to.deep.equal(['fail', 'fail']);
    expect(objections(expired)).to.equal(
      'The waiver of VALID-003 has expired (gateway, until 2026-11-23): repair what it excuses, or renew it with conform waive.',
    );
  });

  it('objects to one that is not needed', () => {
    expect(objections(applied([passed(json), passed(xml)], waiver()))).to.equal(
      'The waiver of VALID-003 is not needed: all of its 2 cases pass; remove it.',
    );
    expect(objections(applied([bad, passed(xml)], waiver({ case: 'cancel xml' })))).to.equal(
      "The waiver of VALID-003 'cancel xml' is not needed: its case passes; remove it.",
    );
    expect(objections(applied([passed(json), ended('skip', 'profile')], waiver()))).to.contain('not needed');
  });

  it('does not call one unneeded while a case of it was not judged', () => {
    for (const word of ['error', 'blocked', 'skip'] as const)
      expect(objections(applied([passed(json), ended(word)], waiver())), word).to.equal('');
  });

  it('objects to one that matches nothing', () => {
    expect(objections(applied([bad], waiver(), waiver({ id: 'VALID-999' })))).to.equal(
      'The waiver of VALID-999 matches nothing: there is no such requirement; remove it.',
    );
    expect(objections(applied([bad], waiver({ case: 'cancel csv' })))).to.equal(
      "The waiver of VALID-003 'cancel csv' matches nothing: the requirement has no such case, but 'cancel json'; remove it.",
    );
    expect(objections(applied([ended('skip', 'profile')], waiver()))).to.equal(
      'The waiver of VALID-003 matches nothing: it is promised elsewhere; remove it.',
    );
  });

  it('takes a star for a star', () => {
    expect(words(applied([bad], waiver({ case: 'cancel *' }), waiver({ id: 'VALID-*' })))).to.deep.equal([
      'fail',
      'fail',
    ]);
  });
});
