import { expect } from 'chai';
import type { Contract } from '../model/contract.ts';
import type { DtoMember, DtoType } from '../model/schema.ts';
import { contractOf } from './contract.fixture.ts';
import { deriveSchemas } from './derive.ts';
import { membersOf } from './members.ts';
import { shapeOf } from './shape.ts';

const uuid: DtoType = { kind: 'string', format: 'uuid' };

function member(name: string, type: DtoType, required = false): DtoMember {
  return { name, description: `the ${name}`, type, required, nullable: !required };
}

const schemas = deriveSchemas(
  [
    { name: 'Send', description: '', members: [member('OrderId', uuid, true), member('Express', { kind: 'boolean' })] },
    {
      name: 'Sent',
      description: '',
      members: [
        member('Count', { kind: 'integer' }),
        member('Weight', { kind: 'number' }),
        member('Parts', { kind: 'list', of: { kind: 'reference', dto: 'Part' } }),
        member('First', { kind: 'reference', dto: 'Part' }),
      ],
    },
    { name: 'Part', description: '', members: [member('Labels', { kind: 'map', of: { kind: 'string' } })] },
    {
      name: 'Tree',
      description: '',
      members: [member('Branches', { kind: 'list', of: { kind: 'reference', dto: 'Tree' } })],
    },
  ],
  'https://example.org/',
);

const contract = contractOf({
  operation: 'Send',
  routes: [
    { name: 'now', path: '/orders/{OrderId}/send', verbs: 'any' },
    { name: 'all', path: '/orders/send', verbs: 'any' },
  ],
  response: { kind: 'dto', type: 'Sent' },
});

describe('the shape of a DTO', () => {
  it('follows references, through lists and null', () => {
    const part = { kind: 'object', name: 'Part', members: { Labels: { kind: 'map', of: { kind: 'text' } } } };
    expect(shapeOf(schemas, 'Sent')).to.deep.equal({
      kind: 'object',
      name: 'Sent',
      members: {
        Count: { kind: 'number' },
        Weight: { kind: 'number' },
        Parts: { kind: 'list', of: part },
        First: part,
      },
    });
  });

  it('of a DTO that contains itself contains itself', () => {
    const tree = shapeOf(schemas, 'Tree');
    const inner =
      tree.kind === 'object' ? Object.values(tree.members).map((of) => (of.kind === 'list' ? of.of : of)) : [];
    expect(inner).to.include(tree);
  });
});

describe('the members of a request', () => {
  it('stand in the path when a route has a placeholder of their name, else in the body', () => {
    expect(membersOf(contract, schemas)).to.deep.equal([
      { name: 'OrderId', type: uuid, required: true, in: 'path', description: 'the OrderId' },
      { name: 'Express', type: { kind: 'boolean' }, required: false, in: 'body', description: 'the Express' },
    ]);
  });

  it('include every placeholder', () => {
    const misspelt: Contract = { ...contract, routes: [{ name: 'now', path: '/orders/{Number}/send', verbs: 'any' }] };
    expect(() => membersOf(misspelt, schemas)).to.throw('A route of Send binds {Number}, but Send has no such member.');
  });
});
