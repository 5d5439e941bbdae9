import type { DtoType, Schemas, Shape } from '../model/schema.ts';
import { dtoOf } from './dto.ts';

/**
 * What a decoder must know of a DTO to read a format that carries no types.
 *
 * @param dto the name of the DTO
 * @throws Error when the DTO or one that it refers to has no schema, or contains itself
 */
export function shapeOf(schemas: Schemas, dto: string): Shape {
  return objectShape(schemas, dto, []);
}

function objectShape(schemas: Schemas, name: string, within: readonly string[]): Shape {
  if (within.includes(name)) {
    throw new Error(`${name} contains itself (${[...within, name].join(' > ')}): a shape cannot describe that.`);
  }
  const inside = [...within, name];
  const members = dtoOf(schemas, name).members.map((member): [string, Shape] => [
    member.name,
    typeShape(schemas, member.type, inside),
  ]);
  return { kind: 'object', name, members: Object.fromEntries(members) };
}

function typeShape(schemas: Schemas, type: DtoType, within: readonly string[]): Shape {
  switch (type.kind) {
    case 'string':
    case 'enum':
      return { kind: 'text' };
    case 'number':
    case 'integer':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'reference':
      return objectShape(schemas, type.dto, within);
    case 'list':
      return { kind: 'list', of: typeShape(schemas, type.of, within) };
    case 'map':
      return { kind: 'map', of: typeShape(schemas, type.of, within) };
  }
}
