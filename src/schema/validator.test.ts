import { expect } from 'chai';
import type { DtoMember, DtoType } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import { deriveSchemas } from './derive.ts';
import { createValidator } from './validator.ts';

function required(name: string, type: DtoType): DtoMember {
  return { name, description: '', type, required: true, nullable: false };
}

function nullable(name: string, type: DtoType): DtoMember {
  return { name, description: '', type, required: false, nullable: true };
}

const schemas = deriveSchemas(
  [
    {
      name: 'Order',
      description: '',
      members: [
        nullable('Id', { kind: 'string', format: 'uuid' }),
        nullable('Count', { kind: 'integer' }),
        nullable('Weight', { kind: 'number' }),
        nullable('Paid', { kind: 'boolean' }),
        nullable('Lines', { kind: 'list', of: { kind: 'reference', dto: 'Line' } }),
        nullable('First', { kind: 'reference', dto: 'Line' }),
        nullable('ByName', { kind: 'map', of: { kind: 'reference', dto: 'Line' } }),
      ],
    },
    { name: 'Line', description: '', members: [required('Text', { kind: 'string' })] },
  ],
  'https://example.org/',
);
const validator = createValidator(schemas);
const of = (value: PlainValue): readonly string[] =>
  validator.violations('Order', value).map(({ at, expected, actual }) => `${at}: ${expected}, not ${actual}`);

describe('the validator', () => {
  it('accepts what the schema allows: absent, null, unknown members, any letter case of a Guid', () => {
    const line = { Text: '' };
    for (const value of [
      {},
      { Id: null, Count: null, Weight: null, Paid: null, Lines: null, First: null, ByName: null },
      { Id: 'ABCDEFab-0000-0000-0000-000000000000', Count: 3, Weight: 0.5, Paid: false, Unknown: [1] },
      { Lines: [line, line], First: line, ByName: { a: line, b: null } },
    ]) {
      expect(of(value), JSON.stringify(value)).to.deep.equal([]);
    }
  });

  it('holds a value that is no DTO to its type: a number, a list, a map, and DTOs within', () => {
    const line = { kind: 'reference', dto: 'Line' } as const;
    const told = (type: DtoType, value: PlainValue): readonly string[] =>
      validator.violationsOf(type, value).map(({ at, expected, actual }) => `${at}: ${expected}, not ${actual}`);
    expect(told({ kind: 'integer' }, 7)).to.deep.equal([]);
    expect(told({ kind: 'integer' }, ['7'])).to.deep.equal([': a whole number, not a list of 1']);
    expect(told({ kind: 'list', of: { kind: 'number' } }, [1, 'x'])).to.deep.equal([
      '[1]: a number, not the string "x"',
    ]);
    const byName: DtoType = { kind: 'map', of: { kind: 'list', of: line } };
    expect(told(byName, { a: [{ Text: '' }] })).to.deep.equal([]);
    expect(told(byName, { a: [{ text: '' }], b: 1 })).to.deep.equal([
      'a[0].Text: present, not absent',
      'b: a list or null, not the number 1',
      'a[0].text: the name Text, not the name text',
    ]);
  });

  it('takes Guids and dates as they are declared to be spelled, and in that way alone', () => {
    const old = { guids: 'compact', dates: 'ms' } as const;
    const written = { Id: 'abcdefab000000000000000000000000' };
    expect(validator.violations('Order', written, old)).to.deep.equal([]);
    expect(of(written)).to.deep.equal([
      'Id: a Guid in the form 00000000-0000-0000-0000-000000000000, not the string "abcdefab000000000000000000000000"',
    ]);
    expect(
      validator
        .violations('Order', { Id: 'abcdefab-0000-0000-0000-000000000000' }, old)
        .map(({ expected }) => expected),
    ).to.deep.equal(['a Guid in the form 00000000000000000000000000000000']);
  });

  it('says what was expected and what was there', () => {
    expect(of([])).to.deep.equal([': an object, not a list of 0']);
    expect(of({ Count: 1.5 })).to.deep.equal(['Count: a whole number or null, not the number 1.5']);
    expect(of({ Weight: '1' })).to.deep.equal(['Weight: a number or null, not the string "1"']);
    expect(of({ Paid: 'x'.repeat(1000) })).to.deep.equal([
      `Paid: true or false or null, not the string "${'x'.repeat(60)}…"`,
    ]);
    expect(of({ Lines: { Text: 'a' } })).to.deep.equal(['Lines: a list or null, not an object with 1 member']);
    expect(of({ First: true })).to.deep.equal(['First: an object or null, not true']);
  });

  it('takes a Guid in the dashed form only', () => {
    const form = 'a Guid in the form 00000000-0000-0000-0000-000000000000';
    for (const id of [
      'urn:uuid:00000000-0000-0000-0000-000000000000',
      '{00000000-0000-0000-0000-000000000000}',
      '0'.repeat(32),
      'x',
    ]) {
      expect(of({ Id: id })).to.deep.equal([`Id: ${form}, not the string "${id}"`]);
    }
    expect(of({ Id: '' })).to.deep.equal([`Id: ${form}, not an empty string`]);
  });

  it('names the place, through lists, references and maps', () => {
    expect(of({ Lines: [{ Text: 'a' }, {}] })).to.deep.equal(['Lines[1].Text: present, not absent']);
    expect(of({ First: { Text: 1 } })).to.deep.equal(['First.Text: a string, not the number 1']);
    expect(of({ ByName: { 'a/b~c.d': { Text: null } } })).to.deep.equal(['ByName["a/b~c.d"].Text: a string, not null']);
    expect(of({ ByName: { 0: 5 } })).to.deep.equal(['ByName.0: an object or null, not the number 5']);
  });

  it('reports a known member in the wrong casing, wherever it stands', () => {
    expect(of({ count: 1 })).to.deep.equal(['count: the name Count, not the name count']);
    const both = (at: string) => [`${at}.Text: present, not absent`, `${at}.text: the name Text, not the name text`];
    expect(of({ Lines: [{ text: 'a' }] })).to.deep.equal(both('Lines[0]'));
    expect(of({ First: { text: 'a' } })).to.deep.equal(both('First'));
    expect(of({ ByName: { a: { text: 'a' } } })).to.deep.equal(both('ByName.a'));
  });

  it('leaves the keys of a map alone', () => {
    expect(of({ ByName: { text: null, Text: null, byname: null } })).to.deep.equal([]);
  });

  it('reports every difference', () => {
    expect(of({ Count: 'a', Weight: 'b', Lines: [{}, {}] })).to.have.lengthOf(4);
  });

  it('refuses to judge by a schema that is not there', () => {
    expect(() => validator.violations('Item', {})).to.throw('There is no schema of Item');
  });
});
