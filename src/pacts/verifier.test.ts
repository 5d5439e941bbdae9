import { expect } from 'chai';
import { readResult, type Mismatch } from './verifier.ts';
import { findingOf, findingsOf } from './finding.ts';

const interaction = { consumer: 'c', provider: 'p', description: 'd', providerStates: ['s'], pending: false };
const mismatch = {
  type: 'mismatches',
  mismatches: [{ type: 'StatusMismatch', expected: 200, actual: 500, mismatch: 'expected 200 but was 500' }],
};

describe("the verifier's result", () => {
  it('has what became of each interaction', () => {
    const text = JSON.stringify({
      interactionResults: [
        { ...interaction, result: 'OK' },
        { ...interaction, result: 'Error', mismatch },
      ],
    });
    const answer = readResult(text);
    expect(answer).to.have.property('kind', 'finished');
    expect(answer).to.have.nested.property('results[0]').that.deep.includes({ mismatches: [], problem: null });
    expect(answer)
      .to.have.nested.property('results[1].mismatches[0]')
      .that.deep.includes({ type: 'StatusMismatch', expected: '200', actual: '500' });
  });

  it('has the mismatches of a pending interaction, though it says result: true', () => {
    const text = JSON.stringify({
      result: true,
      interactionResults: [{ ...interaction, pending: true, result: 'OK', mismatch }],
    });
    expect(readResult(text)).to.have.nested.property('results[0].mismatches').with.length(1);
  });

  it('never takes a failure without a reason for a success', () => {
    const text = JSON.stringify({ interactionResults: [{ ...interaction, result: 'Error' }] });
    expect(readResult(text)).to.have.nested.property('results[0].problem').that.is.a('string');
  });

  it('is a failure when it is no JSON', () => {
    const reason = 'Verification was unable to run';
    expect(readResult(`${reason}\n  at x`)).to.deep.equal({ kind: 'failed', cause: 'pacts', reason });
  });

  it('has what went wrong and belongs to no interaction', () => {
    const of = (said: string) => ({ interaction: said, mismatch: { type: 'error', message: 'no pacts\nat y' } });
    const ours = 'Verifying a pact between c and p Given s - d';
    const read = (said: string) =>
      readResult(JSON.stringify({ interactionResults: [{ ...interaction, result: 'Error' }], errors: [of(said)] }));
    expect(read('')).to.have.property('complaint', 'no pacts');
    expect(read(ours)).to.have.property('complaint', null);
    expect(readResult(JSON.stringify({ errors: [of('')] }))).to.deep.equal({
      kind: 'finished',
      results: [],
      complaint: 'no pacts',
    });
  });
});
describe('a mismatch', () => {
  const of = (parts: Partial<Mismatch>): Mismatch => ({
    type: 'BodyMismatch',
    path: '$',
    key: '',
    expected: '',
    actual: '',
    says: '',
    ...parts,
  });
  const table: readonly (readonly [Partial<Mismatch>, where: string, expected: string, actual: string])[] = [
    [
      { type: 'StatusMismatch', expected: '200', actual: '500', says: 'expected 200 but was 500' },
      'status',
      '200',
      '500',
    ],
    [
      {
        type: 'StatusMismatch',
        expected: '404',
        actual: '200',
        says: 'Expected status code 200 to be a Client error (400–499)',
      },
      'status',
      'Client error (400–499)',
      '200',
    ],
    [
      {
        type: 'HeaderMismatch',
        key: 'WWW-Authenticate',
        expected: 'x',
        says: "Expected a header 'WWW-Authenticate' but was missing",
      },
      'header WWW-Authenticate',
      'to be sent',
      'no such header',
    ],
    [
      {
        path: '$.ResponseStatus',
        expected: 'null',
        actual: '"x"',
        says: `Expected '"x"' to match '${'long'.repeat(60)}'`,
      },
      'body ResponseStatus',
      'what the pact allows there, such as null',
      '"x"',
    ],
    [
      { type: 'BodyTypeMismatch', expected: 'application/json', actual: 'text/html' },
      'header Content-Type',
      'application/json',
      'text/html',
    ],
    [
      { path: '$.ResponseStatus.ErrorCode', expected: 'Refused', actual: '""', says: "Expected '' to match '.+'" },
      'body ResponseStatus.ErrorCode',
      "a text that matches '.+'",
      '""',
    ],
    [{ expected: '["a"]', actual: '[]' }, 'body', '["a"]', '[]'],
  ];
  for (const [parts, where, expected, actual] of table) {
    it(`at ${where} says what was expected and what came: ${parts.says ?? expected}`, () => {
      expect(findingOf(of(parts))).to.deep.equal({ class: 'service', where, expected, actual });
    });
  }

  it('of the status stands before all others, and each stands once', () => {
    const body = of({ path: '$.a', expected: '1', actual: '2' });
    const status = of({ type: 'StatusMismatch', expected: '200', actual: '500' });
    expect(findingsOf([body, body, status]).map(({ where }) => where)).to.deep.equal(['status', 'body a']);
  });
});
