import type { PlainObject } from '../../model/value.ts';

const keywords: Readonly<Record<string, string>> = {
  Boolean: 'bool',
  Byte: 'byte',
  SByte: 'sbyte',
  Int16: 'short',
  UInt16: 'ushort',
  Int32: 'int',
  UInt32: 'uint',
  Int64: 'long',
  UInt64: 'ulong',
  Single: 'float',
  Double: 'double',
  Decimal: 'decimal',
  String: 'string',
};

const values: ReadonlySet<string> = new Set([
  ...Object.keys(keywords).filter((name) => name !== 'String'),
  'Char',
  'Guid',
  'DateTime',
  'DateTimeOffset',
  'DateOnly',
  'TimeOnly',
  'TimeSpan',
  'KeyValuePair',
]);

/** A type, taken apart at its outermost brackets. */
export function applied(type: string): { readonly name: string; readonly args: readonly string[] } {
  const at = type.indexOf('<');
  if (at === -1 || !type.endsWith('>')) return { name: type, args: [] };
  const args: string[] = [];
  let depth = 0;
  let arg = '';
  for (const c of type.slice(at + 1, -1)) {
    if (c === ',' && depth === 0) {
      args.push(arg.trim());
      arg = '';
      continue;
    }
    if (c === '<') depth += 1;
    if (c === '>') depth -= 1;
    arg += c;
  }
  return { name: type.slice(0, at), args: [...args, arg.trim()] };
}

/** Whether a type holds a value, and so can be null only as `Nullable<T>`. */
export function isValueType(type: string, isEnum: (name: string) => boolean): boolean {
  return !type.endsWith('[]') && (values.has(applied(type).name) || isEnum(type));
}

const lists =
  /^(?:List|IList|IEnumerable|ICollection|IReadOnlyList|IReadOnlyCollection|Collection|HashSet|ISet|SortedSet|Queue|Stack)$/;
const maps = /^(?:Dictionary|IDictionary|IReadOnlyDictionary|SortedDictionary|ConcurrentDictionary)$/;

/** Whether a generic type holds many values of one type. */
export function isListType(name: string): boolean {
  return lists.test(name);
}

/** Whether a generic type holds values by keys. */
export function isMapType(name: string): boolean {
  return maps.test(name);
}

/** A type with the parameters of its definition put in. */
export function substituted(type: string, bound: ReadonlyMap<string, string>): string {
  return bound.size === 0 ? type : type.replace(/[\p{L}\p{M}\p{N}_]+/gu, (word) => bound.get(word) ?? word);
}

/** A type as metadata keeps it: its name, with the number of its arguments, and those apart. */
export function metadataType(type: string, nullable: boolean): PlainObject {
  if (nullable) return { Type: 'Nullable`1', Namespace: 'System', IsValueType: true, GenericArgs: [type] };
  const { name, args } = applied(type);
  return args.length === 0 ? { Type: type } : { Type: `${name}\`${args.length}`, GenericArgs: [...args] };
}

/** A type as a table of a page spells it: keywords of C# outside, and the names of .NET within. */
export function cellType(type: string, nullable: boolean): string {
  const mark = nullable ? '?' : '';
  if (type.endsWith('[]')) return `${keywords[type.slice(0, -2)] ?? type.slice(0, -2)}[]${mark}`;
  const { name, args } = applied(type);
  if (args.length === 0) return `${keywords[name] ?? name}${mark}`;
  return `${name}<${args.map((arg) => keywords[arg] ?? arg).join(', ')}>${mark}`;
}
