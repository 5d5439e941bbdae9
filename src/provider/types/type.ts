// One idea: the types of a contract as the provider works with them, which refer to each other.

import type { Contract, ContractMember, ContractType } from '../../model/contract.ts';
import type { Profile } from '../../model/profile.ts';
import { applied, isListType, isMapType, substituted } from '../metadata/dotnet.ts';
import { isDataContract } from '../metadata/said.ts';
import { enumScalar, scalarsOf } from './scalars.ts';
import type { Scalar } from './scalars.ts';

/** A .NET type, as the provider reads and writes values of it. */
export type Type =
  | { readonly kind: 'scalar'; readonly scalar: Scalar; readonly nullable: boolean }
  | { readonly kind: 'list'; readonly of: Type; readonly distinct: boolean; readonly dotnet: string }
  | { readonly kind: 'map'; readonly key: Type; readonly of: Type; readonly dotnet: string }
  | ObjectType
  /** Whatever comes; what no document describes is read and written as it stands, too. */
  | { readonly kind: 'any' };

export interface ObjectType {
  readonly kind: 'object';
  /** As it stands in XML: `Thing`, `PageOfThing`. */
  readonly name: string;
  readonly dotnet: string;
  readonly xmlNamespace: string;
  /** A value type is never null. */
  readonly isValue: boolean;
  /** Those of its bases first. */
  readonly members: readonly TypedMember[];
  readonly memberByLower: ReadonlyMap<string, TypedMember>;
  /** The member that csv and jsonl write alone: of a data contract the first list, else the first object; null of any other type. */
  readonly alone: () => TypedMember | null;
}

export interface TypedMember {
  /** Its alias, else that of the code. */
  readonly name: string;
  /** An alias is the same in every casing. */
  readonly isAlias: boolean;
  readonly type: Type;
  /** What a document says of it; null for members of the framework's own types. */
  readonly said: ContractMember | null;
}

const sets = /^(?:HashSet|ISet|SortedSet)$/;

export const frameworkTypes = 'http://schemas.servicestack.net/types';
const collections = 'http://schemas.datacontract.org/2004/07/System.Collections.Generic';

/** The types of one contract, each compiled once. */
export interface Types {
  /** A type by its .NET name, of the contract or known to everybody; `any` for one that nobody describes. */
  readonly named: (type: string) => Type;
  /** A DTO of the contract; null where it has none of that name. */
  readonly dto: (name: string) => ObjectType | null;
  readonly responseStatus: ObjectType;
  /** The framework's own answer where no DTO carries an error. */
  readonly errorResponse: ObjectType;
}

/**
 * Compiles the types of a contract for a host of that profile.
 *
 * @param codeNamespace that of the service's own types, for messages
 */
export function typesOf({ types }: Contract, profile: Profile, codeNamespace: string): Types {
  const scalars = scalarsOf(profile);
  const definitions = new Map(types.map((type) => [applied(type.name).name, type]));
  const compiled = new Map<string, ObjectType>();
  const opened = new Set<string>();

  const text: Type = { kind: 'scalar', scalar: scalarNamed(scalars, 'String'), nullable: true };
  const frameworkMember = (name: string, type: Type): TypedMember => ({ name, isAlias: false, type, said: null });
  const frameworkType = (name: string, members: readonly TypedMember[]): ObjectType =>
    objectType(name, `ServiceStack.${name}`, frameworkTypes, false, members);
  const meta: Type = { kind: 'map', key: text, of: text, dotnet: mapName('System.String', 'System.String') };
  const responseError = frameworkType('ResponseError', [
    ...['ErrorCode', 'FieldName', 'Message'].map((name) => frameworkMember(name, text)),
    frameworkMember('Meta', meta),
  ]);
  const errors: Type = { kind: 'list', of: responseError, distinct: false, dotnet: listName(responseError.dotnet) };
  const responseStatus = frameworkType('ResponseStatus', [
    ...['ErrorCode', 'Message', 'StackTrace'].map((name) => frameworkMember(name, text)),
    frameworkMember('Errors', errors),
    frameworkMember('Meta', meta),
  ]);

  const named = (type: string): Type => {
    const scalar = scalars[type];
    if (scalar !== undefined) return { kind: 'scalar', scalar, nullable: scalar.initial === null };
    if (type === 'ResponseStatus') return responseStatus;
    if (type === 'ResponseError') return responseError;
    if (type.endsWith('[]')) return listOf(type.slice(0, -2), false, (of) => `${of}[]`);
    const { name, args } = applied(type);
    const [first, last] = [args[0], args.at(-1)];
    if (first !== undefined && last !== undefined) {
      if (name === 'Nullable') return nullable(named(first));
      if (isListType(name))
        return listOf(first, sets.test(name), (of) => `System.Collections.Generic.${name}\`1[${of}]`);
      if (isMapType(name)) {
        const [key, of] = [named(first), named(last)];
        return { kind: 'map', key, of, dotnet: mapName(dotnetOf(key), dotnetOf(of)) };
      }
      if (name === 'KeyValuePair') return pairOf(named(first), named(last));
    }
    const definition = definitions.get(name);
    if (definition === undefined) return { kind: 'any' };
    if (definition.enum !== undefined)
      return {
        kind: 'scalar',
        scalar: enumScalar(
          { dotnet: `${codeNamespace}.${name}`, xmlName: name, xmlNamespace: profile.xmlNamespace },
          definition.enum,
        ),
        nullable: false,
      };
    const collection = collectionOf(definition, args);
    if (collection === null) return described(definition, args);
    // A list of itself has no end.
    if (opened.has(type)) return { kind: 'any' };
    opened.add(type);
    const its = named(collection);
    opened.delete(type);
    return its;
  };

  const listOf = (item: string, distinct: boolean, spelled: (of: string) => string): Type => {
    const of = named(item);
    return { kind: 'list', of, distinct, dotnet: spelled(dotnetOf(of)) };
  };

  const pairOf = (key: Type, value: Type): ObjectType =>
    objectType('KeyValuePair', `System.Collections.Generic.KeyValuePair\`2`, collections, true, [
      frameworkMember('Key', key),
      frameworkMember('Value', value),
    ]);

  const described = (definition: ContractType, args: readonly string[]): ObjectType => {
    const { name, args: parameters } = applied(definition.name);
    const full = [name, ...args].join(' ');
    const known = compiled.get(full);
    if (known !== undefined) return known;
    const spelled = args.length === 0 ? name : `${name}Of${args.map((arg) => arg.replace(/\W/g, '')).join('')}`;
    const members: TypedMember[] = [];
    const memberByLower = new Map<string, TypedMember>();
    const type: ObjectType = {
      kind: 'object',
      name: spelled,
      dotnet: `${codeNamespace}.${name}`,
      xmlNamespace: profile.xmlNamespace,
      isValue: false,
      members,
      memberByLower,
      alone: () => (isDataContract(definition) ? memberAlone(members) : null),
    };
    // Known before it is described: a type may contain itself.
    compiled.set(full, type);
    const bound = new Map(parameters.map((parameter, i) => [parameter, args[i] ?? 'Object']));
    for (const member of membersOf(definition, bound, 0)) {
      const lower = member.name.toLowerCase();
      if (memberByLower.has(lower)) continue;
      members.push(member);
      memberByLower.set(lower, member);
    }
    return type;
  };

  const membersOf = (
    definition: ContractType,
    bound: ReadonlyMap<string, string>,
    depth: number,
  ): readonly TypedMember[] => {
    const own = definition.members.map((member): TypedMember => {
      const type = member.type === 'unknown' ? written(member.json) : named(substituted(member.type, bound));
      const name = member.name === camel(member.property) ? member.property : member.name;
      return {
        name,
        isAlias: name !== member.property,
        type: member.nullable === true ? nullable(type) : type,
        said: member,
      };
    });
    if (definition.base === undefined || depth > deepest) return own;
    const base = applied(substituted(definition.base, bound));
    const inherited = definitions.get(base.name);
    if (inherited === undefined) return own;
    const parameters = applied(inherited.name).args;
    const given = new Map(parameters.map((parameter, i) => [parameter, base.args[i] ?? 'Object']));
    return [...membersOf(inherited, given, depth + 1), ...own];
  };

  /** What is known of a type of which a document only tells how JSON writes it. */
  const written = (json: string | undefined): Type => {
    if (json === undefined || json === 'any') return { kind: 'any' };
    if (json.endsWith('[]')) {
      const of = written(json.slice(0, -2));
      return { kind: 'list', of, distinct: false, dotnet: listName(dotnetOf(of)) };
    }
    if (json.startsWith('{')) {
      const of = written(json.slice(1, -1));
      return { kind: 'map', key: text, of, dotnet: mapName('System.String', dotnetOf(of)) };
    }
    const scalar = { number: 'Double', text: 'String', boolean: 'Boolean' }[json];
    return named(scalar ?? json);
  };

  return {
    named,
    dto: (name) => {
      const { name: plain, args } = applied(name);
      if (plain === 'ResponseStatus') return responseStatus;
      const definition = definitions.get(plain);
      return definition === undefined || definition.enum !== undefined ? null : described(definition, args);
    },
    responseStatus,
    errorResponse: frameworkType('ErrorResponse', [frameworkMember('ResponseStatus', responseStatus)]),
  };
}

function memberAlone(members: readonly TypedMember[]): TypedMember | null {
  const others = members.filter(({ said }) => said?.property !== 'ResponseStatus');
  return (
    others.find(({ type }) => type.kind === 'list' || type.kind === 'map') ??
    others.find(({ type }) => type.kind === 'object' && !type.isValue) ??
    null
  );
}

/** What a type is that inherits a collection: it is written as that. */
function collectionOf({ name, base }: ContractType, args: readonly string[]): string | null {
  const inherited = base === undefined ? '' : applied(base).name;
  if (base === undefined || !(isListType(inherited) || isMapType(inherited))) return null;
  return substituted(base, new Map(applied(name).args.map((parameter, i) => [parameter, args[i] ?? 'Object'])));
}

/** The type of a member of an object; of one that it does not have, any. */
export function memberType({ memberByLower }: ObjectType, name: string): Type {
  return memberByLower.get(name.toLowerCase())?.type ?? { kind: 'any' };
}

/** How far DTOs may inherit: what goes on longer was made to exhaust its reader. */
const deepest = 60;

function scalarNamed(scalars: Readonly<Record<string, Scalar>>, name: string): Scalar {
  const scalar = scalars[name];
  if (scalar === undefined) throw new Error(`there is no scalar ${name}`);
  return scalar;
}

function objectType(
  name: string,
  dotnet: string,
  xmlNamespace: string,
  isValue: boolean,
  members: readonly TypedMember[],
): ObjectType {
  const memberByLower = new Map(members.map((member) => [member.name.toLowerCase(), member]));
  return { kind: 'object', name, dotnet, xmlNamespace, isValue, members, memberByLower, alone: () => null };
}

function nullable(type: Type): Type {
  return type.kind === 'scalar' ? { ...type, nullable: true } : type;
}

/** A type as System.Text.Json names it. */
export function dotnetOf(type: Type): string {
  switch (type.kind) {
    case 'scalar':
      return type.nullable && type.scalar.initial !== null
        ? `System.Nullable\`1[${type.scalar.dotnet}]`
        : type.scalar.dotnet;
    case 'any':
      return 'System.Object';
    case 'list':
    case 'map':
    case 'object':
      return type.dotnet;
  }
}

function listName(of: string): string {
  return `System.Collections.Generic.List\`1[${of}]`;
}

function mapName(key: string, of: string): string {
  return `System.Collections.Generic.Dictionary\`2[${key},${of}]`;
}

/**
 * A name as ServiceStack writes it in camelCase: `UInt` is uInt, `ID` is id, `URLOf` is urlOf. Written here as in src/values on
 * purpose: what answers shares no code with what judges its answers.
 */
export function camel(name: string): string {
  let written = '';
  for (let i = 0; i < name.length; i += 1) {
    const c = name.charAt(i);
    const next = i + 1 < name.length ? name.charAt(i + 1) : 'A';
    if (!isUpper(c) || (i > 0 && !isUpper(next))) return written + name.slice(i);
    written += c.toLowerCase();
  }
  return written;
}

function isUpper(c: string): boolean {
  return c >= 'A' && c <= 'Z';
}
