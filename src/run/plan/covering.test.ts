import { expect } from 'chai';
import type { Composer, RequestOptions } from '../../model/requirement.ts';
import type { RequestTemplate } from '../../model/exchange.ts';
import { carries, coveringRows, type Successes } from './covering.ts';
import { merged, traitsOf } from './merge-options.ts';
import { exchangeId, lastKey, stepKeys } from './script-key.ts';
import { widgetComposer } from '../widget.fixture.ts';

const c = widgetComposer();
const json = (members: Composer['sample']['all']): RequestOptions => ({ payload: { in: 'body', as: 'json', members } });
const sample = c.sample.all;
const spelled = json(c.sample.renamed((name) => name.toLowerCase()));
const besides = json({ ...sample, Foo: 'bar' });

describe('merged', () => {
  it('takes what either asks for, where they speak of different things', () => {
    expect(merged({ verb: 'PUT' }, { accept: 'text/csv' }, c)).to.deep.equal({ verb: 'PUT', accept: 'text/csv' });
    expect(merged(spelled, besides, c)).to.deep.equal(
      json({ Foo: 'bar', ...c.sample.renamed((name) => name.toLowerCase()) }),
    );
  });

  for (const [what, a, b] of [
    ['two verbs', { verb: 'PUT' }, { verb: 'GET' }],
    ['two ways to select the format of the answer', { accept: 'text/csv' }, { suffix: 'json' }],
    ['two formats of a body', spelled, { payload: { in: 'body', as: 'csv', members: sample } }],
    ['two spellings', spelled, json(c.sample.renamed((name) => name.toUpperCase()))],
    ['two values of one member', besides, json({ ...sample, Foo: 'baz' })],
    ['a body by a verb that has none by nature', { verb: 'GET' }, spelled],
  ] as const satisfies readonly (readonly [string, RequestOptions, RequestOptions])[]) {
    it(`knows no call for ${what}`, () => {
      expect(merged(a, b, c)).to.equal(null);
    });
  }

  it('names what a call carries so that calls have a word in common where they are alike', () => {
    const both = merged(spelled, besides, c) ?? {};
    expect(traitsOf(both, c)).to.include.members([...traitsOf(spelled, c), ...traitsOf(besides, c)]);
    expect(traitsOf(spelled, c)).not.to.include.members(traitsOf(besides, c));
  });
});

const route = c.route('paint');

function asking(options: RequestOptions, ...later: readonly RequestTemplate[]): Successes {
  const script = c.onFresh(c.request(route, options), ...later);
  const keys = stepKeys(script);
  return {
    planned: { key: lastKey(keys), exchanges: keys.map(exchangeId), script, effect: 'own', weight: 1 },
    level: 'MUST',
    succeeds: 'the first',
    calls: [{ route, options }],
  };
}

describe('coveringRows', () => {
  const scripts = [
    asking({ verb: 'PUT' }),
    asking({ verb: 'PATCH' }),
    asking({ accept: 'text/csv' }),
    asking({ suffix: 'json', accept: 'text/csv' }),
    asking(spelled),
    asking(besides),
    { ...asking({ accept: null }), level: 'SHOULD' } as const,
  ];

  it('lets one call carry what does not contradict, and every script stand in one row', () => {
    const rows = coveringRows(scripts, [], c);
    expect(rows.flatMap(({ members }) => members)).to.have.length(scripts.length);
    expect(rows.filter(({ level }) => level === 'MUST')).to.have.length(2);
    for (const row of rows)
      for (const { calls } of row.members)
        expect([...row.traits]).to.include.members([...traitsOf(calls[0].options, c)]);
  });

  it('never puts a SHOULD beside a MUST', () => {
    for (const { level, members } of coveringRows(scripts, [], c))
      expect(new Set(members.map((each) => each.level))).to.deep.equal(new Set([level]));
  });

  it('leaves the plain call as it is', () => {
    const plain = asking({ verb: 'POST' });
    const [row] = coveringRows([plain, ...scripts], [], c).filter(({ planned }) => planned.key === plain.planned.key);
    expect(row?.members.map(({ planned }) => planned.key)).to.deep.equal([plain.planned.key]);
  });

  it('sends after a call what its scripts send, where the one goes on as the other begins', () => {
    const steps = (...scripts: readonly Successes[]): readonly number[] =>
      coveringRows(scripts, [], c).map(({ planned }) => planned.script.steps.length);
    const refused = c.request(route, { credentials: 'none' });
    expect(steps(asking(spelled, c.request(route)), asking({ verb: 'PUT' }, c.request(route), refused))).to.deep.equal([
      3,
    ]);
    expect(steps(asking(spelled, c.request(route)), asking({ verb: 'PUT' }, refused))).to.deep.equal([2, 2]);
  });

  it('gives none a row that is asked for in passing: another call carries it where it can', () => {
    const passing = asking({ verb: 'PUT', accept: 'text/csv' });
    const [row, ...others] = coveringRows([asking(spelled)], [passing], c);
    expect(others).to.deep.equal([]);
    expect(row?.members).to.have.length(1);
    expect(row !== undefined && carries(row, passing.calls[0], c)).to.equal(true);
    expect(coveringRows([], [passing], c)).to.deep.equal([]);
  });

  it('is the same for the same scripts', () => {
    const keys = () => coveringRows(scripts, [], c).map(({ planned }) => planned.key);
    expect(keys()).to.deep.equal(keys());
  });
});
