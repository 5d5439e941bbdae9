import { expect } from 'chai';
import { classicProfile } from '../model/profile.fixture.ts';
import { contractOf, memberOf, typeOf } from '../schema/contract.fixture.ts';
import { deriveSchemas, schemasUri } from '../schema/derive.ts';
import { membersOf } from '../schema/members.ts';
import { modelOf } from '../schema/types.ts';
import type { Contract, ContractMember } from '../model/contract.ts';
import { createComposer } from './composer.ts';
import { telling } from './filled.ts';

/** The body of a request whose answer says something, of an operation with these members. */
function bodyFor(of: readonly ContractMember[], given: Partial<Contract> = {}): string | null {
  const contract = contractOf({
    operation: 'Echo',
    routes: [{ name: 'echo', path: '/echo', verbs: ['POST'] }],
    types: [typeOf('Echo', ...of)],
    response: { kind: 'dto', type: 'Echo' },
    ...given,
  });
  const members = membersOf(contract, deriveSchemas(modelOf(contract), schemasUri));
  const c = createComposer(contract, members, classicProfile(contract.xmlNamespace));
  return telling(c.routes[0], c).body;
}

const maybe = { nullable: true, required: 'no' } as const;
const counts = memberOf('Counts', 'Dictionary<String,Int32>', maybe);

describe('a request whose answer says something', () => {
  it('has the members that may be left out, where the answer is what was read', () => {
    expect(
      bodyFor([
        memberOf('Name', 'String', maybe),
        memberOf('Age', 'Int32', maybe),
        memberOf('Ids', 'List<Guid>', maybe),
        counts,
      ]),
    ).to.match(/^\{"Name":"\{\{Name\}\}","Age":\{\{Age\}\},"Ids":\["[0-]+"\],"Counts":\{"key":\d+\}\}$/);
  });

  it('has none of a kind that no host was recorded to read', () => {
    const parts = memberOf('Parts', 'Dictionary<String,Part>', maybe);
    const times = memberOf('Times', 'List<TimeSpan>', maybe);
    expect(bodyFor([parts, times, counts])).to.match(/^\{"Counts":\{"key":\d+\}\}$/);
  });

  it('is the sample where that says something, or nothing that is sent comes back', () => {
    expect(bodyFor([counts, memberOf('Age', 'Int32', { nullable: false, required: 'no' })])).to.equal('{}');
    expect(bodyFor([counts], { response: { kind: 'none' } })).to.equal('{}');
  });
});
