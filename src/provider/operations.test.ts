import { expect } from 'chai';
import { operations } from './operations.fixture.ts';
import { configurations, replayed } from './recorded/operations/replay.ts';

/** Every so many of the recorded exchanges are replayed here, all of them in operations.proof.ts. */
const one = { of: 7 };

describe('the reference provider answers as the types host', () => {
  it('in a sample of the recorded exchanges, in every configuration', async () => {
    for (const configuration of Object.keys(configurations)) {
      const found = await replayed(configuration, operations, (number) => number % one.of === 0);
      const different = found.filter(({ differences }) => differences.length > 0);
      expect(
        different.length / found.length,
        `${configuration}: ${different.map(({ id, differences }) => `${id}: ${differences.join('; ')}`).join('\n')}`,
      ).to.be.at.most(0.06);
    }
  });
});
