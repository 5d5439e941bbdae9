// One idea in three languages: what is written in each stands side by side.

import type { ContractMember, ContractType, ResponseOf } from '../../model/contract.ts';
import type { Service } from '../service.ts';
import { applied, cellType, isListType, isMapType, isValueType } from './dotnet.ts';
import {
  computedPlace,
  descriptionOf,
  descriptionWithin,
  enumsIn,
  isAlias,
  isDataContract,
  isNeeded,
  isOfFramework,
  pathBelow,
  typeShown,
} from './said.ts';

/** A language that DTOs are written in as recorded hosts write them (source forms, 4). */
interface Writer {
  /** What stands above a source and not above the code on a page. */
  readonly head: (options: readonly string[]) => string;
  readonly imports: string;
  readonly mark: (attribute: string) => string;
  /** How an attribute names the validator that it holds. */
  readonly validator: string;
  readonly body: (service: Service, type: ContractType, isWhole: boolean) => string;
  /** The code of all types together. */
  readonly together: (service: Service, code: readonly string[]) => string;
}

/** Names of the languages as pages have them. */
export const written: Readonly<Record<string, string>> = { csharp: 'C#', typescript: 'TypeScript', python: 'Python' };

/**
 * The DTOs of operations in a language: a whole source, or what a page shows of one of them, which has neither its options nor
 * its routes and markers. A type that several speak of stands there once.
 *
 * @param baseUrl of the host, with the prefix; null for the code on a page
 */
export function sourceIn(
  [first, ...others]: readonly [Service, ...Service[]],
  language: keyof typeof writers,
  baseUrl: string | null,
): string {
  const writer = writers[language];
  const told = new Map<string, readonly [service: Service, type: ContractType]>();
  for (const service of [first, ...others])
    for (const type of service.contract.types)
      if (!isOfFramework(type.name) && (!told.has(type.name) || type.name === service.contract.request))
        told.set(type.name, [service, type]);
  const head =
    baseUrl === null
      ? ''
      : writer.head(['Date: 2026-11-26 12:51:10', 'Version: 10.15', `BaseUrl: ${baseUrl.replace(/\/$/, '')}`]);
  const code = [...told.values()].map(([service, type]) => writer.body(service, type, baseUrl !== null));
  return `${head}${writer.imports}${writer.together(first, code)}`;
}

/* ---- what is written in each of them ---- */

/** Attributes of a class: routes stand in a source alone, and so do markers; who refuses strangers is told, of [Authenticate] nothing. */
function attributesOf(
  { mark, validator }: Writer,
  { contract, prefix, routes: own }: Service,
  type: ContractType,
  isWhole: boolean,
): readonly string[] {
  const isRequest = type.name === contract.request;
  const description = descriptionOf(contract, type);
  const routes =
    isRequest && isWhole && own.length > 0
      ? contract.routes.map(({ path, verbs, summary, notes }) => {
          const said = [
            quoted(pathBelow(prefix, path)),
            ...(verbs === 'any' ? [] : [quoted(verbs.join(','))]),
            ...(summary === undefined ? [] : [`Summary=${quoted(summary)}`]),
            ...(notes === undefined ? [] : [`Notes=${quoted(notes)}`]),
          ];
          return `Route(${said.join(', ')})`;
        })
      : [];
  return [
    ...routes,
    ...(isRequest && contract.challenged === false
      ? [`ValidateRequest(${validator}${quoted('IsAuthenticated')})`]
      : []),
    ...(isRequest && description !== '' ? [`Api(Description=${quoted(description)})`] : []),
    ...(type.enum?.flags === true ? ['Flags'] : []),
    ...(isDataContract(type) ? ['DataContract'] : []),
  ].map(mark);
}

function memberAttributes({ contract }: Service, owner: ContractType, member: ContractMember): readonly string[] {
  // A validator that demands it says so itself.
  const isToldNeeded =
    member.required === 'documented' ||
    (member.required === 'enforced' && member.validate?.some((rule) => /^Not(?:Empty|Null)/.test(rule)) !== true);
  const described = descriptionWithin(contract, owner, member);
  const isPlaced = member.in !== 'unknown' && member.in !== computedPlace(contract, owner, member);
  const api = [
    ...(described === '' ? [] : [`Description=${quoted(described)}`]),
    ...(isToldNeeded ? ['IsRequired=true'] : []),
    ...(isPlaced ? [`ParameterType=${quoted(member.in)}`] : []),
  ];
  return [
    ...(api.length === 0 ? [] : [`ApiMember(${api.join(', ')})`]),
    ...(isAlias(member) ? [`DataMember(Name=${quoted(member.name)})`] : isDataContract(owner) ? ['DataMember'] : []),
  ];
}

/** The members of a class, each below its attributes, and a blank line behind those that have some. */
function membersIn(
  { mark, validator }: Writer,
  service: Service,
  type: ContractType,
  written: (member: ContractMember) => string,
): readonly string[] {
  return type.members.flatMap((member) => {
    const validate = (member.validate ?? []).map((rule) => `Validate(${validator}${quoted(rule)})`);
    const attributes = [...memberAttributes(service, type, member), ...validate].map(mark);
    const lines = [...attributes, written(member)].map((line) => `    ${line}`);
    return attributes.length === 0 ? lines : [...lines, ''];
  });
}

/** Whether a language marks a member as one that may be left out. */
function isOptional({ contract }: Service, member: ContractMember): boolean {
  return isValueType(typeShown(member), enumsIn(contract)) ? member.nullable === true : !isNeeded(member);
}

function interfacesOf(
  { contract }: Service,
  type: ContractType,
  isWhole: boolean,
  of: (type: string) => string,
): readonly string[] {
  if (type.name !== contract.request || !isWhole) return [];
  const { response } = contract;
  const answer = answered(response);
  const verb = onlyVerb(contract);
  return [
    ...(response.kind === 'none' ? ['IReturnVoid'] : answer === null ? [] : [of(answer)]),
    ...(verb === null ? [] : [`I${verb.charAt(0)}${verb.slice(1).toLowerCase()}`]),
  ];
}

/** The verb of a service that has one alone. */
function onlyVerb({ verbs = 'any' }: Service['contract']): string | null {
  const [verb, more] = verbs === 'any' ? [] : verbs;
  return verb === undefined || more !== undefined ? null : verb;
}

/** The type of an answer as .NET has it; null where it is not known. */
function answered(response: ResponseOf): string | null {
  switch (response.kind) {
    case 'dto':
    case 'scalar':
      return response.type;
    case 'list':
      return `List<${response.type}>`;
    case 'raw':
      return response.type ?? 'Byte[]';
    case 'none':
    case 'unknown':
      return null;
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** A comment knows no line break. */
function oneLine(text: string): string {
  return text.replaceAll('\n', '');
}

function indented(lines: readonly string[], by: string): string {
  return lines.map((line) => (line === '' ? '\n' : `${by}${line}\n`)).join('');
}

/* ---- C# ---- */

const csharp: Writer = {
  head: (options) =>
    `/* Options:\n${options.join('\n')}\n\n//MakePartial: True\n//AddNullableAnnotations: True\n*/\n\n`,
  imports:
    'using System;\nusing System.IO;\nusing System.Collections;\nusing System.Collections.Generic;\nusing System.Runtime.Serialization;\nusing ServiceStack;\nusing ServiceStack.DataAnnotations;\n\n',
  mark: (attribute) => `[${attribute}]`,
  validator: '',
  together: ({ codeNamespace }, code) => `namespace ${codeNamespace}\n{\n${code.join('\n')}}\n`,
  body: (service, type, isWhole) => {
    const description = descriptionOf(service.contract, type);
    const head = [
      ...(description === '' ? [] : ['///<summary>', `///${oneLine(description)}`, '///</summary>']),
      ...attributesOf(csharp, service, type, isWhole),
    ];
    if (type.enum !== undefined) {
      const hasValues = type.enum.flags === true || type.enum.names.some(({ value }) => value !== undefined);
      const names = type.enum.names.flatMap(({ name, value, wire }, i) => [
        ...(wire === undefined ? [] : [csharp.mark(`EnumMember(Value=${quoted(wire)})`)]),
        `${name}${hasValues ? ` = ${value ?? i}` : ''},`,
      ]);
      return indented([...head, `public enum ${type.name}`, '{', ...names.map((name) => `    ${name}`), '}'], '    ');
    }
    const above = [
      ...(type.base === undefined ? [] : [csharpType(type.base)]),
      ...interfacesOf(service, type, isWhole, (its) => `IReturn<${csharpType(its)}>`),
    ];
    const members = membersIn(
      csharp,
      service,
      type,
      (member) => `public virtual ${csharpMember(service, member)} ${member.property} { get; set; }`,
    );
    return indented(
      [
        ...head,
        `public partial class ${type.name}`,
        ...(above.length === 0 ? [] : [`    : ${above.join(', ')}`]),
        '{',
        ...members,
        '}',
      ],
      '    ',
    );
  },
};

function csharpType(type: string): string {
  return cellType(type, false);
}

function csharpMember(service: Service, member: ContractMember): string {
  const own = typeShown(member);
  return cellType(own, isOptional(service, member));
}

/* ---- TypeScript ---- */

const typescript: Writer = {
  head: (options) =>
    `/* Options:\n${options.join('\n')}\n\n//MakePropertiesOptional: False\n//AddServiceStackTypes: True\n*/\n\n// @ts-nocheck\n\nexport interface IReturn<T>\n{\n    createResponse(): T;\n}\n\nexport interface IReturnVoid\n{\n    createResponse(): void;\n}\n\n`,
  imports: '',
  mark: (attribute) => `// @${attribute === 'Flags' ? 'Flags()' : attribute}`,
  validator: 'Validator=',
  together: (_, code) => code.join('\n'),
  body: (service, type, isWhole) => {
    const description = descriptionOf(service.contract, type);
    const head = [
      ...(description === '' ? [] : [`/** @description ${oneLine(description)} */`]),
      ...attributesOf(typescript, service, type, isWhole),
    ];
    if (type.enum !== undefined) {
      const isNumber = type.enum.flags === true || type.enum.names.some(({ value }) => value !== undefined);
      const names = type.enum.names.map(
        ({ name, value, wire }, i) => `    ${name} = ${isNumber ? String(value ?? i) : `'${wire ?? name}'`},`,
      );
      return indented([...head, `export enum ${type.name}`, '{', ...names, '}'], '');
    }
    const base = type.base === undefined ? '' : ` extends ${typescriptType(type.base)}`;
    const above = interfacesOf(service, type, isWhole, (its) => `IReturn<${typescriptAnswer(its)}>`);
    const members = membersIn(
      typescript,
      service,
      type,
      (member) =>
        `public ${member.name}${isOptional(service, member) ? '?' : ''}: ${typescriptType(typeShown(member))};`,
    );
    const make = `    public constructor(init?: Partial<${type.name}>) { ${base === '' ? '' : 'super(init); '}(Object as any).assign(this, init); }`;
    return indented(
      [
        ...head,
        `export class ${type.name}${base}${above.length === 0 ? '' : ` implements ${above.join(', ')}`}`,
        '{',
        ...members,
        '',
        make,
        ...(type.name === service.contract.request && isWhole ? methodsOf(service) : []),
        '}',
      ],
      '',
    );
  },
};

/** What a client of the framework calls: which verb to use, and what to read the answer into. */
function methodsOf({ contract }: Service): readonly string[] {
  const its = answered(contract.response);
  return [
    `    public getTypeName() { return '${contract.request}'; }`,
    `    public getMethod() { return '${onlyVerb(contract) ?? 'POST'}'; }`,
    `    public createResponse() {${its === null ? '' : ` return ${emptyOf(its)}; `}}`,
  ];
}

/** An answer in bytes is read as such; within a DTO they are a text. */
function typescriptAnswer(type: string): string {
  return type === 'Byte[]' ? 'Blob' : typescriptType(type);
}

function emptyOf(type: string): string {
  const of = typescriptAnswer(type);
  if (of.endsWith('[]')) return `new Array<${of.slice(0, -2)}>()`;
  if (of === 'number') return '0';
  if (of === 'boolean') return 'false';
  if (of === 'string') return "''";
  return of.startsWith('{') ? '{}' : `new ${of}()`;
}

const numbers = /^(?:S?Byte|U?Int(?:16|32|64)|Single|Double|Decimal)$/;

function typescriptType(type: string): string {
  if (type === 'Byte[]') return 'string';
  if (type.endsWith('[]')) return `${typescriptType(type.slice(0, -2))}[]`;
  const { name, args } = applied(type);
  const last = args.at(-1);
  if (last !== undefined && isListType(name)) return `${typescriptType(last)}[]`;
  if (last !== undefined && isMapType(name))
    return `{ [index:${numbers.test(args[0] ?? '') ? 'number' : 'string'}]: ${typescriptType(last)}; }`;
  if (args.length > 0) return `${name}<${args.map(typescriptType).join(', ')}>`;
  if (numbers.test(name)) return 'number';
  if (name === 'Boolean') return 'boolean';
  if (name === 'Stream' || name === 'HttpWebResponse') return 'Blob';
  return texts.test(name) ? 'string' : name;
}

const texts = /^(?:String|Char|Uri|Guid|DateTime|DateTimeOffset|DateOnly|TimeOnly|TimeSpan)$/;

/* ---- Python ---- */

const python: Writer = {
  head: (options) => `""" Options:\n${options.join('\n')}\n\n#AddServiceStackTypes: True\n"""\n\n`,
  imports:
    "import datetime\nimport decimal\nfrom marshmallow.fields import *\nfrom servicestack import *\nfrom typing import *\nfrom dataclasses import dataclass, field\nfrom dataclasses_json import dataclass_json, LetterCase, Undefined, config\nfrom enum import Enum, IntEnum\nObject = TypeVar('Object')\n\n\n",
  mark: (attribute) => `# @${attribute === 'Flags' ? 'Flags()' : attribute}`,
  validator: 'Validator=',
  together: (_, code) => code.join('\n\n'),
  body: (service, type, isWhole) => {
    const description = descriptionOf(service.contract, type);
    const head = attributesOf(python, service, type, isWhole);
    if (type.enum !== undefined) {
      const isNumber = type.enum.flags === true || type.enum.names.some(({ value }) => value !== undefined);
      const names = type.enum.names.map(
        ({ name, value, wire }, i) =>
          `    ${snake(name).toUpperCase()} = ${isNumber ? String(value ?? i) : `'${wire ?? name}'`}`,
      );
      return indented([...head, `class ${type.name}(${isNumber ? 'IntEnum' : 'str, Enum'}):`, ...names], '');
    }
    const { name, args } = applied(type.name);
    const above = [
      ...(type.base === undefined ? [] : [pythonType(type.base)]),
      ...(args.length === 0 ? [] : [`Generic[${args.join(', ')}]`]),
      ...interfacesOf(service, type, isWhole, (its) => `IReturn[${pythonType(its)}]`),
    ];
    const members = membersIn(python, service, type, pythonMember);
    const comment = description === '' ? [] : ['    """', `    ${oneLine(description)}`, '    """', ''];
    return indented(
      [
        ...head,
        '@dataclass_json(letter_case=LetterCase.CAMEL, undefined=Undefined.EXCLUDE)',
        '@dataclass',
        `class ${name}${above.length === 0 ? '' : `(${above.join(', ')})`}:`,
        ...comment,
        ...(members.length === 0 ? ['    pass'] : members),
      ],
      '',
    );
  },
};

function pythonType(type: string): string {
  if (type === 'Byte[]' || type === 'Stream' || type === 'HttpWebResponse') return 'bytes';
  if (type.endsWith('[]')) return `List[${pythonType(type.slice(0, -2))}]`;
  const { name, args } = applied(type);
  const last = args.at(-1);
  if (last !== undefined && isListType(name)) return `List[${pythonType(last)}]`;
  if (last !== undefined && isMapType(name)) return `Dict[${pythonType(args[0] ?? 'String')}, ${pythonType(last)}]`;
  if (args.length > 0) return `${name}[${args.map(pythonType).join(', ')}]`;
  if (/^(?:Single|Double)$/.test(name)) return 'float';
  if (name === 'Decimal') return 'Decimal';
  if (numbers.test(name)) return 'int';
  if (name === 'Boolean') return 'bool';
  if (/^(?:DateTime|DateTimeOffset|DateOnly)$/.test(name)) return 'datetime.datetime';
  if (/^(?:TimeSpan|TimeOnly)$/.test(name)) return 'datetime.timedelta';
  return /^(?:String|Char|Uri|Guid)$/.test(name) ? 'str' : name;
}

const zeros: Readonly<Record<string, string>> = {
  int: '0',
  float: '0.0',
  bool: 'False',
  Decimal: 'decimal.Decimal(0)',
  'datetime.datetime': 'datetime.datetime(1, 1, 1)',
  'datetime.timedelta': 'datetime.timedelta()',
};

/** Words of Python, and names of its types, which a member may not have. */
const reserved =
  /^(?:and|as|assert|async|await|bool|break|class|continue|def|del|elif|else|except|finally|float|for|from|global|if|import|in|int|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)$/;

function pythonMember(member: ContractMember): string {
  const type = pythonType(typeShown(member));
  const name = snake(isAlias(member) ? member.name : member.property);
  const zero = member.nullable === true ? undefined : zeros[type];
  const said = zero === undefined ? `Optional[${type}]` : type;
  const value = zero ?? 'None';
  return reserved.test(name)
    ? `${name}_: ${said} = field(metadata=config(field_name='${name}'), default=${value})`
    : `${name}: ${said} = ${value}`;
}

function snake(name: string): string {
  return name.replace(/(?<=[a-z0-9])([A-Z])|(?<=[A-Z])([A-Z])(?=[a-z])/g, '_$&').toLowerCase();
}

const writers = { csharp, typescript, python } as const satisfies Readonly<Record<string, Writer>>;

/** Whether a language is one that DTOs are written in here; of the others there is an outline. */
export function isWritten(language: string): language is keyof typeof writers {
  return Object.hasOwn(writers, language);
}
