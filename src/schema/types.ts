import type { Contract, ContractMember, ContractType } from '../model/contract.ts';
import type { Dto, DtoMember, DtoModel, DtoType, IntegerFormat } from '../model/schema.ts';
import { canonicalName } from '../values/casing.ts';
import { appliedOf, dtoName } from '../values/dto-name.ts';

/** How far generic types may be nested, and DTOs inherit: what goes on longer was made to exhaust its reader. */
const deepest = 60;

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

const scalars: Readonly<Record<string, DtoType>> = {
  Guid: { kind: 'string', format: 'uuid' },
  DateTime: { kind: 'string', format: 'date-time' },
  DateTimeOffset: { kind: 'string', format: 'date-time' },
  DateOnly: { kind: 'string', format: 'date' },
  TimeSpan: { kind: 'string', format: 'duration' },
  TimeOnly: { kind: 'string', format: 'duration' },
  'Byte[]': { kind: 'string', format: 'base64' },
  String: { kind: 'string' },
  Char: { kind: 'string' },
  Uri: { kind: 'string' },
  Boolean: { kind: 'boolean' },
  Single: { kind: 'number' },
  Double: { kind: 'number' },
  Decimal: { kind: 'number' },
  Object: { kind: 'any' },
  Stream: { kind: 'any' },
};

const lists =
  /^(?:List|IList|IEnumerable|ICollection|IReadOnlyList|IReadOnlyCollection|Collection|HashSet|ISet|SortedSet|Queue|Stack)$/;
const maps = /^(?:Dictionary|IDictionary|IReadOnlyDictionary|SortedDictionary|ConcurrentDictionary)$/;
const pairs = /^(?:KeyValuePair|Tuple|ValueTuple)$/;

/** The DTOs of a contract while they are being found: generic ones are described once for each use. */
class Model {
  readonly dtos = new Map<string, Dto>();
  readonly #definitions: ReadonlyMap<string, ContractType>;
  readonly #nameOf: (member: ContractMember) => string;

  constructor(types: readonly ContractType[], nameOf: (member: ContractMember) => string) {
    this.#definitions = new Map(types.map((type) => [appliedOf(type.name).name, type]));
    this.#nameOf = nameOf;
  }

  /** The type as DTOs know it; null for one that is neither known nor described. */
  typeOf(type: string, bound: ReadonlyMap<string, string> = new Map(), depth = 0): DtoType | null {
    if (depth > deepest) return null;
    const own = bound.get(type) ?? type;
    const integer = integers[own];
    if (integer !== undefined) return { kind: 'integer', format: integer };
    const scalar = scalars[own];
    if (scalar !== undefined) return scalar;
    const inner = (of: string): DtoType | null => this.typeOf(of, bound, depth + 1);
    if (own.endsWith('[]')) return listOf(inner(own.slice(0, -2)));
    const { name, args } = appliedOf(own);
    const last = args.at(-1);
    if (last !== undefined) {
      if (name === 'Nullable') return inner(last);
      if (lists.test(name)) return listOf(inner(last));
      if (maps.test(name)) return mapOf(inner(last));
      if (pairs.test(name)) return { kind: 'any' };
    }
    const definition = this.#definitions.get(name);
    if (definition === undefined) return null;
    if (definition.enum !== undefined) {
      // Flags are written as numbers, and in XML as names.
      if (definition.enum.flags === true) return { kind: 'any' };
      return { kind: 'enum', names: definition.enum.names.map((each) => each.wire ?? each.name) };
    }
    const collection = collectionOf(definition);
    if (collection !== null)
      return this.typeOf(collection, parametersOf(definition, args), depth + 1) ?? { kind: 'any' };
    const given = args.map((arg) => substituted(arg, bound));
    this.describe(definition, given, depth + 1);
    return { kind: 'reference', dto: dtoName(name, given) };
  }

  /** Adds a DTO, and those that it refers to. */
  describe(type: ContractType, args: readonly string[], depth: number): void {
    const { name, args: parameters } = appliedOf(type.name);
    const dto = dtoName(name, args);
    if (this.dtos.has(dto)) return;
    this.dtos.set(dto, { name: dto, description: type.description, members: [] });
    const bound = new Map(parameters.map((parameter, i) => [parameter, args[i] ?? 'Object']));
    this.dtos.set(dto, { name: dto, description: type.description, members: this.#membersOf(type, bound, depth) });
  }

  /** Its own members and those of its bases, the bases' first. */
  #membersOf(type: ContractType, bound: ReadonlyMap<string, string>, depth: number): readonly DtoMember[] {
    const inherited = type.base === undefined || depth > deepest ? [] : this.#inherited(type.base, bound, depth);
    const own = type.members.flatMap((member): readonly DtoMember[] => {
      const read =
        member.type === 'unknown' ? this.#writtenAs(member.json, depth) : this.typeOf(member.type, bound, depth);
      if (read === null) return [];
      return [
        {
          name: this.#nameOf(member),
          description: member.description,
          type: read,
          required: member.required === 'enforced' || member.required === 'documented',
          nullable: member.nullable === true,
        },
      ];
    });
    const names = new Set(own.map(({ name }) => name));
    return [...inherited.filter(({ name }) => !names.has(name)), ...own];
  }

  #inherited(base: string, bound: ReadonlyMap<string, string>, depth: number): readonly DtoMember[] {
    const { name, args } = appliedOf(base);
    const definition = this.#definitions.get(name);
    if (definition === undefined) return [];
    const given = args.map((arg) => substituted(arg, bound));
    const parameters = appliedOf(definition.name).args;
    return this.#membersOf(
      definition,
      new Map(parameters.map((parameter, i) => [parameter, given[i] ?? 'Object'])),
      depth + 1,
    );
  }

  /** What is known of a type of which a document only tells how JSON writes it. */
  #writtenAs(json: string | undefined, depth: number): DtoType | null {
    if (json === undefined || depth > deepest) return null;
    if (json.endsWith('[]')) return listOf(this.#writtenAs(json.slice(0, -2), depth + 1));
    if (json.startsWith('{') && json.endsWith('}')) return mapOf(this.#writtenAs(json.slice(1, -1), depth + 1));
    switch (json) {
      case 'number':
      case 'boolean':
      case 'any':
        return { kind: json };
      case 'text':
        return { kind: 'string' };
      default:
        return this.typeOf(json, new Map(), depth + 1);
    }
  }
}

/** The collection that a DTO is, as `class Parts : List<Part>` is written as a list; null where it is none. */
export function collectionOf({ base }: Pick<ContractType, 'base'>): string | null {
  const name = base === undefined ? '' : appliedOf(base).name;
  return base !== undefined && (lists.test(name) || maps.test(name)) ? base : null;
}

function parametersOf({ name }: ContractType, args: readonly string[]): ReadonlyMap<string, string> {
  return new Map(appliedOf(name).args.map((parameter, i) => [parameter, args[i] ?? 'Object']));
}

function listOf(of: DtoType | null): DtoType | null {
  return of === null ? null : { kind: 'list', of };
}

function mapOf(of: DtoType | null): DtoType | null {
  return of === null ? null : { kind: 'map', of };
}

/** A type with the parameters of its definition put in. */
function substituted(type: string, bound: ReadonlyMap<string, string>): string {
  return bound.size === 0 ? type : type.replace(/[\p{L}\p{M}\p{N}_]+/gu, (word) => bound.get(word) ?? word);
}

/**
 * The DTOs of a contract as schemas are derived from them: enums are written where they are used, inherited members with
 * the own ones, and a generic type once for each use. A member of a type that no document describes is left out.
 *
 * @param nameOf the name of a member: the one of the machine unless the model is for those who write a client
 */
export function modelOf(contract: Contract, nameOf: (member: ContractMember) => string = canonicalName): DtoModel {
  const model = new Model(contract.types, nameOf);
  for (const type of contract.types) {
    if (type.enum === undefined && appliedOf(type.name).args.length === 0) model.describe(type, [], 0);
  }
  if ('type' in contract.response) model.typeOf(contract.response.type);
  return [...model.dtos.values()];
}

/** The type of what a success answers: that of a list for one; null where it answers something else, or nobody tells what. */
export function responseType(contract: Contract): DtoType | null {
  const { response } = contract;
  if (response.kind !== 'dto' && response.kind !== 'list' && response.kind !== 'scalar') return null;
  const type = new Model(contract.types, canonicalName).typeOf(response.type);
  return response.kind === 'list' && type !== null ? { kind: 'list', of: type } : type;
}

/** Types of members that a contract neither knows nor describes, each with its member. */
export function undescribed(contract: Contract): readonly { readonly path: string; readonly type: string }[] {
  const model = new Model(contract.types, canonicalName);
  return contract.types.flatMap(({ name, members }) => {
    const parameters = new Map(appliedOf(name).args.map((parameter) => [parameter, 'Object']));
    return members
      .filter(({ type }) => type !== 'unknown' && model.typeOf(type, parameters) === null)
      .map(({ property, type }) => ({ path: `types.${name}.${property}.type`, type }));
  });
}
