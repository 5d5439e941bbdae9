import { expect } from 'chai';
import { answered, evidence, failing, json } from '../answered.fixture.ts';
import { answeredInKind, whenRefused } from './in-kind.ts';
import { noServerError, refused, success } from './success.ts';

const ok = (of: typeof success, x: ReturnType<typeof json>) => of.judge(x, evidence([x])).length === 0;

describe('success and refusal', () => {
  it('a success is 200 with an object that has no ErrorCode', () => {
    for (const body of [
      {},
      { ResponseStatus: null },
      { ResponseStatus: {} },
      { responseStatus: { errorCode: null } },
    ]) {
      expect(ok(success, json(200, body)), JSON.stringify(body)).to.equal(true);
    }
    expect(ok(success, json(200, { ResponseStatus: { ErrorCode: 'E' } }))).to.equal(false);
    expect(ok(success, json(200, []))).to.equal(false);
    expect(ok(success, json(201, {}))).to.equal(false);
    expect(ok(success, answered())).to.equal(false);
  });

  it('a refusal is of the 400 class, a breakdown of the 500 class', () => {
    expect([400, 404, 422, 499].every((code) => ok(refused, failing(code, 'E')))).to.equal(true);
    expect([200, 302, 500].some((code) => ok(refused, failing(code, 'E')))).to.equal(false);
    expect(ok(noServerError, failing(409, 'E'))).to.equal(true);
    expect(ok(noServerError, failing(500, 'E'))).to.equal(false);
  });

  it('an answer in kind is a success without an ErrorCode or an error with one', () => {
    expect(ok(answeredInKind, json(200, {}))).to.equal(true);
    expect(ok(answeredInKind, failing(409, 'Conflict'))).to.equal(true);
    expect(ok(answeredInKind, failing(200, 'Conflict'))).to.equal(false);
    expect(ok(answeredInKind, json(409, {}))).to.equal(false);
  });

  it('a rule for refusals lets other answers be', () => {
    expect(ok(whenRefused(refused), json(200, {}))).to.equal(true);
    expect(ok(whenRefused(refused), failing(500, 'E'))).to.equal(false);
  });
});
