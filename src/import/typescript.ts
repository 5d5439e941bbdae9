import type { ResponseOf } from '../model/contract.ts';
import { readAttribute } from './attributes.ts';
import { before, Cursor, enclosed, isBalanced, split } from './cursor.ts';
import { isBeforeNullableReferences, type Language, type MemberSaid, type WrittenFile } from './dto-source.ts';
import { isRaw } from './dotnet.ts';
import { SourceLines } from './lines.ts';
import { isSince, unreadable, versionOf, type TypeSaid } from './facts.ts';
import { onceFor } from '../values/once.ts';
import { isDtoName } from '../values/identifiers.ts';

/** TypeScript as `/types/typescript` and the pages write it: names as on the wire, and few of the types of .NET. */
export const typescript: Language = {
  kind: 'typescript',
  says: 'TypeScript',
  read: readTypeScript,
  spelling: 'wire',
  member: (member, file, where) => {
    const type = typeOf(member.type, where);
    const isRef = isReference(member.type, file);
    const isNeeded = member.attributes.some(
      ({ name, args }) =>
        name === 'Required' ||
        args.get('IsRequired')?.toLowerCase() === 'true' ||
        /^Not(?:Empty|Null)/.test(args.get('Validator') ?? ''),
    );
    return { type, ...marks(member.marked, isRef, isNeeded, file) };
  },
  answer: (type, _, where): ResponseOf => {
    const said = typeOf(type, where);
    if (/^(?:Blob|Uint8Array)$/.test(type)) return { kind: 'raw', ...(type === 'Uint8Array' && { type: 'Byte[]' }) };
    // Text may be that of a string, which is answered as it is, or of another scalar, which is not.
    if (type === 'string') return { kind: 'unknown' };
    const item = itemOf(type);
    if (item !== null) {
      const of = typeOf(item, where);
      return { kind: 'list', type: of.kind === 'exact' ? of.type : 'unknown' };
    }
    if (type === 'boolean') return { kind: 'scalar', type: 'Boolean' };
    if (said.kind === 'json') return said.json === 'any' ? { kind: 'unknown' } : { kind: 'scalar', type: 'unknown' };
    if (said.type === 'Object') return { kind: 'unknown' };
    return isRaw(said.type) ? { kind: 'raw', type: said.type } : { kind: 'dto', type: said.type };
  },
  base: (type, _, where) => {
    const said = typeOf(type, where);
    return said.kind === 'exact' ? said.type : null;
  },
};

/** What `?` means depends on the version: nullable up to 10.0, not required since; nothing where all are made optional. */
function marks(
  marked: boolean,
  isRef: boolean | null,
  isNeeded: boolean,
  file: WrittenFile,
): Pick<MemberSaid, 'nullable' | 'required'> {
  const meaning = meaningOf(file);
  const unmarked = isRef === false && !isNeeded ? 'no' : null;
  switch (meaning) {
    case 'nothing':
      return { nullable: null, required: unmarked };
    case 'nullable':
      if (marked) return { nullable: true, required: isNeeded ? null : 'no' };
      return {
        nullable: isRef === false ? false : null,
        required: unmarked ?? (isBeforeNullableReferences(file.header) && !isNeeded ? 'no' : null),
      };
    case 'not required':
      if (marked) return { nullable: true, required: 'no' };
      if (isRef === true) return { nullable: false, required: 'documented' };
      return { nullable: isRef === false && !isNeeded ? false : null, required: unmarked };
  }
}

type Meaning = 'nullable' | 'not required' | 'nothing';

const meaningOf = onceFor((file: WrittenFile): Meaning => {
  const { header } = file;
  if (header?.options.get('MakePropertiesOptional') === 'True') return 'nothing';
  const since = header?.version === null || header === null ? null : isSince(versionOf(header.version), '10.1');
  if (since !== null) return since ? 'not required' : 'nullable';
  // Code on a page does not tell its version: a list or a DTO bears the mark only where it means "not required".
  const all = [...file.types.values()].flatMap(({ members }) => members);
  if (all.length > 0 && all.every(({ marked }) => marked)) return 'nothing';
  return all.some(({ type, marked }) => marked && isReference(type, file) === true) ? 'not required' : 'nothing';
});

/** Null where it may be either: text is that of a string, or of a Guid, a date and other values. */
function isReference(type: string, file: WrittenFile): boolean | null {
  if (type === 'number' || type === 'boolean') return false;
  if (type === 'string') return null;
  if (type.endsWith('[]') || type.startsWith('{') || type === 'Object') return true;
  if (type.startsWith('KeyValuePair<')) return false;
  if (type === 'ResponseStatus') return true;
  const described = file.types.get(before(type, '<'));
  return described === undefined ? null : described.names === null;
}

/** A type of TypeScript as far as it tells one of .NET; else how JSON writes it. */
function typeOf(type: string, where: string): TypeSaid {
  const json = jsonOf(type.trim(), where, 0);
  if (json === 'boolean') return { kind: 'exact', type: 'Boolean' };
  if (json === 'object') return { kind: 'exact', type: 'Object' };
  return isDtoName(json) ? { kind: 'exact', type: json } : { kind: 'json', json };
}

function jsonOf(type: string, where: string, depth: number): string {
  if (depth > 60) return unreadable(where, 'is a type nested deeper than 60', type);
  switch (type) {
    case 'number':
    case 'boolean':
    case 'any':
      return type;
    case 'string':
    case 'Uint8Array':
    case 'Date':
      return 'text';
    case 'Object':
    case 'object':
      return 'object';
    case 'Blob':
      return 'any';
  }
  const item = itemOf(type);
  if (item !== null) return `${jsonOf(item.trim(), where, depth + 1)}[]`;
  const of = valueOf(type);
  if (of !== null) return `{${jsonOf(of.trim(), where, depth + 1)}}`;
  const at = new Cursor(type);
  const name = at.word();
  const args = at.bracketed('<', '>');
  if (!/^[\p{L}_]/u.test(name) || at.rest() !== '')
    return unreadable(where, 'is no type that a DTO in TypeScript has', type);
  if (args === null) return name;
  const inner = split(args).map((each) => jsonOf(each, where, depth + 1));
  // A generic type over what is not exactly known is itself not.
  return inner.every(isDtoName) ? `${name}<${inner.join(',')}>` : 'any';
}

/** The type of the items of `T[]` or `Array<T>`. */
function itemOf(type: string): string | null {
  return enclosed(type, '', '[]') ?? enclosed(type, 'Array<', '>');
}

/** The type of the values of `{ [index:string]: T; }`. */
function valueOf(type: string): string | null {
  const at = new Cursor(type.trim());
  const inner = at.bracketed('{', '}');
  if (inner === null || at.rest() !== '') return null;
  const entry = new Cursor(inner);
  if (entry.bracketed('[', ']') === null || !entry.take(':')) return null;
  const value = entry.rest();
  return value.endsWith(';') ? value.slice(0, -1) : value;
}

const beforeType: ReadonlySet<string> = new Set(['export', 'declare', 'abstract']);
const kinds: ReadonlySet<string> = new Set(['class', 'interface', 'enum']);
const beforeMember: ReadonlySet<string> = new Set(['public', 'readonly']);

/**
 * Reads DTOs in TypeScript, written by a machine: one thing on a line.
 *
 * @param text of the file, or of the code on a page
 * @param place the document and a line of it
 * @throws UnreadableSource at a line that no such machine writes
 */
function readTypeScript(text: string, place: (line: number) => string): WrittenFile {
  const lines = new SourceLines(text, ['/*', '*/'], place);
  for (let written = lines.next(); written !== null; written = lines.next()) {
    const line = written.trim();
    if (line === '' || line === '{' || /^(?:\/\/ ?@ts-|import\s|["']use |\/\* eslint)/.test(line)) continue;
    if (line.startsWith('/**')) readComment(line, lines);
    else if (/^\/\/ ?@\w/.test(line)) readComments(line, lines);
    else if (line.startsWith('//')) continue;
    else if (lines.open === null) readType(line, lines);
    else if (line === '}' || line === '};') lines.end();
    else if (lines.open.names !== null) readEnumName(line, lines);
    else readMember(line, lines);
  }
  return lines.file();
}

/** `/** @description … *\/`, on one line or several. */
function readComment(first: string, lines: SourceLines): void {
  let text = first;
  while (!text.endsWith('*/'))
    text += `\n${(lines.next() ?? lines.refuse('begins a comment that does not end', first)).trim()}`;
  const said = text
    .slice(3, -2)
    .split('\n')
    .map((each) => {
      const at = new Cursor(each);
      at.take('*');
      at.take('@description');
      return at.rest();
    });
  lines.comment(said.filter((each) => each !== '').join(' '));
}

/** An attribute of the service's code in a comment; a text of several lines goes on with its newlines. */
function readComments(first: string, lines: SourceLines): void {
  let text = first.slice(first.indexOf('@') + 1);
  while (!isBalanced(text)) {
    const more = (lines.next() ?? lines.refuse('begins an attribute that does not end', first)).trim();
    text += `\n${more.startsWith('//') ? more.slice(2).trim() : more}`;
  }
  lines.attribute(readAttribute(text.trim(), lines.where));
}

function readType(line: string, lines: SourceLines): void {
  const at = new Cursor(line);
  const said = at.skipWords(beforeType);
  const kind = at.word();
  const name = at.word();
  if (!said.includes('export') || !kinds.has(kind) || name === '')
    lines.refuse('is no line of a DTO in TypeScript', line);
  const parameters = split(at.bracketed('<', '>') ?? '').map((each) => before(each, ' '));
  // An answer that is a map has braces of its own.
  const rest = at
    .rest()
    .replace(/\{\s*\}?$/, '')
    .trim();
  const implemented = rest.indexOf('implements ');
  const extended = implemented === -1 ? rest : rest.slice(0, implemented);
  const base = extended.startsWith('extends ') ? extended.slice('extends '.length).trim() : null;
  const interfaces = implemented === -1 ? [] : split(rest.slice(implemented + 'implements '.length));
  lines.begin({ name, parameters, base, interfaces, namespace: null }, kind === 'enum');
}

function readEnumName(line: string, lines: SourceLines): void {
  const at = new Cursor(line.endsWith(',') ? line.slice(0, -1) : line);
  const name = at.word();
  const value = at.take('=') ? at.rest() : null;
  if (name === '' || (value === null && at.rest() !== '')) lines.refuse('is no name of an enum', line);
  const quoted = value === null ? null : (enclosed(value, "'", "'") ?? enclosed(value, '"', '"'));
  lines.enumName(name, quoted === null ? value : null, quoted?.replaceAll("\\'", "'") ?? null);
}

/** `public Name?: string;`; the methods of a class say nothing of the wire. */
function readMember(line: string, lines: SourceLines): void {
  const at = new Cursor(line);
  at.skipWords(beforeMember);
  const name = at.memberName();
  if (at.rest().startsWith('(')) return void lines.taken();
  const marked = at.take('?');
  if (name === '' || !at.take(':')) lines.refuse('is no line of a DTO in TypeScript', line);
  const rest = at.rest();
  const end = rest.lastIndexOf(';');
  if (end === -1) lines.refuse('is no line of a DTO in TypeScript', line);
  lines.member({ name, type: rest.slice(0, end).trim(), marked });
}
