import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { openSuite } from '../../bin/suites.ts';
import { classicProfile } from '../../src/model/profile.fixture.ts';
import { provable } from '../../src/proof/suspects.ts';
import { openToAll } from '../authentication/anonymous.requirements.ts';
import { types } from './types.requirements.ts';
import { typeMutants } from './types.mutants.ts';

const folders = fileURLToPath(new URL('../shapes', import.meta.url));
const shapes = readdirSync(folders);

/** That each is found, and nothing else, is shown by `npm run prove:operations`. */
describe('faults of what the shipped operation does not have', function () {
  this.timeout(120_000);

  it('are there for each requirement, on operations of two shapes or more', () => {
    const proven = shapes.flatMap((shape) => {
      const suite = openSuite({ contract: `${folders}/${shape}` }, { env: {}, cwd: folders });
      const { suspects, requirements } = provable(
        typeMutants,
        suite,
        classicProfile(suite.contract.xmlNamespace),
        'any',
      );
      const asked = new Set(requirements.map(({ id }) => id));
      return suspects.flatMap(({ kills }) => kills).filter((id, i, all) => asked.has(id) && all.indexOf(id) === i);
    });
    const ids = [...types, ...openToAll].map(({ id }) => id);
    expect(ids.filter((id) => proven.filter((each) => each === id).length < 2)).to.deep.equal([]);
  });
});
