import { expect } from 'chai';
import { changes, itIsSeenToChange } from './observed-changes.fixture.ts';

/** One of each part of an answer, and of what says the same; `observed-changes.proof.ts` has all of them. */
const sample = [
  'a second call succeeds',
  'a member of another type',
  'a header more',
  'another status',
  'another framing',
  'no answer to an odd verb',
  'other ids in messages and headers',
  'headers in another casing',
];

describe('behaviour that nobody promised', function () {
  this.timeout(120_000);

  it('is sampled from the table', () => {
    expect(changes).to.include.members(sample);
  });

  itIsSeenToChange((name) => sample.includes(name));
});
