import { expect } from 'chai';
import type { Profile } from '../src/model/profile.ts';
import { alarms, manyKinds } from './kinds.fixture.ts';
import { importedFrom, sources } from './sources.fixture.ts';

const strict = { serializer: 'system-text-json', casing: 'camel' } as const;
const profiles: Readonly<Record<string, Partial<Profile>>> = {
  'compact Guids, dates in milliseconds': { guids: 'compact', dates: 'ms' },
  'System.Text.Json': strict,
  endpoints: { hosting: 'endpoints', ...strict },
};

describe('operations of many kinds, imported from one source each', function () {
  this.timeout(900_000);
  for (const source of sources)
    for (const [what, profile] of Object.entries(profiles))
      it(`raise no alarm: ${source}, ${what}`, async () => {
        const served = await manyKinds();
        const imported = await importedFrom(served, source);
        for (const [name, contract] of Object.entries(imported))
          expect(await alarms(contract, profile, (b) => b, served[name]), name).to.deep.equal([]);
      });
});
