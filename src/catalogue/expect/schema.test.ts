import { expect } from 'chai';
import { answered, contract, evidence, json } from '../answered.fixture.ts';
import { validResponse } from './schema.ts';

describe('the schema of the response', () => {
  it('is asked about the body in PascalCase, and its violations are findings', () => {
    const x = json(400, { responseStatus: { errorCode: 5 } });
    const asked: unknown[] = [];
    const found = validResponse.judge(
      x,
      evidence([x], {
        violations: (dto, value) => {
          asked.push(dto, value);
          return [{ at: 'ResponseStatus.ErrorCode', expected: 'a text', actual: '5' }];
        },
      }),
    );
    expect(asked).to.deep.equal([contract.response, { ResponseStatus: { ErrorCode: 5 } }]);
    expect(found).to.deep.equal([
      { class: 'service', where: 'body ResponseStatus.ErrorCode', expected: 'a text', actual: '5' },
    ]);
  });

  it('is not asked about a body that cannot be read', () => {
    expect(
      validResponse.judge(
        answered(),
        evidence([answered()], { violations: () => [{ at: '', expected: '', actual: '' }] }),
      ),
    ).to.deep.equal([]);
  });
});
