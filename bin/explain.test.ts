import { expect } from 'chai';
import { conform } from './console.fixture.ts';
import { itIsExplained } from './lists.fixture.ts';
import { shippedSuite } from './suites.ts';

describe('conform explain', () => {
  const suite = shippedSuite();
  const requirements = suite.catalogue.flatMap((a) => a.requirements);

  // Of every one: `lists.proof.ts`.
  it('tells of a requirement what it says, why, on whose word, what is sent and what proves it', async () => {
    const [first] = requirements;
    if (first !== undefined) await itIsExplained(first);
  });

  it('without an id, lists every id with its title, by area', async () => {
    const { code, out, err } = await conform(['explain']);
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    const sections = out.trimEnd().split('\n\n');
    expect(sections).to.have.length(suite.catalogue.length);
    for (const [i, { area, requirements: own }] of suite.catalogue.entries()) {
      const [heading, ...lines] = sections[i]?.split('\n') ?? [];
      expect(heading).to.match(new RegExp(`^${area}: `));
      expect(lines.map((line) => line.trim().replace(/ +/g, ' '))).to.deep.equal(
        own.map(({ id, level, title }) => `${id} ${level} ${title}`),
      );
    }
  });

  it('takes an id in any case, and says when there is none', async () => {
    const [first] = requirements;
    expect((await conform(['explain', (first?.id ?? '').toLowerCase()])).code).to.equal(0);
    const unknown = await conform(['explain', 'NOPE-1']);
    expect(unknown).to.deep.equal({ code: 2, out: '', err: unknown.err });
    expect(unknown.err).to.match(/^explain NOPE-1: there is no requirement of that id; conform explain lists all\n$/);
  });
});
