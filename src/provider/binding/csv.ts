import { readSent } from '../types/reading.ts';
import type { Read } from './json.ts';

/** Reads the first row of a csv under its header; what does not fit together is left out. */
export function readCsv(text: string): Read {
  const rows = text.split(/\r\n|\n|\r/);
  const names = cells(rows[0] ?? '');
  const values = cells(rows[1] ?? '');
  return names.flatMap((name, i) => {
    const value = values[i];
    return value === undefined ? [] : [[name, (type) => readSent(type, value)] as const];
  });
}

function cells(row: string): readonly string[] {
  if (row === '') return [];
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) =>
    m[1] === undefined ? (m[2] ?? '').trim() : m[1].replaceAll('""', '"'),
  );
}
