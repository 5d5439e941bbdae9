import type { PlainValue } from '../../model/value.ts';

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
  if (Array.isArray(value)) return value.map((item: PlainValue) => camelCased(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      name === 'Meta' ? (member as PlainValue) : camelCased(member as PlainValue),
    ]),
  );
}
