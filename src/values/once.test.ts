import { expect } from 'chai';
import { onceFor } from './once.ts';

describe('what is made once for an object', () => {
  it('is made when it is first asked for, though it be nothing, and again for another', () => {
    const made: object[] = [];
    const ofOne = onceFor((of: { readonly value: string | undefined }) => {
      made.push(of);
      return of.value;
    });
    const [nothing, something] = [{ value: undefined }, { value: 'a' }];
    expect(made).to.deep.equal([]);
    expect([nothing, something, nothing, something].map(ofOne)).to.deep.equal([undefined, 'a', undefined, 'a']);
    expect(made).to.deep.equal([nothing, something]);
  });
});
