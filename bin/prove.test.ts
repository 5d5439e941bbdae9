import { expect } from 'chai';
import { zoo } from '../specs/zoo.ts';
import { conform } from './console.fixture.ts';

describe('conform prove', () => {
  // All of them: `lists.proof.ts`.
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
