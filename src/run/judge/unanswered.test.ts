import { expect } from 'chai';
import type { ExchangeId, Recorded } from '../../model/exchange.ts';
import type { ReportedCase, ReportedRequirement } from '../../model/report.ts';
import type { RequirementId } from '../../model/requirement.ts';
import { toldByHangs } from './unanswered.ts';

const hung = {
  id: 'hung' as ExchangeId,
  outcome: { kind: 'failure', failure: { kind: 'timeout', message: 'it did not answer' } },
} as Recorded;

function requirement(id: RequirementId, ...cases: readonly ReportedCase[]): ReportedRequirement {
  const verdict = cases[0]?.verdict ?? 'pass';
  return { id, area: 'transport', level: 'MUST', basis: 'http', title: '', why: '', cites: [], verdict, cases };
}

const met = (verdict: ReportedCase['verdict'], ...exchanges: readonly string[]): ReportedCase => ({
  key: {},
  verdict,
  findings: [],
  exchanges: exchanges.map((id) => id as ExchangeId),
});
const stalled: ReportedCase = {
  ...met('blocked'),
  reason: 'requests to /a hang: 3 of them got no answer (it did not answer), so the rest was not sent',
};

describe('what hangs', () => {
  const failing = requirement('WIRE-001', met('fail', 'hung'));

  it('is told by the requirement that fails for it, and costs the others their cases alone', () => {
    const told = toldByHangs(
      [
        failing,
        requirement('ROUTE-001', met('error', 'hung'), met('pass', 'other')),
        requirement('ROUTE-002', stalled),
      ],
      [hung],
    );
    expect(told.map(({ verdict }) => verdict)).to.deep.equal(['fail', 'pass', 'blocked']);
    expect(told.slice(1).map(({ cases }) => cases[0]?.because)).to.deep.equal(['WIRE-001', 'WIRE-001']);
  });

  it('keeps what was blocked for another reason as it is', () => {
    const other = requirement('ROUTE-003', { ...met('blocked'), reason: 'the run has taken as long as it may' });
    expect(toldByHangs([failing, other], [hung])[1]).to.deep.equal(other);
  });

  it('is an error where no requirement fails for it: somebody must learn of it', () => {
    const unjudged = [requirement('ROUTE-001', met('error', 'hung'), met('pass', 'other'))];
    expect(toldByHangs(unjudged, [hung])).to.equal(unjudged);
  });
});
