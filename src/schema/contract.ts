import type { ValidateFunction } from 'ajv/dist/2020.js';
import contractSchema from '../../schemas/files/contract.schema.json' with { type: 'json' };
import saidSchema from '../../schemas/files/said.schema.json' with { type: 'json' };
import type { Contract } from '../model/contract.ts';
import { withSaid } from '../values/contract.ts';
import { dtoNameOf } from '../values/dto-name.ts';
import { createAjv } from './ajv.ts';
import { modelOf, undescribed } from './types.ts';

export type ContractRead =
  { readonly ok: true; readonly contract: Contract } | { readonly ok: false; readonly problem: string };

/** A host may have hundreds of contracts: what reads them is made once, with the first. */
let validators: readonly [contractFile: ValidateFunction, saidFile: ValidateFunction] | undefined;

function compiled(): readonly [contractFile: ValidateFunction, saidFile: ValidateFunction] {
  const ajv = createAjv({ strict: true, allErrors: false });
  return [ajv.compile(contractSchema), ajv.compile(saidSchema)];
}

/**
 * Reads a contract from what import has written and what a person has added.
 *
 * @param imported the value of contract.json
 * @param added the value of said.json; null where there is none
 * @returns the contract; else what is wrong, to stand behind the name of the folder
 */
export function readContract(imported: unknown, added: unknown): ContractRead {
  const [contractFile, saidFile] = (validators ??= compiled());
  for (const [file, value, validate] of [
    ['contract.json', imported, contractFile],
    ['said.json', added ?? {}, saidFile],
  ] as const) {
    if (validate(value)) continue;
    const [error] = validate.errors ?? [];
    return { ok: false, problem: `${file}${error?.instancePath ?? ''} ${error?.message ?? 'is not readable'}` };
  }
  const contract = withSaid(imported as Contract, added ?? {});
  const problem = inconsistency(contract);
  return problem === null ? { ok: true, contract } : { ok: false, problem };
}

/** What contradicts itself in a contract whose every part is well-formed; null when nothing does. */
function inconsistency(contract: Contract): string | null {
  const names = new Map(contract.types.map((type) => [type.name, type]));
  const request = names.get(contract.request);
  if (request === undefined) return `contract.json describes no type ${contract.request}, which is the request`;
  const { response, subject, routes } = contract;
  const described = new Set(modelOf(contract).map(({ name }) => name));
  if (response.kind === 'dto' && !described.has(dtoNameOf(response.type)))
    return `contract.json describes no type ${response.type}, which is the response`;
  const members = new Set(boundNames(contract));
  const unbound = routes
    .flatMap(({ path }) => [...path.matchAll(/(?<=[/.])\{\*?([\p{L}\p{M}\p{N}_]+)/gu)].map(([, name = '']) => name))
    .find((name) => !members.has(name.toLowerCase()));
  if (unbound !== undefined)
    return `contract.json has a route that binds {${unbound}}, which is no member of ${contract.request}`;
  if (subject !== null && !members.has(subject.member.toLowerCase()))
    return `said.json names the subject ${subject.member}, which is no member of ${contract.request}`;
  const listed = new Set(contract.unknown.map(({ path }) => path));
  const [unknown] = undescribed(contract).filter(({ path }) => !listed.has(path));
  return unknown === undefined
    ? null
    : `contract.json: ${unknown.path.replace(/^types\.|\.type$/g, '')} is ${unknown.type}, which is neither a .NET type that is known here nor one that it describes`;
}

/** What a route may name of the request, in lower case: its members' names and properties, those of its bases included. */
function boundNames(contract: Contract): readonly string[] {
  const names: string[] = [];
  const seen = new Set<string>();
  let type = contract.types.find(({ name }) => name === contract.request);
  while (type !== undefined && !seen.has(type.name)) {
    seen.add(type.name);
    names.push(...type.members.flatMap(({ name, property }) => [name.toLowerCase(), property.toLowerCase()]));
    const base: string | undefined = type.base?.split('<', 1)[0];
    type = base === undefined ? undefined : contract.types.find(({ name }) => name.split('<', 1)[0] === base);
  }
  return names;
}
