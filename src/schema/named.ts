import type { Dto, DtoType, Schemas } from '../model/schema.ts';
import type { PlainObject, PlainValue } from '../model/value.ts';
import { isList, isObject } from '../values/json.ts';
import { dtoOf } from './dto.ts';

/** Names the members of a value as its type does. */
export type Namer = (value: PlainValue, type: DtoType | null) => PlainValue;

/**
 * Makes what names members as their types do, in whatever casing a service writes them. Keys of maps are data and stay as
 * they are, as does what the types do not know, which `otherwise` may name.
 *
 * @param schemas of the types
 * @param otherwise the name and the type of a member that its type does not know; null where nobody knows it either
 */
export function namerOf(
  schemas: Schemas,
  otherwise: (name: string) => { readonly name: string; readonly type: DtoType } | null,
): Namer {
  const dtos = new Map<string, Dto | null>();
  const known = (name: string): Dto | null => {
    const its = dtos.get(name) ?? (Object.hasOwn(schemas, name) ? dtoOf(schemas, name) : null);
    dtos.set(name, its);
    return its;
  };
  const named: Namer = (value, type) => {
    if (isList(value)) {
      const items = value.map((item) => named(item, type?.kind === 'list' ? type.of : null));
      return items.every((item, i) => item === value[i]) ? value : items;
    }
    if (!isObject(value)) return value;
    const of = type?.kind === 'map' ? type.of : null;
    if (type?.kind === 'map') return withMembers(value, ([key, each]) => [key, named(each, of)]);
    const dto = type?.kind === 'reference' ? known(type.dto) : null;
    return withMembers(value, ([name, each]) => {
      const its = memberOf(dto, name) ?? otherwise(name);
      return its === null ? [name, each] : [its.name, named(each, its.type)];
    });
  };
  return named;
}

type Entry = readonly [name: string, value: PlainValue];

/** The object itself where nothing in it changes: most answers are named as their types are, and some are very long. */
function withMembers(value: PlainObject, change: (entry: Entry) => Entry): PlainObject {
  const entries = Object.entries(value).map((entry) => [entry, change(entry)] as const);
  return entries.every(([[name, was], [is, now]]) => name === is && was === now)
    ? value
    : Object.fromEntries(entries.map(([, changed]) => changed));
}

function memberOf(dto: Dto | null, name: string): Dto['members'][number] | null {
  return (
    dto?.members.find((member) => member.name === name) ??
    dto?.members.find((member) => member.name.toLowerCase() === name.toLowerCase()) ??
    null
  );
}
