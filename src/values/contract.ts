import { appliedOf, dtoNameOf } from './dto-name.ts';
import { canonicalName } from './casing.ts';
import { leadsTo } from './route.ts';
import { printedRoot, type PrintedRoot } from './xml-root.ts';
import type {
  Contract,
  ContractMember,
  ContractType,
  DocumentedExchange,
  FormatName,
  NonEmpty,
  Route,
  Said,
  Verb,
} from '../model/contract.ts';

/** The DTO that a success answers; null where it answers something else, or nothing. */
export function answeredDto({ response }: Pick<Contract, 'response'>): string | null {
  return response.kind === 'dto' ? dtoNameOf(response.type) : null;
}

/** The DTO that the items of a list are; null where a success answers something else, or a list of scalars. */
export function listedDto({ response, types }: Pick<Contract, 'response' | 'types'>): string | null {
  if (response.kind !== 'list') return null;
  const { name } = appliedOf(response.type);
  const described = types.find((type) => appliedOf(type.name).name === name);
  return described === undefined || described.enum !== undefined ? null : dtoNameOf(response.type);
}

/**
 * The verbs that a route promises: its own, as far as the service has them (source forms, 1).
 *
 * @returns 'any' for the page's "All Verbs"; never empty: where a route and its service agree on none, the route's
 */
export function verbsOf(
  { verbs: own = 'any' }: Pick<Contract, 'verbs'>,
  { verbs }: Pick<Route, 'verbs'>,
): 'any' | NonEmpty<Verb> {
  if (own === 'any') return verbs;
  if (verbs === 'any') return own;
  const [first, ...others] = verbs.filter((verb) => own.includes(verb));
  return first === undefined ? verbs : [first, ...others];
}

/** The verbs that any route of the operation promises. */
export function promisedVerbs(contract: Pick<Contract, 'verbs' | 'routes'>): 'any' | NonEmpty<Verb> {
  const all = contract.routes.map((route) => verbsOf(contract, route));
  const named = all.flatMap((verbs) => (verbs === 'any' ? [] : [...verbs]));
  const [first, ...others] = new Set(named);
  return first === undefined || all.includes('any') ? 'any' : [first, ...others];
}

/** Whether any route of the operation promises a verb. */
export function promises(contract: Pick<Contract, 'verbs' | 'routes'>, verb: string): boolean {
  const verbs = promisedVerbs(contract);
  return verbs === 'any'
    ? /^(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)$/.test(verb)
    : verbs.some((each) => each === verb);
}

/** Every name of the request's members, in lower case: as the machine, the wire and the service's own code have them. */
export function namesOf(
  { types }: Pick<Contract, 'types'>,
  members: readonly { readonly name: string }[],
): ReadonlySet<string> {
  const own = new Set(members.map(({ name }) => name.toLowerCase()));
  const same = types
    .flatMap((type) => type.members)
    .filter((member) => own.has(canonicalName(member).toLowerCase()))
    .flatMap(({ name, property }) => [name.toLowerCase(), property.toLowerCase()]);
  return new Set([...own, ...same]);
}

/** Whether an operation asks for more than to know who is calling: for roles or permissions. */
export function isRestricted(contract: Pick<Contract, 'roles' | 'anyRole' | 'permissions' | 'anyPermission'>): boolean {
  const { roles, anyRole, permissions, anyPermission } = contract;
  return [roles, anyRole, permissions, anyPermission].some((each) => each !== undefined);
}

/**
 * The methods of a service of which no document tells which ask for credentials: metadata says that one of them does
 * (source forms, 6). Null where there is one method, or a validator of the request demands them of every call.
 */
export function methodsApart(contract: Contract): readonly Verb[] | null {
  const { verbs = 'any', authentication, challenged } = contract;
  const asks = authentication === 'required' || isRestricted(contract);
  return asks && verbs !== 'any' && verbs.length > 1 && challenged !== false ? verbs : null;
}

/** An error of the operation: the type of its body, and the member of that which holds a ResponseStatus. */
export interface ErrorOf {
  /** The DTO; null for the framework's own ErrorResponse. */
  readonly dto: string | null;
  /** Null where the DTO has none, so that nothing is told of an error but its status. */
  readonly status: string | null;
}

/**
 * What an error answers: `{Request}Response` where the contract describes such a type, even without a ResponseStatus; else
 * the DTO of a success where that has one; else the framework's ErrorResponse (source forms, 6).
 */
export function errorOf(contract: Pick<Contract, 'types' | 'request' | 'response'>): ErrorOf {
  const own = `${contract.request}Response`;
  if (contract.types.some(({ name }) => name === own)) return { dto: own, status: statusIn(own, contract) };
  const { response } = contract;
  const status = response.kind === 'dto' ? statusIn(response.type, contract) : null;
  return status === null ? { dto: null, status: 'ResponseStatus' } : { dto: answeredDto(contract), status };
}

/** Whether a success is the answer of a query: its results, with how many there are. */
export function answersQuery({ response }: Pick<Contract, 'response'>): boolean {
  return response.kind === 'dto' && /^QueryResponse\b/.test(response.type);
}

/** The framework's own answers, each of which has a ResponseStatus; no document of a host describes them. */
const frameworkAnswers = /^(?:QueryResponse|IdResponse|EmptyResponse|StringResponse|StringsResponse)$/;

/** What .NET holds as a value, and what csv has in one cell. */
const plain =
  /^(?:Nullable<.*>|U?Int(?:16|32|64)|S?Byte|Single|Double|Decimal|Boolean|Char|String|Guid|Date(?:Time|TimeOffset|Only)|Time(?:Span|Only)|KeyValuePair<.*>|Byte\[\])$/;

/**
 * Whether csv and jsonl write one member of an answer alone, its first list or else its first object: of a data contract they do
 * (documented as “CSV Enumerable Behavior”), and nobody has recorded what is left of an error then.
 */
export function isWrittenInPart(contract: Pick<Contract, 'response' | 'request' | 'types'>): boolean {
  const { types, response } = contract;
  const isPlain = ({ type }: ContractMember): boolean =>
    plain.test(type) || types.some(({ name, enum: its }) => name === type && its !== undefined);
  const isInPart = (name: string): boolean => {
    const line = lineOf(name, contract);
    const [own] = line;
    const isAlias = (member: ContractMember): boolean => canonicalName(member) !== member.property;
    return (
      own !== undefined &&
      (own.dataContract === true || own.members.some(isAlias)) &&
      line.some(({ members }) => members.some((m) => m.property !== 'ResponseStatus' && !isPlain(m)))
    );
  };
  return isInPart(`${contract.request}Response`) || (response.kind === 'dto' && isInPart(response.type));
}

/** Whether a success answers one of the framework's own DTOs, and not one of the same name that the host has. */
export function isOfTheFramework({ response, types }: Pick<Contract, 'response' | 'types'>): boolean {
  if (response.kind !== 'dto') return false;
  const { name } = appliedOf(response.type);
  return frameworkAnswers.test(name) && !types.some((each) => appliedOf(each.name).name === name);
}

/** The member of a type that holds a ResponseStatus; null where it has none, or one of another name, which nobody fills. */
function statusIn(type: string, contract: Pick<Contract, 'types'>): string | null {
  const members = lineOf(type, contract).flatMap((each) => each.members);
  const member = members.find(({ property }) => property === 'ResponseStatus');
  return member === undefined ? null : canonicalName(member);
}

/** A type and those that it inherits, itself first, as far as the contract describes them. */
export function lineOf(type: string, { types }: Pick<Contract, 'types'>): readonly ContractType[] {
  const described = (of: string): ContractType | undefined => {
    const { name } = appliedOf(of);
    return types.find((each) => appliedOf(each.name).name === name);
  };
  const line: ContractType[] = [];
  for (let its = described(type); its !== undefined && !line.includes(its);) {
    line.push(its);
    its = its.base === undefined ? undefined : described(its.base);
  }
  return line;
}

/** The path of the predefined route of a format. */
export function predefinedPath(
  { prefix, operation }: Pick<Contract, 'prefix' | 'operation'>,
  format: FormatName,
  how: 'reply' | 'oneway' = 'reply',
): string {
  return `${prefix}/${format}/${how}/${operation}`;
}

/** Whether a route is the predefined one of a format, as an operation has that has no other. */
export function isPredefined({ path }: Pick<Route, 'path'>): boolean {
  return /\/(?:jsonl?|xml|csv|jsv)\/(?:reply|oneway)\/[^/]+$/i.test(path);
}

/**
 * Whether somebody answers for it that a call with the sample can succeed: it works on a subject that a person or the target
 * gives, or with values that a person gave, or there is nothing that it could be refused for.
 */
export function isVouched(
  { subject, values = {} }: Pick<Contract, 'subject' | 'values'>,
  members: readonly unknown[],
): boolean {
  return subject !== null || Object.keys(values).length > 0 || members.length === 0;
}

/** A contract with what a person has added to what its documents state. */
export function withSaid(imported: Contract, said: Said): Contract {
  const enforced = new Set(said.enforced?.value);
  const told = namespaceIn(said.exchanges?.value ?? []);
  const [first, ...others] = imported.types;
  const types = [first, ...others].map((type) =>
    type.name === imported.request ? withEnforced(type, enforced) : type,
  );
  const [route, ...routes] = imported.routes.map((each) => {
    const leaves = said.leaves?.value[each.name];
    return leaves === undefined ? each : { ...each, leaves };
  });
  return {
    ...imported,
    stated: imported,
    ...(said.effect !== undefined && { effect: said.effect.value }),
    ...(said.subject !== undefined && { subject: said.subject.value }),
    ...(said.values !== undefined && { values: said.values.value }),
    ...(said.success !== undefined && { success: said.success.value }),
    ...(said.challenged !== undefined && { challenged: said.challenged.value }),
    ...(said.hosts !== undefined && { hosts: said.hosts.value }),
    ...(said.exchanges !== undefined && { exchanges: said.exchanges.value }),
    ...(imported.xmlNamespace === '' && told !== '' && { xmlNamespace: told, unknown: withoutNamespace(imported) }),
    ...(said.documentationErrors !== undefined && { documentationErrors: said.documentationErrors.value }),
    routes: [route ?? imported.routes[0], ...routes],
    types: [types[0] ?? first, ...types.slice(1)],
  };
}

/** A contract as documents stated it, with the exchanges that a person says they print: what documents can be held against. */
export function documented(contract: Contract): Contract {
  const { stated = contract, exchanges, xmlNamespace } = contract;
  return { ...stated, exchanges, xmlNamespace };
}

function withoutNamespace({ unknown }: Contract): Contract['unknown'] {
  return unknown.filter(({ path }) => path !== 'xmlNamespace');
}

/** The namespace that a page in XML prints, which no other does; empty where none is given. */
function namespaceIn(exchanges: readonly DocumentedExchange[]): string {
  return askedRoot({ exchanges })?.namespace ?? '';
}

/** Whether a route takes the paths of a host's documents, so that the operation answers in their place. */
export function hidesDocuments({ prefix, routes }: Pick<Contract, 'prefix' | 'routes'>): boolean {
  return routes.some(({ path }) => leadsTo(path, `${prefix}/types/metadata.json`));
}

/** Whether all that an operation answers stands as it is, whatever is asked for: a success is in no format, and nothing is refused. */
export function answersRawAlone({ response, subject }: Pick<Contract, 'response' | 'subject'>): boolean {
  return response.kind === 'raw' && subject === null;
}

/** The root of a request in XML as the page prints it; null where no page does. */
export function askedRoot({ exchanges }: Pick<Contract, 'exchanges'>): PrintedRoot | null {
  return printedRoot(inXml(exchanges)?.request.body ?? '');
}

/** The root of an answer in XML as the page prints it; null where no page does. */
export function answeredRoot({ exchanges }: Pick<Contract, 'exchanges'>): PrintedRoot | null {
  return printedRoot(inXml(exchanges)?.response.body ?? '');
}

function inXml(exchanges: readonly DocumentedExchange[]): DocumentedExchange | undefined {
  return exchanges.find(({ format }) => format === 'xml');
}

function withEnforced(type: ContractType, enforced: ReadonlySet<string>): ContractType {
  const members = type.members.map((m) =>
    [m.name, canonicalName(m)].some((name) => enforced.has(name)) ? { ...m, required: 'enforced' as const } : m,
  );
  return { ...type, members };
}
