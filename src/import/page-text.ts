import type { ContractSource } from '../model/contract.ts';
import { csharp, readCSharp } from './csharp.ts';
import type { Language, WrittenFile } from './dto-source.ts';
import { isBuiltIn, namesIn, plainName, readNetType } from './dotnet.ts';
import { unreadable, type OperationFacts, type ReadDocument, type RouteFacts } from './facts.ts';
import { frameworkTypeOf } from './framework.ts';
import {
  jsonBody,
  messageIn,
  pageFacts,
  pageRoute,
  type PageCode,
  type PageParts,
  type PageSample,
  type PageTable,
  type ParameterRow,
} from './page-parts.ts';
import { python, readPython } from './python.ts';
import { readTypeScript, typescript } from './typescript.ts';

const back = /back to all web services/;
const heading = /^HTTP \+ (\w+)\s*$/;
const status = /HTTP\/1\.1 \d{3}(?: [A-Za-z ]*)?$/m;

const readers: Readonly<
  Record<
    string,
    { readonly language: Language; readonly read: (text: string, place: (line: number) => string) => WrittenFile }
  >
> = {
  'C#': { language: csharp, read: readCSharp },
  TypeScript: { language: typescript, read: readTypeScript },
  Python: { language: python, read: readPython },
};

/** Whether a text is that of an operation page. */
export function isPageText(text: string): boolean {
  return back.test(text.slice(0, 4000)) || /^HTTP \+ \w+\s*$/m.test(text);
}

interface Line {
  readonly text: string;
  readonly number: number;
}

/**
 * Reads the text of an operation page: as innerText gives it, with cells glued together, or as copied from a browser, with
 * tabs between them. A glued row counts only where it can be read in one way.
 *
 * @param where its file or address
 * @throws UnreadableSource when it is no such text, cut off, or has two readings
 */
export function readPageText(text: string, where: string): ReadDocument {
  const source: ContractSource = { kind: 'text', where };
  const parts = partsOf(text, source);
  return { source, operations: [parts.operation], framework: new Set(), facts: () => pageFacts(parts) };
}

function partsOf(text: string, source: ContractSource): PageParts {
  const { where } = source;
  const lines = text.split('\n').map((each, i): Line => ({ text: each, number: i + 1 }));
  const at = (line: Line | undefined): string => `${where}:${line?.number ?? lines.length}`;
  const begin = lines.findIndex((line) => back.test(line.text));
  const rest = lines.slice(begin + 1).filter(({ text: each }) => !/^#*\s*$/.test(each) || true);
  const first = rest.findIndex((line) => line.text.trim() !== '');
  const named = rest[first];
  const operation = named?.text.trim() ?? '';
  if (begin === -1 || !/^[\w.]+$/.test(operation))
    return unreadable(
      at(named),
      'is no name of an operation, which stands below "back to all web services"',
      named?.text,
    );
  const sampled = rest.findIndex((line) => heading.test(line.text.trim()));
  if (sampled === -1) return unreadable(at(lines.at(-1)), 'the text ends before its sample: it is cut off');
  const sample = sampleIn(rest.slice(sampled), rest.slice(0, sampled), where);
  const body = rest.slice(first + 1, sampled);
  const isMark = (line: Line): boolean =>
    /^(?:Requires Authentication|The following routes are available)/.test(line.text.trim()) ||
    isCodeStart(line.text) ||
    isCaption(line.text) ||
    isNavigation(line.text) ||
    /^To override the Content-type/.test(line.text.trim());
  const mark = body.findIndex(isMark);
  const { description } = headIn(mark === -1 ? body : body.slice(0, mark));
  const required = body.find((line) => line.text.trim() === 'Requires Authentication');
  const routesAt = body.findIndex((line) => /^The following routes are available/.test(line.text.trim()));
  const [, path = ''] = /^[A-Z]+\s+(\S+)\s+HTTP\//.exec(sample.request.text.trim()) ?? [];
  const { routes, open, next } = routesIn(body, routesAt, path, where);
  const remaining = body.slice(Math.max(next, required === undefined ? 0 : body.indexOf(required) + 1));
  const code = codeIn(remaining, operation, where);
  const tables = code === null ? tablesIn(remaining, operation, sample, where) : [];
  if (code === null && tables.length === 0 && hasMembers(sample.request.text))
    return unreadable(at(body[0]), 'the text shows neither tables nor code of its DTOs');
  const isYoung =
    code !== null || tables.some(({ kind }) => kind === 'enum') || body.some((line) => isNavigation(line.text));
  const prefix = assumedPrefix(routes);
  return {
    source,
    operation,
    description: description === null ? null : { value: description.text.trim(), at: at(description) },
    authentication:
      required !== undefined
        ? { value: 'required', at: at(required) }
        : isYoung
          ? { value: 'none', at: at(named) }
          : null,
    demands: demandsIn(body),
    routes,
    routesLine: body[routesAt]?.number ?? named?.number ?? 1,
    prefix: prefix === null ? null : { value: prefix, at: at(body[routesAt]) },
    tables,
    code,
    sample,
    open: [
      ...open,
      prefix === null
        ? { path: 'prefix', why: 'the text of a page does not tell it from the routes' }
        : {
            path: 'prefix',
            why: `the text of a page does not tell it from the routes; ${prefix}, the usual one, begins them all`,
          },
    ],
    host: null,
  };
}

/** The usual handler path, where every route begins with it: a text has lost the link that would tell. */
function assumedPrefix(routes: readonly RouteFacts[]): string | null {
  const [, segment] = /^(\/api)\//i.exec(routes[0]?.path ?? '') ?? [];
  return segment !== undefined && routes.every(({ path }) => path.startsWith(`${segment}/`)) ? segment : null;
}

/** Tags stand glued on a line of their own, without a blank one behind them; a description has one. */
function headIn(lines: readonly Line[]): { readonly description: Line | null } {
  const said = lines.filter((line) => line.text.trim() !== '');
  const [first, second] = said;
  if (first === undefined) return { description: null };
  const isTag = lines[lines.indexOf(first) + 1]?.text.trim() !== '';
  if (second !== undefined) return { description: isTag ? second : first };
  // Where nothing follows but the end of the head, a blank line tells a description.
  return { description: isTag ? null : first };
}

function demandsIn(body: readonly Line[]): PageParts['demands'] {
  return body.flatMap((line) => {
    const text = line.text.trim();
    const colon = text.indexOf(':');
    const label = text.slice(0, colon + 1);
    const value = text.slice(colon + 1).trim();
    if (
      !/^(?:Required (?:role|permission)s?|Requires (?:the (?:role|permission)|any of the (?:roles|permissions))):$/.test(
        label,
      )
    )
      return [];
    return [{ label, value, line: line.number }];
  });
}

/* ---- routes ---- */

function routesIn(
  body: readonly Line[],
  at: number,
  samplePath: string,
  where: string,
): { readonly routes: readonly RouteFacts[]; readonly open: OperationFacts['open']; readonly next: number } {
  if (at === -1) return { routes: [], open: [], next: 0 };
  const routes: RouteFacts[] = [];
  const open: { path: string; why: string }[] = [];
  let next = at + 1;
  for (; next < body.length; next += 1) {
    const line = body[next];
    if (line === undefined) break;
    const text = line.text.trim();
    if (text === '') {
      if (routes.length > 0) break;
      continue;
    }
    const slash = text.indexOf('/');
    const verbs = text.slice(0, Math.max(slash, 0)).trim();
    const rest = text.slice(slash);
    if (!/^(?:All Verbs|[A-Za-z ,]+)$/.test(verbs)) break;
    const place = `${where}:${line.number}`;
    if (line.text.includes('\t')) {
      const [path = '', summary = '', notes = ''] = rest.split('\t').map((cell) => cell.trim());
      routes.push(pageRoute(verbs, path, summary, notes, place));
      continue;
    }
    const { path, more } = gluedPath(rest, samplePath, place);
    routes.push(pageRoute(verbs, path, '', '', place));
    if (more !== '')
      open.push({ path: `routes ${path}`, why: `its summary and notes stand glued together: ${JSON.stringify(more)}` });
  }
  return { routes, open, next };
}

/** A path with a summary glued to it, split only where one reading is left. */
function gluedPath(text: string, samplePath: string, where: string): { readonly path: string; readonly more: string } {
  if (text === samplePath) return { path: text, more: '' };
  const closed = text.lastIndexOf('}');
  const behind = closed === -1 ? '' : text.slice(closed + 1);
  if (samplePath !== '' && text.startsWith(samplePath) && !/^[/.]/.test(text.slice(samplePath.length)))
    return { path: samplePath, more: text.slice(samplePath.length).trim() };
  if (closed !== -1 && behind !== '' && !/^[/.]/.test(behind))
    return { path: text.slice(0, closed + 1), more: behind.trim() };
  const tail = text.slice(text.lastIndexOf('/') + 1);
  if (/\s/.test(text) || /[a-z\d][A-Z]/.test(tail))
    return unreadable(where, 'a path and a summary stand glued together, and can be parted in two ways', text);
  return { path: text, more: '' };
}

/* ---- code ---- */

function isCodeStart(text: string): boolean {
  return /^(?:import |from \w+ import|using |namespace |\/\/ ?@ts-|export |@dataclass|class |public |""" Options|\/\* Options)/.test(
    text.trim(),
  );
}

function isNavigation(text: string): boolean {
  const words = text.replace(/\t/g, ' ').trim();
  return (
    /^(?:Metadata ?)(?:C# ?)(?:JavaScript|TypeScript|[A-Z])/.test(words) ||
    /^(?:Metadata|C#|JavaScript|TypeScript|Dart|Java|Kotlin|Python|PHP|Swift|VB\.NET|F#|Go|Rust|Ruby|Zig)$/.test(words)
  );
}

function codeIn(lines: readonly Line[], operation: string, where: string): PageCode | null {
  const end = lines.findIndex(
    (line) =>
      /^(?:C#|[A-Z][\w.#]*) \S+ DTOs$/.test(line.text.trim()) && line.text.trim().endsWith(` ${operation} DTOs`),
  );
  const last = lines[end];
  if (end === -1 || last === undefined) {
    const begun = lines.find((line) => isCodeStart(line.text));
    return begun === undefined
      ? null
      : unreadable(
          `${where}:${begun.number}`,
          `begins code that does not end with "… ${operation} DTOs": the text is cut off`,
          begun.text,
        );
  }
  const language = last.text.trim().slice(0, -` ${operation} DTOs`.length);
  const start = lines.findIndex((line, i) => i < end && line.text.trim() !== '' && !isNavigation(line.text));
  const first = lines[start];
  const reader = readers[language];
  if (reader === undefined)
    return unreadable(
      `${where}:${last.number}`,
      'shows its DTOs in a language that is not read here: open the page as Metadata, C#, TypeScript or Python',
      language,
    );
  if (first === undefined) return unreadable(`${where}:${last.number}`, 'shows no code', last.text);
  const code = lines.slice(start, end);
  const before = first.number - 1;
  const exception = code.find((line) => /Exception\b/.test(line.text));
  if (exception !== undefined && !code.some((line) => /\b(?:class|enum)\s/.test(line.text)))
    return unreadable(`${where}:${exception.number}`, 'shows an exception in place of code', exception.text);
  return {
    language: reader.language,
    file: reader.read(code.map((line) => line.text).join('\n'), (line) => `${where}:${line + before}`),
    before,
  };
}

/* ---- tables ---- */

function isCaption(text: string): boolean {
  return /^(?:[\w.<>, ]+ )?(?:Parameters|Enum):$/.test(text.trim());
}

const columns = /^Name\t?Parameter\t?Data Type\t?Required\t?Description$/;

function tablesIn(lines: readonly Line[], operation: string, sample: PageSample, where: string): readonly PageTable[] {
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
    const isKnown = (name: string): boolean =>
      isBuiltIn(name) || known.has(name) || (type ?? '').includes(name) || frameworkTypeOf(name, 0) !== undefined;
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
        allowed: /^[\w-]+$/.test(row.text.trim()) ? [...last.allowed, row.text.trim()] : last.allowed,
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
  const described = text
    .replace(all ?? /$^/, '')
    .replace(/Allowable Values.*$/s, '')
    .trim();
  return {
    description: described,
    allowed: [],
    range: least === undefined || greatest === undefined ? null : { least: Number(least), greatest: Number(greatest) },
  };
}

/* ---- the sample ---- */

function sampleIn(lines: readonly Line[], before: readonly Line[], where: string): PageSample {
  const begun = lines.findIndex((line) => /^[A-Z]+ \S+ HTTP\/1\.1\s*$/.test(line.text.trim()));
  const first = lines[begun];
  if (begun === -1 || first === undefined)
    return unreadable(
      `${where}:${lines.at(-1)?.number ?? 1}`,
      'the text ends before its sample: it is cut off',
      lines.at(-1)?.text,
    );
  const answered = lines.findIndex(
    (line, i) => i > begun && status.test(line.text.trim()) && line.text.trim().startsWith('HTTP/1.1'),
  );
  const request = lines.slice(begun, answered === -1 ? undefined : answered);
  const answer = answered === -1 ? [] : lines.slice(answered);
  const asText = (all: readonly Line[]): string =>
    withoutRule(
      all
        .map((line) => line.text)
        .join('\n')
        .trimEnd(),
    );
  const info = before.find((line) => /suffix or/.test(line.text));
  const [, suffix] = info === undefined ? [] : (/\.(\w+)\s+suffix/.exec(info.text) ?? []);
  const [head] = answer;
  const sample = {
    request: { text: asText(request), line: first.number },
    response: head === undefined ? null : { text: asText(answer), line: head.number },
    suffix: suffix ?? null,
  };
  if (sample.response !== null && messageIn(sample.response.text).body === '')
    return unreadable(
      `${where}:${lines.at(-1)?.number ?? 1}`,
      'the sample answer has no body: the text is cut off',
      lines.at(-1)?.text,
    );
  return sample;
}

/** All names of members in the samples, in lower case: they tell which reading of a glued row is the right one. */
function sampleNames({ request, response }: PageSample): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of [request.text, response?.text ?? '']) {
    const waiting: unknown[] = [jsonBody(text.slice(Math.max(0, text.search(/\n\s*\n/))).trim())];
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

/** A line of dashes ends a saved text and belongs to no body. */
function withoutRule(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '-') end -= 1;
  return text.length - end >= 5 ? text.slice(0, end).trimEnd() : text;
}

/** Whether a sample request carries any member. */
export function hasMembers(request: string): boolean {
  const { body } = messageIn(request);
  return /^\{\s*[^\s}]/.test(body) || /^<[^>]*>\s*<[^/]/.test(body);
}
