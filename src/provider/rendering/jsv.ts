import type { PlainValue } from '../../model/value.ts';

/** Writes JSV: like JSON, with quotes only where a text needs them; null members are left out. */
export function writeJsv(value: PlainValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return writeText(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map((item: PlainValue) => writeJsv(item)).join(',')}]`;
  const members = Object.entries(value as Readonly<Record<string, PlainValue>>).filter(([, member]) => member !== null);
  return `{${members.map(([name, member]) => `${writeText(name)}:${writeJsv(member)}`).join(',')}}`;
}

function writeText(text: string): string {
  return text === '' || /[",{}[\]\n\r\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
