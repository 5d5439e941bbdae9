import { expect } from 'chai';
import { shippedSuite } from './suites.ts';
import { zoo } from '../specs/zoo.ts';
import { conform } from './console.fixture.ts';

const suite = shippedSuite();

describe('conform explain', () => {
  const requirements = suite.catalogue.flatMap((a) => a.requirements);

  it('tells of every requirement what it says, why, on whose word, what is sent and what proves it', async () => {
    for (const r of requirements) {
      const { code, out } = await conform(['explain', r.id]);
      expect(code, r.id).to.equal(0);
      expect(out).to.contain(r.title).and.to.contain(r.why).and.to.contain(r.cites[0].quote);
      for (const { name } of zoo.filter((m) => m.kills.includes(r.id))) expect(out).to.contain(name);
    }
  });

  it('takes an id in any casing, and says when there is none', async () => {
    const [first] = requirements;
    expect((await conform(['explain', (first?.id ?? '').toLowerCase()])).code).to.equal(0);
    const unknown = await conform(['explain', 'NOPE-1']);
    expect(unknown).to.deep.equal({ code: 2, out: '', err: unknown.err });
    expect(unknown.err).to.match(/^explain NOPE-1: there is no requirement of that id.*\n$/);
  });
});
