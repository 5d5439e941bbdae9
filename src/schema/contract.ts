import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import contractSchema from '../../schemas/files/contract.schema.json' with { type: 'json' };
import saidSchema from '../../schemas/files/said.schema.json' with { type: 'json' };
import type { Contract, ContractType } from '../model/contract.ts';
import { withSaid } from '../values/contract.ts';
import type { Dto, DtoModel, DtoType, IntegerFormat } from '../model/schema.ts';

export type ContractRead =
  { readonly ok: true; readonly contract: Contract } | { readonly ok: false; readonly problem: string };

/**
 * Reads a contract from what import has written and what a person has added.
 *
 * @param imported the value of contract.json
 * @param added the value of said.json; null where there is none
 * @returns the contract; else what is wrong, to stand behind the name of the folder
 */
export function readContract(imported: unknown, added: unknown): ContractRead {
  const ajv = new Ajv2020({ strict: true, allErrors: false });
  addFormats.default(ajv);
  for (const [file, value, schema] of [
    ['contract.json', imported, contractSchema],
    ['said.json', added ?? {}, saidSchema],
  ] as const) {
    const validate = ajv.compile(schema);
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
  if (response.kind === 'dto' && !names.has(response.type))
    return `contract.json describes no type ${response.type}, which is the response`;
  const members = new Set(request.members.map((m) => m.name));
  const placeholders = routes.flatMap(({ path }) => [...path.matchAll(/\{(\w+)\*?\}/g)].map(([, name = '']) => name));
  const unbound = placeholders.find((name) => !members.has(name));
  if (unbound !== undefined)
    return `contract.json has a route that binds {${unbound}}, which is no member of ${contract.request}`;
  if (subject !== null && !members.has(subject.member))
    return `said.json names the subject ${subject.member}, which is no member of ${contract.request}`;
  const unknown = contract.types.flatMap(({ name, members: all }) =>
    all.flatMap((m) => (typeOf(m.type, names) === null ? [`${name}.${m.name} is ${m.type}`] : [])),
  );
  return unknown[0] === undefined
    ? null
    : `contract.json: ${unknown[0]}, which is neither a .NET type that is known here nor one that it describes`;
}

/**
 * The DTOs of a contract as schemas are derived from them; enums are written where they are used.
 *
 * @throws Error when a member is of a type that the contract does not describe
 */
export function modelOf(contract: Contract): DtoModel {
  const names = new Map(contract.types.map((type) => [type.name, type]));
  return contract.types
    .filter((type) => type.enum === undefined)
    .map((type): Dto => ({
      name: type.name,
      description: type.description,
      members: type.members.map((m) => {
        const read = typeOf(m.type, names);
        if (read === null) throw new Error(`${type.name}.${m.name} is ${m.type}, which the contract does not describe`);
        return {
          name: m.name,
          description: m.description,
          type: read,
          required: m.required === 'enforced' || m.required === 'documented',
          nullable: m.nullable === true,
        };
      }),
    }));
}

const integers: Readonly<Record<string, IntegerFormat>> = {
  SByte: 'int8',
  Byte: 'uint8',
  Int16: 'int16',
  UInt16: 'uint16',
  Int32: 'int32',
  UInt32: 'uint32',
  Int64: 'int64',
  UInt64: 'uint64',
};

/** A .NET type as DTOs know it; null for one that is neither known nor described. */
function typeOf(type: string, names: ReadonlyMap<string, ContractType>): DtoType | null {
  const integer = integers[type];
  if (integer !== undefined) return { kind: 'integer', format: integer };
  switch (type) {
    case 'Guid':
      return { kind: 'string', format: 'uuid' };
    case 'DateTime':
      return { kind: 'string', format: 'date-time' };
    case 'String':
      return { kind: 'string' };
    case 'Boolean':
      return { kind: 'boolean' };
    case 'Single':
    case 'Double':
    case 'Decimal':
      return { kind: 'number' };
    default:
      return composed(type, names);
  }
}

function composed(type: string, names: ReadonlyMap<string, ContractType>): DtoType | null {
  const [, list] = /^List<(.+)>$/.exec(type) ?? [];
  const [, map] = /^Dictionary<String,(.+)>$/.exec(type) ?? [];
  const inner = list ?? map;
  if (inner !== undefined) {
    const of = typeOf(inner, names);
    return of === null ? null : { kind: list === undefined ? 'map' : 'list', of };
  }
  const described = names.get(type);
  if (described === undefined) return null;
  return described.enum === undefined
    ? { kind: 'reference', dto: type }
    : { kind: 'enum', names: described.enum.names.map((e) => e.wire ?? e.name) };
}
