import type { DtoType, Schemas, Shape } from '../model/schema.ts';
import { dtoOf } from './dto.ts';

/**
 * What a decoder must know of a DTO to read a format that carries no types. Members that may hold anything are left out,
 * and a DTO that contains itself has a shape that does.
 *
 * @param dto the name of the DTO
 * @throws Error when the DTO or one that it refers to has no schema
 */
export function shapeOf(schemas: Schemas, dto: string): Shape {
  return objectShape(schemas, dto, new Map());
}

function objectShape(schemas: Schemas, name: string, known: Map<string, Shape>): Shape {
  const its = known.get(name);
  if (its !== undefined) return its;
  const members: Record<string, Shape> = {};
  const shape: Shape = { kind: 'object', name, members };
  known.set(name, shape);
  for (const member of dtoOf(schemas, name).members) {
    const of = typeShape(schemas, member.type, known);
    if (of !== null) Object.defineProperty(members, member.name, { value: of, enumerable: true });
  }
  return shape;
}

/** The same of any type; null for one whose values may be anything. */
export function shapeOfType(schemas: Schemas, type: DtoType): Shape | null {
  return typeShape(schemas, type, new Map());
}

function typeShape(schemas: Schemas, type: DtoType, known: Map<string, Shape>): Shape | null {
  switch (type.kind) {
    case 'string':
    case 'enum':
      return { kind: 'text' };
    case 'number':
    case 'integer':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'any':
      return null;
    case 'reference':
      return objectShape(schemas, type.dto, known);
    case 'list':
    case 'map': {
      // What is of no known type is read as it stands.
      return { kind: type.kind, of: typeShape(schemas, type.of, known) ?? { kind: 'text' } };
    }
  }
}
