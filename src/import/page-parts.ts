// One page, whatever it was saved as: what its parts state.

import { csharp } from './csharp.ts';
import { enclosed, split } from './cursor.ts';
import type { ContractSource, EnumName, NonEmpty } from '../model/contract.ts';
import {
  isBuiltIn,
  namesIn,
  netText,
  plainName,
  readNetType,
  unwrapped,
  withoutReferenceMarks,
  isReference,
  type NetType,
} from './dotnet.ts';
import { writtenFacts, type Language, type WrittenFile } from './dto-source.ts';
import {
  keyOf,
  nonEmpty,
  spellingsOf,
  unreadable,
  UnreadableSource,
  verbsIn,
  type Fact,
  type MemberFacts,
  type OperationFacts,
  type ReadDocument,
  type RouteFacts,
  type SampleFacts,
  type TypeFacts,
} from './facts.ts';
import { frameworkTypeOf } from './framework.ts';
import { isLocal } from './metadata.ts';
import { placeIn } from './metadata-types.ts';
import { python } from './python.ts';
import { otherwise, saysSame } from './readings.ts';
import { sampleFacts, namespaceFact, responseOf, keysOf } from './page-samples.ts';
import { typescript } from './typescript.ts';
import { boundBy } from '../values/route.ts';
import { jsonIn } from '../values/json.ts';

/** A row of a table of members. */
export interface ParameterRow {
  readonly name: string;
  readonly place: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  /** Null where there are some, glued together. */
  readonly allowed: readonly string[] | null;
  readonly range: { readonly least: number; readonly greatest: number } | null;
  readonly line: number;
}

export type PageTable =
  | {
      readonly kind: 'params';
      readonly type: string | null;
      readonly rows: readonly ParameterRow[];
      readonly line: number;
    }
  | {
      readonly kind: 'enum';
      readonly type: string;
      readonly rows: readonly (readonly string[])[];
      readonly hasValues: boolean;
      readonly line: number;
    };

/** The code that a page shows in place of tables. */
export interface PageCode {
  readonly language: Language;
  readonly file: WrittenFile;
  /** The line of the page that the code begins on, less one. */
  readonly before: number;
}

/** What an operation page holds, whether it came as HTML or as text. */
export interface PageParts {
  readonly source: ContractSource;
  readonly operation: string;
  readonly description: Fact<string> | null;
  readonly authentication: Fact<'required' | 'none'> | null;
  /** Rows below "Requires Authentication": `Required role:` and what stands beside it. */
  readonly demands: readonly { readonly label: string; readonly value: string; readonly line: number }[];
  readonly routes: readonly RouteFacts[];
  readonly routesLine: number;
  /** Whether it may be older than the tables of enums, which are of 5.6. */
  readonly hidesEnums: boolean;
  readonly prefix: Fact<string> | null;
  readonly tables: readonly PageTable[];
  readonly code: PageCode | null;
  readonly sample: PageSample;
  readonly open: OperationFacts['open'];
}

export interface PageSample {
  readonly request: { readonly text: string; readonly line: number };
  readonly response: { readonly text: string; readonly line: number } | null;
  /** `.json` and `?format=json` as printed. */
  readonly suffix: string | null;
}

/** A page as a document. */
export function pageDocument(parts: PageParts): ReadDocument {
  const operations = [parts.operation];
  return {
    source: parts.source,
    operations,
    spelling: spellingsOf(operations),
    framework: new Set(),
    facts: () => pageFacts(parts),
  };
}

/**
 * The language in which a page shows its DTOs.
 *
 * @param name as the page has it
 * @param isNamed whether that is the name of a language
 * @throws UnreadableSource where it is none that is read here
 */
export function pageLanguage(name: string, isNamed: (language: Language) => boolean, where: string): Language {
  return (
    [csharp, typescript, python].find(isNamed) ??
    unreadable(
      where,
      'shows its DTOs in a language that is not read here: open the page as Metadata, C#, TypeScript or Python',
      name,
    )
  );
}

/** What a page states of its operation. */
function pageFacts(parts: PageParts): OperationFacts {
  const { source, operation, code } = parts;
  const place = (line: number): string => `${source.where}:${line}`;
  const sample = sampleFacts(parts, place);
  const described = code === null ? tableTypes(parts, place, sample) : null;
  const written = code === null ? null : codeFacts(parts, code);
  const types = described ?? written?.types ?? [];
  const host = hostIn(parts.sample.request.text);
  const roles = demandOf(parts, /^Required roles?:$/);
  const anyRole = demandOf(parts, /^Requires (?:the role|any of the roles):$/);
  const permissions = demandOf(parts, /^Required permissions?:$/);
  const anyPermission = demandOf(parts, /^Requires (?:the permission|any of the permissions):$/);
  const authentication = parts.authentication ?? written?.authentication;
  const description = parts.description ?? written?.description;
  const response = responseOf(parts, types, place);
  return {
    source,
    at: place(1),
    operation,
    ...(code === null && { hidesAliases: true as const, ...(parts.hidesEnums && { hidesEnums: true as const }) }),
    complete: code !== null || parts.tables.every((table) => table.kind === 'enum' || table.type !== null),
    ...(description !== undefined && { description }),
    ...(parts.prefix !== null && { prefix: parts.prefix }),
    routes: { value: parts.routes, at: place(parts.routesLine), whole: true },
    ...(authentication !== undefined && { authentication }),
    ...((roles ?? written?.roles) !== undefined && { roles: roles ?? (written?.roles as Fact<NonEmpty<string>>) }),
    ...((anyRole ?? written?.anyRole) !== undefined && {
      anyRole: anyRole ?? (written?.anyRole as Fact<NonEmpty<string>>),
    }),
    ...(permissions !== undefined && { permissions }),
    ...(anyPermission !== undefined && { anyPermission }),
    ...(response !== null && { response }),
    types,
    ...otherwise(textBeside(parts, written)),
    ...(written?.comments === true && { comments: true as const }),
    ...(sample !== null && sample.format === 'xml' && namespaceFact(sample)),
    ...(written?.codeNamespace !== undefined && { codeNamespace: written.codeNamespace }),
    samples: sample === null ? [] : [sample],
    hosts: host === null || isLocal(host.replace(/:\d+$/, '')) ? [] : [host.replace(/:\d+$/, '')],
    open: [
      ...parts.open,
      ...parts.tables.flatMap(gluedValues),
      ...(written?.open ?? []).filter(({ path }) => path !== 'authentication' || authentication === undefined),
      ...(authentication === undefined && !parts.open.some(({ path }) => path === 'authentication')
        ? [{ path: 'authentication', why: 'pages of before ServiceStack 4.0.44 never state it' }]
        : []),
      ...(response === null
        ? [{ path: 'response', why: 'the page does not say which of its types is the answer' }]
        : []),
    ],
  };
}

/** What the code of a page says of the operation, where the page itself says something else, or nothing. */
function textBeside(
  { description }: PageParts,
  written: OperationFacts | null,
): { readonly description?: Fact<string> } {
  if (written?.description === undefined) return {};
  if (description === null) return { description: { value: '', at: written.description.at } };
  if (!saysSame(description.value, written.description.value)) return { description: written.description };
  return written.otherwise?.description === undefined ? {} : { description: written.otherwise.description };
}

function gluedValues(table: PageTable): OperationFacts['open'] {
  if (table.kind === 'enum') return [];
  return table.rows
    .filter(({ allowed }) => allowed === null)
    .map(({ name }) => ({
      path: `types.${table.type ?? ''}.${name}.allowed`,
      why: 'the values that it allows stand glued together',
    }));
}

function codeFacts({ source, operation }: PageParts, { language, file, before }: PageCode): OperationFacts {
  const type = file.types.get(operation);
  return type === undefined
    ? unreadable(`${source.where}:${before + 1}`, `the code describes no class ${operation}`)
    : writtenFacts(type, file, language, source, (line) => line + before);
}

function demandOf({ demands, source }: PageParts, label: RegExp): Fact<NonEmpty<string>> | undefined {
  const row = demands.find((each) => label.test(each.label.trim()));
  const names =
    row === undefined
      ? null
      : nonEmpty(
          row.value
            .split(',')
            .map((name) => name.trim())
            .filter((name) => name !== ''),
        );
  return row === undefined || names === null ? undefined : { value: names, at: `${source.where}:${row.line}` };
}

function hostIn(request: string): string | null {
  return /^Host:\s*(\S+)/im.exec(request)?.[1] ?? null;
}

/* ---- the tables ---- */

function tableTypes(
  parts: PageParts,
  place: (line: number) => string,
  sample: SampleFacts | null,
): readonly TypeFacts[] {
  const captions = new Set(parts.tables.flatMap(({ type }) => (type === null ? [] : [plainName(type)])));
  const enums = new Set(parts.tables.flatMap((table) => (table.kind === 'enum' ? [table.type] : [])));
  const isEnum = (name: string): boolean | null => {
    const plain = plainName(name);
    if (enums.has(plain)) return true;
    return captions.has(plain) || frameworkTypeOf(plain, 0) !== undefined ? false : null;
  };
  const found = new Map<string, TypeFacts>();
  for (const table of parts.tables) {
    const name = table.type ?? parts.operation;
    const at = place(table.line);
    if (table.kind === 'enum') {
      const names = nonEmpty(table.rows.map((row, i) => enumName(row, table.hasValues, i)));
      if (names === null) return unreadable(at, `the enum ${name} has no names: the page is cut off`);
      const known = found.get(name);
      if (known === undefined) found.set(name, { name, at, enum: { names }, members: [] });
      else if (!isSame(known.enum?.names, names)) found.set(name, { ...known, otherwise: { enum: { names } } });
      continue;
    }
    const parameters = split(enclosed(name, `${plainName(name)}<`, '>') ?? '');
    const known = (type: string): boolean =>
      isBuiltIn(type) ||
      captions.has(type) ||
      parameters.includes(type) ||
      frameworkTypeOf(type, 0) !== undefined ||
      frameworkTypeOf(type, 1) !== undefined;
    const isRequest = name === parts.operation;
    const members = table.rows.map((row) => rowFacts(row, place(row.line), known, isEnum, isRequest));
    const first = found.get(name);
    if (first === undefined) found.set(name, { name, at, members });
    // The answer may be the request again: then its table stands there twice.
    else if (!isSame(first.members, members)) found.set(name, { ...first, otherwise: { members } });
  }
  if (!found.has(parts.operation)) found.set(parts.operation, { name: parts.operation, at: place(1), members: [] });
  const first = found.get(parts.operation);
  const withBase = first === undefined ? [] : [withBaseOf(first, found, sample, parts.routes)];
  return [...withBase, ...[...found.values()].filter(({ name }) => name !== parts.operation)];
}

/** Whether two tables say the same, wherever they stand. */
function isSame(one: unknown, other: unknown): boolean {
  const text = (value: unknown): string =>
    JSON.stringify(value, (name, inner: unknown) => (name === 'at' ? '' : inner));
  return text(one) === text(other);
}

/**
 * The base of the request: the page prints its table and not what it is. A sample with a body shows whose members it has besides
 * its own, all of them; else its routes name some.
 */
function withBaseOf(
  request: TypeFacts,
  found: ReadonlyMap<string, TypeFacts>,
  sample: SampleFacts | null,
  routes: readonly RouteFacts[],
): TypeFacts {
  const sent = sample === null ? null : keysOf(jsonIn(sample.request.body));
  const own = new Set(request.members.map(({ shown }) => keyOf(shown)));
  const named = sent ?? new Set(routes.flatMap(({ path }) => boundBy(path)).map(keyOf));
  const more = [...named].filter((key) => !own.has(key));
  const spokenOf = new Set(
    [...found.values()].flatMap(({ members }) =>
      members.flatMap(({ type }) => (type?.value.kind === 'exact' ? namesIn(readNetType(type.value.type, '')) : [])),
    ),
  );
  const bases = [...found.values()].filter(({ name, members, enum: isEnum }) => {
    const keys = members.map(({ shown }) => keyOf(shown));
    return (
      name !== request.name &&
      isEnum === undefined &&
      !spokenOf.has(plainName(name)) &&
      keys.length > 0 &&
      more.length > 0 &&
      more.every((key) => keys.includes(key)) &&
      (sent === null || keys.every((key) => sent.has(key)))
    );
  });
  const [base, another] = bases;
  return base === undefined || another !== undefined
    ? request
    : { ...request, base: { value: base.name, at: base.at } };
}

function enumName([name = '', value]: readonly string[], hasValues: boolean, at: number): EnumName {
  if (!hasValues || value === undefined || value === '') return { name };
  if (/^-?\d+$/.test(value)) return { name, ...(Number(value) !== at && { value: Number(value) }) };
  return { name, ...(value !== name && { wire: value }) };
}

function rowFacts(
  row: ParameterRow,
  at: string,
  known: (type: string) => boolean,
  isEnum: (name: string) => boolean | null,
  isRequest: boolean,
): MemberFacts {
  const read = netTypeIn(row.type, at);
  const isType = read !== null && namesIn(read).every(known);
  const { type, marked } = read === null ? { type: null, marked: false } : unwrapped(read);
  const exact = !isType || type === null ? null : netText(withoutReferenceMarks(type, isEnum));
  const isRef = exact === null ? null : isReference(exact, isEnum);
  const required = row.required ? ('documented' as const) : ('no' as const);
  const nullable = exact === null ? null : marked ? true : isRef === null ? null : isRef && !row.required;
  const place = placeIn(row.place);
  return {
    shown: row.name,
    at,
    property: row.name,
    ...(exact !== null && { type: { value: { kind: 'exact', type: exact }, at } }),
    ...(exact === null && {
      words: { value: type === null ? row.type : netText(withoutReferenceMarks(type, isEnum)), at },
    }),
    ...(nullable !== null && { nullable: { value: nullable, at } }),
    required: { value: required, at },
    ...(place !== null && (isRequest || place !== 'body') && { in: { value: place, at } }),
    ...(row.description !== '' && { description: { value: row.description, at } }),
    ...(row.allowed !== null && row.allowed.length > 0 && { allowed: { value: row.allowed, at } }),
    ...(row.range !== null && { range: { value: row.range, at } }),
  };
}

/** Null for words of an author's own: `DataType = "a date"` replaces the type. */
function netTypeIn(text: string, at: string): NetType | null {
  if (!/^[\p{L}_@][\p{L}\p{M}\p{N}_.<>,?[\] ]*$/u.test(text)) return null;
  try {
    return readNetType(text, at);
  } catch (error) {
    if (error instanceof UnreadableSource) return null;
    throw error;
  }
}

/* ---- the sample ---- */

/**
 * A row of the table of routes.
 *
 * @param verbs as printed: `All Verbs`, `GET HEAD`
 */
export function pageRoute(verbs: string, path: string, summary: string, notes: string, where: string): RouteFacts {
  if (!path.startsWith('/')) return unreadable(where, 'is no path of a route', path);
  return {
    path,
    verbs: verbs.trim() === 'All Verbs' ? 'any' : verbsIn(verbs, where),
    ...(summary !== '' && { summary }),
    ...(notes !== '' && { notes }),
  };
}
