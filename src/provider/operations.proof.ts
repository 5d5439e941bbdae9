import { expect } from 'chai';
import { operations } from './operations.fixture.ts';
import { configurations, replayed } from './recorded/operations/replay.ts';

describe('the reference provider answers as the types host', function () {
  this.timeout(60_000);
  for (const configuration of Object.keys(configurations)) {
    it(configuration, async () => {
      const found = await replayed(configuration, operations, () => true);
      const different = found.filter(({ differences }) => differences.length > 0);
      const alike = found.length - different.length;
      const percent = ((100 * alike) / found.length).toFixed(1);
      const told = different.map(({ id, differences }) => `${id}\n        ${differences.join('\n        ')}`);
      console.log(`      ${configuration}: ${alike} of ${found.length} answered alike, ${percent} %`);
      console.log(told.map((each) => `      ${each}`).join('\n'));
      expect(alike / found.length).to.be.at.least(0.97);
    });
  }
});
