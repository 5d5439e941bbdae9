import { expect } from 'chai';
import type { Answered } from '../../model/exchange.ts';
import type { PlainValue } from '../../model/value.ts';
import { answered, evidence, json } from '../answered.fixture.ts';
import { forbidden, notTheAnswer, unlessUnknown } from './lesser.ts';

const lines = (found: ReturnType<typeof forbidden.judge>): readonly string[] =>
  found.map(({ where, expected, actual }) => `${where}: ${expected}, not ${actual}`);

describe('a caller who may not do what they ask for', () => {
  it('is told so by 403', () => {
    const judged = (x: Answered): readonly string[] => lines(forbidden.judge(x, evidence([x])));
    expect(forbidden.says).to.equal('the status is 403');
    expect(judged(json(403, {}))).to.deep.equal([]);
    expect(judged(json(401, {}))).to.deep.equal(['status: 403, not 401 with {}']);
    expect(judged(answered())).to.deep.equal(['status: 403, not 200 with an empty body']);
  });

  it('tells nothing where the target does not know them', () => {
    const why =
      'the target does not accept the lesser credentials at all (401), so they tell nothing of roles and permissions';
    const [known, unknown] = [answered({ status: 403 }), answered({ status: 401 })];
    expect(unlessUnknown(0)(known, evidence([unknown, known]))).to.equal(why);
    expect(unlessUnknown(1)(known, evidence([unknown, known]))).to.equal(null);
    expect(unlessUnknown(2)(known, evidence([unknown, known]))).to.equal(null);
  });
});

describe('a refusal', () => {
  const { says, judge, unless } = notTheAnswer(0);
  const told = (granted: Answered, x: Answered): readonly string[] => lines(judge(x, evidence([granted, x])));
  const nothingToFind = (granted: Answered): string | null | undefined =>
    unless?.(granted, evidence([granted, granted]));
  const item: PlainValue = { Name: 'a', Parts: [{ Size: 2 }, { Size: 0 }], On: false, Note: null };

  it('tells nothing of what a success answers', () => {
    expect(says).to.equal('nothing of what answer 1 tells is in it');
    const [found, ...more] = told(
      json(200, { Item: item }),
      json(403, { Item: item, ResponseStatus: { ErrorCode: 'E' } }),
    );
    expect(more).to.deep.equal([]);
    expect(found).to.match(/^body: nothing of what a success answers, not \{"Item"/);
    // Defaults say nothing, whatever stands in their places.
    expect(told(json(200, { Item: item }), json(403, { Item: { Name: 'a', Parts: [{ Size: 2 }] } }))).to.have.length(1);
    for (const other of [
      { Item: { Name: 'b', Parts: [{ Size: 2 }] } },
      { Item: { Name: 'a', Parts: [{ Size: 3 }] } },
      { Item: { Name: 'a', Parts: { 0: { Size: 2 } } } },
      { Item: 'a' },
      { Item: [item] },
      { ResponseStatus: { ErrorCode: 'E' } },
    ] as const)
      expect(told(json(200, { Item: item }), json(403, other)), JSON.stringify(other)).to.deep.equal([]);
  });

  it('of a list, of a text', () => {
    expect(told(json(200, [1, 2]), json(403, [1, 2, 3]))).to.have.length(1);
    expect(told(json(200, [1, 2]), json(403, [1]))).to.deep.equal([]);
    expect(told(json(200, [1, 2]), json(403, { 0: 1, 1: 2 }))).to.deep.equal([]);
    const raw = (text: string, status = 200): Answered =>
      answered({ text, status, decoded: { kind: 'foreign', mediaType: 'text/plain' } });
    expect(told(raw('the secret'), raw('you may not see the secret', 403))).to.deep.equal([
      'body: nothing of what a success answers, not "you may not see the secret"',
    ]);
    expect(told(raw('the secret'), raw('you may not', 403))).to.deep.equal([]);
  });

  it('is not looked at where the success is none, or tells nothing', () => {
    const why = 'the answer of a user tells nothing that could be found in the refusal';
    expect(nothingToFind(json(200, { Item: item }))).to.equal(null);
    expect(nothingToFind(json(299, [1]))).to.equal(null);
    for (const nothing of [
      {},
      { ResponseStatus: { ErrorCode: 'E' } },
      { A: null, B: '', C: 0, D: false, E: [0, {}] },
      [],
      0,
      '',
    ])
      expect(nothingToFind(json(200, nothing)), JSON.stringify(nothing)).to.equal(why);
    expect(nothingToFind(json(300, { Item: item }))).to.equal(why);
    expect(told(json(300, { Item: item }), json(403, { Item: item }))).to.deep.equal([]);
    expect(told(json(200, { A: 0 }), json(403, { A: 0 }))).to.deep.equal([]);
    expect(lines(judge(answered(), { ...evidence([answered()]), steps: [] as never }))).to.deep.equal([]);
  });
});
