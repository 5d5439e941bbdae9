import { expect } from 'chai';
import type { Contract } from '../../model/contract.ts';
import type { ExchangeId, Recorded } from '../../model/exchange.ts';
import type { OnRecord } from '../../model/requirement.ts';
import { answered, contract, profile } from '../answered.fixture.ts';
import { noSuccessForStrangers, refusedByOne } from './methods.ts';

const apart: Contract = { ...contract, authentication: 'required', verbs: ['GET', 'POST'] };

function call(
  method: string,
  status: number,
  more: { url?: string; credentials?: Recorded['credentials'] } = {},
): OnRecord {
  const { url = 'http://host/api/things/1/lift', credentials = 'none' } = more;
  const id = `${method.toLowerCase()}-${String(status)}` as ExchangeId;
  const x = answered({ status, text: 'x', request: { method, url } });
  return {
    answered: { ...x, id },
    recorded: {
      id,
      effect: 'none',
      request: x.request,
      outcome: { kind: 'failure', failure: { kind: 'timeout', message: 'not looked at' } },
      ms: 1,
      credentials,
    },
  };
}

const found = (record: readonly OnRecord[], of: Contract = apart): readonly string[] =>
  refusedByOne
    .judge(record, { contract: of, profile })
    .map(({ exchange, finding }) => `${exchange} ${finding.where}: ${finding.expected}, not ${finding.actual}`);

describe('an operation with a method for each verb', () => {
  it('refuses a stranger by one of them at least', () => {
    expect(refusedByOne.says).to.contain('one at least is refused');
    expect(found([call('GET', 200), call('POST', 400)])).to.deep.equal(['get-200 status: 401 or 403, not 200']);
    for (const refusal of [401, 403, 500])
      expect(found([call('GET', 200), call('POST', refusal)]), String(refusal)).to.deep.equal([]);
  });

  it('is not judged where a method was not called, or none answered with success', () => {
    expect(found([call('GET', 200)])).to.deep.equal([]);
    expect(found([call('GET', 404), call('POST', 400)])).to.deep.equal([]);
    expect(found([])).to.deep.equal([]);
  });

  it('is not judged by calls of others: with credentials, of another address, a preflight, or without an answer', () => {
    const open = [call('GET', 200), call('POST', 200)];
    expect(found(open)).to.have.length(1);
    for (const beside of [
      call('POST', 401, { credentials: 'valid' }),
      call('GET', 401, { url: 'http://host/api/other' }),
      call('OPTIONS', 401),
      { ...call('GET', 401), answered: null },
    ])
      expect(found([...open, beside])).to.have.length(1);
    expect(found([call('GET', 200, { credentials: 'valid' }), call('GET', 401), call('POST', 401)])).to.deep.equal([]);
  });

  it('counts where its methods are not told apart, too', () => {
    expect(found([call('GET', 200)], { ...apart, verbs: ['GET'] })).to.deep.equal([
      'get-200 status: 401 or 403, not 200',
    ]);
  });
});

describe('who may not call', () => {
  const wrong = (...record: readonly OnRecord[]): readonly string[] =>
    noSuccessForStrangers.judge(record, { contract, profile }).map(({ exchange }) => exchange);

  it('is answered by no success, whatever is presented', () => {
    for (const credentials of ['none', 'garbage-token', 'wrong-password', 'token-in-query'] as const) {
      expect(wrong(call('PUT', 200, { credentials }), call('PUT', 401, { credentials })), credentials).to.deep.equal([
        'put-200',
      ]);
    }
  });

  it('is told nothing that counts by OPTIONS, elsewhere, or where somebody may call', () => {
    expect(
      wrong(
        call('OPTIONS', 200),
        call('GET', 200, { url: 'http://host/api/metadata' }),
        call('GET', 200, { credentials: 'valid' }),
        call('GET', 200, { credentials: 'lesser-credentials' }),
        call('GET', 302),
        { ...call('GET', 200), answered: null },
      ),
    ).to.deep.equal([]);
  });

  it('may be told of an error as a script reads it, and of nothing where nothing is accepted', () => {
    const { recorded, answered: x } = call('GET', 200);
    const asScript = x && { ...x, text: 'f({"ResponseStatus":{"ErrorCode":"Unauthorized"}})' };
    expect(wrong({ recorded, answered: asScript })).to.deep.equal([]);
    const request = { ...recorded.request, headers: [['Accept', ' ']] as const };
    expect(wrong({ recorded: { ...recorded, request }, answered: x })).to.deep.equal([]);
  });
});
