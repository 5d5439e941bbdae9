// What the three languages have in common: one reader each would say it three times.

import { prefixOf } from './cursor.ts';
import type { ContractSource, EnumName, ResponseOf } from '../model/contract.ts';
import { argument, demandsOf, enforces, validatorsOf, type Attribute } from './attributes.ts';
import {
  isSince,
  nonEmpty,
  spellingsOf,
  unreadable,
  verbsIn,
  versionOf,
  type Fact,
  type MemberFacts,
  type OperationFacts,
  type ReadDocument,
  type TypeFacts,
  type TypeSaid,
} from './facts.ts';
import { plainName } from './dotnet.ts';
import { isLocal } from './metadata.ts';
import { placeIn } from './metadata-types.ts';
import { otherwise, saysSame } from './readings.ts';
import { urlOf } from '../values/url.ts';
import { onceFor } from '../values/once.ts';
import { identifiersIn } from '../values/identifiers.ts';

/** A member as a language writes it. */
export interface WrittenMember {
  readonly name: string;
  /** Its type, in the language's words. */
  readonly type: string;
  /** Whether it bears the mark by which the language says that it may be left out. */
  readonly marked: boolean;
  readonly attributes: readonly Attribute[];
  readonly comment: string | null;
  readonly line: number;
}

/** A class, an enum or an interface as a language writes it. */
export interface WrittenType {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly base: string | null;
  /** `IReturn<Tool>`, `IGet`. */
  readonly interfaces: readonly string[];
  readonly attributes: readonly Attribute[];
  readonly comment: string | null;
  readonly namespace: string | null;
  readonly members: readonly WrittenMember[];
  /** Null for what is no enum. */
  readonly names: readonly EnumName[] | null;
  readonly line: number;
}

/** The options that a file of `/types/LANGUAGE` begins with; code on a page has none. */
export interface Header {
  readonly version: string | null;
  readonly baseUrl: string | null;
  readonly options: ReadonlyMap<string, string>;
}

/** What a language keeps of a member's type. */
export interface MemberSaid {
  readonly type: TypeSaid;
  readonly nullable: boolean | null;
  /** Null where the language does not tell and only an attribute could. */
  readonly required: 'documented' | 'no' | null;
}

/** What is particular to a language. */
export interface Language {
  readonly kind: 'typescript' | 'csharp' | 'python';
  /** Its name, as pages have it, too. */
  readonly says: string;
  /** @param place where a line of the code stands, for messages */
  readonly read: (text: string, place: (line: number) => string) => WrittenFile;
  readonly member: (member: WrittenMember, file: WrittenFile, where: string) => MemberSaid;
  /** The answer of `IReturn<…>`, from what stands between the brackets. */
  readonly answer: (type: string, file: WrittenFile, where: string) => ResponseOf;
  /** A base class, as a .NET type; null where the language keeps too little of its arguments. */
  readonly base: (type: string, file: WrittenFile, where: string) => string | null;
  /** What a reader of it must know: the names of members that it spells its own way. */
  readonly spelling: 'property' | 'wire' | 'its own';
}

/** Operations of ServiceStack that sources list among the service's own; in C# a namespace would tell them. */
const frameworkOperations: ReadonlySet<string> = new Set([
  'Authenticate',
  'AssignRoles',
  'UnAssignRoles',
  'GetAccessToken',
  'ConvertSessionToToken',
  'GetApiKeys',
  'RegenerateApiKeys',
]);

/** A file of DTOs, or the code on a page. */
export interface WrittenFile {
  readonly header: Header | null;
  readonly types: ReadonlyMap<string, WrittenType>;
}

/**
 * A DTO source as a document.
 *
 * @param where its file or address
 * @throws UnreadableSource when it is no code of that language
 */
export function dtoDocument(text: string, language: Language, where: string): ReadDocument {
  const file = language.read(text, (line) => `${where}:${line}`);
  const { header } = file;
  const version = header?.version ?? null;
  const source: ContractSource = {
    kind: language.kind,
    where,
    ...(version !== null && { version: versionOf(version) }),
  };
  const requests = [...file.types.values()].filter(isRequest);
  const operations = requests.map(({ name }) => name);
  return {
    source,
    operations,
    spelling: spellingsOf(operations),
    framework: new Set(operations.filter((name) => frameworkOperations.has(name))),
    facts: (operation) => {
      const type = file.types.get(operation);
      return type === undefined
        ? unreadable(where, `describes no class ${operation}`)
        : writtenFacts(type, file, language, source, (line) => line);
    },
  };
}

function isRequest({ interfaces, attributes, names }: WrittenType): boolean {
  return (
    names === null &&
    (interfaces.some((each) => /^IReturn(?:Void\b|<)/.test(each)) || attributes.some(({ name }) => name === 'Route'))
  );
}

/** What the code states of an operation, on a page without its routes and its answer. */
export function writtenFacts(
  type: WrittenType,
  file: WrittenFile,
  language: Language,
  source: ContractSource,
  lineOf: (line: number) => number,
): OperationFacts {
  const { header } = file;
  const place = (line: number): string => `${source.where}:${lineOf(line)}`;
  const at = place(type.line);
  const demands = demandsOf(type.attributes);
  const described = descriptionOf(type, place);
  const comment = otherComment(type, 'Api', file);
  const base = header?.baseUrl ?? null;
  const url = base === null ? null : urlOf(base);
  const types = typesOf(type, file, language, place);
  return {
    source,
    at,
    operation: type.name,
    complete: true,
    ...(described !== null && { description: described }),
    ...(header !== null && {
      routes: routesOf(type, at),
      response: responseOf(type, file, language, at),
      ...(!type.interfaces.some((each) => /^IReturn(?:Void\b|<)/.test(each)) && { declaresNoAnswer: true as const }),
    }),
    ...(textsOf(file).any && { comments: true as const }),
    ...(url !== null && { prefix: { value: prefixOf(url), at: `${source.where}, BaseUrl` } }),
    ...(demands.authentication !== undefined && { authentication: { value: demands.authentication, at } }),
    ...(demands.roles !== undefined && { roles: { value: demands.roles, at } }),
    ...(demands.anyRole !== undefined && { anyRole: { value: demands.anyRole, at } }),
    ...(demands.permissions !== undefined && { permissions: { value: demands.permissions, at } }),
    ...(demands.anyPermission !== undefined && { anyPermission: { value: demands.anyPermission, at } }),
    ...(type.namespace !== null && { codeNamespace: { value: type.namespace, at } }),
    types,
    samples: [],
    hosts: url === null || isLocal(url.hostname) ? [] : [url.hostname],
    ...otherwise({ ...(comment !== null && { description: { value: comment, at } }) }),
    open: [
      ...types
        .filter((each) => each.base === undefined && (file.types.get(plainName(each.name))?.base ?? null) !== null)
        .map(({ name }) => ({
          path: `types.${name}.base`,
          why: `${language.says} does not keep the types of .NET that its base is given`,
        })),
      ...(demands.authentication === undefined
        ? [{ path: 'authentication', why: `${language.says} sources do not export [Authenticate]` }]
        : []),
      ...(language.spelling === 'its own'
        ? [
            {
              path: 'types',
              why: `${language.says} spells members its own way: their names are put back into PascalCase`,
            },
          ]
        : []),
    ],
  };
}

function routesOf(type: WrittenType, at: string): NonNullable<OperationFacts['routes']> {
  const routes = type.attributes
    .filter(({ name }) => name === 'Route')
    .map((attribute) => {
      const path = argument(attribute, 'Path', 0) ?? unreadable(at, 'has a Route without a path');
      const summary = argument(attribute, 'Summary');
      const notes = argument(attribute, 'Notes');
      return {
        path,
        verbs: verbsIn(argument(attribute, 'Verbs', 1) ?? '', at),
        ...(summary !== undefined && { summary }),
        ...(notes !== undefined && { notes }),
      };
    });
  return { value: routes, at, whole: false };
}

function responseOf({ interfaces }: WrittenType, file: WrittenFile, language: Language, at: string): Fact<ResponseOf> {
  if (interfaces.some((each) => each === 'IReturnVoid')) return { value: { kind: 'none' }, at };
  const [, answered] = interfaces.map((each) => /^IReturn<(.+)>$/s.exec(each)).find((each) => each !== null) ?? [];
  return { value: answered === undefined ? { kind: 'unknown' } : language.answer(answered, file, at), at };
}

/** The types that a class speaks of, and the further ones of the file: code on a page has no other. */
function typesOf(
  request: WrittenType,
  file: WrittenFile,
  language: Language,
  place: (line: number) => string,
): readonly TypeFacts[] {
  const found = new Map<string, TypeFacts>();
  const waiting = [request.name];
  const answered = request.interfaces.map((each) => /^IReturn<(.+)>$/s.exec(each)?.[1] ?? '').flatMap(identifiersIn);
  const rest = file.header === null ? [...file.types.keys()] : answered;
  for (;;) {
    const name = waiting.shift() ?? rest.find((each) => file.types.has(each) && !found.has(each));
    if (name === undefined) break;
    const type = file.types.get(name);
    if (type === undefined || found.has(name)) continue;
    found.set(name, typeFacts(type, file, language, place));
    waiting.unshift(...[type.base ?? '', ...type.members.map((m) => m.type)].flatMap(identifiersIn));
  }
  return [...found.values()];
}

function typeFacts(
  type: WrittenType,
  file: WrittenFile,
  language: Language,
  place: (line: number) => string,
): TypeFacts {
  const at = place(type.line);
  const described = descriptionOf(type, place);
  const comment = otherComment(type, 'Api', file);
  const names = type.names === null ? null : nonEmpty(type.names);
  const base = type.base === null ? null : language.base(type.base, file, at);
  return {
    name: type.parameters.length === 0 ? type.name : `${type.name}<${type.parameters.join(',')}>`,
    at,
    ...(described !== null && { description: described }),
    ...(base !== null && { base: { value: base, at } }),
    ...(type.attributes.some(({ name }) => name === 'DataContract' || name === 'Csv') && {
      dataContract: true as const,
    }),
    ...(names !== null && {
      enum: {
        names,
        flags: type.attributes.some(({ name }) => name === 'Flags'),
        ...(language.spelling === 'its own' && { loose: true as const }),
      },
    }),
    members: type.members.map((member) => memberFacts(member, file, language, place(member.line))),
    ...otherwise({ ...(comment !== null && { description: { value: comment, at } }) }),
  };
}

function memberFacts(member: WrittenMember, file: WrittenFile, language: Language, at: string): MemberFacts {
  const { attributes } = member;
  const said = language.member(member, file, at);
  const validate = validatorsOf(attributes);
  const api = attributes.find(({ name }) => name === 'ApiMember');
  const data = attributes.find(({ name }) => name === 'DataMember');
  const wire = data === undefined ? undefined : argument(data, 'Name');
  const isNeeded =
    attributes.some(({ name }) => name === 'Required') ||
    [api, data].some((each) => each !== undefined && argument(each, 'IsRequired')?.toLowerCase() === 'true');
  const required = enforces(validate) ? 'enforced' : isNeeded ? 'documented' : said.required;
  const place = placeIn(api === undefined ? undefined : argument(api, 'ParameterType'));
  const description = (api === undefined ? undefined : argument(api, 'Description')) ?? member.comment ?? undefined;
  const named = api === undefined ? undefined : argument(api, 'Name');
  const comment = otherComment(member, 'ApiMember', file);
  const property =
    language.spelling === 'property'
      ? member.name
      : named !== undefined && sameName(named, member.name)
        ? named
        : undefined;
  return {
    shown: member.name,
    at,
    ...(property !== undefined && { property }),
    ...(wire !== undefined ? { wire } : language.spelling === 'wire' && property === undefined && {}),
    type: { value: said.type, at },
    ...(said.nullable !== null && { nullable: { value: said.nullable, at } }),
    ...(required !== null && { required: { value: required, at } }),
    ...(place !== null && { in: { value: place, at } }),
    ...(description !== undefined && { description: { value: description, at } }),
    ...(validate.length > 0 && { validate: { value: validate, at } }),
    ...otherwise({ ...(comment !== null && { description: { value: comment, at } }) }),
  };
}

function sameName(a: string, b: string): boolean {
  return a.replaceAll('_', '').toLowerCase() === b.replaceAll('_', '').toLowerCase();
}

function descriptionOf(
  { attributes, comment, line }: WrittenType,
  place: (line: number) => string,
): Fact<string> | null {
  const api = attributes.find(({ name }) => name === 'Api');
  const value = (api === undefined ? undefined : argument(api, 'Description', 0)) ?? comment;
  return value === null ? null : { value, at: place(line) };
}

type Describing = 'Api' | 'ApiMember';

function describedBy({ attributes }: Pick<WrittenMember, 'attributes'>, name: Describing): string | undefined {
  const attribute = attributes.find((each) => each.name === name);
  return attribute === undefined ? undefined : argument(attribute, 'Description');
}

/** The comment of a thing, where it is not what its attribute says; that there is none tells something where others have both. */
function otherComment(
  thing: Pick<WrittenMember, 'attributes' | 'comment'>,
  attribute: Describing,
  file: WrittenFile,
): string | null {
  const said = describedBy(thing, attribute);
  if (said === undefined || (thing.comment === null && !textsOf(file).twice.has(attribute))) return null;
  return saysSame(said, thing.comment ?? '') ? null : (thing.comment ?? '');
}

/** How a file describes what is in it. */
interface Texts {
  readonly any: boolean;
  /** The attributes whose text comments repeat. */
  readonly twice: ReadonlySet<Describing>;
}

const textsOf = onceFor((file: WrittenFile): Texts => {
  const all = [...file.types.values()].flatMap((type) => [
    { thing: type, attribute: 'Api' as const },
    ...type.members.map((thing) => ({ thing, attribute: 'ApiMember' as const })),
  ]);
  return {
    any: all.some(({ thing, attribute }) => thing.comment !== null || describedBy(thing, attribute) !== undefined),
    twice: new Set(
      all.flatMap(({ thing, attribute }) =>
        thing.comment !== null && describedBy(thing, attribute) !== undefined ? [attribute] : [],
      ),
    ),
  };
});

/**
 * Reads the options at the head of a file: `Version: 10.15`, `//MakePartial: True`.
 *
 * @param text between the marks of the comment
 */
export function readHeader(text: string): Header {
  const options = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, value = ''] = /^\s*(?:(?:\/\/|#|')\s*)?(\w+):(.*)$/.exec(line) ?? [];
    if (name !== undefined) options.set(name, value.trim());
  }
  return { version: options.get('Version') ?? null, baseUrl: options.get('BaseUrl') ?? null, options };
}

/** Whether references without a mark may still be null, which only hosts of before 6.1 never know of. */
export function isBeforeNullableReferences(header: Header | null): boolean {
  const version = header === null ? null : header.version;
  return version !== null && isSince(versionOf(version), '6.1') === false;
}
