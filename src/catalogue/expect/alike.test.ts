import { expect } from 'chai';
import { answered, evidence, failing, type json } from '../answered.fixture.ts';
import { allAlike, answeredLike } from './alike.ts';

type X = ReturnType<typeof json>;
const where = (of: ReturnType<typeof allAlike>, ...steps: [X, ...X[]]) =>
  of.judge(steps[steps.length - 1] ?? steps[0], evidence(steps)).map((f) => f.where);

describe('answers alike', () => {
  it('have the status and the ErrorCode of another', () => {
    expect(where(answeredLike(0), failing(404, 'E', 'a'), failing(404, 'E', 'b'))).to.deep.equal([]);
    expect(where(answeredLike(0), failing(404, 'E'), failing(400, 'E'))).to.deep.equal(['status']);
    expect(where(answeredLike(0), failing(404, 'E'), failing(404, 'F'))).to.deep.equal([
      'body ResponseStatus.ErrorCode',
    ]);
  });

  it('all agree from a step on, but for a 429', () => {
    const [a, b] = [failing(404, 'E'), failing(500, 'E')];
    expect(where(allAlike(), a, a, failing(429, 'Slow'), a)).to.deep.equal([]);
    expect(where(allAlike(), a, a, a, b, a)).to.deep.equal(['answer 4: status']);
    expect(where(allAlike(1), b, a, a)).to.deep.equal([]);
    expect(where(allAlike(), a, answered({ status: 404 }))).to.include('answer 2: header Content-Type');
  });
});
