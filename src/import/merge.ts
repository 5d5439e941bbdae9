import type { Contract, ContractType, ResponseOf } from '../model/contract.ts';
import { isBuiltIn, plainName } from './dotnet.ts';
import { evidenceIn } from './evidence.ts';
import type { Fact, OperationFacts, RouteFacts, TypeFacts } from './facts.ts';
import { acknowledgement, frameworkTypeOf } from './framework.ts';
import type { Chooser } from './strength.ts';
import type { Said } from './strength.ts';
import { membersOf, ancestorsOf, orderOf, argsIn, isComplete, type Around, type Group } from './merge-members.ts';

/** What several documents together state of the types of an operation. */
export interface Merged {
  readonly types: readonly ContractType[];
  readonly unknown: Contract['unknown'];
}

/**
 * The types of a contract, from what all documents say of them.
 *
 * @param all by their strength
 * @param routes whole paths; null where no document tells them
 */
export function mergeTypes(
  all: readonly OperationFacts[],
  operation: string,
  response: ResponseOf,
  routes: readonly RouteFacts[] | null,
  casing: 'pascal' | 'camel' | null,
  chooser: Chooser,
): Merged {
  const listed = all.flatMap((facts) => facts.types.map((type) => ({ type, facts })));
  const groups = new Map<string, { readonly type: TypeFacts; readonly facts: OperationFacts }[]>();
  const [strongest] = all;
  for (const each of listed) {
    const name = plainName(each.type.name);
    // Some documents describe types of .NET, too.
    if (isBuiltIn(name)) continue;
    const group = groups.get(name);
    if (group !== undefined) group.push(each);
    else if (each.facts === strongest || strongest === undefined || !isComplete(strongest) || name === operation)
      groups.set(name, [each]);
  }
  const responseType = response.kind === 'dto' || response.kind === 'list' ? response.type : null;
  const strongestOf = [...groups.values()].flatMap(([first]) => (first === undefined ? [] : [first.type]));
  const evidence = evidenceIn(all, strongestOf, operation, responseType);
  const isEnum = (name: string): boolean | null => {
    const group = groups.get(plainName(name));
    if (group !== undefined) return group.some(({ type }) => type.enum !== undefined);
    return frameworkTypeOf(plainName(name), argsIn(name)) === undefined ? null : false;
  };
  const unknown: { path: string; why: string }[] = [];
  const ancestors = ancestorsOf(operation, groups);
  const order = orderOf(operation, responseType, groups);
  const types = order.map((name): ContractType => {
    const framework =
      name.startsWith('Response') && /^Response(?:Status|Error)$/.test(name) ? frameworkTypeOf(name, 0) : undefined;
    if (framework !== undefined) return framework;
    const group = groups.get(name);
    if (group === undefined)
      return frameworkTypeOf(name, 0) ?? frameworkTypeOf(name, 1) ?? { name, description: '', members: [] };
    return typeOf(name, group, { operation, routes, casing, chooser, evidence, isEnum, ancestors, unknown });
  });
  return { types: types.map((type) => described(type, response)), unknown };
}

/** Most services answer with nothing but a ResponseStatus and say nothing of it. */
function described(type: ContractType, response: ResponseOf): ContractType {
  const [only, more] = type.members;
  if (response.kind !== 'dto' || type.name !== response.type || only === undefined || more !== undefined) return type;
  if (only.type !== 'ResponseStatus' || type.base !== undefined) return type;
  return {
    ...type,
    description: type.description === '' ? acknowledgement.type : type.description,
    members: [{ ...only, description: only.description === '' ? acknowledgement.member : only.description }],
  };
}

/** Whether the values of an enum combine, in words. */
export function flagsText(flags: boolean): string {
  return flags ? 'flags' : 'no flags';
}

function typeOf(name: string, group: Group, around: Around): ContractType {
  const { chooser, evidence } = around;
  const path = `types.${name}`;
  const said = <T>(of: (type: TypeFacts) => Fact<T> | undefined): readonly Said<T>[] =>
    group.flatMap(({ type, facts }) => {
      const its = of(type);
      return its === undefined ? [] : [{ ...its, kind: facts.source.kind }];
    });
  const full = group.find(({ type }) => type.name.includes('<'))?.type.name ?? group[0]?.type.name ?? name;
  const description = chooser.choose(
    said((type) => type.description),
    `${path}.description`,
    (text) => text,
  );
  const base = chooser.choose(
    said((type) => type.base),
    `${path}.base`,
    (text) => text,
  );
  const enums = group.flatMap(({ type, facts }) =>
    type.enum === undefined ? [] : [{ value: type.enum, kind: facts.source.kind, at: type.at }],
  );
  const named = chooser.choose(
    enums.some(({ value }) => value.loose !== true) ? enums.filter(({ value }) => value.loose !== true) : enums,
    `${path}.enum`,
    ({ names }) => names.map((each) => each.name).join(', '),
  );
  if (named !== undefined) {
    const flags =
      chooser.choose(
        enums.flatMap(({ value, kind, at }) => (value.flags === undefined ? [] : [{ value: value.flags, kind, at }])),
        `${path}.enum.flags`,
        flagsText,
      )?.value ?? evidence.enums.get(name);
    if (flags === undefined)
      around.unknown.push({
        path: `${path}.enum.flags`,
        why: 'no document tells whether its values combine and are written as numbers',
      });
    const wires = new Map(
      enums.flatMap(({ value }) =>
        value.names.flatMap((each) => (each.wire === undefined ? [] : [[each.name, each.wire] as const])),
      ),
    );
    const [first, ...others] = named.value.names.map((each) => {
      const wire = each.wire ?? wires.get(each.name);
      return wire === undefined ? each : { ...each, wire };
    });
    return {
      name,
      description: description?.value ?? '',
      enum: { names: [first ?? { name: '' }, ...others], ...(flags === true && { flags: true as const }) },
      members: [],
    };
  }
  return {
    name: full,
    description: description?.value ?? '',
    ...(base !== undefined && { base: base.value }),
    ...(group.some(({ type }) => type.dataContract === true) && { dataContract: true as const }),
    members: membersOf(name, full, group, around),
  };
}
