import { expect } from 'chai';
import { shippedSuite } from '../bin/suites.ts';
import { mutantsOf } from '../bin/zoo.ts';
import { eachIsFoundAlike, failingWith } from './pact-cli.fixture.ts';

/** What the pact CLI meets alone: it says in every request that it takes gzip, of which the interactions say nothing. */
const askedForGzip: readonly string[] = ['together-gzip-that-is-none', 'wire-compression-breaks'];

/** Every one that can show something of the operation; `npm test` takes a sample, and `--grep` narrows. */
describe('a verification of every mutant', function () {
  this.timeout(120_000);
  const names = mutantsOf(shippedSuite(), '*').suspects.map(({ name }) => name);
  eachIsFoundAlike(names.filter((name) => !askedForGzip.includes(name)));

  for (const name of askedForGzip) {
    it(`finds nothing where the pact CLI does, which asks for gzip: ${name}`, async () => {
      const { ours, theirs } = await failingWith(name);
      expect(ours).to.deep.equal([]);
      expect(theirs).to.not.deep.equal([]);
    });
  }
});
