import { expect } from 'chai';
import type { Observation } from '../../model/comparison.ts';
import type { ExchangeId, Recorded } from '../../model/exchange.ts';
import type { ReportedCase, ReportedRequirement } from '../../model/report.ts';
import type { Harm, RequirementId } from '../../model/requirement.ts';
import { heldAgainstControls } from './control.ts';

const subjects = ['11111111-1111-4111-8111-000000000001', '22222222-2222-4222-8222-000000000002'];

/** An exchange on a subject of its own. */
function sent(name: string, status: number, subject = 0): Recorded {
  const request = { method: 'POST', url: `http://host/things/${subjects[subject] ?? ''}`, headers: [], body: null };
  const response = { status, reason: '', headers: [], body: '', bytes: 0 };
  return { id: name as ExchangeId, effect: 'own', request, outcome: { kind: 'response', response }, ms: 1 } as never;
}

const observed = ({ outcome }: Recorded): Observation => ({
  answer: outcome.kind === 'response' ? String(outcome.response.status) : 'none',
});

function requirement(id: RequirementId, breaks: Harm, ...cases: readonly ReportedCase[]): ReportedRequirement {
  const verdict = cases[0]?.verdict ?? 'pass';
  return { id, area: 'routes', level: 'MUST', breaks, basis: 'http', title: '', why: '', cites: [], verdict, cases };
}

function failed(where: string, ...exchanges: readonly string[]): ReportedCase {
  const finding = { class: 'service', where, expected: '200', actual: 'another' } as const;
  return { key: {}, verdict: 'fail', findings: [finding], exchanges: exchanges.map((id) => id as ExchangeId) };
}

const blocked = (...exchanges: readonly string[]): ReportedCase => ({
  key: {},
  verdict: 'blocked',
  reason: 'answer 1: status: expected 200, got 404',
  findings: [],
  exchanges: exchanges.map((id) => id as ExchangeId),
});

describe('controls', () => {
  const alone = requirement('ROUTE-002', 'lost', failed('status', 'alone'));

  it('nothing is said to be done unasked where the request afterwards is answered so anyway', () => {
    const [, held] = heldAgainstControls(
      [alone, requirement('AUTH-032', 'executed', failed('status', 'before', 'after'))],
      [sent('alone', 404), sent('before', 401, 1), sent('after', 404, 1)],
      observed,
    );
    expect(held?.verdict).to.equal('blocked');
    expect(held?.cases[0]?.because).to.equal('ROUTE-002');
    expect(held?.cases[0]?.reason).to.contain('which ROUTE-002 tells');
  });

  for (const [says, requirements, exchanges] of [
    ['another answer than alone', [alone], [sent('alone', 404), sent('before', 401, 1), sent('after', 409, 1)]],
    ['nothing that was sent alone', [], [sent('before', 401, 1), sent('after', 404, 1)]],
  ] as const)
    it(`it stands where the request afterwards got ${says}`, () => {
      const held = heldAgainstControls(
        [...requirements, requirement('AUTH-032', 'executed', failed('status', 'before', 'after'))],
        exchanges,
        observed,
      );
      expect(held.at(-1)?.verdict).to.equal('fail');
    });

  it('a finding of an earlier answer stands', () => {
    const held = heldAgainstControls(
      [alone, requirement('LIFE-002', 'changed', failed('answer 1: status', 'before', 'after'))],
      [sent('alone', 404), sent('before', 200, 1), sent('after', 404, 1)],
      observed,
    );
    expect(held.at(-1)?.verdict).to.equal('fail');
  });

  it('what was blocked by a request that fails alone says so, and costs only itself where others were judged', () => {
    const passed: ReportedCase = { key: {}, verdict: 'pass', findings: [], exchanges: [] };
    const held = heldAgainstControls(
      [
        alone,
        requirement('LIFE-005', 'lost', blocked('first'), passed),
        requirement('LIFE-006', 'lost', blocked('first')),
      ],
      [sent('alone', 404), sent('first', 404, 1)],
      observed,
    );
    expect(held.map(({ verdict }) => verdict)).to.deep.equal(['fail', 'pass', 'blocked']);
    expect(held[1]?.cases[0]?.because).to.equal('ROUTE-002');
  });
});
