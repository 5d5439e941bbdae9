import { expect } from 'chai';
import type { Profile } from '../src/model/profile.ts';
import { alarms, manyKinds } from './kinds.fixture.ts';

const strict = { serializer: 'system-text-json', casing: 'camel' } as const;
const profiles: Readonly<Record<string, Partial<Profile>>> = {
  classic: {},
  'compact Guids, dates in milliseconds': { guids: 'compact', dates: 'ms' },
  camelCase: { casing: 'camel' },
  'System.Text.Json': strict,
  mapped: { hosting: 'mapped', ...strict },
  endpoints: { hosting: 'endpoints', ...strict },
};

describe('operations of many kinds, all of them', function () {
  this.timeout(600_000);
  for (const [what, profile] of Object.entries(profiles))
    it(`raise no alarm: ${what}`, async () => {
      const contracts = await manyKinds();
      for (const [name, contract] of Object.entries(contracts))
        expect(await alarms(contract, profile), name).to.deep.equal([]);
    });
});
