import type { Contract, ContractMember, ContractType, Format, FormatName } from '../model/contract.ts';

/** A format whose page prints what the framework reads and writes. */
export function formatOf(name: FormatName, mediaType: string): Format {
  return { name, mediaType, suffix: name, query: name, printed: { mediaType, suffix: name, query: name } };
}

/** A member that is as plain as can be, but for what is given. */
export function memberOf(name: string, type: string, given: Partial<ContractMember> = {}): ContractMember {
  return { name, property: name, type, nullable: false, required: 'enforced', in: 'body', description: '', ...given };
}

export function typeOf(name: string, ...members: readonly ContractMember[]): ContractType {
  return { name, description: '', members };
}

/** A contract that promises as little as can be, but for what is given. */
export function contractOf(given: Pick<Contract, 'operation' | 'routes'> & Partial<Contract>): Contract {
  const { operation } = given;
  return {
    description: '',
    prefix: '',
    authentication: 'required',
    request: operation,
    response: { kind: 'dto', type: `${operation}Response` },
    effect: 'changes',
    subject: null,
    types: [typeOf(operation), typeOf(`${operation}Response`)],
    formats: [formatOf('json', 'application/json')],
    xmlNamespace: 'urn:fixture',
    exchanges: [],
    hosts: [],
    sources: [{ kind: 'hand', where: 'a fixture' }],
    unknown: [],
    disagreements: [],
    documentationErrors: [],
    ...given,
  };
}
