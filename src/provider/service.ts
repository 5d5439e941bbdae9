import type { Contract, Format, Route, StateName } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import type { Schemas } from '../model/schema.ts';
import type { RequestMember } from './behaviour.ts';
import { isPredefined } from './routing.ts';
import { typesOf } from './types/type.ts';
import type { ObjectType, Type, TypedMember, Types } from './types/type.ts';

/** One member of the request DTO, with what binding and validation need. */
export interface ServiceMember extends RequestMember {
  /** In the service's own code. */
  readonly property: string;
  readonly lower: string;
  /** Its name in words, as messages have it: `Contact Type Id`. */
  readonly words: string;
  readonly type: Type;
  /** What it must be, as its validators say: `Length(3,10)`. */
  readonly rules: readonly string[];
}

export interface CompiledRoute {
  readonly route: Route;
  /** Below the prefix. */
  readonly segments: readonly Segment[];
}

/** One part of a route's path: a literal in lower case, a member, a member that takes all the rest, or such parts between dots. */
export type Segment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'member' | 'rest'; readonly member: string }
  /** `file.{Ext}`, `{Name}.{Ext}`. */
  | { readonly kind: 'dotted'; readonly parts: readonly Segment[] };

/** The contract as the provider works with it, computed once. */
export interface Service {
  readonly contract: Contract;
  readonly profile: Profile;
  readonly schemas: Schemas;
  /** The prefix without slashes, lower case. */
  readonly prefix: string;
  readonly routes: readonly CompiledRoute[];
  readonly members: readonly ServiceMember[];
  readonly memberByLower: ReadonlyMap<string, ServiceMember>;
  /** The path member that names the subject; null where no route has one. */
  readonly key: ServiceMember | null;
  /** What the key identifies: `Connection`. */
  readonly noun: string;
  /** `Platform.ServiceModel`, the last part of the XML namespace. */
  readonly codeNamespace: string;
  readonly types: Types;
  readonly requestType: ObjectType;
  /** What a success answers; null for nothing, or for what no document tells. */
  readonly responseType: Type | null;
  /** What a refusal of the service itself answers, and the member of it that holds the ResponseStatus, if any does. */
  readonly errorType: ObjectType;
  readonly statusMember: TypedMember | null;
  readonly formatBySuffix: ReadonlyMap<string, Format>;
  readonly formatByQuery: ReadonlyMap<string, Format>;
}

/**
 * Compiles a contract for serving.
 *
 * @throws Error when the contract does not describe its request DTO
 */
export function compileService(contract: Contract, schemas: Schemas, profile: Profile): Service {
  const codeNamespace = profile.xmlNamespace.slice(profile.xmlNamespace.lastIndexOf('/') + 1);
  const types = typesOf(contract, profile, codeNamespace);
  const requestType = types.dto(contract.request);
  if (requestType === null) throw new Error(`The contract must describe ${contract.request}.`);
  const members = requestType.members.map(memberOf);
  const prefix = contract.prefix.replace(/^\/+|\/+$/g, '').toLowerCase();
  const routes = contract.routes.filter((route) => !isPredefined(route)).map((route) => compileRoute(route, prefix));
  const keyName = routes
    .flatMap((r) => r.segments.flatMap((segment) => (segment.kind === 'dotted' ? segment.parts : [segment])))
    .flatMap((segment) => ('member' in segment ? [segment.member] : []))[0]
    ?.toLowerCase();
  const key = members.find((m) => m.lower === keyName) ?? null;
  const responseType = typeOfResponse(contract, types);
  const errorType = typeOfErrors(contract, types, responseType);
  return {
    contract,
    profile,
    schemas,
    prefix,
    routes,
    members,
    memberByLower: new Map(members.map((m) => [m.lower, m])),
    key,
    noun: key === null ? contract.operation : key.name.replace(/(?<=.)Id$/, ''),
    codeNamespace,
    types,
    requestType,
    responseType,
    errorType,
    statusMember: statusMemberOf(errorType),
    formatBySuffix: new Map(contract.formats.map((f) => [f.suffix, f])),
    formatByQuery: new Map(contract.formats.map((f) => [f.query.toLowerCase(), f])),
  };
}

function typeOfResponse({ response }: Contract, types: Types): Type | null {
  switch (response.kind) {
    case 'dto':
    case 'scalar':
      return types.named(response.type);
    case 'list':
      return types.named(`List<${response.type}>`);
    case 'raw':
      return types.named(response.type === 'String' ? 'String' : 'Byte[]');
    case 'none':
    case 'unknown':
      return null;
  }
}

/** `{Request}Response` if there is one, whatever it holds; else the answer of a success if it can carry an error (source forms, 6). */
function typeOfErrors(contract: Contract, types: Types, response: Type | null): ObjectType {
  const own = types.dto(`${contract.request}Response`);
  if (own !== null) return own;
  return response?.kind === 'object' && statusMemberOf(response) !== null ? response : types.errorResponse;
}

/** By the name that it has in code; on the wire it may have another. */
function statusMemberOf(type: ObjectType): TypedMember | null {
  return type.members.find(({ name, said }) => (said?.property ?? name) === 'ResponseStatus') ?? null;
}

function memberOf({ name, type, said }: TypedMember): ServiceMember {
  const rules = (said?.validate ?? []).flatMap(apart);
  const required = said?.required === 'enforced';
  return {
    name,
    property: said?.property ?? name,
    lower: name.toLowerCase(),
    words: wordsOf(said?.property ?? name),
    kind: type.kind === 'scalar' ? type.scalar.kind : type.kind,
    type,
    required,
    rules: required && !rules.some((rule) => /^Not(Empty|Null)\b/.test(rule)) ? ['NotEmpty', ...rules] : rules,
  };
}

/** `[NotEmpty,MaximumLength(5)]` holds two. */
function apart(rule: string): readonly string[] {
  const list = /^\[(.*)\]$/s.exec(rule.trim())?.[1];
  return list === undefined ? [rule] : (list.match(/\w+(?:\([^()]*\))?/g) ?? []);
}

/** `ContactTypeId` in words: `Contact Type Id`. */
export function wordsOf(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
}

function compileRoute(route: Route, prefix: string): CompiledRoute {
  const parts = route.path.split('/').filter((s) => s !== '');
  const below = parts[0]?.toLowerCase() === prefix ? parts.slice(1) : parts;
  return { route, segments: below.map(segmentOf) };
}

/** A placeholder begins its segment, or what follows its dot; anything else in braces is a literal (source forms, 5). */
function segmentOf(text: string): Segment {
  const found = /^\{(\*?)([\p{L}\p{M}\p{N}_]+)(\*?)(?::[^}]*)?\}$/u.exec(text);
  if (found !== null) {
    const [, star = '', member = '', starBehind = ''] = found;
    return { kind: `${star}${starBehind}` === '' ? 'member' : 'rest', member };
  }
  return text.includes('{') && text.includes('.')
    ? { kind: 'dotted', parts: text.split('.').map(segmentOf) }
    : { kind: 'literal', text: text.toLowerCase() };
}

/** The word of a state: `a cancelled connection` is `cancelled`. */
export function wordOfState(state: StateName): string {
  const words = state.split(' ');
  return words.length > 2 ? words.slice(1, -1).join(' ') : state;
}
