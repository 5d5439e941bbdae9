import { isBuiltIn, namesIn, plainName, readNetType } from './dotnet.ts';
import { unreadable } from './facts.ts';
import { frameworkTypeOf } from './framework.ts';
import type { PageSample, PageTable, ParameterRow } from './page-parts.ts';
import type { Line } from './page-text.ts';
import { jsonIn } from '../values/json.ts';

const columns = /^Name\t?Parameter\t?Data Type\t?Required\t?Description$/;

/** The tables of parameters and enums in the text of a page, its cells parted by tabs or glued. */
export function tablesIn(
  lines: readonly Line[],
  operation: string,
  sample: PageSample,
  where: string,
): readonly PageTable[] {
  const captions = lines
    .flatMap((line) => /^([\w.<>, ]+) (?:Parameters|Enum):$/.exec(line.text.trim())?.[1] ?? [])
    .map((name) => name.replace(/\s/g, ''));
  const known = new Set(captions.map(plainName));
  const names = sampleNames(sample);
  const tables: PageTable[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i];
    if (line === undefined || !isCaption(line.text)) continue;
    const [, named, kind] = /^(?:([\w.<>, ]+) )?(Parameters|Enum):$/.exec(line.text.trim()) ?? [];
    const type = named?.replace(/\s/g, '') ?? null;
    const rows: Line[] = [];
    for (i += 1; i < lines.length; i += 1) {
      const row = lines[i];
      if (row === undefined || isCaption(row.text) || /^To override the Content-type/.test(row.text.trim())) break;
      if (row.text.trim() !== '' && !/^(?:Allowable Values|Valid Range)/.test(row.text.trim())) rows.push(row);
    }
    i -= 1;
    const [head] = rows;
    if (kind === 'Enum' && type !== null) {
      const hasValues = head !== undefined && /^Name\t?Value\t?$/.test(head.text.trim());
      tables.push({
        kind: 'enum',
        type,
        rows: (hasValues ? rows.slice(1) : rows).map((row) => enumRow(row, hasValues, where)),
        hasValues,
        line: line.number,
      });
      continue;
    }
    if (head === undefined || !columns.test(head.text.trim()))
      return unreadable(`${where}:${head?.number ?? line.number}`, 'is no head of a table of members', head?.text);
    const of = type ?? '';
    const parameters = of.includes('<') ? of.slice(of.indexOf('<') + 1, -1).split(',') : [];
    const isKnown = (name: string): boolean =>
      isBuiltIn(name) || known.has(name) || parameters.includes(name) || frameworkTypeOf(name, 0) !== undefined;
    tables.push({
      kind: 'params',
      type: type ?? operation,
      rows: parameterRows(rows.slice(1), names, isKnown, where),
      line: line.number,
    });
  }
  return tables;
}

function enumRow(row: Line, hasValues: boolean, where: string): readonly string[] {
  const text = row.text.trimEnd();
  if (text.includes('\t')) return text.split('\t').map((cell) => cell.trim());
  if (!hasValues)
    return /^\s*\w+$/.test(text)
      ? [text.trim()]
      : unreadable(
          `${where}:${row.number}`,
          'a name and its description stand glued together, and can be parted in two ways',
          text,
        );
  const trimmed = text.trim();
  const name = trimmed.slice(0, -1).replace(/-$/, '');
  // A second digit could be the last of the name.
  if (!/^[A-Za-z_]\w*$/.test(name) || /\d$/.test(name) || !/\d$/.test(trimmed))
    return unreadable(
      `${where}:${row.number}`,
      'a name and its value stand glued together, and can be parted in two ways',
      text,
    );
  return [name, trimmed.slice(name.length)];
}

/** Rows that go on over several lines have their further lines in the description. */
function parameterRows(
  rows: readonly Line[],
  names: ReadonlySet<string>,
  known: (name: string) => boolean,
  where: string,
): readonly ParameterRow[] {
  const read: ParameterRow[] = [];
  for (const row of rows) {
    const at = `${where}:${row.number}`;
    const cells = row.text.split('\t').map((cell) => cell.trim());
    if (cells.length >= 4) {
      const [name = '', place = '', type = '', required = '', ...described] = cells;
      if (required !== 'Yes' && required !== 'No')
        return unreadable(at, 'says neither Yes nor No of being required', row.text);
      read.push({
        name,
        place,
        type,
        required: required === 'Yes',
        ...(described.length > 0 ? describedIn(described.join(' ')) : describedIn('')),
        line: row.number,
      });
      continue;
    }
    const readings = gluedRows(row.text.trim(), known, row.number);
    const sampled = readings.filter(({ name }) => names.has(name.toLowerCase()));
    const [one, another] = readings.length === 1 ? readings : sampled;
    const last = read.at(-1);
    if (one !== undefined && another === undefined) read.push(one);
    else if (one === undefined && last !== undefined && readings.length === 0)
      // A list of allowable values, or a description of several lines.
      read[read.length - 1] = {
        ...last,
        allowed: /^[\w-]+$/.test(row.text.trim()) ? [...(last.allowed ?? []), row.text.trim()] : last.allowed,
      };
    else
      return unreadable(
        at,
        `a row of a table stands glued together, and can be parted in ${readings.length === 0 ? 'no way' : `${readings.length} ways`}`,
        row.text,
      );
  }
  return read;
}

function gluedRows(text: string, known: (name: string) => boolean, line: number): readonly ParameterRow[] {
  const readings: ParameterRow[] = [];
  for (const place of text.matchAll(/path|query|body|form|header|model/g)) {
    const name = text.slice(0, place.index);
    if (!/^[A-Za-z_]\w*$/.test(name)) continue;
    const behind = text.slice(place.index + place[0].length);
    for (const needed of behind.matchAll(/Yes|No/g)) {
      const type = behind.slice(0, needed.index);
      if (!isType(type, known)) continue;
      const described = behind.slice(needed.index + needed[0].length);
      readings.push({ name, place: place[0], type, required: needed[0] === 'Yes', ...describedIn(described), line });
    }
  }
  return readings;
}

function isType(text: string, known: (name: string) => boolean): boolean {
  if (!/^[A-Za-z_][\w<>,?[\]. ]*$/.test(text) || text.length > 300) return false;
  try {
    return namesIn(readNetType(text, '')).every(known);
  } catch {
    return false;
  }
}

function describedIn(text: string): Pick<ParameterRow, 'description' | 'allowed' | 'range'> {
  const [all, least, greatest] = /Valid Range: (-?[\d.]+) - (-?[\d.]+)$/.exec(text.trim()) ?? [];
  const [described = '', glued = ''] = text.replace(all ?? /$^/, '').split(/Allowable Values(.*)$/s);
  return {
    description: described.trim(),
    allowed: glued.trim() === '' ? [] : null,
    range: least === undefined || greatest === undefined ? null : { least: Number(least), greatest: Number(greatest) },
  };
}

/* ---- the sample ---- */

/** Whether a line stands above a table. */
export function isCaption(text: string): boolean {
  return /^(?:[\w.<>, ]+ )?(?:Parameters|Enum):$/.test(text.trim());
}

/** All names of members in the samples, in lower case: they tell which reading of a glued row is the right one. */
function sampleNames({ request, response }: PageSample): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of [request.text, response?.text ?? '']) {
    const waiting: unknown[] = [jsonIn(text.slice(Math.max(0, text.search(/\n\s*\n/))).trim())];
    for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
      if (typeof value !== 'object' || value === null) continue;
      for (const [name, inner] of Object.entries(value)) {
        names.add(name.toLowerCase());
        waiting.push(inner);
      }
    }
    for (const [, name = ''] of text.matchAll(/<(?:\w+:)?(\w+)[\s>]/g)) names.add(name.toLowerCase());
  }
  return names;
}
