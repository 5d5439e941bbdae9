import { expect } from 'chai';
import { silent } from '../bin/console.fixture.ts';
import { shippedSuite } from '../bin/suites.ts';
import { embedded, variationOf } from '../src/embedded/embedded.ts';
import { examiner } from '../src/proof/examine.ts';
import { judgeMutant } from '../src/proof/judge.ts';
import { catalogue } from './catalogue.ts';
import { zoo } from './zoo.ts';

const requirements = catalogue.flatMap((area) => area.requirements);

/** A fault of each area, one under each kind of profile, and a variation that is none. `npm run prove` runs the whole zoo. */
const sample: readonly string[] = [
  'route-prefix-dropped',
  'verb-put-breaks',
  'verb-endpoints-get-served',
  'auth-open-xml',
  'format-csv-last-column-lost',
  'format-errors-pascal-under-camel',
  'status-trace-list-in-debug',
  'valid-casing-unread-strictly',
  'example-placeholder-breaks',
  'life-neighbour-updated',
  'doc-printed-type-breaks',
  'wire-two-lengths',
  'harmless-endpoints-401',
];
const sampled = zoo
  .filter(({ name }) => sample.includes(name))
  .map((mutant) => ({ ...mutant, foundBy: 'all' as const }));

describe('detection of faults', function () {
  this.timeout(60_000);
  // In this process: `npm run prove` starts others.
  const examine = examiner(shippedSuite(), silent());
  // What is judged over the whole record has none.
  const areaOf = new Map(requirements.map(({ id, area, standing }) => [id, standing === undefined ? area : null]));

  it('is tried on a fault of every area', () => {
    // The shipped operation has no typed values but Guids: faults of others are looked for on other operations, types.test.ts.
    const tried = catalogue.map(({ area }) => area).filter((area) => area !== 'types');
    expect(new Set(sampled.flatMap(({ areas }) => areas))).to.have.all.keys(tried);
    expect(sampled).to.have.length(sample.length);
  });

  for (const mutant of sampled) {
    const { name, says, kills, areas } = mutant;
    it(`${name}: ${says}`, async () => {
      const autopsy = await examine(mutant, areas, embedded(variationOf(mutant)));
      const { fate } = judgeMutant(mutant, autopsy, (id) => areaOf.get(id) ?? null);
      expect(fate).to.deep.equal({ kind: kills.length === 0 ? 'unharmed' : 'killed' });
    });
  }
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
