import type { FormatName } from '../model/contract.ts';
import type { Shape } from '../model/schema.ts';
import type { PlainObject, PlainValue, Reading } from '../model/value.ts';
import { formatCsv, parseCsv, parseCsvRows } from './csv.ts';
import { parseJson, parseJsonLine, parseJsonLines } from './json.ts';
import { formatJsv, parseJsv } from './jsv.ts';
import { Malformed, strictly } from './malformed.ts';
import { parseDataContract } from './xml.ts';
import { formatDataContract } from './xml-writing.ts';

/**
 * Reads a body strictly: what breaks the format is refused with its position, never repaired.
 *
 * Member names stay as they are on the wire. A scalar that does not fit its shape stays text,
 * which is for the schema to complain of.
 *
 * @param format the format that the body is said to be in
 * @param text the whole body, decoded from UTF-8
 * @param shape what is expected; needed where a format carries no types (xml, csv, jsv)
 */
export function readBody(format: FormatName, text: string, shape: Shape): Reading {
  return strictly(() => {
    if (text.startsWith('\uFEFF')) throw new Malformed('the text starts with a byte order mark', 0);
    if (text === '') throw new Malformed('the body is empty', 0);
    return parse(format, text, shape);
  });
}

function parse(format: FormatName, text: string, shape: Shape): PlainValue {
  switch (format) {
    case 'json':
      return parseJson(text);
    case 'jsonl':
      return rowsOf(shape) === null ? parseJsonLine(text) : parseJsonLines(text);
    case 'xml':
      return parseDataContract(text, shape);
    case 'csv': {
      const row = rowsOf(shape);
      return row === null ? parseCsv(text, shape) : parseCsvRows(text, row);
    }
    case 'jsv':
      return parseJsv(text, shape);
  }
}

/** What a row holds where csv and jsonl have rows: for a list, and for a QueryResponse, of which they write the results alone. */
function rowsOf(shape: Shape): Shape | null {
  if (shape.kind === 'list') return shape.of;
  if (shape.kind !== 'object' || !shape.name.startsWith('QueryResponseOf')) return null;
  const results = shape.members['Results'];
  return results?.kind === 'list' ? results.of : null;
}

/**
 * Writes the body of a request; placeholders (`{{Member}}`) stay as they are.
 *
 * @param format the format to write
 * @param root the DTO's name: the root element in xml
 * @param members the members in the order they are to be written; xml sorts them
 * @param xmlNamespace the data-contract namespace
 * @throws Error when the format cannot carry a name or a value
 */
export function writeBody(format: FormatName, root: string, members: PlainObject, xmlNamespace: string): string {
  switch (format) {
    case 'json':
    case 'jsonl':
      return JSON.stringify(members);
    case 'xml':
      return formatDataContract(root, members, xmlNamespace);
    case 'csv':
      return formatCsv(members);
    case 'jsv':
      return formatJsv(members);
  }
}
