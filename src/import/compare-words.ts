import type { Contract, ContractMember, ContractSource, ContractType, DocumentedExchange } from '../model/contract.ts';
import { isObject, jsonIn } from '../values/json.ts';
import { isBuiltIn, listTypes, mapTypes, plainName, readNetType, type NetType } from './dotnet.ts';
import { isCode, isMetadata, keyOf, type OperationFacts } from './facts.ts';
import { identifiersIn } from '../values/identifiers.ts';

type SourceKind = ContractSource['kind'];

/** What a kind of document says wherever there is something to say: what it lacks there is not there any more. */
export interface Says {
  readonly description: boolean;
  readonly texts: boolean;
  readonly memberTexts: boolean;
  readonly limits: boolean;
  readonly validators: boolean;
}

/** What a document of that kind says at all: of the rest, nothing is missing in it. */
export function saysOf({ source, hidesAliases, comments }: OperationFacts, { sources }: Contract): Says {
  const isTable = source.kind === 'page' && hidesAliases === true;
  const isWritten = isCode(source.kind) || (source.kind === 'page' && !isTable);
  // Code can be written without its comments.
  const isCommented = isWritten && (comments === true || sources.every(({ kind }) => kind === source.kind));
  return {
    description: isMetadata(source.kind) || source.kind === 'page' || isCommented,
    texts: isMetadata(source.kind) || source.kind === 'page',
    memberTexts: isMetadata(source.kind) || isTable || isCommented,
    limits: isMetadata(source.kind) || isTable,
    validators: isMetadata(source.kind) || isWritten,
  };
}

/** Whether a contract was read from documents that say all there is to say, so that what it lacks was not there. */
export function toldBefore({ sources }: Contract): boolean {
  return sources.some(({ kind }) => isMetadata(kind) || kind === 'page');
}

/**
 * What a contract would hold of values and validators if there were any, so that a document says something new: a page shows
 * the ones in its tables, and the others in code.
 */
export function toldLimits(
  { sources, types }: Contract,
  { source }: OperationFacts,
): { readonly limits: boolean; readonly validators: boolean } {
  const isTold = sources.some(({ kind }) => isMetadata(kind));
  const isPage = source.kind === 'page' && sources.some(({ kind }) => kind === 'page');
  const isWritten = types.some(({ members }) => members.some(({ validate }) => validate !== undefined));
  // Tables give types of .NET; what is only known as JSON writes it was read from code, which has no limits.
  const isCoded = types.some(({ members }) => members.some(({ json }) => json !== undefined));
  return {
    limits: isTold || (isPage && !isWritten && !isCoded),
    validators: isTold || (isPage && isWritten) || sources.some(({ kind }) => isCode(kind)),
  };
}

/** A text without regard to its white space. */
export function plainText(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Verbs in one order. */
export function verbText(verbs: 'any' | readonly string[]): string {
  return verbs === 'any' ? 'all verbs' : [...verbs].sort().join(' ');
}

/** Whether a verb that was promised no longer is. */
export function losesVerb(was: 'any' | readonly string[], now: 'any' | readonly string[]): boolean {
  if (now === 'any') return false;
  return was === 'any' || was.some((verb) => !now.includes(verb));
}

/** Who may call, in words. */
export function accessText(contract: Contract): string {
  const demands = [
    ['roles', contract.roles],
    ['any of the roles', contract.anyRole],
    ['permissions', contract.permissions],
    ['any of the permissions', contract.anyPermission],
  ] as const;
  return [
    contract.authentication,
    ...demands.flatMap(([what, names]) => (names === undefined ? [] : [`${what} ${names.join(', ')}`])),
  ].join(', ');
}

/** What a success answers, in words. */
export function responseText(response: Contract['response']): string {
  return 'type' in response ? `${response.kind} ${response.type ?? ''}`.trim() : response.kind;
}

/** Whether a document says that a member is required. */
export function needed({ required }: ContractMember): boolean {
  return required === 'enforced' || required === 'documented';
}

/** How JSON writes a member, as far as that is told: `number`, `text[]`, `{Part}`. */
function jsonOf({ type, json }: ContractMember): string | null {
  const written = type === 'unknown' ? (json ?? null) : jsonOfType(readNetType(type, type));
  return written === null || /\bany\b|</.test(written) ? null : written;
}

function jsonOfType({ name, args }: NetType): string | null {
  const last = args.at(-1);
  const inner = last === undefined ? null : jsonOfType(last);
  if (name === '[]' && last?.name === 'Byte') return 'text';
  if (name === '[]' || listTypes.has(name)) return inner === null ? null : `${inner}[]`;
  if (mapTypes.has(name)) return inner === null ? null : `{${inner}}`;
  if (name === 'Nullable') return inner;
  if (/^(?:S?Byte|U?Int(?:16|32|64)|Single|Double|Decimal)$/.test(name)) return 'number';
  if (/^(?:String|Char|Uri|Guid|DateTime|DateTimeOffset|DateOnly|TimeOnly|TimeSpan)$/.test(name)) return 'text';
  if (name === 'Boolean') return 'boolean';
  return isBuiltIn(name) || args.length > 0 ? null : name;
}

/** Whether two members of which at least one has no type of .NET are written differently. */
export function isWrittenOtherwise(was: ContractMember, now: ContractMember): boolean {
  const [a, b] = [jsonOf(was), jsonOf(now)];
  return [was, now].some(({ type }) => type === 'unknown') && a !== null && b !== null && a !== b;
}

/** The type of a member, or how JSON writes it. */
export function asWritten(member: ContractMember): string {
  return member.type === 'unknown' ? (jsonOf(member) ?? 'unknown') : member.type;
}

/** Whether a document tells which type inherits from which. */
export function tellsBases(kind: SourceKind): boolean {
  return isMetadata(kind) || isCode(kind);
}

/** Whether a document tells the name of a member in the code and the one on the wire. */
export function tellsNames(kind: SourceKind): boolean {
  return isMetadata(kind) || kind === 'csharp';
}

/** The range of a member, in words; empty without one. */
export function rangeText({ range }: ContractMember): string {
  return range === undefined ? '' : `${range.least} to ${range.greatest}`;
}

/** Whether two members are one: by the property, or by the name on the wire. */
export function sameMember(a: ContractMember, b: ContractMember): boolean {
  return keyOf(a.property) === keyOf(b.property) || a.name === b.name;
}

type Enum = NonNullable<ContractType['enum']>;

/** The names of an enum, in words. */
export function shownEnum({ names }: Enum): string {
  return names.map(({ name }) => name).join(', ');
}

/** The members of a type, in words. */
export function membersText(members: readonly ContractMember[]): string {
  return members.length === 0 ? 'no members' : members.map(({ name }) => name).join(', ');
}

/**
 * What two sides say of the names of an enum, their numbers and what the wire has for them, as far as both would tell.
 *
 * @param before the forms of the documents that the first side was read from
 * @param after the form of the document that is the second
 */
export function enumTexts(
  was: Enum,
  before: readonly SourceKind[],
  now: Enum,
  after: SourceKind,
): readonly [was: readonly string[], now: readonly string[]] {
  const hasNumbers = [...was.names, ...now.names].some(({ value }) => value !== undefined);
  const texts = (its: Enum, kinds: readonly SourceKind[], other: Enum, others: readonly SourceKind[]) =>
    its.names.map((each, i) => {
      const a = enumTells(its, each.name, kinds);
      const b = enumTells(other, each.name, others);
      return [
        each.name,
        ...(hasNumbers && a.number && b.number ? [`= ${each.value ?? i}`] : []),
        ...(each.wire !== undefined && a.wire && b.wire ? [`(${each.wire})`] : []),
      ].join(' ');
    });
  return [texts(was, before, now, [after]), texts(now, [after], was, before)];
}

/** Metadata and C# tell both; a page, TypeScript and Python have one place for the number and the name on the wire; a schema neither. */
function enumTells(
  { names }: Enum,
  name: string,
  kinds: readonly SourceKind[],
): { readonly number: boolean; readonly wire: boolean } {
  const both = kinds.some((kind) => tellsNames(kind) || kind === 'hand');
  const one = kinds.some((kind) => kind !== 'schema');
  const its = names.find((each) => each.name === name);
  return {
    number: both || (one && (its?.value !== undefined || !names.some(({ wire }) => wire !== undefined))),
    wire: both || (one && (its?.wire !== undefined || !names.some(({ value }) => value !== undefined))),
  };
}

/** Whether a type of .NET, or how JSON writes one, speaks of a type of the contract. */
export function isSpokenOf(name: string, type: string): boolean {
  return [...type.matchAll(/[\p{L}_][\p{L}\p{M}\p{N}_.]*/gu)].some(([word]) => word === plainName(name));
}

/** The types that another one leads to, itself included, by name. */
export function reachable(contract: Contract, from: string | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting: string[] = [...identifiersIn(from ?? '')];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const type = contract.types.find((each) => each.name.split('<', 1)[0] === name);
    if (type === undefined || found.has(type.name)) continue;
    found.add(type.name);
    waiting.push(...[type.base ?? '', ...type.members.map((m) => m.type)].flatMap(identifiersIn));
  }
  return found;
}

/** A request or an answer of a sample as one text, its headers in one order. */
export function messageText({ request, response }: DocumentedExchange, part: 'request' | 'response'): string {
  const headers = Object.entries(part === 'request' ? request.headers : response.headers).sort(([a], [b]) =>
    a.localeCompare(b),
  );
  const first = part === 'request' ? `${request.method} ${request.path}` : String(response.status);
  return [
    first,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    part === 'request' ? request.body : response.body,
  ].join('\n');
}

/** What stands around the first place where two texts differ. */
export function firstDifference(text: string, other: string): string {
  let at = 0;
  while (at < text.length && text.charAt(at) === other.charAt(at)) at += 1;
  const from = Math.max(0, at - 20);
  return `${from > 0 ? '…' : ''}${text.slice(from, at + 40)}${at + 40 < text.length ? '…' : ''}` || 'nothing';
}

/** Whether a sample differs by more than its values: another line, another header, other members. */
export function isOtherShape(was: DocumentedExchange, now: DocumentedExchange, part: 'request' | 'response'): boolean {
  const head = (exchange: DocumentedExchange): string =>
    messageText(
      { ...exchange, request: { ...exchange.request, body: '' }, response: { ...exchange.response, body: '' } },
      part,
    );
  if (head(was) !== head(now)) return true;
  // `(string)` and `(Stream)` stand for an answer that is no value.
  if ([was, now].some((each) => /^\([\w[\]]+\)$/.test(each[part].body))) return true;
  return shapeText(jsonIn(was[part].body)) !== shapeText(jsonIn(now[part].body));
}

function shapeText(value: unknown, depth = 0): string {
  if (depth > 60) return '…';
  if (Array.isArray(value)) return `[${shapeText(value[0], depth + 1)}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}:${shapeText(inner, depth + 1)}`)
      .sort()
      .join()}}`;
  return typeof value;
}
