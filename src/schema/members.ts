import type { Contract, ContractMember, ContractType, NonEmpty } from '../model/contract.ts';
import type { Member, Schemas } from '../model/schema.ts';
import { canonicalName } from '../values/casing.ts';
import { appliedOf } from '../values/dto-name.ts';
import { kindIn } from '../values/members.ts';
import { boundBy, isAt } from '../values/route.ts';
import { dtoOf } from './dto.ts';

/**
 * The members of a contract's request, in the order of its schema, each with where a request carries it:
 * in the path when a route has a placeholder of its name, else in the body.
 *
 * @throws Error when the request has no schema, or a route's placeholder is no member of it
 */
export function membersOf(contract: Contract, schemas: Schemas): readonly Member[] {
  const { members } = dtoOf(schemas, contract.request);
  const said = membersIn(contract);
  const named = members.map((member) => ({ ...member, ...propertyOf(member.name, said.get(member.name)) }));
  const places = contract.routes.flatMap((route) => boundBy(route.path));
  for (const place of places) {
    if (!named.some((member) => isAt(place, member)))
      throw new Error(`A route of ${contract.operation} binds {${place}}, but ${contract.request} has no such member.`);
  }
  return named.map(({ name, property, type, required, description }) => {
    const member: Member = {
      name,
      ...(property !== undefined && { property }),
      type,
      required,
      in: places.some((place) => isAt(place, { name, ...(property !== undefined && { property }) })) ? 'path' : 'body',
      description,
      ...saidOf(said.get(name), contract),
    };
    return { ...member, ...exampleOf(member, said.get(name), contract) };
  });
}

/** What it is called in code, where that is not its name. */
function propertyOf(name: string, member: ContractMember | undefined): Pick<Member, 'property'> {
  return member === undefined || member.property.toLowerCase() === name.toLowerCase()
    ? {}
    : { property: member.property };
}

/** What the contract says of each member of its request, those of its bases included, by its name in the machine. */
function membersIn({ types, request }: Contract): ReadonlyMap<string, ContractMember> {
  const byName = new Map(types.map((type) => [appliedOf(type.name).name, type]));
  const found = new Map<string, ContractMember>();
  const seen = new Set<ContractType>();
  for (let type = byName.get(request); type !== undefined && !seen.has(type); type = baseOf(type, byName)) {
    seen.add(type);
    for (const member of type.members) {
      const name = canonicalName(member);
      if (!found.has(name)) found.set(name, member);
    }
  }
  return found;
}

function baseOf({ base }: ContractType, byName: ReadonlyMap<string, ContractType>): ContractType | undefined {
  return base === undefined ? undefined : byName.get(appliedOf(base).name);
}

function saidOf(member: ContractMember | undefined, contract: Contract): Partial<Member> {
  if (member === undefined) return {};
  const { type, required, nullable, allowed, range, validate = [] } = member;
  const its = enumOf(type, contract);
  const [first, ...others] = allowed ?? [];
  const [rule, ...rules] = validate;
  return {
    ...(type !== 'unknown' && { net: type }),
    ...(required === 'enforced' && { enforced: true }),
    ...(nullable !== 'unknown' && { nullable }),
    ...(first !== undefined && { allowed: [first, ...others] satisfies NonEmpty<string> }),
    ...(range !== undefined && { range }),
    ...(rule !== undefined && { validate: [rule, ...rules] satisfies NonEmpty<string> }),
    ...(its !== undefined && { enum: its }),
  };
}

/** The enum that a type is, or that it is a list of. */
function enumOf(type: string, { types }: Contract): ContractType['enum'] {
  const { name, args } = appliedOf(type.replace(/\[\]$/, ''));
  const of = args.length === 1 ? (args[0] ?? name) : name;
  return types.find((each) => each.name === of)?.enum;
}

function exampleOf(of: Member, member: ContractMember | undefined, contract: Contract): Partial<Member> {
  const { values = {}, kept = [] } = contract;
  const names = [of.name, member?.name, member?.property].flatMap((each) => each?.toLowerCase() ?? []);
  const [name, value] = Object.entries(values).find(([each]) => names.includes(each.toLowerCase())) ?? [];
  if (name === undefined || value === undefined) return {};
  // What is composed of others is written into a request, and has no token.
  return kept.includes(name) && kindIn(of) !== null ? { kept: value } : { example: value };
}
