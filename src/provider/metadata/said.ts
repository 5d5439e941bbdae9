// What documents of every form say of types and their members, each fact once.

import type { Contract, ContractMember, ContractType } from '../../model/contract.ts';
import { applied } from './dotnet.ts';

/** Types of the framework, which documents name and do not describe. */
const framework: ReadonlySet<string> = new Set([
  'ResponseStatus',
  'ResponseError',
  'QueryBase',
  'QueryDb',
  'QueryData',
  'QueryResponse',
]);

/** Whether a type is one that documents do not describe. */
export function isOfFramework(type: string): boolean {
  return framework.has(applied(type).name);
}

/** The path of a route as an author writes it: below the prefix, which is without slashes and in lower case. */
export function pathBelow(prefix: string, path: string): string {
  return prefix !== '' && path.toLowerCase().startsWith(`/${prefix}/`) ? path.slice(prefix.length + 1) : path;
}

/** Which names are those of enums. */
export function enumsIn({ types }: Contract): (name: string) => boolean {
  return (name) => types.some((type) => type.name === name && type.enum !== undefined);
}

/** What is said of a type. Of an acknowledgement nobody has said anything: its words are the suite's own. */
export function descriptionOf(contract: Contract, type: ContractType): string {
  if (type.name === contract.request) return contract.description;
  return isAcknowledgement(contract, type) ? '' : type.description;
}

/** What is said of a member of a type. */
export function descriptionWithin(contract: Contract, owner: ContractType, { description }: ContractMember): string {
  return isAcknowledgement(contract, owner) ? '' : description;
}

function isAcknowledgement({ response }: Contract, { name, members }: ContractType): boolean {
  return (
    response.kind === 'dto' && name === response.type && members.length === 1 && members[0]?.type === 'ResponseStatus'
  );
}

/** Whether a member is called required. */
export function isNeeded({ required }: ContractMember): boolean {
  return required === 'enforced' || required === 'documented';
}

/** The type of a member; one that no document tells is anything. */
export function typeShown({ type }: ContractMember): string {
  return type === 'unknown' ? 'Object' : type;
}

/** A name that is neither the property nor that in camelCase. */
export function isAlias({ name, property }: ContractMember): boolean {
  return name.toLowerCase() !== property.toLowerCase();
}

/** Whether a DTO is marked as a data contract: what has an alias is one. */
export function isDataContract({ dataContract, members }: ContractType): boolean {
  return dataContract === true || members.some(isAlias);
}

/** Where a page says that a member is carried of which its author says nothing (source forms, 2). */
export function computedPlace(contract: Contract, owner: ContractType, { property }: ContractMember): string {
  if (owner.name !== contract.request) return 'form';
  if (contract.routes.some(({ path }) => new RegExp(`[/.]\\{\\*?${property}\\b`, 'i').test(path))) return 'path';
  const writes = contract.routes.some(
    ({ verbs }) => verbs !== 'any' && (verbs.includes('POST') || verbs.includes('PUT')),
  );
  return writes ? 'body' : 'query';
}
