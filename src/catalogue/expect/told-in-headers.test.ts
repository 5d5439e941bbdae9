import { expect } from 'chai';
import type { Answered } from '../../model/exchange.ts';
import { answered, evidence } from '../answered.fixture.ts';
import { headersAlike } from './told-in-headers.ts';

const subjects = [{ ThingId: 'aaaaaaaa-aaaa' }, { ThingId: 'bbbbbbbb-bbbb' }] as const;
const found = (
  isOfOne: readonly boolean[],
  of: (isOne: boolean, i: number) => Partial<Answered>,
): readonly string[] => {
  const [first, ...others] = isOfOne.map((isOne, i) => ({ ...answered({ status: 401 }), ...of(isOne, i) }));
  if (first === undefined) return [];
  const steps = [first, ...others] as const;
  return headersAlike((i) => isOfOne[i] === true)
    .judge(first, evidence(steps, { subjects }))
    .map(({ where, expected, actual }) => `${where}: ${expected}; ${actual}`);
};
const turns = [true, false, false, true, false, true, true, false];

describe('headers of answers about two things', () => {
  it('tell them apart by being there, by what they say, and by the reason', () => {
    expect(found(turns, (isOne) => ({ headers: isOne ? [['X-State', 'open']] : [] }))).to.deep.equal([
      'header x-state: open, as in all answers about the other; none',
    ]);
    expect(found(turns, (isOne) => ({ headers: [['X-State', isOne ? 'open' : 'absent']] }))).to.have.length(1);
    expect(found(turns, (isOne) => ({ reason: isOne ? 'Unauthorized' : 'Nobody' }))).to.deep.equal([
      'reason: Unauthorized, as in all answers about the other; Nobody',
    ]);
  });

  it('tell nothing where they come by chance, count, or name what was asked for', () => {
    expect(found(turns, (_, i) => ({ headers: [['X-Left', String(100 - i)]] }))).to.deep.equal([]);
    expect(found(turns, (_, i) => ({ headers: [['X-Node', i % 2 === 0 ? 'a' : 'b']] }))).to.deep.equal([]);
    expect(found(turns, (_, i) => ({ headers: i % 3 === 0 ? [['Set-Cookie', 'a=b']] : [] }))).to.deep.equal([]);
    expect(found(turns, (isOne) => (isOne ? {} : { status: 404, reason: 'Not Found' }))).to.deep.equal([]);
    const named = (isOne: boolean): Partial<Answered> => ({
      headers: [['Location', `/login?to=${subjects[isOne ? 0 : 1].ThingId}`]],
    });
    expect(found(turns, named)).to.deep.equal([]);
  });
});
