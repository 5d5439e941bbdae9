import { expect } from 'chai';
import { zoo } from '../specs/zoo.ts';
import { failingOf } from './pact-cli.fixture.ts';

/** All of them take a quarter of an hour, so `npm test` takes a sample; `--grep` narrows. */
describe('a verification of every mutant', function () {
  this.timeout(120_000);
  for (const mutant of zoo) {
    it(`finds the same as the pact CLI: ${mutant.name}`, async () => {
      const { ours, theirs } = await failingOf(mutant);
      expect(ours).to.deep.equal(theirs);
    });
  }
});
