import { expect } from 'chai';
import fc from 'fast-check';
import type { PlainValue } from '../../model/value.ts';
import { normalise } from './normalise.ts';

describe('normalise', () => {
  for (const nothing of [null, '', [], {}, { a: null }, { a: { b: [] } }]) {
    it(`drops a member that is ${JSON.stringify(nothing)}`, () => {
      expect(normalise({ Meta: nothing, Message: 'm' })).to.deep.equal({ Message: 'm' });
    });
  }

  for (const something of [0, false, ' ', [null], [''], [{}]]) {
    it(`keeps a member that is ${JSON.stringify(something)}`, () => {
      expect(normalise({ a: something })).to.deep.equal({ a: something });
    });
  }

  it('goes into lists and keeps their items', () => {
    expect(normalise({ Errors: [{ Meta: null, FieldName: 'f' }, {}] })).to.deep.equal({
      Errors: [{ FieldName: 'f' }, {}],
    });
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = normalise(value as PlainValue);
        expect(normalise(once)).to.deep.equal(once);
      }),
    );
  });
});
