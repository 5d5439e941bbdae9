import type { PlainObject, PlainValue } from '../../model/value.ts';

/** Writes JSON without white space. */
export function writeJson(value: PlainValue): string {
  return JSON.stringify(value);
}

/** JSON as System.Text.Json writes it: everything that could matter in HTML, and all beyond ASCII, is escaped. */
export function writeEscapedJson(value: PlainValue): string {
  return JSON.stringify(value)
    .replaceAll('\\"', '\\u0022')
    .replace(/[<>&'+`\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
}

/** A value with its members in camelCase; the names in a map (`Meta`) stay as they are. */
export function camelCased(value: PlainValue): PlainValue {
  if (isList(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      name === 'Meta' ? member : camelCased(member),
    ]),
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
