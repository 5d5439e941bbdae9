import { expect } from 'chai';
import type { Contract } from '../src/model/contract.ts';
import { alarms, manyKinds } from './kinds.fixture.ts';
import { importedFrom, type SourceName } from './sources.fixture.ts';

/** Of each kind that once raised an alarm one; `sources.proof.ts` takes all of them, from every source. */
const sample: Readonly<Partial<Record<SourceName, Readonly<Record<string, string>>>>> = {
  typescript: {
    Hello: 'an answer that may be a text as it stands',
    Maps: 'lists of texts, which are Guids',
    Rights: 'a map whose keys are of a type that is not told',
    Upload: 'bytes that are required, and shown as a text',
    GetRenamed: 'a path that names a member as the code does, where only the wire is shown',
  },
  python: {
    GetVault: 'a Guid in the path, shown as text, of which a stranger asks for a page',
    When: 'a date and a time in the path, shown as text',
  },
  page: {
    BestShade: 'an enum as the whole answer',
    GetRenamed: 'members that the wire calls otherwise',
    Dashes: 'aliases that only a sample shows',
  },
};

describe('an operation whose documents leave facts out', function () {
  this.timeout(60_000);
  let served: Readonly<Record<string, Contract>>;
  before(async () => {
    served = await manyKinds();
  });

  for (const [source, kinds] of Object.entries(sample) as [SourceName, Readonly<Record<string, string>>][])
    describe(`imported from ${source} alone`, () => {
      let imported: Readonly<Record<string, Contract>>;
      before(async () => {
        imported = await importedFrom(served, source, Object.keys(kinds));
      });
      for (const [name, says] of Object.entries(kinds))
        it(`raises no alarm: ${says}`, async () => {
          const contract = imported[name];
          if (contract === undefined) throw new Error(`${name} was not imported`);
          expect(await alarms(contract, {}, (b) => b, served[name])).to.deep.equal([]);
        });
    });
});
