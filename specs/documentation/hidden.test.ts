import { expect } from 'chai';
import { createComposer } from '../../src/catalogue/composer.ts';
import { classicProfile } from '../../src/model/profile.fixture.ts';
import { shape } from '../judged.fixture.ts';
import { suiteOf } from '../suite.ts';
import { documentation } from './documentation.requirements.ts';

const getTool = shape('get-tool');

/** The requirements about documents of the host that have something to ask where that is a route of its operation. */
function asked(path: string): readonly string[] {
  const contract = { ...getTool, routes: [{ ...getTool.routes[0], path }] as const };
  const c = createComposer(contract, suiteOf(contract).members, classicProfile(''));
  return documentation.filter(({ id, cases }) => id > 'DOC-005' && cases(c).length > 0).map(({ id }) => id);
}

describe('the documents of a host', () => {
  it('are not asked for where an operation answers in their place', () => {
    expect(asked('/tools/{Id}')).to.deep.equal(['DOC-006', 'DOC-007', 'DOC-008']);
    for (const path of ['/{Id*}', '/{*Id}', '/{Id}/{Id}']) expect(asked(path), path).to.deep.equal([]);
  });
});
