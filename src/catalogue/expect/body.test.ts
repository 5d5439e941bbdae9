import { expect } from 'chai';
import { answered } from '../answered.fixture.ts';
import { beginningOf, brief, describeBody, pascal } from './body.ts';

describe('words for a body', () => {
  it('are its value, cut where it gets long', () => {
    expect(beginningOf('abc', 3)).to.equal('abc');
    expect(beginningOf('abcd', 3)).to.equal('abc…');
    expect(brief(undefined)).to.equal('absent');
    expect(brief({ a: 'x'.repeat(160) })).to.equal(`{"a":"${'x'.repeat(154)}…`);
    const reading = { ok: false, problem: 'expected a value', position: 3 } as const;
    expect(describeBody(answered({ decoded: { kind: 'read', format: 'jsv', reading } }))).to.equal(
      'jsv that cannot be read: expected a value at 3',
    );
  });

  it('have names in PascalCase', () => {
    expect(
      ['responsestatus', 'ERRORCODE', 'fieldName', 'meta', 'stacktrace', 'name', 'aName', ''].map(pascal),
    ).to.deep.equal(['ResponseStatus', 'ErrorCode', 'FieldName', 'Meta', 'StackTrace', 'Name', 'AName', '']);
  });
});
