import { expect } from 'chai';
import { evidence, json, profile } from '../answered.fixture.ts';
import { declaredCasing } from './casing.ts';

const judged = (casing: 'pascal' | 'camel', body: Parameters<typeof json>[1]) => {
  const x = json(400, body);
  return declaredCasing.judge(x, evidence([x], { profile: { ...profile, casing } })).map((f) => f.actual);
};

describe('casing', () => {
  const pascal = { ResponseStatus: { ErrorCode: 'E', Errors: [{ FieldName: 'A', Meta: { a: 'b', C: 'd' } }] } };
  const camel = { responseStatus: { errorCode: 'E', errors: [{ fieldName: 'A', meta: { a: 'b', C: 'd' } }] } };

  it('is the declared one, but for the keys of a Meta map', () => {
    expect(judged('pascal', pascal)).to.deep.equal([]);
    expect(judged('camel', camel)).to.deep.equal([]);
  });

  it('is held against every member that is written otherwise', () => {
    expect(judged('camel', pascal)).to.have.length(5);
    expect(judged('pascal', { ResponseStatus: { errorcode: 'E' } })).to.deep.equal(['a member named errorcode']);
  });
});
