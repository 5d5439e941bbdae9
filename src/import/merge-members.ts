// One member, put together of what each document says of it.

import type { ContractMember } from '../model/contract.ts';
import { camel } from '../values/casing.ts';
import { binds, boundBy } from '../values/route.ts';
import { isBuiltIn, isReference, namesIn, plainName, readNetType } from './dotnet.ts';
import { typeShownBy, type Evidence, type Shown } from './evidence.ts';
import {
  isMetadata,
  keyOf,
  type Fact,
  type MemberFacts,
  type OperationFacts,
  type RouteFacts,
  type TypeFacts,
  type TypeSaid,
} from './facts.ts';
import { frameworkTypeOf } from './framework.ts';
import { typeStrength, type Chooser, type Said } from './strength.ts';
import { identifiersIn } from '../values/identifiers.ts';

/** Documents that list all that there is: what they lack is not there. */
export function isComplete({ source }: OperationFacts): boolean {
  return isMetadata(source.kind);
}

/** What is known around a type. */
export interface Around {
  readonly operation: string;
  readonly routes: readonly RouteFacts[] | null;
  readonly casing: 'pascal' | 'camel' | null;
  readonly chooser: Chooser;
  readonly evidence: Evidence;
  readonly isEnum: (name: string) => boolean | null;
  readonly ancestors: ReadonlySet<string>;
  readonly unknown: { path: string; why: string }[];
}

/** What each document states of one type. */
export type Group = readonly { readonly type: TypeFacts; readonly facts: OperationFacts }[];

/** One member, as each document that lists it tells it. */
interface Listed {
  readonly member: MemberFacts;
  readonly facts: OperationFacts;
}

/**
 * The members of a type as all sources together state them, in the order of the strongest that lists them.
 *
 * @param full the name of the type as the contract has it, its parameters included
 */
export function membersOf(type: string, full: string, group: Group, around: Around): readonly ContractMember[] {
  const rows: { readonly key: string; readonly listed: Listed[] }[] = [];
  const byKey = new Map<string, { readonly key: string; readonly listed: Listed[] }>();
  const [first] = group;
  for (const { type: its, facts } of group) {
    for (const member of its.members) {
      const keys = [member.property, member.shown, member.wire].flatMap((name) =>
        name === undefined ? [] : [keyOf(name)],
      );
      const known = keys.map((key) => byKey.get(key)).find((row) => row !== undefined);
      if (known !== undefined) {
        known.listed.push({ member, facts });
        for (const key of keys) if (!byKey.has(key)) byKey.set(key, known);
        continue;
      }
      if (first !== undefined && first.facts !== facts) {
        // A document that lists inherited members, too, says nothing against one that does not.
        if (facts.source.kind === 'schema') continue;
        if (isComplete(first.facts)) {
          around.chooser.disagreements.push({
            path: `types.${full}.${member.property ?? member.shown}`,
            values: [
              { value: 'no such member', source: first.facts.source.kind, at: first.type.at },
              { value: 'a member', source: facts.source.kind, at: member.at },
            ],
          });
          continue;
        }
      }
      const row = { key: keys[0] ?? '', listed: [{ member, facts }] };
      rows.push(row);
      for (const key of keys) byKey.set(key, row);
    }
  }
  const isUnseen = rows.length > 0 && group.every(({ facts }) => facts.hidesAliases) && !around.evidence.shows(type);
  if (isUnseen)
    around.unknown.push({
      path: `types.${full}.members`,
      why: 'no sample shows what the wire calls them: they stand under the names of the code',
    });
  const aliases = aliasesOf(
    type,
    rows.map(({ listed }) => listed),
    around.evidence,
  );
  const bound = propertiesBound(
    type,
    rows.map(({ listed }) => listed),
    around,
  );
  return rows.map(({ listed }) =>
    memberOf(type, full, listed, aliases.get(listed) ?? null, bound.get(listed) ?? null, around),
  );
}

/**
 * What the code calls members of a request that are only shown as on the wire, as far as its routes tell: a placeholder names a
 * member as the code does. What differs from all of them is the one that is left, where there is one on either side.
 */
function propertiesBound(
  type: string,
  rows: readonly (readonly Listed[])[],
  { operation, routes, ancestors }: Around,
): ReadonlyMap<readonly Listed[], string> {
  if ((type !== operation && !ancestors.has(type)) || routes === null) return new Map();
  const names = (listed: readonly Listed[]): readonly string[] =>
    listed.flatMap(({ member: { property, shown, wire } }) =>
      [property, shown, wire].flatMap((name) => (name === undefined ? [] : [keyOf(name)])),
    );
  const places = new Map(routes.flatMap(({ path }) => boundBy(path).map((name) => [keyOf(name), name] as const)));
  const hidden = rows.filter((listed) =>
    listed.every(({ member }) => member.property === undefined && member.wire !== undefined),
  );
  const found = new Map(
    hidden.flatMap((listed) => {
      const place = names(listed)
        .map((name) => places.get(name))
        .find((each) => each !== undefined);
      return place === undefined ? [] : [[listed, place] as const];
    }),
  );
  const known = new Set(rows.flatMap(names));
  const [left, more] = [...places].filter(([key]) => !known.has(key));
  const [only, another] = hidden.filter((listed) => !found.has(listed));
  if (left !== undefined && more === undefined && only !== undefined && another === undefined) found.set(only, left[1]);
  return found;
}

/** What the wire may call a member, where a table does not tell: a sample names something that no table lists. */
interface PossibleAlias {
  readonly names: readonly string[];
  /** The only one, where its value is one of the member's type; else any of them may be it, or none. */
  readonly likely: string | null;
}

/** Members that no sample shows under their own name, where it shows others that have no member. */
function aliasesOf(
  type: string,
  rows: readonly (readonly Listed[])[],
  evidence: Evidence,
): ReadonlyMap<readonly Listed[], PossibleAlias> {
  const strangers = evidence.strangersIn(type);
  if (strangers.length === 0) return new Map();
  const unseen = rows.filter((listed) =>
    listed.every(
      ({ member, facts }) =>
        facts.hidesAliases === true && member.wire === undefined && evidence.of(type, member.shown) === undefined,
    ),
  );
  const fitting = (listed: readonly Listed[]): readonly Shown[] => strangers.filter((each) => isLike(listed, each));
  return new Map(
    unseen.map((listed) => {
      const [only, more] = fitting(listed);
      const isOnly = more === undefined && unseen.filter((each) => fitting(each).length > 0).length === 1;
      const names = strangers.map(({ wire }) => wire);
      return [listed, { names, likely: isOnly && only !== undefined ? only.wire : null }];
    }),
  );
}

function isLike(listed: readonly Listed[], { value }: Shown): boolean {
  return listed.some(({ member: { type } }) => type?.value.kind === 'exact' && type.value.type === typeShownBy(value));
}

function memberOf(
  type: string,
  full: string,
  listed: readonly Listed[],
  possible: PossibleAlias | null,
  bound: string | null,
  around: Around,
): ContractMember {
  const { chooser, evidence, casing, isEnum, unknown } = around;
  const said = <T>(of: (member: MemberFacts) => Fact<T> | undefined): readonly Said<T>[] =>
    listed.flatMap(({ member, facts }) => {
      const its = of(member);
      return its === undefined ? [] : [{ ...its, kind: facts.source.kind }];
    });
  const shown = listed[0]?.member.shown ?? '';
  const sampled = listed.map(({ member }) => evidence.of(type, member.shown)).find((each) => each !== undefined);
  const alias = listed.map(({ member }) => member.wire).find((each) => each !== undefined);
  const property =
    listed.map(({ member }) => member.property).find((each) => each !== undefined) ??
    bound ??
    propertyFrom(shown, sampled?.wire, alias);
  const name =
    alias ??
    possible?.likely ??
    (casing === 'camel'
      ? camel(property)
      : casing === 'pascal'
        ? property
        : wireFrom(property, sampled?.wire, evidence.casing));
  const path = `types.${full}.${property}`;
  const open = (field: string, why: string): void => void unknown.push({ path: `${path}.${field}`, why });
  if (alias !== undefined && bound === null && listed.every(({ member }) => member.property === undefined))
    open('property', 'the documents show its name on the wire in place of that of the code');
  if (possible !== null)
    open('name', `a table shows no alias, and the sample has ${possible.names.join(', ')}, which no table lists`);
  const exact = chosenType(
    path,
    said((m) => m.type),
    said((m) => m.words),
    sampled,
    chooser,
  );
  const json = said((m) => m.type).flatMap(({ value }) => (value.kind === 'json' ? [value.json] : []))[0];
  const netType = exact ?? 'unknown';
  if (exact === undefined)
    open(
      'type',
      json === undefined
        ? 'no document gives it a type of .NET'
        : `the documents only tell that JSON writes it as ${json}`,
    );
  else if (!isDescribed(exact, around))
    open('type', `no document describes ${exact}, and it is no type of .NET that is known here`);
  const requirement = requiredOf(
    path,
    said((m) => m.required),
    chooser,
  );
  const required = requirement ?? (exact === 'ResponseStatus' ? 'no' : 'unknown');
  if (required === 'unknown') open('required', 'no document tells whether it may be left out');
  const isRef = exact === undefined ? null : isReference(exact, isEnum);
  const told = chooser.choose(
    said((m) => m.nullable),
    `${path}.nullable`,
    String,
  )?.value;
  const nullable = told ?? (isRef === true && required === 'no' ? true : 'unknown');
  if (nullable === 'unknown') open('nullable', 'no document tells whether it may be null');
  const place = placeOf(
    type,
    property,
    name,
    said((m) => m.in),
    path,
    around,
  );
  const description = chooser.choose(
    said((m) => m.description),
    `${path}.description`,
    (text) => text,
  );
  const allowed = chooser.choose(
    said((m) => m.allowed),
    `${path}.allowed`,
    (values) => values.join(', '),
  );
  const range = chooser.choose(
    said((m) => m.range),
    `${path}.range`,
    ({ least, greatest }) => `${least} to ${greatest}`,
  );
  const validate = chooser.choose(
    said((m) => m.validate),
    `${path}.validate`,
    (values) => values.join(', '),
  );
  return {
    name,
    property,
    type: netType,
    ...(exact === undefined && json !== undefined && { json }),
    nullable,
    required,
    in: place,
    description: description?.value ?? '',
    ...(allowed !== undefined && { allowed: allowed.value }),
    ...(range !== undefined && { range: range.value }),
    ...(validate !== undefined && { validate: validate.value }),
  };
}

/** A property as its code names it, from what the wire shows: `connectionId` is ConnectionId. */
function propertyFrom(shown: string, wire: string | undefined, alias: string | undefined): string {
  if (alias !== undefined) return shown;
  const name = wire !== undefined && keyOf(wire) === keyOf(shown) ? wire : shown;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What a sample shows, or how it spells the others. */
function wireFrom(property: string, sampled: string | undefined, casing: Evidence['casing']): string {
  if (sampled !== undefined && keyOf(sampled) === keyOf(property)) return sampled;
  return casing === 'camel' ? camel(property) : property;
}

/**
 * The type, exactly: the strongest document's; but a sample, which is made from the type, is stronger than a cell of a
 * table, which its author may have filled.
 */
function chosenType(
  path: string,
  said: readonly Said<TypeSaid>[],
  words: readonly Said<string>[],
  sampled: Shown | undefined,
  chooser: Chooser,
): string | undefined {
  const exact = said
    .flatMap((each) => (each.value.kind === 'exact' ? [{ value: each.value.type, kind: each.kind, at: each.at }] : []))
    .sort((a, b) => typeStrength[a.kind] - typeStrength[b.kind]);
  const guessed = typeShownBy(sampled?.value);
  const [first] = exact;
  const isText = said.some((each) => each.value.kind === 'json' && each.value.json === 'text');
  if (guessed !== null && sampled !== undefined) {
    if (first === undefined) return isText || said.length === 0 ? guessed : undefined;
    const isCell = typeStrength[first.kind] >= typeStrength.page && sampleTypes.has(first.value);
    if (isCell && first.value !== guessed && guessed !== 'Boolean' && guessed !== 'Char') {
      const shown = { value: guessed, kind: first.kind, at: sampled.at };
      return chooser.choose([shown, ...exact, ...words], `${path}.type`, String)?.value;
    }
  }
  // Where nothing else tells the type, there is nothing that words disagree with.
  return first === undefined ? undefined : chooser.choose([...exact, ...words], `${path}.type`, String)?.value;
}

const sampleTypes: ReadonlySet<string> = new Set(['String', 'Guid', 'DateTime', 'DateTimeOffset', 'DateOnly']);

function requiredOf(
  path: string,
  said: readonly Said<'enforced' | 'documented' | 'no'>[],
  chooser: Chooser,
): ContractMember['required'] | undefined {
  // Whoever says yes is right; which of the two kinds of yes is no disagreement.
  const yes = said.filter(({ value }) => value !== 'no');
  const enforced = yes.find(({ value }) => value === 'enforced');
  const ordered = [
    ...(enforced === undefined ? [] : [enforced]),
    ...yes.filter((each) => each !== enforced),
    ...said.filter(({ value }) => value === 'no'),
  ];
  return chooser.choose(ordered, `${path}.required`, (value) => (value === 'no' ? 'no' : 'yes'))?.value;
}

/** Where a member is carried: a placeholder of a route beats what an author says, who beats what pages compute. */
function placeOf(
  type: string,
  property: string,
  name: string,
  said: readonly Said<Exclude<ContractMember['in'], 'unknown'>>[],
  path: string,
  { operation, routes, ancestors, chooser, unknown }: Around,
): ContractMember['in'] {
  const isRequest = type === operation || ancestors.has(type);
  const isBound =
    isRequest && routes !== null && routes.some(({ path: template }) => binds(template, { name, property }));
  if (isBound) {
    const first = said[0];
    const place: Said<Exclude<ContractMember['in'], 'unknown'>> = {
      value: 'path',
      kind: first?.kind ?? 'metadata',
      at: 'a placeholder of a route',
    };
    return chooser.choose([place, ...said], `${path}.in`, String)?.value ?? 'path';
  }
  const told = chooser.choose(said, `${path}.in`, String);
  if (told !== undefined) return told.value;
  if (routes === null) {
    unknown.push({ path: `${path}.in`, why: 'no document tells the routes, which decide where it is carried' });
    return 'unknown';
  }
  return type === operation ? computedPlace(routes) : 'form';
}

/** As pages compute it where the author is silent (source forms, 2). */
function computedPlace(routes: readonly RouteFacts[]): 'query' | 'body' {
  const writes = routes.some(({ verbs }) => verbs !== 'any' && (verbs.includes('POST') || verbs.includes('PUT')));
  return writes ? 'body' : 'query';
}

function isDescribed(type: string, { isEnum }: Around): boolean {
  return namesIn(readNetType(type, '')).every(
    (name) =>
      isBuiltIn(name) || isEnum(name) !== null || /^T[A-Z]?\w*$/.test(name) || frameworkTypeOf(name, 1) !== undefined,
  );
}

/** The types that a type inherits from, the nearest first. */
export function ancestorsOf(operation: string, groups: ReadonlyMap<string, Group>): ReadonlySet<string> {
  const found = new Set<string>();
  let name: string | undefined = operation;
  while (name !== undefined && !found.has(name)) {
    found.add(name);
    const base: string | undefined = groups
      .get(name)
      ?.map(({ type }) => type.base?.value)
      .find((each) => each !== undefined);
    name = base === undefined ? undefined : plainName(base);
  }
  return found;
}

/** The order of the page: the request, all that it refers to depth first, the answer, all that it refers to; then the rest. */
export function orderOf(
  operation: string,
  response: string | null,
  groups: ReadonlyMap<string, Group>,
): readonly string[] {
  const found = new Set<string>();
  const refersTo = (name: string): readonly string[] => {
    const group = groups.get(name);
    if (group === undefined) {
      const its = frameworkTypeOf(name, 0) ?? frameworkTypeOf(name, 1);
      return its === undefined ? [] : [its.base ?? '', ...its.members.map((m) => m.type)].flatMap(identifiersIn);
    }
    return group
      .flatMap(({ type }) => [
        type.base?.value ?? '',
        ...type.members.map((m) =>
          m.type === undefined ? '' : m.type.value.kind === 'exact' ? m.type.value.type : m.type.value.json,
        ),
      ])
      .flatMap(identifiersIn);
  };
  const isKnown = (name: string): boolean =>
    groups.has(name) || frameworkTypeOf(name, 0) !== undefined || frameworkTypeOf(name, 1) !== undefined;
  const waiting = [operation];
  const rest = [...(response === null ? [] : identifiersIn(response)), ...groups.keys()];
  for (;;) {
    const name = waiting.shift() ?? rest.find((each) => isKnown(each) && !found.has(each));
    if (name === undefined) return [...found];
    if (found.has(name) || !(isKnown(name) || name === operation)) continue;
    found.add(name);
    waiting.unshift(...refersTo(name));
  }
}

/** How many arguments a generic type has. */
export function argsIn(name: string): number {
  return readNetType(name, name).args.length;
}
