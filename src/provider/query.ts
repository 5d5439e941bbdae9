import type { Contract } from '../model/contract.ts';
import type { PlainObject, PlainValue } from '../model/value.ts';
import { applied } from './metadata/dotnet.ts';
import { isObject } from './rendering/json.ts';
import { order } from './types/numbers.ts';

/** Whether the framework answers the operation itself, by a query for the type that its request inherits: AutoQuery. */
export function isQuery({ request, types }: Contract): boolean {
  const definition = types.find(({ name }) => name === request);
  return /^Query(?:Db|Data)$/.test(applied(definition?.base ?? '').name);
}

/** The names that `QueryBase` gives to what a query asks for, in lower case, and what was said of them. */
type Asked = ReadonlyMap<string, string>;

/**
 * What a query answers of all that it could find: the results in the order asked for, by default that in which they stand, from
 * the one that Skip asks for on, as many as Take asks for. Total is told to whoever includes it.
 *
 * @param rows all that there is
 * @param request the request DTO as it was read
 */
export function queryResponse(rows: readonly PlainValue[], request: PlainObject): PlainObject {
  const asked: Asked = new Map(
    Object.entries(request).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
  const offset = whole(asked, 'skip') ?? 0;
  const take = whole(asked, 'take') ?? rows.length;
  const includes = names(asked, 'include').map((name) => name.toLowerCase());
  return {
    Offset: String(offset),
    Total: String(includes.includes('total') ? rows.length : 0),
    Results: inOrder(rows, asked).slice(offset, offset + take),
  };
}

function whole(asked: Asked, name: string): number | null {
  const value = asked.get(name);
  return value === undefined ? null : Number(value);
}

/** Several in one text, with commas between. */
function names(asked: Asked, name: string): readonly string[] {
  return (asked.get(name) ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** By each member that is named, the first counting most; a minus before a name turns it round. */
function inOrder(rows: readonly PlainValue[], asked: Asked): readonly PlainValue[] {
  const rising = names(asked, 'orderby').map((name) => by(name, 1));
  const falling = names(asked, 'orderbydesc').map((name) => by(name, -1));
  const keys = [...rising, ...falling];
  return rows.toSorted((a, b) => keys.map((compare) => compare(a, b)).find((order) => order !== 0) ?? 0);
}

type Compare = (a: PlainValue, b: PlainValue) => number;

function by(name: string, way: 1 | -1): Compare {
  const [member, turned] = name.startsWith('-') ? [name.slice(1), -way] : [name, way];
  return (a, b) => turned * order(valueOf(a, member), valueOf(b, member));
}

function valueOf(row: PlainValue, member: string): string {
  const entries = isObject(row) ? Object.entries(row) : [];
  const value = entries.find(([name]) => name.toLowerCase() === member.toLowerCase())?.[1];
  return typeof value === 'string' ? value : '';
}
