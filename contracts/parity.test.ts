import { expect } from 'chai';
import { zoo } from '../specs/zoo.ts';
import { adapterInDocs, failingOf } from './pact-cli.fixture.ts';

/** A few of each kind; `npm run prove:pacts` takes all of them. */
const sample = ['verb-put-breaks', 'auth-open-xml', 'status-message-object', 'harmless-nulls', 'valid-null-accepted'];
const withFault = ['auth-expired-accepted', 'life-second-breaks', 'status-no-body'];

describe('a verification', function () {
  this.timeout(60_000);

  it('of the plain provider finds nothing, whoever verifies', async () => {
    expect(await failingOf(null)).to.deep.equal({ ours: [], theirs: [] });
  });

  for (const mutant of zoo.filter(({ name }) => [...sample, ...withFault].includes(name))) {
    it(`finds the same as the pact CLI: ${mutant.name}`, async () => {
      const { ours, theirs } = await failingOf(mutant);
      expect(ours).to.deep.equal(theirs);
    });
  }

  it('by the plain verifier takes an adapter of 15 lines', () => {
    const [, ...lines] = adapterInDocs().trimEnd().split('\n');
    expect(lines).to.have.length.at.most(15);
  });
});
