import { expect } from 'chai';
import type { Expectation } from '../../model/requirement.ts';
import type { Contract } from '../../model/contract.ts';
import { answered, contract, evidence, failing, json } from '../answered.fixture.ts';
import { refusedToScripts } from './format.ts';
import { success } from './response.ts';
import {
  admitted,
  allowOn405,
  successOrError,
  challengeOn401,
  noServerError,
  notASuccess,
  notASuccessBeyondPages,
  reachesTheOperation,
  refused,
  refusedOutright,
  served,
  unauthorizedOrRedirected,
  whenRefused,
} from './status.ts';

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

  it('a refusal is of the 4xx class, a breakdown of the 5xx class', () => {
    expect([400, 404, 422, 499].every((code) => ok(refused, failing(code, 'E')))).to.equal(true);
    expect([200, 302, 500].some((code) => ok(refused, failing(code, 'E')))).to.equal(false);
    expect(ok(noServerError, failing(409, 'E'))).to.equal(true);
    expect(ok(noServerError, failing(500, 'E'))).to.equal(false);
  });

  it('where nothing is, a page for people is no success, unless people ask what a subject could be the answer to', () => {
    const page = (accept: string): ReturnType<typeof answered> =>
      answered({
        headers: [['Content-Type', 'text/html; charset=utf-8']],
        request: { headers: [['Accept', accept]] },
      });
    const isFine = (x: ReturnType<typeof answered>, of: Contract): boolean =>
      notASuccessBeyondPages.judge(x, evidence([x], { contract: of })).length === 0;
    const onNothing = { ...contract, subject: null };
    expect(isFine(page('application/json'), contract)).to.equal(true);
    expect(isFine(page('text/html'), contract)).to.equal(false);
    expect(isFine(page('text/html'), onNothing)).to.equal(true);
    expect(isFine(json(200, {}), onNothing)).to.equal(false);
    expect(isFine(failing(404, 'E'), onNothing)).to.equal(true);
  });

  it('an answer of the operation is a success without an ErrorCode or an error with one', () => {
    expect(ok(successOrError, json(200, {}))).to.equal(true);
    expect(ok(successOrError, failing(409, 'Conflict'))).to.equal(true);
    expect(ok(successOrError, failing(200, 'Conflict'))).to.equal(false);
    expect(ok(successOrError, json(409, {}))).to.equal(false);
  });

  it('a rule for refusals lets other answers be', () => {
    expect(ok(whenRefused(refused), json(200, {}))).to.equal(true);
    expect(ok(whenRefused(refused), failing(500, 'E'))).to.equal(false);
  });
});

const places = (expectation: Expectation, x: ReturnType<typeof answered>): readonly string[] =>
  expectation.judge(x, evidence([x])).map((f) => f.where);

describe('expect: refusals', () => {
  it('no success is any status from 300 on', () => {
    for (const status of [301, 302, 400, 401, 405, 500]) expect(places(notASuccess, answered({ status }))).to.be.empty;
    for (const status of [200, 202, 204]) expect(places(notASuccess, answered({ status }))).to.deep.equal(['status']);
  });

  it('an outright refusal is no redirect either', () => {
    for (const status of [400, 401, 405, 500]) expect(places(refusedOutright, answered({ status }))).to.be.empty;
    for (const status of [200, 302]) expect(places(refusedOutright, answered({ status }))).to.deep.equal(['status']);
  });

  it('a browser gets 401 or is sent somewhere', () => {
    const redirect = answered({ status: 302, headers: [['location', '/login']] });
    expect(places(unauthorizedOrRedirected, answered({ status: 401 }))).to.be.empty;
    expect(places(unauthorizedOrRedirected, redirect)).to.be.empty;
    expect(places(unauthorizedOrRedirected, answered({ status: 302 }))).to.deep.equal(['header Location']);
    for (const status of [200, 304, 400, 403]) {
      expect(places(unauthorizedOrRedirected, answered({ status }))).to.deep.equal(['status']);
    }
  });

  it('whoever is admitted gets neither 401 nor 403', () => {
    for (const status of [200, 400, 404, 409, 500]) expect(places(admitted, answered({ status }))).to.be.empty;
    for (const status of [401, 403]) expect(places(admitted, answered({ status }))).to.deep.equal(['status']);
  });
});

describe('expect: challenges', () => {
  const challenged = (value: string): ReturnType<typeof answered> =>
    answered({ status: 401, headers: [['www-authenticate', value]] });

  for (const value of [
    'Bearer',
    'credentials realm="/auth/credentials"',
    'Bearer error="invalid_token"',
    'Basic realm="x", Bearer',
  ]) {
    it(`${value} is one`, () => {
      expect(places(challengeOn401, challenged(value))).to.be.empty;
    });
  }

  it('a 401 without one, or with an empty or malformed one, is a finding', () => {
    const at = ['header WWW-Authenticate'];
    expect(places(challengeOn401, answered({ status: 401 }))).to.deep.equal(at);
    for (const value of ['', '   ', '"realm"', 'realm="x"'])
      expect(places(challengeOn401, challenged(value))).to.deep.equal(at);
  });

  it('is asked of a 401 alone', () => {
    expect(places(challengeOn401, answered({ status: 302 }))).to.be.empty;
  });
});

describe('expect: a served request', () => {
  it('is refused by the operation, with an ErrorCode in any casing', () => {
    expect(places(served, failing(404, 'NotFound'))).to.be.empty;
    expect(places(served, failing(400, 'NotEmpty'))).to.be.empty;
    expect(places(served, json(404, { responseStatus: { errorCode: 'NotFound' } }))).to.be.empty;
  });

  it('is not turned away before', () => {
    for (const status of [200, 302, 401, 403, 405, 500])
      expect(places(served, failing(status, 'X'))).to.deep.equal(['status']);
  });

  it('is not an unknown route', () => {
    for (const x of [
      answered({ status: 404 }),
      answered({ status: 404, text: '<html>' }),
      json(404, [{ ResponseStatus: null }]),
    ]) {
      expect(places(served, x)).to.deep.equal(['body ResponseStatus']);
    }
    expect(places(served, failing(404, ''))).to.deep.equal(['body ResponseStatus.ErrorCode']);
  });

  it('can be told by its status where an answer has no body', () => {
    expect(places(reachesTheOperation, answered({ status: 404 }))).to.be.empty;
    expect(places(reachesTheOperation, answered({ status: 405 }))).to.deep.equal(['status']);
  });
});

describe('expect: a refusal that scripts can read', () => {
  const script = (text: string): ReturnType<typeof answered> =>
    answered({ status: 200, headers: [['Content-Type', 'text/javascript']], text });

  it('is any other status, or a callback with an ErrorCode', () => {
    expect(places(refusedToScripts, answered({ status: 401 }))).to.be.empty;
    expect(places(refusedToScripts, script('cb({"ResponseStatus":{"ErrorCode":"Unauthorized"}})'))).to.be.empty;
    expect(places(refusedToScripts, script('a.b({"responseStatus":{"errorCode":"Unauthorized"}});\n'))).to.be.empty;
  });

  it('is not a 200 without one', () => {
    for (const text of ['cb({})', 'cb({"ResponseStatus":{"ErrorCode":null}})', '{}', '', 'cb({', 'cb(x)']) {
      expect(places(refusedToScripts, script(text)), text).to.deep.equal(['body ResponseStatus.ErrorCode']);
    }
  });
});

describe('expect: Allow', () => {
  const judged = (x: ReturnType<typeof answered>): readonly string[] =>
    allowOn405.judge(x, { ...evidence([x]), point: { served: ['POST'] } }).map((f) => f.where);

  it('names every verb that is served', () => {
    expect(judged(answered({ status: 405, headers: [['Allow', 'get, post']] }))).to.be.empty;
    expect(judged(answered({ status: 405, headers: [['Allow', 'GET']] }))).to.deep.equal(['header Allow']);
    expect(judged(answered({ status: 405 }))).to.deep.equal(['header Allow']);
    expect(judged(answered({ status: 404 }))).to.be.empty;
  });
});
