import { expect } from 'chai';
import type { Member } from '../../model/schema.ts';
import { evidence, failing, json } from '../answered.fixture.ts';
import { namesAll, namesContractMembers, namesField, namesOnly, unlessLookedUpFirst } from './field-names.ts';

const member = (name: string): Member => ({
  name,
  type: { kind: 'string', format: 'uuid' },
  required: true,
  in: 'body',
  description: '',
});
const [owner, keeper] = [member('OwnerId'), member('KeeperId')];
const members = [owner, keeper];

const naming = (...names: readonly (string | number | null)[]) =>
  json(400, { ResponseStatus: { ErrorCode: 'E', Errors: names.map((name) => ({ FieldName: name })) } });
const count = (
  of: typeof namesContractMembers,
  ...steps: readonly [ReturnType<typeof naming>, ...ReturnType<typeof naming>[]]
) => of.judge(steps[steps.length - 1] ?? steps[0], evidence(steps, { members })).length;

describe('field names', () => {
  it('are members of the request, in any casing, or absent', () => {
    expect(count(namesContractMembers, naming('OwnerId', 'keeperId', null, ''))).to.equal(0);
    expect(count(namesContractMembers, naming('Owner', 7))).to.equal(2);
  });

  it('name the member at fault, unless there are none', () => {
    const expectation = namesField(() => [owner]);
    expect(count(expectation, naming('ownerId', 'KeeperId'))).to.equal(0);
    expect(count(expectation, failing(404, 'NotFound'))).to.equal(0);
    expect(count(expectation, naming('KeeperId'))).to.equal(1);
    expect(count(expectation, naming(null))).to.equal(1);
  });

  it('name no member that is in order', () => {
    const expectation = namesOnly(() => [owner]);
    expect(count(expectation, naming('OwnerId', null))).to.equal(0);
    expect(count(expectation, naming('OwnerId', 'KeeperId'))).to.equal(1);
  });

  it('name all members at fault', () => {
    const expectation = namesAll(() => members);
    expect(count(expectation, naming('OwnerId', 'KeeperId'))).to.equal(0);
    expect(count(expectation, naming('OwnerId'))).to.equal(1);
    expect(count(expectation, failing(400, 'E'))).to.equal(2);
  });

  it('are not judged where the subject is looked for first: then the answer is that of the valid request', () => {
    const expectation = unlessLookedUpFirst(namesAll(() => members));
    expect(count(expectation, failing(404, 'NotFound'), failing(404, 'NotFound'))).to.equal(0);
    expect(count(expectation, naming('ThingId'), naming('ThingId'))).to.equal(0);
    expect(count(expectation, failing(404, 'NotFound'), naming('OwnerId'))).to.equal(1);
    expect(count(expectation, failing(400, 'E'), naming('OwnerId'))).to.equal(1);
  });
});
