import { expect } from 'chai';
import type { Finding } from '../model/verdict.ts';
import { inAnswer, placeOf } from './answers.ts';

const finding: Finding = { class: 'service', where: 'body A:\nB', expected: 'x', actual: 'y' };

describe('the place of a finding', () => {
  it('is in the answer that it was placed in', () => {
    const [placed = finding] = inAnswer(1, [finding]);
    expect(placeOf(placed, 3)).to.deep.equal({ at: 1, where: 'body A:\nB' });
  });

  it('is in the last answer where none is named, or one that there is not', () => {
    expect(placeOf(finding, 3)).to.deep.equal({ at: 2, where: 'body A:\nB' });
    const [placed = finding] = inAnswer(7, [finding]);
    expect(placeOf(placed, 3)).to.deep.equal({ at: 2, where: 'body A:\nB' });
  });
});
