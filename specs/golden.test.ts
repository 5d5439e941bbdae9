import { expect } from 'chai';
import { differences, goldens } from './golden/golden.fixture.ts';

/** Those that take a second or two; `npm run golden -- --check` compares all. */
const sample = ['catalogue', 'plans', 'commands'];

describe('what users depend on is as it was', function () {
  // On a loaded machine they take several times as long.
  this.timeout(120_000);

  for (const golden of goldens.filter(({ folder }) => sample.includes(folder))) {
    it(`${golden.folder}: ${golden.says}`, async () => {
      const found = await differences(golden);
      if (found.length > 0) expect.fail(`${found.join('\n')}\nWhere this is wanted: npm run golden -- --write`);
    });
  }
});
