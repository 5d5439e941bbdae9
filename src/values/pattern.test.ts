// One table: the texts that are made for patterns, by the first choice and by the last.

import { expect } from 'chai';
import { textFor } from './pattern.ts';

const first = (): number => 0;
const last = (): number => 2 ** 32 - 1;

describe('a text for a pattern', () => {
  for (const [pattern, least] of [
    ['^abc$', 'abc'],
    ['abc', 'abc'],
    ['\\d', '0'],
    ['\\d{3}', '000'],
    ['\\d{2,4}', '00'],
    ['\\d{2,}', '00'],
    ['a?b', 'b'],
    ['a*b', 'b'],
    ['a+b', 'ab'],
    ['\\w\\s\\.\\-\\/\\+\\@\\_', 'a .-/+@_'],
    ['[A-C]', 'A'],
    ['[x\\d]', 'x'],
    ['[\\w]', 'a'],
    ['[A-Z]{2}-[0-9]{2}', 'AA-00'],
    ['A_1@ /:,=#-', 'A_1@ /:,=#-'],
  ] as const)
    it(`${pattern} begins with ${JSON.stringify(least)}, and fits whatever is chosen`, () => {
      expect(textFor(pattern, first)).to.equal(least);
      for (const choose of [last, (nth: number) => nth, (nth: number) => nth * 7919]) {
        const text = textFor(pattern, choose);
        expect(text).to.match(new RegExp(`^(?:${pattern.replace(/^\^|\$$/g, '')})$`));
      }
    });

  it('has as many characters as are chosen', () => {
    const lengths = (pattern: string): readonly number[] =>
      [...new Set(Array.from({ length: 40 }, (_, i) => textFor(pattern, (nth) => nth + i)?.length ?? -1))].sort(
        (a, b) => a - b,
      );
    expect(lengths('\\d{2,4}')).to.deep.equal([2, 3, 4]);
    expect(lengths('\\d{2,}')).to.deep.equal([2, 3, 4, 5, 6]);
    expect(lengths('\\d{3}')).to.deep.equal([3]);
    expect(lengths('a?')).to.deep.equal([0, 1]);
    expect(lengths('a*')).to.deep.equal([0, 1, 2, 3, 4]);
    expect(lengths('a+')).to.deep.equal([1, 2, 3, 4]);
  });

  it('has each character of a class', () => {
    const drawn = (pattern: string) =>
      [...new Set(Array.from({ length: 100 }, (_, i) => textFor(pattern, () => i)))].sort().join('');
    expect(drawn('[a-cx]')).to.equal('abcx');
    expect(drawn('\\d')).to.equal('0123456789');
    expect(drawn('[\\d_]')).to.equal('0123456789_');
    expect(drawn('\\w')).to.equal('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
  });

  it('is the same for the same choice', () => {
    expect(textFor('[a-z]{4}', (nth) => nth)).to.equal(textFor('[a-z]{4}', (nth) => nth));
    expect(textFor('[a-z]{4}', (nth) => nth)).not.to.equal(textFor('[a-z]{4}', (nth) => nth + 1));
  });

  for (const pattern of ['(a|b)', '[^a]', '(', '\\bx', 'a(?=b)', '.', 'a|b', '[z-a]', '\\p{L}', 'a{2', '[', ''])
    it(`${JSON.stringify(pattern)} has ${pattern === '' ? 'the empty one' : 'none'}`, () => {
      expect(textFor(pattern, first)).to.equal(pattern === '' ? '' : null);
    });

  it('patterns of other kinds have no text that is made for them', () => {
    for (const pattern of ['(a|b)', '[^a]', '(', '\\bx', 'a(?=b)']) expect(textFor(pattern, (n) => n)).to.equal(null);
    expect(textFor('\\d{2}[a-c]?x*y+', () => 1)).to.match(/^\d{2}[a-c]?x*y+$/);
  });
});
