import type { PlainValue } from '../../model/value.ts';
import { isList } from './json.ts';

/** Writes JSV: like JSON, with quotes only where a text needs them; null members are left out. */
export function writeJsv(value: PlainValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return writeText(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(writeJsv).join(',')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return `{${members.map(([name, member]) => `${writeText(name)}:${writeJsv(member)}`).join(',')}}`;
}

function writeText(text: string): string {
  return text === '' || /[",{}[\]\n\r\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
