import type { Contract, Format, Route, StateName } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import type { JsonSchema, Schemas } from '../model/schema.ts';
import type { RequestMember } from './behaviour.ts';
import { valueOf, type ValueOf } from './values.ts';

/** One member of the request DTO, with what binding and validation need. */
export interface ServiceMember extends RequestMember {
  readonly lower: string;
  /** Its name in words, as messages have it: `Contact Type Id`. */
  readonly words: string;
  readonly value: ValueOf;
}

export interface CompiledRoute {
  readonly route: Route;
  /** Below the prefix; a member is in braces, a literal in lower case. */
  readonly segments: readonly (string | { readonly member: string })[];
}

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
  /** The response DTO; '' where a success answers none. */
  readonly response: string;
  readonly responseMembers: readonly string[];
  /** Members of the response that hold a value of their own: neither DTOs nor lists nor maps. */
  readonly answered: readonly { readonly name: string; readonly value: ValueOf }[];
  readonly formatBySuffix: ReadonlyMap<string, Format>;
  readonly formatByQuery: ReadonlyMap<string, Format>;
}

/**
 * Compiles a contract for serving.
 *
 * @throws Error when the schemas lack the request or response DTO
 */
export function compileService(contract: Contract, schemas: Schemas, profile: Profile): Service {
  const request = schemas[contract.request];
  const response = contract.response.kind === 'dto' ? schemaName(contract.response.type) : '';
  if (request === undefined || (response !== '' && schemas[response] === undefined)) {
    throw new Error(`The schemas must hold ${contract.request} and ${response}: derive them first.`);
  }
  const members = Object.entries(request.properties ?? {}).map(([name, schema]) => memberOf(name, schema, request));
  const prefix = contract.prefix.replace(/^\/+|\/+$/g, '').toLowerCase();
  const routes = contract.routes.map((route) => compileRoute(route, prefix));
  const keyName = routes.flatMap((r) => r.segments).find((s) => typeof s === 'object')?.member;
  const key = members.find((m) => m.name === keyName) ?? null;
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
    codeNamespace: profile.xmlNamespace.slice(profile.xmlNamespace.lastIndexOf('/') + 1),
    response,
    responseMembers: Object.keys(schemas[response]?.properties ?? {}),
    answered: Object.entries(schemas[response]?.properties ?? {})
      .filter(([, schema]) => isScalar(schema))
      .map(([name, schema]) => ({ name, value: valueOf(schema) })),
    formatBySuffix: new Map(contract.formats.map((f) => [f.suffix, f])),
    formatByQuery: new Map(contract.formats.map((f) => [f.query.toLowerCase(), f])),
  };
}

function memberOf(name: string, schema: JsonSchema, owner: JsonSchema): ServiceMember {
  const value = valueOf(schema);
  return {
    name,
    lower: name.toLowerCase(),
    words: wordsOf(name),
    kind: value.kind,
    value,
    required: owner.required?.includes(name) ?? false,
  };
}

function isScalar({ type, anyOf, $ref }: JsonSchema): boolean {
  const composed = [type].flat().some((each) => each === 'array' || each === 'object');
  return anyOf === undefined && $ref === undefined && !composed;
}

/** The name of the schema of a type: `Page<Part>` is PageOfPart. */
function schemaName(type: string): string {
  return type.replaceAll('<', 'Of').replaceAll(',', 'And').replaceAll('[]', 's').replaceAll('>', '');
}

/** `ContactTypeId` in words: `Contact Type Id`. */
export function wordsOf(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
}

function compileRoute(route: Route, prefix: string): CompiledRoute {
  const parts = route.path.split('/').filter((s) => s !== '');
  const below = parts[0]?.toLowerCase() === prefix ? parts.slice(1) : parts;
  return {
    route,
    segments: below.map((s) => (s.startsWith('{') ? { member: s.slice(1, -1) } : s.toLowerCase())),
  };
}

/** The word of a state: `a cancelled connection` is `cancelled`. */
export function wordOfState(state: StateName): string {
  const words = state.split(' ');
  return words.length > 2 ? words.slice(1, -1).join(' ') : state;
}
