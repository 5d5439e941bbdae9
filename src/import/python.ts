import type { ResponseOf } from '../model/contract.ts';
import { readAttribute } from './attributes.ts';
import { before, Cursor, enclosed, isBalanced, split } from './cursor.ts';
import { isBeforeNullableReferences, type Language, type WrittenFile } from './dto-source.ts';
import { unreadable, type TypeSaid } from './facts.ts';
import { SourceLines } from './lines.ts';
import { isRaw } from './dotnet.ts';
import { isDtoName, isIdentifier } from '../values/identifiers.ts';

/** Python as `/types/python` and the pages write it: snake_case, text for Guids, and `Optional` for all that is no number. */
export const python: Language = {
  kind: 'python',
  says: 'Python',
  read: readPython,
  spelling: 'its own',
  member: (member, file, where) => {
    // What a request is read as a whole into is bytes as well, and no member that anybody sends (IRequiresRequestStream).
    const isWhole = /^request_?stream$/i.test(member.name) && jsonOf(member.type, where, 0) === 'bytes';
    const type: TypeSaid = isWhole ? { kind: 'json', json: 'any' } : typeOf(member.type, where);
    const isValue =
      /^(?:int|float|bool|Decimal|datetime\.\w+|KeyValuePair\b.*)$/.test(member.type) || isEnum(member.type, file);
    const isNeeded = member.attributes.some(
      ({ name, args }) =>
        name === 'Required' ||
        args.get('IsRequired')?.toLowerCase() === 'true' ||
        /^Not(?:Empty|Null)/.test(args.get('Validator') ?? ''),
    );
    const isSurelyValue = /^(?:int|float|bool|Decimal|datetime\.\w+)$/.test(member.type);
    // A reference that may not be null bears no attribute, so that silence is no answer; `Optional[str]` may be either.
    const isReference =
      member.type === 'ResponseStatus' || /^(?:List|Dict)\[/.test(member.type) || isClass(member.type, file);
    const nullable = isSurelyValue ? member.marked : isReference && member.type === 'ResponseStatus' ? true : null;
    return {
      type,
      nullable,
      required: isNeeded ? null : isValue || isBeforeNullableReferences(file.header) ? 'no' : null,
    };
  },
  answer: (type, _, where): ResponseOf => {
    if (type === 'bytes') return { kind: 'raw' };
    if (type === 'str') return { kind: 'unknown' };
    const item = enclosed(type, 'List<', '>');
    if (item !== null) {
      const of = typeOf(item.replaceAll('<', '[').replaceAll('>', ']'), where);
      return { kind: 'list', type: of.kind === 'exact' ? of.type : 'unknown' };
    }
    const said = typeOf(type.replaceAll('<', '[').replaceAll('>', ']'), where);
    if (said.kind === 'json') return said.json === 'any' ? { kind: 'unknown' } : { kind: 'scalar', type: 'unknown' };
    if (said.type === 'Object') return { kind: 'unknown' };
    if (isRaw(said.type)) return { kind: 'raw', type: said.type };
    return /^(?:Boolean|Decimal)$/.test(said.type)
      ? { kind: 'scalar', type: said.type }
      : { kind: 'dto', type: said.type };
  },
  base: (type, _, where) => {
    const said = typeOf(type, where);
    return said.kind === 'exact' ? said.type : null;
  },
};

function isEnum(type: string, file: WrittenFile): boolean {
  const described = file.types.get(type);
  return described !== undefined && described.names !== null;
}

function isClass(type: string, file: WrittenFile): boolean {
  const described = file.types.get(before(type, '['));
  return described !== undefined && described.names === null;
}

/** A type of Python as far as it tells one of .NET; else how JSON writes it. */
function typeOf(type: string, where: string): TypeSaid {
  const json = jsonOf(type, where, 0);
  switch (json) {
    case 'boolean':
      return { kind: 'exact', type: 'Boolean' };
    case 'object':
      return { kind: 'exact', type: 'Object' };
    case 'decimal':
      return { kind: 'exact', type: 'Decimal' };
    case 'bytes':
      return { kind: 'exact', type: 'Byte[]' };
  }
  return isDtoName(json)
    ? { kind: 'exact', type: json }
    : {
        kind: 'json',
        json: json.replace(
          /\b(?:decimal|bytes|object)\b/g,
          (word) => ({ decimal: 'number', bytes: 'text', object: 'any' })[word] ?? word,
        ),
      };
}

function jsonOf(type: string, where: string, depth: number): string {
  if (depth > 60) return unreadable(where, 'is a type nested deeper than 60', type);
  switch (type) {
    case 'int':
    case 'float':
      return 'number';
    case 'bool':
      return 'boolean';
    case 'str':
    case 'datetime.datetime':
    case 'datetime.date':
    case 'datetime.timedelta':
    case 'datetime.time':
    case 'datetime':
    case 'timedelta':
      return 'text';
    case 'Decimal':
      return 'decimal';
    case 'bytes':
      return 'bytes';
    case 'Object':
    case 'object':
      return 'object';
  }
  const at = new Cursor(type.replace(/["']/g, ''));
  const name = at.word();
  const args = at.bracketed('[', ']');
  if (!/^[\p{L}_]/u.test(name) || at.rest() !== '')
    return unreadable(where, 'is no type that a DTO in Python has', type);
  if (args === null) return name;
  const inner = split(args).map((each) => jsonOf(each, where, depth + 1));
  const last = inner.at(-1) ?? 'any';
  if (name === 'Optional') return last;
  if (name === 'List' || name === 'list' || name === 'Set') return `${last}[]`;
  if (name === 'Dict' || name === 'dict') return `{${last}}`;
  return inner.every(isDtoName) ? `${name}<${inner.join(',')}>` : 'any';
}

/**
 * Reads DTOs in Python, written by a machine: one thing on a line.
 *
 * @param text of the file, or of the code on a page
 * @param place the document and a line of it
 * @throws UnreadableSource at a line that no such machine writes
 */
function readPython(text: string, place: (line: number) => string): WrittenFile {
  const lines = new SourceLines(text, ['"""', '"""'], place);
  let isDecorated = false;
  for (let written = lines.next(); written !== null; written = lines.next()) {
    const line = written.trim();
    if (line.startsWith('@dataclass')) {
      isDecorated = true;
      continue;
    }
    if (line === '' || line === 'pass' || /^(?:import|from)\s|^@staticmethod|^def\s|^return\b|= TypeVar\(/.test(line))
      continue;
    if (/^# ?@\w/.test(line)) readComments(line, lines);
    else if (line.startsWith('#')) continue;
    else if (line.startsWith('"""')) readText(line, lines);
    else if (written.startsWith('class ')) {
      lines.end();
      readType(line, lines);
      isDecorated = false;
    } else if (lines.open === null || isDecorated || !/^\s/.test(written))
      lines.refuse('is no line of a DTO in Python', line);
    else if (lines.open.names !== null) readEnumName(line, lines);
    else readMember(line, lines);
  }
  lines.end();
  return lines.file();
}

/** An attribute of the service's code in a comment; a text of several lines goes on with its newlines. */
function readComments(first: string, lines: SourceLines): void {
  let text = first.slice(first.indexOf('@') + 1);
  while (!isBalanced(text)) {
    const more = (lines.next() ?? lines.refuse('begins an attribute that does not end', first)).trim();
    text += `\n${more.startsWith('#') ? more.slice(1).trim() : more}`;
  }
  lines.attribute(readAttribute(text.trim(), lines.where));
}

/** A description stands below what it describes. */
function readText(first: string, lines: SourceLines): void {
  const said = [first.slice(3)];
  while (!(said.at(-1) ?? '').includes('"""'))
    said.push(lines.next() ?? lines.refuse('begins a text that does not end, the source is cut off', first));
  const comment = said
    .map((each) => before(each, '"""').trim())
    .filter((each) => each !== '')
    .join(' ');
  const { open } = lines;
  const member = open?.members.at(-1);
  if (open === null) return;
  if (member === undefined) open.type = { ...open.type, comment };
  else open.members[open.members.length - 1] = { ...member, comment };
}

function readType(line: string, lines: SourceLines): void {
  const at = new Cursor(line);
  at.word();
  const name = at.word();
  const all = split(at.bracketed('(', ')') ?? '').map(angled);
  if (name === '' || !at.rest().startsWith(':')) lines.refuse('is no line of a DTO in Python', line);
  const isEnum = all.some((each) => each === 'Enum' || each === 'IntEnum');
  const parameters = all.flatMap((each) => split(enclosed(each, 'Generic<', '>') ?? ''));
  const base = isEnum ? undefined : all.find((each) => !/^(?:I[A-Z]|Generic<|ABC$|str$)/.test(each));
  lines.begin(
    {
      name,
      parameters,
      base: base === undefined ? null : base.replaceAll('<', '[').replaceAll('>', ']'),
      interfaces: isEnum ? [] : all.filter((each) => each !== base),
      namespace: null,
    },
    isEnum,
  );
}

/** The name is upper-cased; the value keeps it where the enum has no other. */
function readEnumName(line: string, lines: SourceLines): void {
  const at = new Cursor(line);
  const entry = at.word();
  if (entry === '' || !at.take('=')) lines.refuse('is no name of an enum', line);
  const value = at.rest();
  const quoted = enclosed(value, "'", "'");
  const isSame = quoted?.replace(/[^\p{L}\p{M}\p{N}]/gu, '').toUpperCase() === entry.replaceAll('_', '');
  const name = quoted !== null && isSame && isIdentifier(quoted) ? quoted : pascalOf(entry.toLowerCase());
  lines.enumName(name, quoted === null ? value : null, quoted);
}

function readMember(line: string, lines: SourceLines): void {
  const at = new Cursor(line);
  const name = at.memberName();
  const type = at.take(':') ? before(at.rest(), '=').trim() : '';
  if (name === '' || type === '') lines.refuse('is no line of a DTO in Python', line);
  const field = /field_name='([^']*)'/.exec(line)?.[1];
  const optional = enclosed(type, 'Optional[', ']');
  lines.member({ name: pascalOf(field ?? name), type: optional ?? type, marked: optional !== null });
}

/** Brackets of Python as those of .NET. */
function angled(text: string): string {
  return text.replaceAll('[', '<').replaceAll(']', '>').replace(/["']/g, '').replace(/,\s+/g, ',');
}

/** `connection_id` as .NET spells it, as far as that can be known. */
function pascalOf(name: string): string {
  return name
    .split('_')
    .filter((part) => part !== '')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
