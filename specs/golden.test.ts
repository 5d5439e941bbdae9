import { expect } from 'chai';
import { differences, goldens } from './golden/golden.fixture.ts';

describe('what users depend on is as it was', function () {
  // Each takes seconds; on a loaded machine several times as long.
  this.timeout(120_000);

  for (const golden of goldens) {
    it(`${golden.folder}: ${golden.says}`, async () => {
      const found = await differences(golden);
      if (found.length > 0) expect.fail(`${found.join('\n')}\nWhere this is wanted: npm run golden -- --write`);
    });
  }
});
