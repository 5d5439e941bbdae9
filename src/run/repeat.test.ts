import { expect } from 'chai';
import type { Observation } from '../model/comparison.ts';
import type { ExchangeId, Recorded, TransportFailure } from '../model/exchange.ts';
import type { ReportedCase } from '../model/report.ts';
import { reported } from '../report/report.fixture.ts';
import type { PlannedScript } from './plan/planned-script.ts';
import { notRepeated, together, type Repeated, type Round } from './repeat.ts';
import type { ScriptKey } from './plan/script-key.ts';

const id = 'x1' as ExchangeId;
const key = 'k1' as ScriptKey;
const finding = { class: 'service', where: 'status', expected: '200', actual: '500' } as const;
const pass: ReportedCase = { key: {}, verdict: 'pass', findings: [], exchanges: [id] };
const fail: ReportedCase = { ...pass, verdict: 'fail', findings: [finding] };
const error: ReportedCase = { ...pass, verdict: 'error', reason: 'no answer' };
const notSent: ReportedCase = { ...pass, verdict: 'error', reason: 'not sent', exchanges: [] };

function recorded(status: number | TransportFailure['kind']): Recorded {
  const request = { method: 'GET', url: 'http://host.example/', headers: [], body: null };
  const outcome =
    typeof status === 'number'
      ? {
          kind: 'response' as const,
          response: { httpVersion: '1.1', status, reason: '', headers: [], body: '', bytes: 0 },
        }
      : { kind: 'failure' as const, failure: { kind: status, message: 'no answer' } };
  return { id, effect: 'none', request, outcome, ms: 1, credentials: 'valid' };
}

/** The answer's status stands for all that is held against it; headers differ each time. */
const observe = (() => {
  let times = 0;
  return ({ outcome }: Recorded): Observation => {
    times += 1;
    return { answer: outcome.kind === 'response' ? `${outcome.response.status}` : 'none', headers: `${times}` };
  };
})();

function round(c: ReportedCase, status: number | TransportFailure['kind'] | null): Round {
  return {
    requirements: [reported('ROUTE-001', { verdict: c.verdict, cases: [c] })],
    results: new Map(status === null ? [] : [[key, { kind: 'ran', exchanges: [recorded(status)], subjects: [{}] }]]),
  };
}
const taken = (first: Round, ...later: readonly Round[]): Repeated => together(first, later, observe);
const verdict = ({ requirements }: Repeated): string | undefined => requirements[0]?.verdict;
const caseOf = ({ requirements }: Repeated): ReportedCase | undefined => requirements[0]?.cases[0];

describe('together', () => {
  it('changes nothing of what was sent once', () => {
    const once = taken(round(fail, 500));
    expect(caseOf(once)).to.deep.equal(fail);
    expect(once.shown.get(id)).to.deep.equal(recorded(500));
  });

  it('takes the worst verdict, first or last, and shows its exchange', () => {
    for (const rounds of [
      [round(fail, 200), round(pass, 200)],
      [round(pass, 200), round(fail, 200)],
    ] as const)
      expect(verdict(taken(...rounds))).to.equal('fail');
    expect(verdict(taken(round(pass, 200), round(error, 'reset'), round(pass, 200)))).to.equal('error');
    const { shown } = taken(round(pass, 200), round(pass, 200), round(fail, 200));
    expect(shown.get(id)?.notes).to.deep.equal(['sent 3 times; shown is time 3']);
  });

  it('finds that an answer was not always the same, though each alone would pass', () => {
    const result = taken(round(pass, 200), round(pass, 204), round(pass, 200));
    expect(caseOf(result)).to.deep.equal({
      ...pass,
      verdict: 'fail',
      findings: [
        {
          class: 'service',
          where: 'status, repeated',
          expected: 'the same all 3 times',
          actual: '200 (2 times), 204 (1 time)',
        },
      ],
    });
    expect(result.shown.get(id)?.notes).to.deep.equal([
      'sent 3 times, and not answered alike: status 200 (2 times), 204 (1 time); shown is time 1',
    ]);
  });

  it('adds that to what the worst time found', () => {
    const result = taken(round(pass, 200), round(fail, 500));
    expect(caseOf(result)?.findings.map((f) => f.where)).to.deep.equal(['status', 'status, repeated']);
    expect(result.shown.get(id)?.outcome).to.deep.equal(recorded(500).outcome);
  });

  it('names the answer of a case that has several', () => {
    const two = { ...pass, exchanges: ['x0' as ExchangeId, id] };
    expect(caseOf(taken(round(two, 200), round(two, 204)))?.findings[0]?.where).to.equal('answer 2: status, repeated');
  });

  it('does not hold against an answer what was not sent again', () => {
    expect(caseOf(taken(round(pass, 200), round(notSent, null)))).to.deep.equal(pass);
  });

  it('calls an answer that did not come an error, not another answer', () => {
    expect(caseOf(taken(round(pass, 200), round(error, 'timeout')))).to.deep.equal(error);
  });
});

describe('notRepeated', () => {
  it('counts what was sent at first and not every time', () => {
    const script = { key, exchanges: [id], effect: 'own', weight: 1 } as unknown as PlannedScript;
    const [sent, left] = [round(pass, 200).results, round(notSent, null).results];
    expect(notRepeated([script], sent, [sent, sent])).to.equal(0);
    expect(notRepeated([script], sent, [sent, left])).to.equal(1);
    expect(notRepeated([script], left, [left])).to.equal(0);
  });
});
