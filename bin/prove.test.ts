import { expect } from 'chai';
import { zoo } from '../specs/zoo.ts';
import { classicProfile } from '../src/model/profile.fixture.ts';
import { provable } from '../src/proof/suspects.ts';
import { conform } from './console.fixture.ts';
import { shippedSuite } from './suites.ts';

describe('conform prove', () => {
  it('--list names every mutant of this operation, with what it does and what it kills, and runs none', async () => {
    const suite = shippedSuite();
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

  it('--list lists those that --mutant names, in any case', async () => {
    const { out } = await conform(['prove', '--list', '--mutant', 'VERB-put-*']);
    const wanted = zoo.map(({ name }) => name).filter((name) => name.startsWith('verb-put-'));
    expect(wanted).not.to.be.empty;
    expect(out.split('\n').filter((line) => /^\S/.test(line))).to.deep.equal(wanted);
  });

  it('says when no mutant has such a name, and where they are listed', async () => {
    for (const line of [
      ['prove', '--mutant', 'none'],
      ['serve', '--mutant', 'none'],
    ]) {
      const { code, out, err } = await conform(line);
      expect({ code, out }).to.deep.equal({ code: 2, out: '' });
      expect(err).to.match(/^--mutant none: .*conform prove --list lists .*\n$/);
    }
  });
});
