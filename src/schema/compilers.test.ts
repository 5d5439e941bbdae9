import { expect } from 'chai';
import type { DtoModel, DtoType, Schemas } from '../model/schema.ts';
import { usualSpelling } from '../values/spelling.ts';
import { createCompilers } from './compilers.ts';
import { deriveSchemas } from './derive.ts';
import { createValidator } from './validator.ts';

/** Two operations whose answers are made of `Thing`, with a request of their own. */
function schemasOf(request: string, id: DtoType): Schemas {
  const dto = (name: string, type: DtoType): DtoModel[number] => ({
    name,
    description: '',
    members: [{ name: 'Id', description: '', type, required: false, nullable: false }],
  });
  return deriveSchemas(
    [dto(request, { kind: 'string' }), dto('Thing', id), dto('Things', { kind: 'reference', dto: 'Thing' })],
    'https://example.org/',
  );
}

const [number, text] = [{ kind: 'integer' }, { kind: 'string' }] as const;

describe('compilers of several contracts', () => {
  it('compile once what is equal in two of them', () => {
    const compilers = createCompilers();
    const first = compilers(schemasOf('ReadThing', number), usualSpelling).getSchema(
      'https://example.org/Thing.schema.json',
    );
    const second = compilers(schemasOf('FindThing', number), usualSpelling);
    expect(first).to.be.a('function');
    expect(second.getSchema('https://example.org/Thing.schema.json')).to.equal(first);
    expect(second.getSchema('https://example.org/FindThing.schema.json')).to.be.a('function');
  });

  it('hold each to its own where one name stands for two types, also within another', () => {
    const compilers = createCompilers();
    const numbered = createValidator(schemasOf('ReadThing', number), compilers);
    const named = createValidator(schemasOf('FindThing', text), compilers);
    for (const [validator, right, wrong] of [
      [numbered, 1, 'one'],
      [named, 'one', 1],
      [numbered, 1, 'one'],
    ] as const) {
      expect(validator.violations('Things', { Id: { Id: right } })).to.deep.equal([]);
      expect(validator.violations('Things', { Id: { Id: wrong } })).to.have.length(1);
    }
  });

  it('are others for another spelling', () => {
    const compilers = createCompilers();
    const schemas = schemasOf('ReadThing', number);
    const compact = compilers(schemas, { ...usualSpelling, guids: 'compact' });
    expect(compilers(schemas, usualSpelling)).not.to.equal(compact);
    expect(compilers(schemas, { ...usualSpelling, guids: 'compact' })).to.equal(compact);
  });
});
