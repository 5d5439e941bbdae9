import type { PlainObject, PlainValue } from '../../model/value.ts';
import { memberType } from '../types/type.ts';
import type { Type } from '../types/type.ts';
import { isList, isObject } from './json.ts';
import { plainText, writeJsvAs } from './jsv.ts';
import type { JsvManner } from './jsv.ts';

/**
 * Writes a csv: the members of the DTO as columns, a row for each value, objects as JSV in one cell. An answer that
 * holds a list under `Results` is that list.
 *
 * @param manner how members inside a cell are named; the columns keep their names
 */
export function writeCsvAs(type: Type, value: PlainValue, manner: JsvManner): string {
  const results = resultsOf(type, value);
  if (results !== null) return results.value === null ? '' : writeCsvAs(results.type, results.value, manner);
  const rowType = type.kind === 'list' ? type.of : type;
  const values = isList(value) ? value : [value];
  if (rowType.kind === 'scalar') return values.map((each) => `${cell(rowType, each, manner)}\r\n`).join('');
  const rows = values.filter(isObject);
  const known = rowType.kind === 'object' ? rowType.members.map(({ name }) => name) : [];
  const all = [...known, ...Object.keys(rows[0] ?? {}).filter((name) => !known.includes(name))];
  const lines = rows.map((row) => all.map((name) => cellOf(rowType, name, row, manner)).join(','));
  return [all.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

/** The results of a query, or the member of a data contract, that csv and jsonl write alone; null of any other answer. */
export function resultsOf(type: Type, value: PlainValue): { readonly type: Type; readonly value: PlainValue } | null {
  if (type.kind !== 'object' || !isObject(value)) return null;
  const alone = type.alone();
  if (alone !== null) return { type: alone.type, value: value[alone.name] ?? null };
  if (!type.name.startsWith('QueryResponse')) return null;
  const { Results: results } = value;
  const member = type.memberByLower.get('results');
  return member === undefined || results === undefined ? null : { type: member.type, value: results };
}

function cellOf(rowType: Type, name: string, row: PlainObject, manner: JsvManner): string {
  const type: Type = rowType.kind === 'object' ? memberType(rowType, name) : { kind: 'any' };
  return cell(type, row[name] ?? null, manner);
}

function cell(type: Type, value: PlainValue, manner: JsvManner): string {
  const isPlain = typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
  const text = isPlain ? plainText(type, value) : writeJsvAs(type, value, manner);
  return /[",\n\r]/.test(text) || (!isPlain && value !== null) ? `"${text.replaceAll('"', '""')}"` : text;
}
