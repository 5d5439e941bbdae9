import { expect } from 'chai';
import { cross } from './points.ts';

describe('cross', () => {
  it('combines the axes, the last one turning fastest', () => {
    expect(cross({ a: [1, 2], b: ['x', 'y'] })).to.deep.equal([
      { a: 1, b: 'x' },
      { a: 1, b: 'y' },
      { a: 2, b: 'x' },
      { a: 2, b: 'y' },
    ]);
  });

  it('gives nothing when an axis is empty', () => {
    expect(cross({ a: [1], b: [] })).to.deep.equal([]);
  });
});
