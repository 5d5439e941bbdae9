import { expect } from 'chai';
import type { DtoType } from '../model/schema.ts';
import { composedOf } from './composed.ts';
import { zeroGuid } from './guid.ts';

describe('a value of a member that is composed of others', () => {
  it('of a list or an object is one that is as small as can be', () => {
    const of = (type: DtoType, net?: string) =>
      composedOf({ name: 'Its', type, required: true, in: 'body', description: '', ...(net !== undefined && { net }) });
    const text = { kind: 'string' } as const;
    expect(of({ kind: 'list', of: { kind: 'boolean' } })).to.deep.equal([true]);
    expect(of({ kind: 'map', of: { kind: 'any' } })).to.deep.equal({ key: 'any' });
    expect(of({ kind: 'reference', dto: 'Thing' })).to.deep.equal({});
    expect(of({ kind: 'list', of: { kind: 'list', of: text } }))
      .to.have.nested.property('[0][0]')
      .match(/^drawn-/);
    expect(of({ kind: 'list', of: text }, 'List<Uri>'))
      .to.have.property('0')
      .match(/^urn:/);
    expect(of({ kind: 'list', of: text }, 'Char[]'))
      .to.have.property('0')
      .with.lengthOf(1);
    expect(of({ kind: 'list', of: { kind: 'enum', names: ['Red'] } })).to.deep.equal(['Red']);
    const guid = { kind: 'string', format: 'uuid' } as const;
    expect(of({ kind: 'map', of: guid }, 'Dictionary<String,Guid>')).to.deep.equal({ key: zeroGuid });
    const keys = (net: string) => Object.keys(of({ kind: 'map', of: guid }, `Dictionary<${net},Guid>`) as object)[0];
    expect(['Guid', 'Boolean', 'Char', 'DateTime', 'TimeSpan', 'Int32', 'Colour'].map(keys)).to.deep.equal([
      zeroGuid,
      'true',
      'k',
      '2020-01-01',
      'PT5S',
      '1',
      '1',
    ]);
    expect(of({ kind: 'map', of: { kind: 'any' } }, 'Dictionary<String,Rights>')).to.deep.equal({ key: 1 });
    expect(of({ kind: 'any' }, 'KeyValuePair<String,Int32>')).to.deep.equal({ Key: 'key', Value: 1 });
  });
});
