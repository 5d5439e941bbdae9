import { expect } from 'chai';
import type { Contract } from '../../model/contract.ts';
import type { Answered } from '../../model/exchange.ts';
import type { Finding } from '../../model/verdict.ts';
import { contractOf, memberOf, typeOf } from '../../schema/contract.fixture.ts';
import { answered, evidence, failing, json } from '../answered.fixture.ts';
import { errorCode } from './response-status.ts';
import { success } from './response.ts';

const answering = (response: Contract['response'], given: Partial<Contract> = {}): Contract =>
  contractOf({ operation: 'Find', routes: [{ name: 'find', path: '/find', verbs: 'any' }], response, ...given });

const found = (x: Answered, contract: Contract): readonly Finding[] => success.judge(x, evidence([x], { contract }));
const text = (body: string): Answered =>
  answered({ text: body, decoded: { kind: 'foreign', mediaType: 'text/plain' } });
const empty = answered({ status: 204 });

describe('a success', () => {
  for (const [kind, response, right, wrong] of [
    [
      'a DTO',
      { kind: 'dto', type: 'Thing' },
      [json(200, {}), json(201, { Id: 1 }), empty],
      [json(200, []), text('x'), json(404, {})],
    ],
    ['a list', { kind: 'list', type: 'Thing' }, [json(200, []), empty], [json(200, {}), text('x')]],
    ['a scalar', { kind: 'scalar', type: 'Int32' }, [json(200, 5), empty], [answered(), json(500, 5)]],
    ['something raw', { kind: 'raw', type: 'Byte[]' }, [text('x'), answered(), empty], [json(400, {})]],
    ['nothing', { kind: 'none' }, [empty, answered()], [json(200, {}), answered({ status: 302 })]],
    ['who knows what', { kind: 'unknown' }, [json(200, {}), text('x'), empty], [answered({ status: 404 })]],
  ] as const satisfies readonly (readonly [string, Contract['response'], readonly Answered[], readonly Answered[]])[])
    it(`is ${kind} where the contract says so`, () => {
      const contract = answering(response);
      for (const x of right) expect(found(x, contract), `${x.status} ${x.text}`).to.deep.equal([]);
      for (const x of wrong) expect(found(x, contract), `${x.status} ${x.text}`).to.have.length(1);
    });

  it('is no error in its clothes, and has the status that a person says', () => {
    const contract = answering({ kind: 'dto', type: 'Thing' }, { success: 201 });
    expect(found(json(201, {}), contract)).to.deep.equal([]);
    expect(found(json(200, {}), contract)).to.have.length(1);
    const clothed = json(201, { ResponseStatus: { ErrorCode: 'Failed' } });
    expect(found(clothed, contract).map(({ where }) => where)).to.deep.equal(['body ResponseStatus.ErrorCode']);
  });

  it('is not judged where values that were drawn are refused in kind', () => {
    const drawn = answering({ kind: 'none' });
    const members = [{ name: 'Text', type: { kind: 'string' }, required: false, in: 'body', description: '' }] as const;
    const why = (x: Answered, contract: Contract): string | null | undefined =>
      success.unless?.(x, evidence([x], { contract, members }));
    expect(why(failing(400, 'ArgumentNullException'), drawn)).to.match(
      /400 ArgumentNullException.*as values in said\.json/,
    );
    for (const x of [
      failing(500, 'Fault'),
      failing(401, 'Unauthorized'),
      failing(405, 'No'),
      answered({ status: 404 }),
      empty,
    ])
      expect(why(x, drawn), String(x.status)).to.equal(null);
    const by = (method: string, accept: string, mediaType = '') =>
      answered({
        status: 404,
        headers: [['Content-Type', mediaType]],
        request: { method, headers: [['Accept', accept]] },
      });
    // HEAD has no body to tell anything in, and people are told in words.
    expect(why(by('HEAD', 'application/json'), drawn)).to.match(/404/);
    expect(why(by('GET', 'text/html', 'text/plain'), drawn)).to.match(/404/);
    expect(why(by('GET', 'application/json', 'text/plain'), drawn)).to.equal(null);
    expect(why(failing(400, 'Refused'), { ...drawn, values: { Text: 'a' } })).to.equal(null);
    const withoutValues = (effect: Contract['effect']) =>
      success.unless?.(failing(409, 'Refused'), evidence([empty], { contract: { ...drawn, effect }, members: [] }));
    expect(withoutValues('reads')).to.equal(null);
    expect(withoutValues('changes')).to.match(/takes no values, and refuses the call in the state that it found/);
  });
});

describe('the ErrorCode of an error', () => {
  const judged = (x: Answered, contract: Contract): number => errorCode.judge(x, evidence([x], { contract })).length;
  const own = (...types: Contract['types']): Contract => answering({ kind: 'dto', type: 'Thing' }, { types });

  it('is promised where the error DTO has a ResponseStatus, or is the framework’s own', () => {
    const status = memberOf('ResponseStatus', 'ResponseStatus');
    expect(judged(json(400, {}), own(typeOf('Find'), typeOf('Thing')))).to.equal(1);
    expect(judged(json(400, {}), own(typeOf('Find'), typeOf('FindResponse', status)))).to.equal(1);
    expect(
      judged(json(400, {}), own(typeOf('Find'), { ...typeOf('FindResponse'), base: 'Base' }, typeOf('Base', status))),
    ).to.equal(1);
  });

  it('is not where {Request}Response has none, or one of another name', () => {
    expect(judged(json(400, {}), own(typeOf('Find'), typeOf('FindResponse', memberOf('Count', 'Int32'))))).to.equal(0);
    const renamed = memberOf('status', 'ResponseStatus', { property: 'ResponseStatus' });
    expect(judged(json(400, {}), own(typeOf('Find'), typeOf('FindResponse', renamed)))).to.equal(0);
  });
});
