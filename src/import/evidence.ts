import { camel } from '../values/casing.ts';
import { isObject, jsonIn, type JsonObject } from '../values/json.ts';
import { listTypes, mapTypes, plainName, readNetType, type NetType } from './dotnet.ts';
import { keyOf, type MemberFacts, type OperationFacts, type TypeFacts } from './facts.ts';

/** What the samples of pages show of one member: its name on the wire, and a value. */
export interface Shown {
  readonly wire: string;
  readonly value: unknown;
  readonly at: string;
}

/** What the samples show. */
export interface Evidence {
  readonly of: (type: string, member: string) => Shown | undefined;
  /** How the samples spell members; null where they show none that would differ, or now one way, now the other. */
  readonly casing: 'pascal' | 'camel' | null;
  /** Whether a sample shows the type at all. */
  readonly shows: (type: string) => boolean;
  /** What a sample of the type has under names that none of its members has. */
  readonly strangersIn: (type: string) => readonly Shown[];
  /** Enums whose values are shown, and whether as numbers, which are those with flags. */
  readonly enums: ReadonlyMap<string, boolean>;
}

/**
 * Goes through the JSON samples along the types that they are of.
 *
 * @param types as far as they are known; members of types that samples do not reach have no evidence
 * @param response the type of the answer, where it is a DTO or a list of one
 */
export function evidenceIn(
  all: readonly OperationFacts[],
  types: readonly TypeFacts[],
  request: string,
  response: string | null,
): Evidence {
  const found = new Map<string, Shown>();
  const enums = new Map<string, boolean>();
  const seen = new Set<string>();
  const casings = new Set<'pascal' | 'camel' | 'neither'>();
  const strangers = new Map<string, Map<string, Shown>>();
  const byName = new Map(types.map((type) => [plainName(type.name), type]));
  for (const sample of all.flatMap(({ samples }) => samples)) {
    // A page prints JSON under the name of csv, too.
    if (sample.format === 'xml' || sample.format === 'jsv') continue;
    const answered = sample.response === null ? undefined : jsonIn(sample.response.body);
    const waiting: (readonly [value: unknown, type: string])[] = [[jsonIn(sample.request.body), request]];
    if (response !== null) waiting.push([Array.isArray(answered) ? answered[0] : answered, response]);
    for (let steps = 0, next = waiting.pop(); next !== undefined && steps < 10_000; steps += 1, next = waiting.pop()) {
      const [value, name] = next;
      if (!isObject(value)) continue;
      const type = byName.get(toldType(value)) ?? byName.get(plainName(name));
      if (type === undefined) continue;
      seen.add(plainName(type.name));
      const members = new Map(
        membersOf(type, byName).flatMap((m) => [
          [keyOf(m.member.wire ?? m.member.shown), m] as const,
          [keyOf(m.member.shown), m] as const,
        ]),
      );
      for (const [wire, inner] of Object.entries(value)) {
        if (wire === '__type') continue;
        const declared = members.get(keyOf(wire));
        if (declared === undefined) {
          const known = strangers.get(plainName(type.name)) ?? new Map<string, Shown>();
          strangers.set(plainName(type.name), known.set(wire, { wire, value: inner, at: sample.at }));
          continue;
        }
        const { member, within } = declared;
        const key = `${within} ${keyOf(member.shown)}`;
        if (!found.has(key)) found.set(key, { wire, value: inner, at: sample.at });
        if (camel(member.shown) !== member.shown && keyOf(wire) === keyOf(member.shown))
          casings.add(wire === member.shown ? 'pascal' : wire === camel(member.shown) ? 'camel' : 'neither');
        const said = member.type?.value;
        if (said?.kind === 'exact' && byName.get(said.type)?.enum !== undefined && !Array.isArray(inner))
          enums.set(said.type, typeof inner === 'number');
        if (said?.kind === 'exact') follow(inner, readNetType(said.type, sample.at), waiting);
        else if (said?.kind === 'json') waiting.push(...along(inner, said.json));
      }
    }
  }
  return {
    casing:
      casings.size === 1 && casings.has('camel')
        ? 'camel'
        : casings.size === 1 && casings.has('pascal')
          ? 'pascal'
          : null,
    shows: (type) => seen.has(plainName(type)),
    strangersIn: (type) => [...(strangers.get(plainName(type))?.values() ?? [])],
    of: (type, member) => found.get(`${plainName(type)} ${keyOf(member)}`),
    enums,
  };
}

/** The type that an object says it is of, where its member has an abstract one: `__type`, which is no member of any. */
function toldType({ __type: told }: JsonObject): string {
  if (typeof told !== 'string') return '';
  const [full = ''] = told.split(',', 1);
  return full.split(/[.+]/).at(-1) ?? '';
}

/** The members of a type and of its bases, each with the type that declares it. */
function membersOf(
  type: TypeFacts,
  byName: ReadonlyMap<string, TypeFacts>,
): readonly { readonly member: MemberFacts; readonly within: string }[] {
  const members: { readonly member: MemberFacts; readonly within: string }[] = [];
  let its: TypeFacts | undefined = type;
  for (let depth = 0; its !== undefined && depth < 20; depth += 1) {
    const within = plainName(its.name);
    members.push(...its.members.map((member) => ({ member, within })));
    its = its.base === undefined ? undefined : byName.get(plainName(its.base.value));
  }
  return members;
}

function follow(value: unknown, type: NetType, waiting: (readonly [value: unknown, type: string])[]): void {
  const last = type.args.at(-1);
  if ((type.name === '[]' || listTypes.has(type.name)) && last !== undefined && Array.isArray(value))
    follow(value[0], last, waiting);
  else if (mapTypes.has(type.name) && last !== undefined && isObject(value))
    follow(Object.values(value)[0], last, waiting);
  else waiting.push([value, type.name]);
}

function along(value: unknown, json: string): readonly (readonly [value: unknown, type: string])[] {
  if (json.endsWith('[]')) return Array.isArray(value) ? along(value[0], json.slice(0, -2)) : [];
  if (json.startsWith('{')) return isObject(value) ? along(Object.values(value)[0], json.slice(1, -1)) : [];
  return [[value, json]];
}

/** The .NET type whose sample value this is, where it is the value of one alone; as recorded on hosts of 10.1.5. */
export function typeShownBy(value: unknown): string | null {
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value !== 'string') return null;
  if (value === 'String') return 'String';
  if (/^(?:0{32}|0{8}-0{4}-0{4}-0{4}-0{12})$/.test(value)) return 'Guid';
  if (value === '\u0000') return 'Char';
  if (value === 'AA==') return 'Byte[]';
  if (value === '0001-01-01') return 'DateOnly';
  if (value === '0001-01-01T00:00:00' || value === '/Date(-62135596800000-0000)/') return 'DateTime';
  if (value === '0001-01-01T00:00:00+00:00' || value === '/Date(-62135596800000)/') return 'DateTimeOffset';
  return null;
}
