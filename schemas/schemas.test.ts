import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { JsonSchema } from '../src/model/schema.ts';
import type { PlainObject, PlainValue } from '../src/model/value.ts';
import { schemaFileName } from '../src/schema/derive.ts';
import { createValidator } from '../src/schema/validator.ts';
import { schemas } from './index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

type Path = readonly (string | number)[];
/** A constraint of a schema, with an instance that breaks it alone. */
interface Constraint {
  readonly says: string;
  readonly at: string;
  readonly refused: PlainValue;
}

const error = {
  ErrorCode: 'NotEmpty',
  FieldName: 'RoleId',
  Message: 'must not be empty',
  Meta: { PropertyName: 'RoleId' },
};
const status = {
  ErrorCode: 'NotEmpty',
  Message: 'must not be empty',
  StackTrace: 'at',
  Errors: [error],
  Meta: { Id: '1' },
};
const id = '7f0c2a4e-1111-4111-8111-00000000000A';
/** A full instance of each DTO. */
const accepted: Readonly<Record<string, PlainObject>> = {
  ConnectionStatusUpdate: { ConnectionId: id, ContactId: id, ContactTypeId: id, RoleId: id },
  ConnectionStatusUpdateResponse: { ResponseStatus: status },
  ResponseStatus: status,
  ResponseError: error,
};
const validator = createValidator(schemas);

describe('the schemas', () => {
  it('are of every schema file in the folder but the handwritten', () => {
    const files = readdirSync(join(root, 'schemas')).filter((name) => /^[A-Z].*\.schema\.json$/.test(name));
    expect(files.sort()).to.deep.equal(Object.keys(schemas).map(schemaFileName).sort());
  });

  for (const [name, schema] of Object.entries(schemas)) {
    describe(name, () => {
      const instance = accepted[name]!;

      it('accepts a full instance, with unknown members besides', () => {
        expect(validator.violations(name, instance)).to.deep.equal([]);
        expect(validator.violations(name, { ...instance, Unknown: { any: 'thing' } })).to.deep.equal([]);
        expect(Object.keys(instance), 'the instance has every member').to.have.members(
          Object.keys(schema.properties ?? {}),
        );
      });

      it('accepts an instance with nothing but its required members', () => {
        const few = Object.fromEntries(
          Object.entries(instance).filter(([member]) => schema.required?.includes(member)),
        );
        expect(validator.violations(name, few)).to.deep.equal([]);
      });

      for (const { says, at, refused } of constraints(schema, [], instance)) {
        it(`refuses an instance against: ${at} ${says}`, () => {
          expect(validator.violations(name, refused).map((violation) => violation.at)).to.deep.equal([at]);
        });
      }
    });
  }
});

/** Every constraint that a schema states of the place `path` in `instance`; a keyword that is not known here is an error. */
function constraints(schema: JsonSchema, path: Path, instance: PlainValue): readonly Constraint[] {
  const broken = (says: string, value: PlainValue | undefined, steps: Path = path): Constraint => ({
    says,
    at: place(steps),
    refused: put(instance, steps, value),
  });
  return Object.entries(schema).flatMap(([keyword, of]: [string, unknown]): readonly Constraint[] => {
    switch (keyword) {
      case '$schema':
      case '$id':
      case 'title':
      case 'description':
        return [];
      case 'type': {
        const types = [of].flat();
        const others = Object.entries({ string: 'x', number: 5, boolean: true, array: [], object: {}, null: null });
        return others.filter(([type]) => !types.includes(type)).map(([type, value]) => broken(`is no ${type}`, value));
      }
      case 'format':
        expect(of).to.equal('uuid');
        return ['', 'x', `urn:uuid:${id}`, id.slice(1), id.replaceAll('-', ''), `{${id}}`].map((text) =>
          broken(`is a uuid, not "${text}"`, text),
        );
      case 'required':
        return (of as string[]).map((member) => broken('is required', undefined, [...path, member]));
      case 'properties':
        return Object.entries(of as Record<string, JsonSchema>).flatMap(([member, its]) =>
          constraints(its, [...path, member], instance),
        );
      case 'items':
        return constraints(of as JsonSchema, [...path, 0], instance);
      case 'additionalProperties':
        return constraints(of as JsonSchema, [...path, 'Extra'], instance);
      case '$ref':
        return [broken('is another DTO', 'x')];
      case 'anyOf':
        expect(of).to.have.lengthOf(2).and.to.deep.include({ type: 'null' });
        return constraints((of as JsonSchema[])[0]!, path, instance);
      default:
        throw new Error(`The schemas use "${keyword}": say here how an instance breaks it.`);
    }
  });
}

function put(value: PlainValue | undefined, [step, ...rest]: Path, replacement: PlainValue | undefined): PlainValue {
  if (step === undefined) return replacement ?? null;
  if (Array.isArray(value))
    return value.map((each: PlainValue, i) => (i === step ? put(each, rest, replacement) : each));
  const { [step]: inner, ...others } = value as PlainObject;
  return rest.length === 0 && replacement === undefined ? others : { ...others, [step]: put(inner, rest, replacement) };
}

function place(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}
