import { before } from './cursor.ts';
import type { ResponseOf } from '../model/contract.ts';
import { unreadable } from './facts.ts';

/** A .NET type, taken apart. */
export interface NetType {
  readonly name: string;
  readonly args: readonly NetType[];
}

/** Types nested deeper than this are nobody's; they would only exhaust the reader. */
const deepest = 60;

const keywords: ReadonlyMap<string, string> = new Map([
  ['bool', 'Boolean'],
  ['byte', 'Byte'],
  ['sbyte', 'SByte'],
  ['short', 'Int16'],
  ['ushort', 'UInt16'],
  ['int', 'Int32'],
  ['uint', 'UInt32'],
  ['long', 'Int64'],
  ['ulong', 'UInt64'],
  ['float', 'Single'],
  ['double', 'Double'],
  ['decimal', 'Decimal'],
  ['char', 'Char'],
  ['string', 'String'],
  ['object', 'Object'],
]);

/** Types of .NET that hold a value and can be null only as `Nullable<T>`. */
const valueTypes: ReadonlySet<string> = new Set([
  'Boolean',
  'Byte',
  'SByte',
  'Int16',
  'UInt16',
  'Int32',
  'UInt32',
  'Int64',
  'UInt64',
  'Single',
  'Double',
  'Decimal',
  'Char',
  'Guid',
  'DateTime',
  'DateTimeOffset',
  'DateOnly',
  'TimeOnly',
  'TimeSpan',
  'KeyValuePair',
]);

const referenceTypes: ReadonlySet<string> = new Set(['String', 'Uri', 'Object', 'Stream', 'Byte[]']);

/** What holds many values of one type, under whatever name. */
export const listTypes: ReadonlySet<string> = new Set([
  'List',
  'IList',
  'IEnumerable',
  'ICollection',
  'IReadOnlyList',
  'IReadOnlyCollection',
  'Collection',
  'HashSet',
  'ISet',
  'SortedSet',
  'Queue',
  'Stack',
  'EnumerableQuery',
]);

export const mapTypes: ReadonlySet<string> = new Set([
  'Dictionary',
  'IDictionary',
  'IReadOnlyDictionary',
  'SortedDictionary',
  'ConcurrentDictionary',
]);

/** What a success answers as it is, not as a value of a format. */
const rawTypes: ReadonlySet<string> = new Set([
  'String',
  'Byte[]',
  'Stream',
  'HttpWebResponse',
  'IHttpResult',
  'HttpResult',
  'IStreamWriter',
  'IStreamWriterAsync',
]);

/** Whether a success of a type is answered as it is. */
export function isRaw(type: string): boolean {
  return rawTypes.has(type);
}

/** Whether a type can be null without being `Nullable<T>`: null for one of which that is not known. */
export function isReference(type: string, isEnum: (name: string) => boolean | null): boolean | null {
  if (type.endsWith('[]') || referenceTypes.has(type)) return true;
  const name = plainName(type);
  if (valueTypes.has(name)) return false;
  if (listTypes.has(name) || mapTypes.has(name)) return true;
  const known = isEnum(type);
  return known === null ? null : !known;
}

/** Whether a name is a type of .NET that a contract can hold without describing it. */
export function isBuiltIn(name: string): boolean {
  return (
    valueTypes.has(name) ||
    referenceTypes.has(name) ||
    listTypes.has(name) ||
    mapTypes.has(name) ||
    name === 'Nullable' ||
    name === 'Tuple'
  );
}

/**
 * Reads a type as C# and the metadata spell it: `int?`, `List<string>`, `Dictionary<string, List<Part>>`, `Int32[]`.
 *
 * @param where for the message
 * @throws UnreadableSource when it is no type
 */
export function readNetType(text: string, where: string): NetType {
  const tokens = text.match(/[\p{L}_@][\p{L}\p{M}\p{N}_.]*(?:`\d+)?|[<>,?]|\[\]|\S/gu) ?? [];
  let next = 0;
  const fail = (): never => unreadable(where, 'is no type of .NET', text);
  const one = (depth: number): NetType => {
    if (depth > deepest) unreadable(where, `is a type nested deeper than ${deepest}`, text);
    const name = tokens[next++];
    if (name === undefined || !/^[\p{L}_@]/u.test(name)) return fail();
    const args: NetType[] = [];
    if (tokens[next] === '<') {
      do {
        next += 1;
        args.push(one(depth + 1));
      } while (tokens[next] === ',');
      if (tokens[next] !== '>') return fail();
      next += 1;
    }
    let read: NetType = { name: plain(name), args };
    for (;;) {
      if (tokens[next] === '[]') read = { name: '[]', args: [read] };
      else if (tokens[next] === '?') read = { name: 'Nullable', args: [read] };
      else return read;
      next += 1;
    }
  };
  const read = one(0);
  return next === tokens.length ? read : fail();
}

function plain(name: string): string {
  const last = name.replace(/^@/, '').replace(/`\d+$/, '');
  return keywords.get(last) ?? last.replace(/^System\.(?:Collections\.Generic\.|IO\.)?/, '');
}

/** A type as a contract writes it: `List<Part>`, `Dictionary<String,Int32>`, `Int32[]`. */
export function netText({ name, args }: NetType): string {
  const [first] = args;
  if (name === '[]' && first !== undefined) return `${netText(first)}[]`;
  return args.length === 0 ? name : `${name}<${args.map(netText).join(',')}>`;
}

/** A type without its arguments and their number: `Page` of `Page<Tool>`, and of `Page`1`. */
export function plainName(type: string): string {
  return before(before(type, '<'), '`');
}

/** A type without the mark that it may be null, and whether it bore one. */
export function unwrapped(type: NetType): { readonly type: NetType; readonly marked: boolean } {
  const [first] = type.args;
  return type.name === 'Nullable' && first !== undefined ? { type: first, marked: true } : { type, marked: false };
}

/** Inner marks of C#, which say nothing of .NET for references: `List<string?>` is `List<String>`. */
export function withoutReferenceMarks(type: NetType, isEnum: (name: string) => boolean | null): NetType {
  const args = type.args.map((arg) => withoutReferenceMarks(arg, isEnum));
  const [first] = args;
  if (type.name === 'Nullable' && first !== undefined && isReference(netText(first), isEnum) === true) return first;
  return { name: type.name, args };
}

/** The names of all types that a type speaks of. */
export function namesIn({ name, args }: NetType): readonly string[] {
  return [...(name === '[]' ? [] : [name]), ...args.flatMap(namesIn)];
}

/** What an answer of a .NET type is. */
export function answerOf(type: NetType): ResponseOf {
  const text = netText(type);
  const [item] = type.args;
  if (isRaw(text)) return { kind: 'raw', type: text };
  if (text === 'Void') return { kind: 'none' };
  if (text === 'Object') return { kind: 'unknown' };
  if (item !== undefined && (type.name === '[]' || listTypes.has(type.name)))
    return { kind: 'list', type: netText(item) };
  if (isBuiltIn(type.name)) return { kind: 'scalar', type: text };
  return { kind: 'dto', type: text };
}
