import { expect } from 'chai';
import type { Answered } from '../../model/exchange.ts';
import type { Expectation } from '../../model/requirement.ts';
import type { Finding } from '../../model/verdict.ts';
import type { PlainObject, PlainValue } from '../../model/value.ts';
import { memberOf, typeOf } from '../../schema/contract.fixture.ts';
import { answered, contract, evidence, json } from '../answered.fixture.ts';
import { atMost, bound, notAtFault, ordered, refusedByName, sameDataAs } from './typed.ts';

const point = {
  member: { name: 'Weight', type: { kind: 'string' }, in: 'body', required: true, description: '' },
} as const;
/** An operation whose errors tell nothing but their status. */
const silent = {
  ...contract,
  types: [contract.types[0], typeOf('MoveResponse', memberOf('Height', 'Int32'))] as const,
};

const words = (found: readonly Finding[]): readonly string[] =>
  found.map(({ where, expected, actual }) => `${where}: ${expected}, not ${actual}`);
const judged = (expectation: Expectation<typeof point>, x: Answered, of = contract): readonly string[] =>
  words(expectation.judge(x, { ...evidence([x], { contract: of }), point }));
const error = (status: number, ErrorCode: PlainValue, ...fields: readonly string[]): Answered =>
  json(status, { ResponseStatus: { ErrorCode, Errors: fields.map((FieldName): PlainObject => ({ FieldName })) } });

describe('a value that is refused', () => {
  it('is refused with 400, and Errors names the member, in any casing', () => {
    expect(refusedByName.says).to.equal('the status is 400, and Errors names the member');
    expect(judged(refusedByName, error(400, 'E', 'Other', 'weight'))).to.deep.equal([]);
    expect(judged(refusedByName, answered({ status: 500 }))).to.deep.equal(['status: 400, not 500 with an empty body']);
    const [found, ...more] = judged(refusedByName, error(400, 'E', 'Other'));
    expect(more).to.deep.equal([]);
    expect(found).to.match(/^body ResponseStatus\.Errors: an item with FieldName Weight, not \{/);
  });

  it('is refused with the status alone where an error of the operation tells nothing else', () => {
    expect(judged(refusedByName, json(400, {}), silent)).to.deep.equal([]);
    expect(judged(refusedByName, json(200, {}), silent)).to.deep.equal(['status: 400, not 200 with {}']);
  });
});

describe('a value that is read', () => {
  for (const code of ['SerializationException', 'RequestBindingException', 'FormatException'])
    it(`is not answered with ${code}, neither by its name nor without any`, () => {
      for (const fields of [[], ['Weight'], ['Other', 'WEIGHT']]) {
        const [found, ...more] = judged(bound, error(400, code, ...fields));
        expect(more).to.deep.equal([]);
        expect(found).to.match(/^body ResponseStatus: no error of binding Weight, not \{/);
      }
      expect(judged(bound, error(400, code, 'Other'))).to.deep.equal([]);
      expect(judged(bound, error(500, code, 'Weight'))).to.deep.equal([]);
    });

  it('may be refused for what it says', () => {
    expect(bound.says).to.equal('the value is read: no error of binding');
    for (const code of ['GreaterThan', '', null, 4])
      expect(judged(bound, error(400, code, 'Weight'))).to.deep.equal([]);
    expect(judged(bound, answered({ status: 400 }))).to.deep.equal([]);
  });

  it('is not among those at fault', () => {
    expect(notAtFault.says).to.equal('Errors does not name the member');
    const [found, ...more] = judged(notAtFault, error(400, 'E', 'weight'));
    expect(more).to.deep.equal([]);
    expect(found).to.match(/^body ResponseStatus\.Errors: no item with FieldName Weight, not \{/);
    expect(judged(notAtFault, error(400, 'E', 'Other'))).to.deep.equal([]);
    expect(judged(notAtFault, error(399, 'E', 'weight'))).to.deep.equal([]);
  });
});

describe('an answer in another format', () => {
  const says = sameDataAs(0, 2);
  const steps = (...given: readonly Answered[]) => {
    const [first = answered(), ...others] = given;
    return evidence([first, ...others]);
  };
  const told = (...given: readonly Answered[]): readonly string[] =>
    words(says.judge(given.at(-1) ?? answered(), steps(...given)));

  it('has the same data', () => {
    expect(says.says).to.equal('the data are those of answer 1, each value by its type');
    expect(told(json(200, { A: 1, Of: { B: 'x' } }), json(200, { A: '1', Of: { B: 'X' } }))).to.deep.equal([]);
    expect(told(json(200, { A: 1, Of: { B: 'x' } }), json(200, { A: 2, Of: { B: 'y' } }))).to.deep.equal([
      'body A: 1, not 2',
      'body Of.B: "x", not "y"',
    ]);
    expect(told(json(200, { A: 1 }), json(201, { A: 1 }))).to.deep.equal(['status: 200, not 201']);
    expect(told(json(200, { A: 1 }))).to.deep.equal(['answers: both, not one is missing']);
  });

  it('is not judged where it cannot be read, which is told elsewhere', () => {
    const broken = answered({
      decoded: { kind: 'read', format: 'xml', reading: { ok: false, problem: 'no end', position: 1 } },
    });
    expect(told(json(200, { A: 1 }), broken)).to.deep.equal([]);
    expect(told(json(500, { A: 1 }), broken)).to.deep.equal(['status: 500, not 200']);
  });

  it('is not judged where the data are live', () => {
    const [a, b] = [json(200, { A: 1 }), json(200, { A: 2 })];
    const why = 'the data are live: they differ from call to call';
    expect(says.unless?.(a, steps(a, a, b))).to.equal(why);
    expect(says.unless?.(a, steps(a, b, a))).to.equal(null);
    expect(says.unless?.(a, steps(a, b))).to.equal(null);
  });
});

describe('the results of a query', () => {
  const of = (expectation: Expectation, body: PlainValue): readonly string[] => {
    const x = json(200, body);
    return words(expectation.judge(x, evidence([x])));
  };

  it('are so many at most, in the QueryResponse and as rows', () => {
    expect(atMost(2).says).to.equal('there are 2 results at most');
    expect(of(atMost(2), { Results: [1, 2] })).to.deep.equal([]);
    expect(of(atMost(2), { Results: [1, 2, 3] })).to.deep.equal(['body Results: 2 at most, not 3']);
    expect(of(atMost(1), [{ A: 1 }, { A: 2 }])).to.deep.equal(['body Results: 1 at most, not 2']);
    for (const other of [{ Results: 'abc' }, { Rows: [1, 2, 3] }, 'abc', null])
      expect(of(atMost(1), other)).to.deep.equal([]);
  });

  it('rise or fall by a member', () => {
    expect(ordered('Id', 'rising').says).to.equal('the results are rising by Id');
    const ids = (...numbers: readonly PlainValue[]): PlainObject => ({
      Results: numbers.map((Id): PlainObject => ({ Id })),
    });
    expect(of(ordered('Id', 'rising'), ids(1, 2, 2, 5))).to.deep.equal([]);
    expect(of(ordered('Id', 'falling'), ids(5, 2, 2, 1))).to.deep.equal([]);
    expect(of(ordered('Id', 'rising'), ids(1, 3, 2))).to.deep.equal([
      'body Results[2].Id: rising from the one before, not [1,3,2]',
    ]);
    expect(of(ordered('Id', 'falling'), ids(3, 1, 2))).to.deep.equal([
      'body Results[2].Id: falling from the one before, not [3,1,2]',
    ]);
    expect(of(ordered('Id', 'rising'), ids('b', 'a', null))).to.deep.equal([]);
    expect(of(ordered('Id', 'rising'), { Results: ['x', 2, 1] })).to.deep.equal([]);
    expect(of(ordered('Id', 'rising'), { Other: [] })).to.deep.equal([]);
  });
});
