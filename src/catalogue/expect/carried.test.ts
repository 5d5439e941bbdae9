import { expect } from 'chai';
import type { Outcome, TransportFailure } from '../../model/exchange.ts';
import { carriedWithout } from './carried.ts';

const broken = (kind: TransportFailure['kind']): Outcome => ({
  kind: 'failure',
  failure: { kind, message: `it was ${kind}` },
});
const whole: Outcome = {
  kind: 'response',
  response: { httpVersion: '1.1', status: 500, reason: '', headers: [], body: '', bytes: 0 },
};

describe('expect: how an answer was carried', () => {
  it('any answer that arrived whole will do', () => {
    expect(carriedWithout('timeout', 'truncated', 'reset', 'not-http').judgeOutcome([whole, whole])).to.be.empty;
  });

  for (const kind of ['timeout', 'truncated', 'reset', 'not-http'] as const) {
    it(`${kind} is found in any step, with what happened`, () => {
      const findings = carriedWithout(kind).judgeOutcome([whole, broken(kind)]);
      expect(findings.map((f) => [f.where, f.actual])).to.deep.equal([['transport', `it was ${kind}`]]);
    });
  }

  it('each fault is a matter of its own', () => {
    expect(carriedWithout('timeout').judgeOutcome([broken('reset')])).to.be.empty;
    expect(carriedWithout('timeout', 'reset').judgeOutcome([broken('reset')])).to.have.length(1);
  });
});
