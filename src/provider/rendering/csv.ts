import type { PlainObject, PlainValue } from '../../model/value.ts';
import { writeJsv } from './jsv.ts';

/**
 * Writes a csv: the members of the DTO as columns, a row for each value, objects as JSV in one cell.
 *
 * @param cased how members inside a cell are named; the columns keep their names
 * @param columns the DTO's members; further ones of the first row follow
 */
export function writeCsv(
  columns: readonly string[],
  rows: readonly PlainObject[],
  cased: (value: PlainValue) => PlainValue,
): string {
  const extra = Object.keys(rows[0] ?? {}).filter((name) => !columns.includes(name));
  const all = [...columns, ...extra];
  const lines = rows.map((row) => all.map((name) => cell(cased(row[name] ?? null))).join(','));
  return [all.join(','), ...lines].map((line) => `${line}\r\n`).join('');
}

function cell(value: PlainValue): string {
  const text = typeof value === 'string' ? value : writeJsv(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
