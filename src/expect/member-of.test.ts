import { expect } from 'chai';
import { answered, failing, json } from './answered.fixture.ts';
import { errorCodeOf } from './error-code.ts';
import { memberOf } from './member-of.ts';

describe('expect: members of a decoded body', () => {
  it('are found in any casing, at any depth', () => {
    expect(memberOf({ responseStatus: { ERRORCODE: 'X' } }, 'ResponseStatus', 'ErrorCode')).to.equal('X');
    expect(memberOf({ A: [1] }, 'a')).to.deep.equal([1]);
  });

  it('are undefined where there is nothing to look into', () => {
    for (const value of [undefined, null, 'text', 1, ['ResponseStatus'], { Other: 1 }]) {
      expect(memberOf(value, 'ResponseStatus')).to.equal(undefined);
    }
  });
});

describe('expect: the ErrorCode of an answer', () => {
  it('is a non-empty string in a body that can be read', () => {
    expect(errorCodeOf(failing(400, 'NotEmpty'))).to.equal('NotEmpty');
  });

  it('is undefined in any other', () => {
    expect(errorCodeOf(answered())).to.equal(undefined);
    expect(errorCodeOf(failing(400, ''))).to.equal(undefined);
    expect(errorCodeOf(json(400, { ResponseStatus: { ErrorCode: 7 } }))).to.equal(undefined);
    const unreadable = { kind: 'read', format: 'json', reading: { ok: false, problem: 'p', position: 0 } } as const;
    expect(errorCodeOf(answered({ status: 400, decoded: unreadable }))).to.equal(undefined);
  });
});
