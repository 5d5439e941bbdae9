import { expect } from 'chai';
import { judgeAll } from '../bin/commands/prove.ts';
import { silent } from '../bin/console.fixture.ts';
import type { Judged } from '../src/proof/judge.ts';
import { prove } from '../src/proof/proof.ts';
import { catalogue } from './catalogue.ts';
import { zoo } from './zoo.ts';

const requirements = catalogue.flatMap((area) => area.requirements);

/** Every mutant against the areas it names, harmless ones against the whole catalogue: what is found, and what is left alone. */
describe('detection of faults', () => {
  const console = silent();
  let judged: readonly Judged[];

  before(async function () {
    // Minutes on a loaded machine; the mutants are run once, for all of the tests.
    this.timeout(900_000);
    judged = await judgeAll(zoo, 'named areas', console);
  });

  for (const { name, says, kills } of zoo) {
    it(`${name}: ${says}`, () => {
      const found = judged.find(({ suspect }) => suspect.name === name);
      expect(found?.fate).to.deep.equal({ kind: kills.length === 0 ? 'unharmed' : 'killed' });
    });
  }

  it('every requirement is proven by a mutant', () => {
    expect(prove(requirements, judged).unproven).to.deep.equal([]);
  });
});

describe('the zoo', () => {
  const areaOf = new Map(requirements.map(({ id, area }) => [id, area]));

  it('has a name for each mutant, in kebab-case', () => {
    const names = zoo.map(({ name }) => name);
    expect(
      names.filter((name, i) => names.indexOf(name) !== i || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)),
    ).to.deep.equal([]);
  });

  it('names requirements that there are, each once, and their areas', () => {
    const astray = zoo.flatMap(({ name, kills, areas }) =>
      kills
        .filter((id, i) => {
          const area = areaOf.get(id);
          return area === undefined || !areas.includes(area) || kills.indexOf(id) !== i;
        })
        .map((id) => `${name}: ${id}`),
    );
    expect(astray).to.deep.equal([]);
  });

  it('names no area for a harmless variation', () => {
    expect(
      zoo.filter(({ kills, areas }) => kills.length === 0 && areas.length > 0).map(({ name }) => name),
    ).to.deep.equal([]);
  });
});
