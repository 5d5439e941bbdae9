import { expect } from 'chai';
import { zoo } from '../specs/zoo.ts';
import { classicProfile } from '../src/model/profile.fixture.ts';
import { provable } from '../src/proof/suspects.ts';
import { conform } from './console.fixture.ts';
import { itIsExplained } from './lists.fixture.ts';
import { shippedSuite } from './suites.ts';

describe('what is listed whole', function () {
  this.timeout(120_000);
  const suite = shippedSuite();

  it('conform explain tells of every requirement what it says, why, on whose word, what is sent and what proves it', async () => {
    for (const { requirements } of suite.catalogue) for (const each of requirements) await itIsExplained(each);
  });

  it('conform prove --list names every mutant of this operation, with what it does and what it kills, and runs none', async () => {
    const { suspects } = provable(zoo, suite, classicProfile(suite.contract.xmlNamespace), 'all');
    expect(suspects).to.have.length.above(300);
    const { code, out, err } = await conform(['prove', '--list']);
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(out).to.equal(
      suspects
        .map(({ name, says, kills }) => {
          const found = kills.length === 0 ? 'harmless: nothing may fail' : `kills ${kills.join(', ')}`;
          return `${name}\n  ${says}\n  ${found}\n`;
        })
        .join(''),
    );
  });
});
