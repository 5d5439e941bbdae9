import { expect } from 'chai';
import type { Contract } from '../model/contract.ts';
import type { Member } from '../model/schema.ts';
import { formatOf, memberOf, typeOf } from '../schema/contract.fixture.ts';
import { contract, profile } from './answered.fixture.ts';
import { bodyFormatsOf } from './body-formats.ts';

const formats = [
  formatOf('json', 'application/json'),
  formatOf('xml', 'application/xml'),
  formatOf('csv', 'text/csv'),
] as const;
const text: Member = {
  name: 'Name',
  type: { kind: 'string' },
  in: 'body',
  required: true,
  description: '',
  net: 'String',
};
const names = (members: readonly Member[], of: Contract = contract, declared = profile): string =>
  bodyFormatsOf(of, formats, members, declared)
    .map(({ name }) => name)
    .join();

describe('the formats of a body', () => {
  const withXml = 'json,xml,csv';
  const without = 'json,csv';

  it('are all of them where a data contract writes what it holds as a query does', () => {
    expect(names([text])).to.equal(withXml);
    for (const net of ['Guid', 'Int32', 'Boolean', 'Decimal', 'Uri', 'Byte[]'])
      expect(names([{ ...text, net }]), net).to.equal(withXml);
    const colours = { names: [{ name: 'Red' }, { name: 'Blue', wire: 'Blue' }] } as const;
    expect(names([{ ...text, net: 'Colour', enum: colours }])).to.equal(withXml);
  });

  it('are without csv where there is no member to make a column of', () => {
    expect(names([])).to.equal('json,xml');
  });

  it('are without XML where it has a spelling of its own', () => {
    for (const net of ['Char', 'DateTime', 'DateTimeOffset', 'DateOnly', 'TimeOnly', 'TimeSpan'])
      expect(names([text, { ...text, net }]), net).to.equal(without);
    // Nor is a list the one value that a cell of csv holds.
    expect(names([{ ...text, type: { kind: 'list', of: { kind: 'string' } } }])).to.equal('json');
    expect(names([{ ...text, enum: { names: [{ name: 'Red', wire: 'red' }] } }])).to.equal(without);
    expect(names([{ ...text, enum: { names: [{ name: 'Red' }], flags: true } }])).to.equal(without);
  });

  it('are without XML where its order is not known', () => {
    const [, response] = contract.types;
    const of = (type: Contract['types'][number]): Contract => ({ ...contract, types: [type, response ?? type] });
    expect(names([text], of({ ...typeOf('Move', memberOf('Name', 'String')), base: 'Named' }))).to.equal(without);
    expect(names([text], of(typeOf('Move', { ...memberOf('name', 'String'), property: 'Name' })))).to.equal(without);
    expect(names([text], of(typeOf('Move', memberOf('Name', 'String'))))).to.equal(withXml);
  });

  it('are without XML where no document tells the namespace, unless it is declared', () => {
    const untold: Contract = { ...contract, unknown: [{ path: 'xmlNamespace', why: 'no page prints it' }] };
    expect(names([text], untold)).to.equal(without);
    expect(names([text], untold, { ...profile, xmlNamespace: 'urn:declared' })).to.equal(withXml);
    expect(names([text], { ...contract, unknown: [{ path: 'verbs', why: '' }] })).to.equal(withXml);
  });
});
