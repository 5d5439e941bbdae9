import { expect } from 'chai';
import { adapterInDocs, failingOf, eachIsFoundAlike } from './pact-cli.fixture.ts';

/** A fault, and a variation that is none; more of each kind in `parity-sample.proof.ts`. */
const sample = ['verb-put-breaks', 'harmless-nulls'];

describe('a verification', function () {
  this.timeout(60_000);

  it('of the plain provider finds nothing, whoever verifies', async () => {
    expect(await failingOf(null)).to.deep.equal({ ours: [], theirs: [] });
  });

  eachIsFoundAlike(sample);

  it('by the plain verifier takes an adapter of 15 lines', () => {
    const [, ...lines] = adapterInDocs().trimEnd().split('\n');
    expect(lines).to.have.length.at.most(15);
  });
});
