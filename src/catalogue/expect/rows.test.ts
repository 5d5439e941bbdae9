import { expect } from 'chai';
import type { Contract, ContractType } from '../../model/contract.ts';
import { formatOf, memberOf, typeOf } from '../../schema/contract.fixture.ts';
import { answered, contract } from '../answered.fixture.ts';
import { isEmptyRows, isErrorWithoutRows, isRecordedIn } from './rows.ts';

describe('an answer in csv or jsonl', () => {
  const list: Contract = {
    ...contract,
    response: { kind: 'list', type: 'Thing' },
    formats: [...contract.formats, formatOf('jsonl', 'text/jsonl')],
  };
  const inLines = answered({ headers: [['Content-Type', 'text/jsonl']] });

  it('is not looked at in csv and jsonl where a query fails, of which they write the results alone', () => {
    const query: Contract = { ...contract, response: { kind: 'dto', type: 'QueryResponse<Thing>' } };
    const read = (format: 'csv' | 'jsonl' | 'json', status = 400) =>
      answered({ status, decoded: { kind: 'read', format, reading: { ok: true, value: [] } } });
    expect(isErrorWithoutRows(read('csv'), query)).to.equal(true);
    expect(isErrorWithoutRows(read('jsonl', 300), query)).to.equal(true);
    expect(isErrorWithoutRows(read('json'), query)).to.equal(false);
    expect(isErrorWithoutRows(read('csv', 299), query)).to.equal(false);
    expect(isErrorWithoutRows(answered({ status: 400 }), query)).to.equal(false);
    expect(isErrorWithoutRows(read('csv'), { ...query, response: { kind: 'dto', type: 'QueryResponses' } })).to.equal(
      false,
    );
    expect(isErrorWithoutRows(read('csv'), list)).to.equal(false);
    const bare: Contract = { ...list, types: [contract.types[0], typeOf(`${contract.request}Response`)] };
    expect(isErrorWithoutRows(read('csv'), bare)).to.equal(true);
    expect(isErrorWithoutRows(answered({ status: 400, headers: [['Content-Type', 'text/jsonl']] }), bare)).to.equal(
      true,
    );
  });

  it('in JSON Lines is empty where there are no rows', () => {
    expect(isEmptyRows(inLines, list)).to.equal(true);
    expect(isEmptyRows(answered({ headers: [['Content-Type', 'text/jsonl']], text: '{}' }), list)).to.equal(false);
    expect(isEmptyRows(answered({ headers: [['Content-Type', 'text/jsonl']], status: 201 }), list)).to.equal(false);
    expect(isEmptyRows(answered({ headers: [['Content-Type', 'text/csv']] }), list)).to.equal(false);
    expect(isEmptyRows(inLines, { ...list, response: { kind: 'dto', type: 'Thing' } })).to.equal(false);
    expect(isEmptyRows(inLines, { ...list, formats: contract.formats })).to.equal(false);
  });

  it('of a data contract is one of its members alone, and of no other DTO', () => {
    const of = (...types: readonly ContractType[]) => ({
      ...list,
      response: { kind: 'dto', type: 'Sheet' } as const,
      types: [contract.types[0], ...types] as const,
    });
    const lines = memberOf('Lines', 'List<Thing>');
    const sheet = typeOf('Sheet', lines, memberOf('Total', 'Int32'));
    const recorded = (its: Contract): readonly string[] =>
      (['json', 'csv', 'jsonl'] as const).filter((name) => isRecordedIn(name, its));
    expect(recorded(of(sheet))).to.deep.equal(['json', 'csv', 'jsonl']);
    expect(recorded(of({ ...sheet, dataContract: true }))).to.deep.equal(['json']);
    expect(recorded(of(typeOf('Sheet', { ...lines, name: 'line_items' })))).to.deep.equal(['json']);
    expect(recorded(of({ ...typeOf('Sheet', memberOf('Total', 'Int32')), dataContract: true }))).to.deep.equal([
      'json',
      'csv',
      'jsonl',
    ]);
    expect(recorded(of(typeOf('Sheet')))).to.deep.equal(['json', 'jsonl']);
  });

  it('is written in a way that is known, but for csv without members, and jsonl of a map', () => {
    const recorded = (response: Contract['response']): readonly string[] =>
      (['json', 'xml', 'jsv', 'csv', 'jsonl'] as const).filter((name) => isRecordedIn(name, { ...list, response }));
    const all = ['json', 'xml', 'jsv', 'csv', 'jsonl'];
    const withoutCsv = ['json', 'xml', 'jsv', 'jsonl'];
    expect(recorded({ kind: 'scalar', type: 'Int32' })).to.deep.equal(withoutCsv);
    expect(recorded({ kind: 'list', type: 'Int32' })).to.deep.equal(withoutCsv);
    for (const type of ['Dictionary<String,Int32>', 'IDictionary<String,Int32>', 'SortedDictionary<A,B>', 'Hashtable'])
      expect(recorded({ kind: 'scalar', type }), type).to.deep.equal(['json', 'xml', 'jsv']);
    expect(recorded({ kind: 'dto', type: 'Dictionary' })).to.deep.equal(all);
    expect(recorded({ kind: 'list', type: contract.types[1]?.name ?? '' })).to.deep.equal(all);
  });
});
