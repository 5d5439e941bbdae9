import type * as csvModule from 'csv-parse/sync';
import type { Shape } from '../model/schema.ts';
import type { PlainObject, PlainValue } from '../model/value.ts';
import { library } from '../values/library.ts';
import { formatJsv, parseJsv } from './jsv.ts';
import { Malformed } from './malformed.ts';
import { isComposite, memberShape, scalar } from './shape.ts';

const csvIn = library('csv-parse/sync') as () => typeof csvModule;

interface Cell {
  readonly text: string;
  readonly quoted: boolean;
  /** Where the cell starts, its quote included: a 0-based offset. */
  readonly position: number;
}

/**
 * Reads a CSV text (RFC 4180) of one header row and one value row; objects, lists and maps are JSV in a cell.
 *
 * @param text the whole text, its lines ended by CR LF or LF
 * @param shape what is expected; decides which cells hold JSV
 * @throws Malformed where the text is not such a table
 */
export function parseCsv(text: string, shape: Shape): PlainObject {
  const [header = [], row, more] = rowsOf(text, 3);
  if (row === undefined) throw new Malformed('expected a value row after the header row', text.length);
  if (more !== undefined)
    throw new Malformed('expected one value row, found a second', more[0]?.position ?? text.length);
  return membersOf(header, row, shape);
}

/**
 * Reads a CSV text of a list: one header row, and a value row for each item. A list of what has no members has no header.
 *
 * @param text the whole text, its lines ended by CR LF or LF
 * @param shape of an item
 * @throws Malformed where the text is not such a table
 */
export function parseCsvRows(text: string, shape: Shape): readonly PlainValue[] {
  const [header = [], ...rows] = rowsOf(text, null);
  if (shape.kind !== 'object')
    return [header, ...rows].map(([cell]) => (cell === undefined ? null : valueOf(cell, shape)));
  return rows.map((row) => membersOf(header, row, shape));
}

function membersOf(header: readonly Cell[], row: readonly Cell[], shape: Shape): PlainObject {
  const members = new Map<string, PlainValue>();
  const surplus = row[header.length];
  if (surplus !== undefined) {
    throw new Malformed(
      `expected ${header.length} cells, found ${row.length}: a cell with ',' in it needs quotes`,
      surplus.position,
    );
  }
  header.forEach(({ text: name, position }, column) => {
    if (name === '') throw new Malformed('a column has no name', position);
    if (members.has(name)) throw new Malformed(`the column ${JSON.stringify(name)} stands twice`, position);
    const cell = row[column];
    if (cell === undefined) {
      throw new Malformed(`expected ${header.length} cells, found ${row.length}`, row[0]?.position ?? position);
    }
    members.set(name, valueOf(cell, memberShape(shape, name)));
  });
  return Object.fromEntries(members);
}

function valueOf(cell: Cell, shape: Shape | undefined): PlainValue {
  if (cell.text === '') return cell.quoted ? '' : null;
  if (!isComposite(shape)) return scalar(cell.text, shape);
  try {
    return parseJsv(cell.text, shape);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const before = cell.text.slice(0, error.position);
    const doubled = before.split('"').length - 1;
    throw new Malformed(error.message, cell.position + before.length + (cell.quoted ? doubled + 1 : 0));
  }
}

/** @param most rows that are read; null for all of them */
function rowsOf(text: string, most: number | null): readonly (readonly Cell[])[] {
  const cells: Cell[] = [];
  // The parser passes over one behind a quoted cell; RFC 4180 has it nowhere.
  const nul = text.indexOf('\0');
  if (nul >= 0) throw new Malformed('a NUL is no text', nul);
  let position = 0;
  try {
    const records = csvIn().parse(text, {
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      // Where one row of values is expected, a third row is one too many already.
      ...(most !== null && { to: most }),
      cast: (cell, { quoting }) => {
        cells.push({ text: cell, quoted: quoting, position });
        position += width(cell, quoting);
        position += text.startsWith('\r\n', position) ? 2 : 1;
        return cell;
      },
    });
    const bare = cells.find((cell) => !cell.quoted && cell.text.includes('\r'));
    if (bare !== undefined) throw new Malformed('a cell with a line break in it needs quotes', bare.position);
    let next = 0;
    return records.map((record) => cells.slice(next, (next += record.length)));
  } catch (error) {
    if (error instanceof Malformed) throw error;
    // The parser says which cell is at fault: the one after those that it has handed over.
    throw new Malformed(error instanceof Error ? error.message : String(error), position);
  }
}

function width(cell: string, quoted: boolean): number {
  return quoted ? cell.length + cell.split('"').length - 1 + 2 : cell.length;
}

/** Writes a header row and one value row, each ended by CR LF; null is an empty cell, an empty text a quoted one. */
export function formatCsv(members: PlainObject): string {
  const names = Object.keys(members).map(formatCell);
  const cells = Object.values(members).map((value) => (value === null ? '' : formatCell(cellText(value))));
  return `${names.join(',')}\r\n${cells.join(',')}\r\n`;
}

function cellText(value: PlainValue): string {
  return typeof value === 'string' ? value : formatJsv(value);
}

function formatCell(text: string): string {
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
