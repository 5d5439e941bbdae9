import type { Contract } from '../model/contract.ts';
import type { DtoType, Schemas, Shape } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import { errorOf, isOfTheFramework } from '../values/contract.ts';
import { isList, isObject } from '../values/json.ts';
import { dtoOf } from './dto.ts';
import { namerOf } from './named.ts';
import { shapeOf, shapeOfType } from './shape.ts';
import { responseType } from './types.ts';

/** How the body of an answer is read. */
export interface ReadAs {
  /** What a format without types needs; null for a body that is in no format, whatever its Content-Type. */
  readonly shape: Shape | null;
  /** Names the members of a body as the contract does. */
  readonly named: (value: PlainValue) => PlainValue;
}

const text: Shape = { kind: 'text' };
const meta: Shape = { kind: 'map', of: text };

/** Of a ResponseStatus where the contract describes none, as when no success carries one. */
const frameworkStatus: Shape = {
  kind: 'object',
  name: 'ResponseStatus',
  members: {
    ErrorCode: text,
    Message: text,
    StackTrace: text,
    Errors: {
      kind: 'list',
      of: {
        kind: 'object',
        name: 'ResponseError',
        members: { ErrorCode: text, FieldName: text, Message: text, Meta: meta },
      },
    },
    Meta: meta,
  },
};

/** How a success is read: the DTO, the list or the scalar that the contract says; what is answered raw is not read at all. */
export function readSuccessAs(contract: Contract, schemas: Schemas): ReadAs {
  const type = responseType(contract);
  const named = namerFor(schemas);
  if (type === null) return { shape: untypedShape(contract), named: (value) => named(value, null) };
  const shape = shapeOfType(schemas, type) ?? text;
  return {
    shape: shape.kind === 'object' ? withStatus(shape, schemas) : shape,
    named: (value) => named(value, isList(value) ? (resultsOf(type, schemas) ?? type) : type),
  };
}

/** What is known of an answer of which no document tells the type. */
function untypedShape({ response }: Contract): Shape | null {
  switch (response.kind) {
    case 'raw':
      return null;
    case 'list':
      return { kind: 'list', of: text };
    case 'dto':
    case 'scalar':
    case 'none':
    case 'unknown':
      return text;
  }
}

/** What the rows are where csv and jsonl have some for the results of a query alone. */
function resultsOf(type: DtoType, schemas: Schemas): DtoType | null {
  if (type.kind !== 'reference' || schemas[type.dto] === undefined) return null;
  return dtoOf(schemas, type.dto).members.find(({ name }) => name === 'Results')?.type ?? null;
}

/** How an error is read: the DTO that the framework answers, with a ResponseStatus. */
export function readErrorAs(contract: Contract, schemas: Schemas): ReadAs {
  const { dto, status } = errorOf(contract);
  const named = namerFor(schemas);
  const type: DtoType | null = dto === null || schemas[dto] === undefined ? null : { kind: 'reference', dto };
  const own: Shape =
    type === null
      ? { kind: 'object', name: isOfTheFramework(contract) ? '' : 'ErrorResponse', members: {} }
      : shapeOf(schemas, type.dto);
  return {
    shape: own.kind === 'object' ? withStatus(own, schemas) : own,
    named: (value) => {
      const its = named(value, type);
      // A status of another name is one all the same.
      return isObject(its) && status !== null && status !== 'ResponseStatus' && its[status] !== undefined
        ? { ...its, ResponseStatus: its[status] }
        : its;
    },
  };
}

function withStatus(shape: Shape & { readonly kind: 'object' }, schemas: Schemas): Shape {
  if ('ResponseStatus' in shape.members) return shape;
  const status = schemas['ResponseStatus'] === undefined ? frameworkStatus : shapeOf(schemas, 'ResponseStatus');
  return { ...shape, members: { ...shape.members, ResponseStatus: status } };
}

/** Members of the framework's own DTOs, which stand in the place of any other. */
const frameworkNames: ReadonlyMap<string, string> = new Map(
  ['ResponseStatus', 'ErrorCode', 'Message', 'StackTrace', 'Errors', 'FieldName', 'Meta'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

function namerFor(schemas: Schemas): ReturnType<typeof namerOf> {
  return namerOf(schemas, (written) => {
    const name = frameworkNames.get(written.toLowerCase());
    if (name === undefined) return null;
    switch (name) {
      case 'Meta':
        return { name, type: { kind: 'map', of: { kind: 'string' } } };
      case 'ResponseStatus':
        return { name, type: { kind: 'reference', dto: 'ResponseStatus' } };
      default:
        return { name, type: { kind: 'any' } };
    }
  });
}
