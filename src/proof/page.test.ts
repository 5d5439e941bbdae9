import { expect } from 'chai';
import type { Found } from './found.ts';
import type { Judged } from './judge.ts';
import { hasPlaceForProof, isWritten, proofPage, withProof } from './page.ts';

const missed = { suspect: { name: 'route-lost', says: 'a route is lost' } } as unknown as Judged;
const found = (its: number, ...without: readonly Judged[]): Found => ({
  areas: new Map([['routes', { found: its, of: 3 }]]),
  missed: without,
  faults: 3,
  harmless: 2,
  falseAlarms: [],
});
const all = [
  { subjects: 1, found: found(2, missed) },
  { subjects: null, found: found(3) },
];

describe('the page of the proof', () => {
  it('tells in the README what is found with how many subjects', () => {
    expect(withProof('before\n<!-- proof -->\nold\n<!-- /proof -->\nafter', 'the line', all)).to.equal(
      'before\n<!-- proof -->\nthe line\n\nfound: 2 of 3 with 1 subject · 3 of 3 with a state endpoint · 0 false alarms: [by area](docs/proof.md)\n<!-- /proof -->\nafter',
    );
    expect(hasPlaceForProof('<!-- proof -->\nold\n<!-- /proof -->')).to.equal(true);
    expect(hasPlaceForProof('<!-- proof -->\nold')).to.equal(false);
  });

  it('is written where it says what is proven now', () => {
    const readme = withProof('<!-- proof -->\nold\n<!-- /proof -->', 'the line', all);
    const page = proofPage('the line', all);
    expect(isWritten({ readme, page }, 'the line', found(3))).to.equal(true);
    expect(isWritten({ readme, page }, 'another line', found(3))).to.equal(false);
    expect(isWritten({ readme, page }, 'the line', { ...found(3), faults: 4 })).to.equal(false);
    expect(isWritten({ readme: '', page }, 'the line', found(3))).to.equal(false);
    expect(isWritten({ readme, page: '' }, 'the line', found(3))).to.equal(false);
  });

  it('has a row for each area, and names what is not found', () => {
    const page = proofPage('the line', all);
    expect(page).to.include('\n| area | 1 subject | a state endpoint |\n');
    expect(page).to.include('\n| routes | 2 of 3 | 3 of 3 |\n');
    expect(page).to.include('\n| harmless, and flagged | 0 of 2 | 0 of 2 |\n');
    expect(page).to.include('## Not found with 1 subject\n\n- `route-lost`: a route is lost\n');
    expect(page).to.include('## Not found with a state endpoint\n\nNothing.\n');
  });
});
