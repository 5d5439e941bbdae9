import { expect } from 'chai';
import type { ExchangeId } from '../../model/exchange.ts';
import type { Level, Refuses } from '../../model/requirement.ts';
import type { PlannedScript } from './planned-script.ts';
import { lastKey, stepKeys } from './script-key.ts';
import { costOf, leaveOut, spend, unitOf, unitsOf, type Candidate } from './spend.ts';
import { widgetComposer } from '../widget.fixture.ts';

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

const spent = (
  candidates: readonly Candidate[],
  exercised: readonly string[],
  there: number,
): readonly PlannedScript[] =>
  spend(unitsOf(candidates, 24), new Set(exercised), there).flatMap(({ scripts }) => scripts);

describe('spend', () => {
  it('gives every requirement a case before any gets its second, those of a MUST first', () => {
    const candidates = [
      candidate('a1', { 'A-001': 'MUST', 'A-002': 'MUST' }),
      candidate('a2', { 'A-001': 'MUST', 'A-002': 'MUST' }),
      candidate('b1', { 'B-001': 'SHOULD' }),
      candidate('c1', { 'C-001': 'MUST' }),
    ];
    expect(variants(spent(candidates, [], 3))).to.deep.equal(['a1', 'c1', 'b1']);
    expect(costOf(unitsOf(candidates, 24))).to.equal(4);
  });

  it('spends nothing on a first case where there is one that needs no subject', () => {
    const candidates = [candidate('a1', { 'A-001': 'MUST' }), candidate('b1', { 'B-001': 'MUST' })];
    expect(variants(spent(candidates, ['A-001'], 1))).to.deep.equal(['b1']);
  });

  it('lets refusals share a subject, and nothing else', () => {
    const candidates = [
      candidate('r1', { 'A-001': 'MUST' }, 'every request'),
      candidate('s1', { 'B-001': 'MUST' }),
      candidate('r2', { 'A-001': 'MUST' }, 'every request'),
    ];
    const scripts = spent(candidates, [], 2);
    const [one, two, three] = scripts;
    expect(variants(scripts)).to.deep.equal(['r1', 'r2', 's1']);
    expect(one?.shares?.name).to.be.a('string');
    expect(two?.shares).to.deep.equal(one?.shares);
    expect(three?.shares).to.equal(undefined);
  });

  it('puts no more requests on one subject than it is told', () => {
    const many = Array.from({ length: 50 }, (_, i) => candidate(`r${i}`, { 'A-001': 'MUST' }, 'every request'));
    for (const [together, subjects] of [
      [24, 3],
      [Number.POSITIVE_INFINITY, 1],
    ] as const)
      expect(costOf(unitsOf(many, together))).to.equal(subjects);
  });

  it('leaves out where little is lacking what costs the fewest further MUSTs a case, and never a last one', () => {
    const units = unitsOf(
      [
        candidate('a1', { 'A-001': 'MUST', 'B-001': 'MUST' }),
        candidate('a2', { 'A-001': 'MUST', 'B-001': 'MUST' }),
        candidate('c1', { 'C-001': 'MUST' }),
        candidate('c2', { 'C-001': 'MUST' }),
        candidate('c3', { 'C-001': 'MUST' }),
      ],
      24,
    );
    const kept = (there: number) => leaveOut(units, new Set(), there)?.map(({ scripts }) => variants(scripts)[0]);
    expect(kept(3)).to.deep.equal(['a1', 'a2', 'c3']);
    expect(kept(1)).to.equal(undefined);
  });

  it('leaves out what another unit shows as well before what is shown nowhere else', () => {
    const [a, b] = [candidate('a1', { 'A-001': 'MUST' }), candidate('b1', { 'B-001': 'MUST' })];
    const shown = ({ planned, judges }: Candidate) => ({ key: planned.key, judges });
    const units = [
      unitOf([shown(a), shown(b)], [a.planned], 1),
      unitOf([shown(b)], [b.planned], 1),
      unitOf([shown(candidate('c1', { 'B-001': 'MUST' }))], [], 1),
    ];
    expect(leaveOut(units, new Set(), 2)?.map((unit) => units.indexOf(unit))).to.deep.equal([0, 2]);
    expect(leaveOut(units, new Set(), 1)?.map((unit) => units.indexOf(unit))).to.deep.equal([0]);
  });

  it('puts what only should be refused last, one to a subject', () => {
    const units = unitsOf(
      [
        candidate('s1', { 'B-001': 'SHOULD' }, 'every request'),
        candidate('s2', { 'B-001': 'SHOULD' }, 'every request'),
        candidate('m1', { 'A-001': 'MUST' }, 'every request'),
      ],
      24,
    );
    expect(units.map(({ scripts }) => variants(scripts))).to.deep.equal([['m1', 's1'], ['s2']]);
    expect(units[0]?.scripts.map(({ shares }) => shares?.level)).to.deep.equal(['MUST', 'SHOULD']);
    expect(units[1]?.scripts[0]?.shares).to.equal(undefined);
  });
});
