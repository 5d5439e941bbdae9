import { expect } from 'chai';
import { answered, evidence, failing, json } from '../answered.fixture.ts';
import { allAlike, answeredLike } from './alike.ts';
import { sameValueAs } from './same-value.ts';

type X = ReturnType<typeof json>;
const where = (of: ReturnType<typeof allAlike>, ...steps: [X, ...X[]]) =>
  of.judge(steps[steps.length - 1] ?? steps[0], evidence(steps)).map((f) => f.where);

describe('the same value', () => {
  const same = sameValueAs(0);

  it('is the same when null, empty and absent differ, when ids and figures do, and in any casing', () => {
    const a = json(404, {
      ResponseStatus: { ErrorCode: 'E', Message: "'1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed' at 10:30", Errors: [] },
    });
    const b = json(404, {
      responseStatus: {
        errorCode: 'E',
        message: "'2c9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'\r\nat 11:45",
        stackTrace: 'x',
        meta: null,
      },
    });
    expect(where(same, a, b)).to.deep.equal([]);
    expect(where(same, json(200, {}), json(200, { ResponseStatus: null }))).to.deep.equal([]);
  });

  it('tells status, code, text and items apart, at their place', () => {
    const list = (...errors: { ErrorCode: string }[]) =>
      json(400, { ResponseStatus: { ErrorCode: 'E', Errors: errors } });
    expect(where(same, failing(404, 'E'), failing(400, 'E'))).to.deep.equal(['status']);
    expect(where(same, failing(404, 'E'), failing(404, 'F'))).to.deep.equal(['body.ResponseStatus.ErrorCode']);
    expect(where(same, failing(404, 'E', 'a'), failing(404, 'E', 'b'))).to.deep.equal(['body.ResponseStatus.Message']);
    expect(where(same, list({ ErrorCode: 'A' }), list())).to.deep.equal(['body.ResponseStatus.Errors']);
    expect(where(same, list({ ErrorCode: 'A' }), list({ ErrorCode: 'B' }))).to.deep.equal([
      'body.ResponseStatus.Errors[0].ErrorCode',
    ]);
    expect(where(same, json(200, {}), answered({ text: 'x' }))).to.have.length(1);
  });
});

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
