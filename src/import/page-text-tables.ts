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
      if (row.text.trim() !== '') rows.push(row);
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
  const [only, another] = partedFromValue(text.trim());
  if (only === undefined || another !== undefined)
    return unreadable(
      `${where}:${row.number}`,
      `a name and its value stand glued together, and can be parted in ${only === undefined ? 'no way' : 'two ways'}`,
      text,
    );
  return only;
}

/** Every way to part a name from the number behind it: a number has no zero before others, and a name ends where a minus begins. */
function partedFromValue(text: string): readonly (readonly [name: string, value: string])[] {
  let first = text.length;
  while (/\d/.test(text.charAt(first - 1))) first -= 1;
  return Array.from({ length: text.length - first }, (_, i) => {
    const at = text.length - 1 - i;
    const from = text.charAt(at - 1) === '-' ? at - 1 : at;
    return [text.slice(0, from), text.slice(from)] as const;
  }).filter(([name, value]) => /^[A-Za-z_]\w*$/.test(name) && /^(?:0|-?[1-9]\d*)$/.test(value));
}

const listing = /^Allowable Values$/;
const listed = /Allowable Values$/;
const ranging = /^Valid Range: (-?[\d.]+) - (-?[\d.]+)$/;

/** Rows that go on over several lines have their further lines in the description, and a list of values behind that. */
function parameterRows(
  rows: readonly Line[],
  names: ReadonlySet<string>,
  known: (name: string) => boolean,
  where: string,
): readonly ParameterRow[] {
  const read: ParameterRow[] = [];
  let isListing = false;
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
        ...describedIn(described.join(' ')),
        line: row.number,
      });
      isListing = listed.test(row.text.trim());
      continue;
    }
    const text = row.text.trim();
    const last = read.at(-1);
    const [, least, greatest] = ranging.exec(text) ?? [];
    if (last !== undefined && (listing.test(text) || least !== undefined)) {
      isListing = least === undefined;
      read[read.length - 1] = isListing
        ? { ...last, allowed: last.allowed ?? [] }
        : { ...last, range: { least: Number(least), greatest: Number(greatest) } };
      continue;
    }
    const readings = gluedRows(text, known, row.number);
    const sampled = readings.filter(({ name }) => names.has(name.toLowerCase()));
    const [one, another] = readings.length === 1 ? readings : sampled;
    if (one !== undefined && another === undefined) {
      read.push(one);
      isListing = listed.test(text);
    } else if (one === undefined && last !== undefined && readings.length === 0 && !likeRow.test(text)) {
      read[read.length - 1] = isListing
        ? { ...last, allowed: [...(last.allowed ?? []), text] }
        : { ...last, description: `${last.description}\n${text}`.trim() };
    } else
      return unreadable(
        at,
        `a row of a table stands glued together, and can be parted in ${readings.length === 0 ? 'no way' : `${readings.length} ways`}`,
        row.text,
      );
  }
  return read;
}

/** A name, a place, a type that is none of those known, and Yes or No behind it, all in one word: no description begins so. */
const likeRow = /^[A-Za-z_]\w*?(?:path|query|body|form|header|model)[A-Z][\w<>,.?[\]]*(?:Yes|No)(?![a-z])/;

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
