import type { PlainObject, PlainValue } from '../../model/value.ts';
import type { ObjectType, Type } from './type.ts';

/** How text within text is written: JSON, or JSV, in which quotes are doubled and rarely needed. */
export type Dialect = 'json' | 'jsv';

/** Something sent, not yet read: its value as one of that type, undefined where it cannot be one. */
export type Unread = (type: Type) => PlainValue | undefined;

/** What a value of that type is where nobody has sent one. */
export function initialOf(type: Type): PlainValue {
  switch (type.kind) {
    case 'scalar':
      return type.nullable ? null : type.scalar.initial;
    case 'object':
      return type.isValue ? initialObject(type) : null;
    case 'list':
    case 'map':
    case 'any':
      return null;
  }
}

/** An object of whose members nobody has sent any; those that are null are left out. */
export function initialObject(type: ObjectType): PlainObject {
  return objectOf(type, new Map());
}

/** An object with these members, in the order of its type; those that nobody has sent are what they are at first. */
export function objectOf(type: ObjectType, given: ReadonlyMap<string, PlainValue>): PlainObject {
  const members = type.members.flatMap((member): readonly (readonly [string, PlainValue])[] => {
    const value = given.get(member.name) ?? initialOf(member.type);
    return value === null ? [] : [[member.name, value]];
  });
  return Object.fromEntries(members);
}

/** A value of a query, a form or a path: nothing is the same as null. */
export function readSent(type: Type, text: string): PlainValue | undefined {
  if (text === '') return initialOf(type);
  return type.kind === 'scalar' ? (type.scalar.read(text) ?? undefined) : readWithin(type, text, 'jsv');
}

/**
 * A value within a body, as it stands there, quotes included; null where it is null.
 *
 * @param slice without blanks around it
 */
export function readWithin(type: Type, slice: string, dialect: Dialect): PlainValue | undefined {
  if (dialect === 'json' && slice === 'null') return null;
  switch (type.kind) {
    case 'scalar':
      return readScalar(type, slice, dialect);
    case 'list':
      return readList(type, slice, dialect);
    case 'map':
      return readMap(type, slice, dialect);
    case 'object':
      return readObject(type, slice, dialect);
    case 'any':
      return dialect === 'json' ? readAnything(slice) : unquoted(slice, dialect);
  }
}

function readScalar(
  { scalar, nullable }: Extract<Type, { kind: 'scalar' }>,
  slice: string,
  dialect: Dialect,
): PlainValue | undefined {
  const text = unquoted(slice, dialect);
  if (scalar.kind !== 'text' && text === '') return nullable ? null : scalar.initial;
  // What is no text is taken for one as it stands, without its quotes.
  if (scalar.kind === 'text' && /^[[{]/.test(slice)) return slice.replaceAll('"', '');
  return scalar.read(text) ?? undefined;
}

function readList(
  { of, distinct }: Extract<Type, { kind: 'list' }>,
  slice: string,
  dialect: Dialect,
): PlainValue | undefined {
  // A text is taken for the list that stands in it: "a,b".
  const inside = dialect === 'json' && slice.startsWith('"') ? unquoted(slice, dialect) : slice;
  const text = inside.startsWith('[') ? inside.replace(/^\[|\]$/g, '') : inside;
  const values: PlainValue[] = [];
  for (const item of split(text, ',', dialect)) {
    const value = readWithin(of, item, dialect);
    if (value === undefined || (value === null && of.kind === 'scalar' && !of.nullable)) return undefined;
    values.push(value === null && of.kind === 'object' ? {} : value);
  }
  return distinct ? [...new Set(values)] : values;
}

function readMap({ key, of }: Extract<Type, { kind: 'map' }>, slice: string, dialect: Dialect): PlainValue | undefined {
  const values = new Map<string, PlainValue>();
  // In JSON, what is no object at all is an empty one.
  if (dialect === 'json' && !slice.startsWith('{')) return {};
  const inside = slice.startsWith('{') ? slice.replace(/^\{|\}$/g, '') : slice;
  for (const entry of split(inside, ',', dialect)) {
    const [name, ...rest] = split(entry, ':', dialect);
    if (name === undefined || rest.length === 0) return undefined;
    const read = readWithin(key, name, dialect);
    const value = readWithin(of, rest.join(':'), dialect);
    if (typeof read !== 'string' || value === undefined) return undefined;
    if (value !== null) values.set(read, value);
  }
  return Object.fromEntries(values);
}

function readObject(type: ObjectType, slice: string, dialect: Dialect): PlainValue | undefined {
  if (!slice.startsWith('{')) return undefined;
  const given = new Map<string, PlainValue>();
  for (const entry of split(slice.replace(/^\{|\}$/g, ''), ',', dialect)) {
    const [name, ...rest] = split(entry, ':', dialect);
    const member = name === undefined ? undefined : type.memberByLower.get(unquoted(name, dialect).toLowerCase());
    if (member === undefined || rest.length === 0) continue;
    given.set(member.name, readWithin(member.type, rest.join(':'), dialect) ?? initialOf(member.type));
  }
  return objectOf(type, given);
}

function readAnything(slice: string): PlainValue {
  try {
    return withoutNulls(JSON.parse(slice) as PlainValue);
  } catch {
    return unquoted(slice, 'json');
  }
}

function withoutNulls(value: PlainValue): PlainValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(kept.map(([name, each]): [string, PlainValue] => [name, withoutNulls(each)]));
}

/** Takes a text apart at a sign that stands in no brackets and no quotes; nothing at all has no parts. */
function split(text: string, at: ',' | ':', dialect: Dialect): readonly string[] {
  if (text.trim() === '') return [];
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let i = 0;
  while (i < text.length) {
    const c = text.charAt(i);
    if (c === '"') i = endOfQuoted(text, i, dialect);
    else {
      if (c === '{' || c === '[') depth += 1;
      else if (c === '}' || c === ']') depth -= 1;
      else if (c === at && depth <= 0) {
        parts.push(text.slice(start, i).trim());
        start = i + 1;
      }
      i += 1;
    }
  }
  return [...parts, text.slice(start).trim()];
}

/** The place behind a quoted text; the end where its last quote is missing. */
function endOfQuoted(text: string, start: number, dialect: Dialect): number {
  let i = start + 1;
  while (i < text.length) {
    const c = text.charAt(i);
    if (c === '\\' && dialect === 'json') i += 2;
    else if (c !== '"') i += 1;
    else if (dialect === 'jsv' && text.charAt(i + 1) === '"') i += 2;
    else return i + 1;
  }
  return text.length;
}

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The text between quotes; what has none, as it stands. */
export function unquoted(slice: string, dialect: Dialect): string {
  if (!slice.startsWith('"')) return slice;
  const inside = slice.slice(1, slice.endsWith('"') && slice.length > 1 ? -1 : undefined);
  if (dialect === 'jsv') return inside.replaceAll('""', '"');
  return inside.includes('\\')
    ? inside.replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, e: string) =>
        e.length === 5 ? String.fromCharCode(parseInt(e.slice(1), 16)) : (simpleEscapes[e] ?? e),
      )
    : inside;
}
