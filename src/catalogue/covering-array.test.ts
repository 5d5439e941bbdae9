import { expect } from 'chai';
import { coveringArray } from './covering-array.ts';

/** Every two values of different axes, in words. */
function pairsIn(row: Readonly<Record<string, unknown>>): readonly string[] {
  const chosen = Object.entries(row).map(([axis, value]) => `${axis}=${String(value)}`);
  return chosen.flatMap((a, i) => chosen.slice(i + 1).map((b) => `${a} ${b}`));
}

const axes = { a: [1, 2, 3, 4], b: ['x', 'y', 'z'], c: [true, false], d: ['p', 'q', 'r', 's', 't'] };

describe('a covering array', () => {
  it('has every two values of different axes in some row, in far fewer rows than all combinations', () => {
    const rows = coveringArray(2, axes, () => true);
    expect(new Set(rows.flatMap(pairsIn)).size).to.equal(4 * 3 + 4 * 2 + 4 * 5 + 3 * 2 + 3 * 5 + 2 * 5);
    expect(rows.length).to.be.within(4 * 5, 4 * 5 + 6);
  });

  it('has nothing together that does not go together, and every pair that does', () => {
    const goTogether = ({ a, d }: { readonly a?: number; readonly d?: string }): boolean => a !== 1 || d !== 'q';
    const found = new Set(coveringArray(2, axes, goTogether).flatMap(pairsIn));
    expect(found).not.to.include('a=1 d=q');
    expect(found.size).to.equal(4 * 3 + 4 * 2 + 4 * 5 - 1 + 3 * 2 + 3 * 5 + 2 * 5);
  });

  it('asks for no pair that there is already', () => {
    const had = [{ a: 1, b: 'x', c: true, d: 'p' }];
    const all = new Set([...had, ...coveringArray(2, axes, () => true, had)].flatMap(pairsIn));
    expect(all.size).to.equal(81 - 10);
    expect(coveringArray(2, { a: [1], b: [2] }, () => true, [{ a: 1, b: 2 }])).to.deep.equal([]);
  });

  it('leaves out what nothing goes with, and ends', () => {
    expect(
      coveringArray(2, { a: [1], b: [2], c: [3] }, ({ a, c }) => a === undefined || c === undefined),
    ).to.deep.equal([]);
    expect(coveringArray(2, { a: [1, 2], b: [] }, () => true)).to.deep.equal([]);
  });

  it('is the same for the same axes', () => {
    expect(coveringArray(2, axes, () => true)).to.deep.equal(coveringArray(2, axes, () => true));
  });

  it('of strength three has every three values of different axes that go together, in far fewer rows than there are', () => {
    const isFit = ({ a, d }: { readonly a?: number; readonly d?: string }): boolean => a !== 1 || d !== 'q';
    const threesIn = (row: Readonly<Record<string, unknown>>): readonly string[] => {
      const chosen = Object.entries(row).map(([axis, value]) => `${axis}=${String(value)}`);
      return chosen.flatMap((one, i) =>
        chosen.slice(i + 1).flatMap((b, j) => chosen.slice(i + j + 2).map((third) => `${one} ${b} ${third}`)),
      );
    };
    const rows = coveringArray(3, axes, isFit);
    const every = [4 * 3 * 2, 4 * 3 * 5 - 3, 4 * 2 * 5 - 2, 3 * 2 * 5].reduce((sum, count) => sum + count);
    expect(new Set(rows.flatMap(threesIn)).size).to.equal(every);
    expect(rows.every(isFit)).to.equal(true);
    expect(rows.length).to.be.within(4 * 3 * 5 - 3, 90);
    expect(coveringArray(3, axes, isFit, rows)).to.deep.equal([]);
  });
});
