import { expect } from 'chai';
import { zoo } from '../specs/zoo.ts';
import type { Requirement } from '../src/model/requirement.ts';
import { conform } from './console.fixture.ts';

/** Expects `conform explain` to tell of a requirement what it says, why, on whose word and what proves it. */
export async function itIsExplained({ id, title, why, cites }: Requirement): Promise<void> {
  const { code, out } = await conform(['explain', id]);
  expect(code, id).to.equal(0);
  expect(out).to.contain(title).and.to.contain(why).and.to.contain(cites[0].quote);
  for (const { name } of zoo.filter((m) => m.kills.includes(id))) expect(out).to.contain(name);
}
