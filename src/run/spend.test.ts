import { expect } from 'chai';
import type { ExchangeId } from '../model/exchange.ts';
import type { Level, Refuses } from '../model/requirement.ts';
import type { PlannedScript } from './plan.ts';
import { lastKey, stepKeys } from './script-key.ts';
import { spend, type Candidate } from './spend.ts';
import { widgetComposer } from './widget.fixture.ts';

const c = widgetComposer();
const success = c.request(c.route('paint'));

function candidate(
  variant: string,
  judges: Readonly<Record<string, Level>>,
  refuses: Refuses | null = null,
): Candidate {
  const script = c.onFresh(c.request(c.route('paint'), { headers: [['X-Variant', variant]] }));
  const key = lastKey(stepKeys(script));
  const exchanges = [`${variant}-1`, `${variant}-2`] as readonly string[] as readonly ExchangeId[];
  const planned: PlannedScript = { key, exchanges, script, effect: 'own', weight: Object.keys(judges).length };
  return { planned, cost: 1, judges: new Map(Object.entries(judges)), refuses, success };
}

const variants = (scripts: readonly PlannedScript[]): readonly string[] =>
  scripts.map(({ script }) => script.steps[0].headers.find(([name]) => name === 'X-Variant')?.[1] ?? '');

describe('spend', () => {
  it('gives every requirement a case before any gets its second, those of a MUST first', () => {
    const { scripts, enough } = spend(
      [
        candidate('a1', { 'A-001': 'MUST', 'A-002': 'MUST' }),
        candidate('a2', { 'A-001': 'MUST', 'A-002': 'MUST' }),
        candidate('b1', { 'B-001': 'SHOULD' }),
        candidate('c1', { 'C-001': 'MUST' }),
      ],
      new Set(),
      3,
    );
    expect(variants(scripts)).to.deep.equal(['a1', 'c1', 'b1']);
    expect(enough).to.equal(4);
  });

  it('spends nothing on a first case where there is one that needs no subject', () => {
    const { scripts } = spend(
      [candidate('a1', { 'A-001': 'MUST' }), candidate('b1', { 'B-001': 'MUST' })],
      new Set(['A-001']),
      1,
    );
    expect(variants(scripts)).to.deep.equal(['b1']);
  });

  it('lets refusals share a subject, and nothing else', () => {
    const { scripts, enough } = spend(
      [
        candidate('r1', { 'A-001': 'MUST' }, 'every request'),
        candidate('s1', { 'B-001': 'MUST' }),
        candidate('r2', { 'A-001': 'MUST' }, 'every request'),
      ],
      new Set(),
      2,
    );
    expect(enough).to.equal(2);
    const [one, two, three] = scripts;
    expect(variants(scripts)).to.deep.equal(['r1', 'r2', 's1']);
    expect(one?.shares?.name).to.be.a('string');
    expect(two?.shares).to.deep.equal(one?.shares);
    expect(three?.shares).to.equal(undefined);
  });

  it('puts no more than two dozen requests on one subject', () => {
    const many = Array.from({ length: 50 }, (_, i) => candidate(`r${i}`, { 'A-001': 'MUST' }, 'every request'));
    const { scripts, enough } = spend(many, new Set(), 100);
    expect(enough).to.equal(3);
    expect(new Set(scripts.map(({ shares }) => shares?.name)).size).to.equal(3);
  });
});
