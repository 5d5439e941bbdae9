import { expect } from 'chai';
import { matchesGlob } from './glob.ts';

describe('matchesGlob', () => {
  for (const [name, glob, matches] of [
    ['VALID-001', 'VALID-001', true],
    ['VALID-001', 'valid-0*', true],
    ['verb-put-breaks', '*PUT*', true],
    ['VALID-001', 'VALID-00?', true],
    ['VALID-0010', 'VALID-00?', false],
    ['VALID-001', 'VALID', false],
    ['VALID-001', 'ALID-001', false],
    ['anything', '*', true],
    ['a.b', 'a?b', true],
    ['axb', 'a.b', false],
    ['a+b(c)[d]', 'A+B(C)[D]', true],
    ['a', '', false],
  ] as const) {
    it(`${matches ? 'finds' : 'does not find'} ${name} by ${glob === '' ? 'nothing' : glob}`, () => {
      expect(matchesGlob(name, glob)).to.equal(matches);
    });
  }

  it('is not made slow by many stars', () => {
    expect(matchesGlob('a'.repeat(200), `${'*'.repeat(100)}b`)).to.be.false;
  });
});
