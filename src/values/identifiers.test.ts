import { expect } from 'chai';
import { identifiersIn, isDtoName, isIdentifier } from './identifiers.ts';

describe('names in code', () => {
  it('are found in the text of a type, of whatever script', () => {
    expect(identifiersIn('Dictionary<String,List`1<Größe[]>>')).to.deep.equal([
      'Dictionary',
      'String',
      'List',
      'Größe',
    ]);
    expect(identifiersIn('数量<_A1>?')).to.deep.equal(['数量', '_A1']);
    expect(identifiersIn('<,>')).to.deep.equal([]);
  });

  it('are told from other texts', () => {
    for (const name of ['Größe', '_a', '数量', 'A1']) expect(isIdentifier(name), name).to.equal(true);
    for (const text of ['', 'a-b', 'a b', 'a.b']) expect(isIdentifier(text), text).to.equal(false);
  });

  it('are those of DTOs where they begin with a capital or have none, with arguments or without', () => {
    for (const name of ['Tool', 'Page<Tool,Map<A>>', 'Ökologie', '数量']) expect(isDtoName(name), name).to.equal(true);
    for (const text of ['string', 'Tool[]', '{Tool}', 'ß', 'Tool<a b>']) expect(isDtoName(text), text).to.equal(false);
  });
});
