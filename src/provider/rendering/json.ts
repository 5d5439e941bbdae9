import type { PlainObject, PlainValue } from '../../model/value.ts';
import type { Serializer, Token } from '../types/scalars.ts';
import { camel, memberType } from '../types/type.ts';
import type { Type } from '../types/type.ts';

/** Writes JSON without white space, as it stands. */
export function writeJson(value: PlainValue): string {
  return JSON.stringify(value);
}

/** How values are written: by which serializer, and how members are named. */
export interface JsonManner {
  readonly by: Serializer;
  readonly casing: 'pascal' | 'camel';
}

/** Writes a value of that type; members that the type does not know, and what is not of it, as they stand. */
export function writeJsonAs(type: Type, value: PlainValue, manner: JsonManner): string {
  if (value === null) return 'null';
  switch (type.kind) {
    case 'scalar':
      return typeof value === 'string' ? token(type.scalar.inJson(value, manner.by), manner) : anything(value, manner);
    case 'list':
      return isList(value)
        ? `[${value.map((item) => writeJsonAs(type.of, item, manner)).join(',')}]`
        : anything(value, manner);
    case 'map':
      return isObject(value) ? braces(Object.entries(value), () => type.of, manner) : anything(value, manner);
    case 'object': {
      if (!isObject(value)) return anything(value, manner);
      return braces(
        Object.entries(value),
        (name) => memberType(type, name),
        manner,
        (name) => memberName(type, name, manner),
      );
    }
    case 'any':
      return anything(value, manner);
  }
}

function braces(
  entries: readonly (readonly [string, PlainValue])[],
  typeOf: (name: string) => Type,
  manner: JsonManner,
  spelled: (name: string) => string = (name) => name,
): string {
  return `{${entries
    .map(([name, value]) => `${anything(spelled(name), manner)}:${writeJsonAs(typeOf(name), value, manner)}`)
    .join(',')}}`;
}

/** A member's name as the declared casing has it; an alias stays as it is. */
export function memberName(
  type: Extract<Type, { kind: 'object' }>,
  name: string,
  { casing }: Pick<JsonManner, 'casing'>,
): string {
  return casing === 'pascal' || type.memberByLower.get(name.toLowerCase())?.isAlias === true ? name : camel(name);
}

function token(written: Token, manner: JsonManner): string {
  return 'bare' in written ? written.bare : anything(written.quoted, manner);
}

function anything(value: PlainValue, manner: JsonManner): string {
  return manner.by === 'system-text-json' ? escaped(JSON.stringify(value)) : JSON.stringify(value);
}

/** As System.Text.Json writes JSON: everything that could matter in HTML, and all beyond ASCII, is escaped. */
function escaped(json: string): string {
  return json
    .replaceAll('\\"', '\\u0022')
    .replace(/[<>&'+`\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
}

/** A value with its members in camelCase; the names in a map (`Meta`) stay as they are. */
export function camelCased(value: PlainValue): PlainValue {
  if (isList(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [camel(name), name === 'Meta' ? member : camelCased(member)]),
  );
}

/** Array.isArray loses the item type of a read-only list. */
export function isList(value: PlainValue | undefined): value is readonly PlainValue[] {
  return Array.isArray(value);
}

export function isObject(value: PlainValue | undefined): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a value that should be one; what is not is shown as JSON. */
export function textOf(value: PlainValue | undefined): string {
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
}
