import { argument, readAttribute } from './attributes.ts';
import { before, Cursor, isBalanced, split } from './cursor.ts';
import { answerOf, isReference, netText, readNetType, unwrapped, withoutReferenceMarks } from './dotnet.ts';
import type { Language, WrittenFile } from './dto-source.ts';
import { SourceLines } from './lines.ts';
import { onceFor } from '../values/once.ts';
import { isIdentifier } from '../values/identifiers.ts';

/** C# as `/types/csharp` and the pages write it. */
export const csharp: Language = {
  kind: 'csharp',
  says: 'C#',
  read: readCSharp,
  spelling: 'property',
  member: (member, file, where) => {
    const { type, marked } = unwrapped(readNetType(member.type, where));
    const isEnum = enumsOf(file);
    const exact = netText(withoutReferenceMarks(type, isEnum));
    const isRef = isReference(exact, isEnum);
    if (marked) return { type: { kind: 'exact', type: exact }, nullable: true, required: 'no' };
    if (isRef === false) return { type: { kind: 'exact', type: exact }, nullable: false, required: 'no' };
    const told = isRef === true && isAnnotated(file);
    return {
      type: { kind: 'exact', type: exact },
      nullable: told ? false : null,
      required: told ? 'documented' : null,
    };
  },
  answer: (type, _, where) => answerOf(readNetType(type, where)),
  base: (type, _, where) => netText(readNetType(type, where)),
};

function enumsOf(file: WrittenFile): (name: string) => boolean | null {
  return (name) => {
    const type = file.types.get(before(name, '<'));
    return type === undefined ? (name === 'ResponseStatus' ? false : null) : type.names !== null;
  };
}

/** Whether the code marks references that may be null: its options say so, or one of them bears the mark. */
const isAnnotated = onceFor((file: WrittenFile): boolean => {
  const isEnum = enumsOf(file);
  return (
    file.header?.options.get('AddNullableAnnotations') === 'True' ||
    [...file.types.values()].some(({ members }) =>
      members.some(
        ({ type }) => type.endsWith('?') && isReference(netText(readNetType(type.slice(0, -1), '')), isEnum) === true,
      ),
    )
  );
});

const modifiers: ReadonlySet<string> = new Set([
  'public',
  'internal',
  'abstract',
  'sealed',
  'partial',
  'static',
  'virtual',
  'override',
  'new',
  'required',
  'readonly',
]);
const kinds: ReadonlySet<string> = new Set(['class', 'struct', 'interface', 'enum', 'record']);

/**
 * Reads DTOs in C#, written by a machine: one thing on a line.
 *
 * @param text of the file, or of the code on a page
 * @param place the document and a line of it
 * @throws UnreadableSource at a line that no such machine writes
 */
function readCSharp(text: string, place: (line: number) => string): WrittenFile {
  const lines = new SourceLines(text, ['/*', '*/'], place);
  let namespace: string | null = null;
  let depth = 0;
  for (let written = lines.next(); written !== null; written = lines.next()) {
    const line = written.trim();
    if (
      line === '' ||
      line.startsWith('using ') ||
      line.startsWith('#') ||
      (line.startsWith('//') && !line.startsWith('///'))
    )
      continue;
    if (line.startsWith('///')) readComment(line, lines);
    else if (line.startsWith('[')) readAttributes(line, lines);
    else if (line.startsWith('namespace ')) {
      namespace = before(before(line.slice('namespace '.length), '{'), ';').trim();
      if (line.endsWith('{')) depth += 1;
    } else if (line === '{') depth += 1;
    else if (line === '}' || line === '};') {
      if (lines.open === null && depth === 1) namespace = null;
      lines.end();
      depth -= 1;
    } else if (lines.open === null) {
      if (readType(line, lines, namespace)) depth += 1;
    } else if (lines.open.names !== null) readEnumName(line, lines);
    else readMember(line, lines);
  }
  if (depth > 0 && lines.open === null)
    lines.refuse('the file ends within a namespace, it is cut off', namespace ?? '');
  return lines.file();
}

/** `///<summary>` on a line of its own, and what follows until its end; a description of several lines goes on without marks. */
function readComment(line: string, lines: SourceLines): void {
  if (line.slice(3).trim() !== '<summary>') return;
  const said: string[] = [];
  for (let written = lines.next(); written !== null; written = lines.next()) {
    const text = written.trim().startsWith('///') ? written.trim().slice(3).trim() : written.trim();
    if (text === '<summary>') break;
    if (text === '</summary>') {
      lines.comment(said.join(' ').trim());
      return;
    }
    said.push(text);
  }
  lines.refuse('begins a comment that does not end', line);
}

function readAttributes(first: string, lines: SourceLines): void {
  let line = first;
  while (!(line.endsWith(']') && isBalanced(line)))
    line += `\n${lines.next() ?? lines.refuse('begins an attribute that does not end', first)}`;
  lines.attribute(readAttribute(line.slice(1, -1), lines.where));
}

/** @returns whether its brace stands on the same line */
function readType(line: string, lines: SourceLines, namespace: string | null): boolean {
  const at = new Cursor(line);
  const said = at.skipWords(modifiers);
  const kind = at.word();
  const name = at.word();
  if (said.length === 0 || !kinds.has(kind) || name === '') return lines.refuse('is no line of a DTO in C#', line);
  const parameters = split(at.bracketed('<', '>') ?? '');
  let inherited = at.rest();
  if (!inherited.startsWith(':') && lines.peek().startsWith(':')) {
    inherited = lines.peek();
    lines.skip();
  }
  const all =
    kind === 'enum' ? [] : split(before(before(inherited.slice(inherited.startsWith(':') ? 1 : 0), '{'), ' where '));
  const base = all.find((each) => !/^I[A-Z]/.test(each)) ?? null;
  lines.begin({ name, parameters, base, interfaces: all.filter((each) => each !== base), namespace }, kind === 'enum');
  return inherited.endsWith('{');
}

function readEnumName(line: string, lines: SourceLines): void {
  const at = new Cursor(line.endsWith(',') ? line.slice(0, -1) : line);
  const name = at.word();
  const value = at.take('=') ? at.rest() : null;
  if (name === '' || (value === null && at.rest() !== '')) lines.refuse('is no name of an enum', line);
  const { attributes } = lines.taken();
  const member = attributes.find((each) => each.name === 'EnumMember');
  lines.enumName(name, value, (member === undefined ? undefined : argument(member, 'Value')) ?? null);
}

/** `public virtual string? Name { get; set; }`; what else a class holds says nothing of the wire. */
function readMember(line: string, lines: SourceLines): void {
  const accessors = line.indexOf('{ get;');
  if (accessors === -1) {
    passOver(line, lines);
    return;
  }
  const at = new Cursor(line.slice(0, accessors));
  at.skipWords(modifiers);
  const said = at.rest();
  const space = said.lastIndexOf(' ');
  const name = said.slice(space + 1).replace('@', '');
  const type = said.slice(0, Math.max(space, 0)).trim();
  if (!isIdentifier(name) || type === '') lines.refuse('is no line of a DTO in C#', line);
  lines.member({ name, type, marked: type.endsWith('?') });
}

/** A constructor, a field or a method, with its body. */
function passOver(first: string, lines: SourceLines): void {
  if (!/^(?:public|private|protected|internal)\s/.test(first)) lines.refuse('is no line of a DTO in C#', first);
  lines.taken();
  let line = first;
  let depth = count(line, '{') - count(line, '}');
  if (depth === 0 && lines.peek() === '{') {
    lines.skip();
    depth = 1;
  }
  while (depth > 0) {
    line = lines.next() ?? lines.refuse('begins a body that does not end', first);
    depth += count(line, '{') - count(line, '}');
  }
}

function count(text: string, c: string): number {
  return text.split(c).length - 1;
}
