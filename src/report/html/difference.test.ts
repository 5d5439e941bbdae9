import { expect } from 'chai';
import fc from 'fast-check';
import { difference } from './difference.ts';
import type { Piece } from './difference.ts';

const joined = (pieces: readonly Piece[]): string => pieces.map((p) => p.text).join('');
const marked = (pieces: readonly Piece[]): readonly string[] => pieces.filter((p) => !p.same).map((p) => p.text);

describe('difference of two texts', () => {
  it('marks the words that differ', () => {
    const found = difference('text/csv; charset=utf-8', 'text/csv; charset=iso-8859-1');
    expect(marked(found.expected)).to.deep.equal(['utf', '8']);
    expect(marked(found.actual)).to.deep.equal(['iso', '8859-1']);
  });

  it('marks short texts that have nothing in common as a whole', () => {
    const found = difference('400', '200');
    expect(marked(found.expected)).to.deep.equal(['400']);
    expect(marked(found.actual)).to.deep.equal(['200']);
  });

  it('marks nothing in long texts that have little in common', () => {
    const found = difference('a sentence for people', 'Object reference not set to an instance of an object.\n  at X');
    expect(marked(found.expected)).to.deep.equal([]);
    expect(marked(found.actual)).to.deep.equal([]);
  });

  it('finds what long texts have in common at their ends', () => {
    const long = Array.from({ length: 500 }, (_, i) => `w${String(i)}`).join(' ');
    const found = difference(`${long} red ${long}`, `${long} green ${long}`);
    expect(marked(found.expected)).to.deep.equal(['red']);
    expect(marked(found.actual)).to.deep.equal(['green']);
  });

  it('loses nothing of either text, and marks nothing in equal ones', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '\n', '-', '\u{1f600}', '\ud800', '<'),
      maxLength: 80,
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const found = difference(a, b);
        expect(joined(found.expected)).to.equal(a);
        expect(joined(found.actual)).to.equal(b);
        if (a === b) expect([...marked(found.expected), ...marked(found.actual)]).to.deep.equal([]);
      }),
      { examples: [['\n', '\n']] },
    );
  });

  it('has the same common words on both sides', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 40 });
    const common = (pieces: readonly Piece[]): string => joined(pieces.filter((p) => p.same));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const found = difference(a, b);
        expect(common(found.expected)).to.equal(common(found.actual));
      }),
    );
  });
});
