import type { PlainValue } from '../../model/value.ts';
import { memberType } from '../types/type.ts';
import type { Type } from '../types/type.ts';
import { isList, isObject, memberName } from './json.ts';
import type { JsonManner } from './json.ts';

/** How members are named. */
export type JsvManner = Pick<JsonManner, 'casing'>;

const pascal: JsvManner = { casing: 'pascal' };

/** Writes JSV: like JSON, with quotes only where a text needs them; null members are left out. */
export function writeJsv(value: PlainValue): string {
  return writeJsvAs({ kind: 'any' }, value, pascal);
}

/** Writes a value of that type; members that the type does not know, and what is not of it, as they stand. */
export function writeJsvAs(type: Type, value: PlainValue, manner: JsvManner): string {
  if (value === null) return '';
  if (isList(value)) {
    const of: Type = type.kind === 'list' ? type.of : { kind: 'any' };
    return `[${value.map((item) => writeJsvAs(of, item, manner)).join(',')}]`;
  }
  if (isObject(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== null);
    return `{${members.map(([name, member]) => `${text(nameIn(type, name, manner))}:${writeJsvAs(typeIn(type, name), member, manner)}`).join(',')}}`;
  }
  return text(plainText(type, value));
}

/** A value as it stands in a cell of its own, without quotes. */
export function plainText(type: Type, value: PlainValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'string') return JSON.stringify(value);
  return type.kind === 'scalar' ? type.scalar.inJsv(value) : value;
}

function nameIn(type: Type, name: string, manner: JsvManner): string {
  return type.kind === 'object' ? memberName(type, name, manner) : name;
}

function typeIn(type: Type, name: string): Type {
  if (type.kind === 'map') return type.of;
  return type.kind === 'object' ? memberType(type, name) : { kind: 'any' };
}

function text(value: string): string {
  return value === '' || /[",{}[\]\n\r\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
