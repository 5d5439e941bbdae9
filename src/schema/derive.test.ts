import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Dto, DtoModel, DtoType } from '../model/schema.ts';
import { deriveSchemas } from './derive.ts';
import { dtoOf } from './dto.ts';

const baseUri = 'https://example.org/schemas/';
const text: DtoType = { kind: 'string' };

function dto(name: string, members: Readonly<Record<string, DtoType>>): Dto {
  return {
    name,
    description: '',
    members: Object.entries(members).map(([member, type]) => ({
      name: member,
      description: '',
      type,
      required: false,
      nullable: false,
    })),
  };
}

const names = ['Order', 'Item', 'Note'];
const { type: anyType } = fc.letrec<{ type: DtoType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<DtoType>(
      text,
      { kind: 'string', format: 'uuid' },
      { kind: 'number' },
      { kind: 'integer' },
      { kind: 'boolean' },
    ),
    fc.constantFrom(...names).map((name): DtoType => ({ kind: 'reference', dto: name })),
    fc.record({ kind: fc.constantFrom('list' as const, 'map' as const), of: tie('type') }),
  ),
}));
const anyMember = fc.record({
  name: fc.stringMatching(/^[A-Z][a-z]{0,6}$/),
  description: fc.string(),
  type: anyType,
  required: fc.boolean(),
  nullable: fc.boolean(),
});
const anyModel: fc.Arbitrary<DtoModel> = fc.tuple(
  ...names.map((name) =>
    fc.record({
      name: fc.constant(name),
      description: fc.string(),
      members: fc.uniqueArray(anyMember, { selector: (member) => member.name, maxLength: 5 }),
    }),
  ),
);

describe('deriving schemas', () => {
  it('loses nothing: a schema reads back as the DTO that it was derived from', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const schemas = deriveSchemas(model, baseUri);
        expect(model.map(({ name }) => dtoOf(schemas, name))).to.deep.equal(model);
      }),
    );
  });

  it('gives the same bytes for the same model', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const copy = structuredClone<DtoModel>(model);
        expect(JSON.stringify(deriveSchemas(copy, baseUri))).to.equal(JSON.stringify(deriveSchemas(model, baseUri)));
      }),
    );
  });

  it('writes valid draft 2020-12 that compiles in strict mode, references and all', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const schemas = deriveSchemas(model, baseUri);
        const ajv = new Ajv2020({ strict: true });
        addFormats.default(ajv);
        ajv.addSchema(Object.values(schemas).map((schema) => ({ ...schema })));
        for (const { name } of model) expect(ajv.getSchema(`${baseUri}${name}.schema.json`)).to.be.a('function');
      }),
      { numRuns: 10 },
    );
  });

  it('titles a schema with the name of its DTO and identifies it by its file', () => {
    expect(deriveSchemas([dto('Order', { Id: { kind: 'string', format: 'uuid' } })], baseUri)).to.deep.equal({
      Order: {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: 'https://example.org/schemas/Order.schema.json',
        title: 'Order',
        type: 'object',
        properties: { Id: { type: 'string', format: 'uuid' } },
      },
    });
  });

  it('refuses a model that contradicts itself', () => {
    expect(() => deriveSchemas([dto('Order', {}), dto('Order', {})], baseUri)).to.throw('describes Order twice');
    const twice = {
      ...dto('Order', {}),
      members: [...dto('Order', { Id: text }).members, ...dto('Order', { Id: text }).members],
    };
    expect(() => deriveSchemas([twice], baseUri)).to.throw('Order has the member Id twice');
    const items: DtoType = { kind: 'list', of: { kind: 'map', of: { kind: 'reference', dto: 'Item' } } };
    expect(() => deriveSchemas([dto('Order', { Items: items })], baseUri)).to.throw(
      'Order.Items refers to Item, which',
    );
  });

  it('refuses a base URI that a file name cannot stand behind', () => {
    for (const uri of ['schemas/', 'https://example.org/schemas', '']) {
      expect(() => deriveSchemas([], uri), uri).to.throw('give an absolute URI that ends with a slash');
    }
  });
});

describe('reading a schema back', () => {
  it('says which schemas there are when one is missing', () => {
    const schemas = deriveSchemas([dto('Order', {})], baseUri);
    expect(() => dtoOf(schemas, 'Item')).to.throw('There is no schema of Item: the schemas are of Order.');
    expect(() => dtoOf(schemas, 'toString')).to.throw('There is no schema of toString');
  });

  it('refuses what the deriver never writes', () => {
    expect(() => dtoOf({ Order: { properties: { Id: { type: 'array' } } } }, 'Order')).to.throw(
      'The schema of Order.Id is {"type":"array"}',
    );
  });
});
