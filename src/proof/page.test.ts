import { expect } from 'chai';
import type { Found } from './found.ts';
import type { Judged } from './judge.ts';
import { foundLine, proofPage } from './page.ts';

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
  it('tells in a line what is found with how many subjects', () => {
    expect(foundLine(all)).to.equal('found: 2 of 3 with 1 subject · 3 of 3 with a state endpoint · 0 false alarms');
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
