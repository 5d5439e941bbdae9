// What a document says of the types of an operation, type by type and member by member, held against a contract.

import type { Contract, ContractMember, ContractType } from '../model/contract.ts';
import { canonicalName } from '../values/casing.ts';
import {
  asWritten,
  enumTexts,
  isSpokenOf,
  isWrittenOtherwise,
  membersText,
  needed,
  rangeText,
  reachable,
  sameMember,
  shownEnum,
  tellsBases,
  tellsNames,
  toldLimits,
  type Says,
} from './compare-words.ts';
import { plainName } from './dotnet.ts';
import { isMetadata, keyOf, type OperationFacts } from './facts.ts';
import { isOfFramework } from './framework.ts';
import { flagsText } from './merge.ts';

/** The two sides of a comparison, and where what is found goes. */
export interface Sides {
  /** The contract, as documents stated it. */
  readonly was: Contract;
  /** The contract that the document alone gives. */
  readonly now: Contract;
  readonly facts: OperationFacts;
  readonly says: Says;
  /** Whether either side leaves a place unknown. */
  readonly isOpen: (path: string) => boolean;
  /** Whether the contract was read from a document of the same form. */
  readonly isOfFormBefore: boolean;
  /** Whether something has been found at a place that begins so. */
  readonly isTold: (place: string) => boolean;
  readonly add: (place: string, promised: string, found: string, breaks: boolean) => void;
  /** Texts that explain, where the document would say them. */
  readonly text: (place: string, was: string | undefined, now: string | undefined, says: boolean) => void;
}

/** Who meets a type: a caller, who fills it, or whoever reads the answer. */
type Role = 'request' | 'answer' | 'both';

/** The type of a name, whatever it is of: `Page<T>` and `Page<Tool>` are one. */
function named<T extends { readonly name: string }>(name: string, types: readonly T[]): T | undefined {
  const plain = plainName(name);
  return types.find((each) => plainName(each.name) === plain);
}

/** Compares all types that the contract has. */
export function compareTypes(sides: Sides): void {
  const { was, now } = sides;
  const answered = reachable(was, 'type' in was.response ? was.response.type : undefined);
  const asked = reachable(was, was.request);
  const gone: ContractType[] = [];
  for (const type of was.types) {
    const its = named(type.name, now.types);
    const isListed = named(type.name, sides.facts.types) !== undefined;
    if (!isListed && !isOfFramework(type.name)) gone.push(type);
    if (its === undefined || !isListed) continue;
    const role: Role = answered.has(type.name) ? (asked.has(type.name) ? 'both' : 'answer') : 'request';
    compareType(sides, type, its, role);
  }
  for (const type of gone)
    if (wouldList(sides, type) && isStillSpokenOf(sides, type))
      sides.add(`types.${type.name}`, shownType(type), 'no such type', true);
}

/** Whether a document of this form, of which the contract was read from one, lists such a type wherever there is one. */
function wouldList({ facts, isOfFormBefore }: Sides, type: ContractType): boolean {
  return (
    facts.complete &&
    facts.source.kind !== 'schema' &&
    isOfFormBefore &&
    !(type.enum !== undefined && facts.hidesEnums === true)
  );
}

/** Whether the document still speaks of a type that it no longer describes: else what is gone with it has been told. */
function isStillSpokenOf({ was, now, facts, isTold }: Sides, { name }: ContractType): boolean {
  // A page whose answer is a list has no table of its items.
  const isShown = !(facts.source.kind === 'page' && was.response.kind === 'list');
  if ('type' in was.response && isShown && isSpokenOf(name, was.response.type ?? '') && !isTold('response'))
    return true;
  return was.types.some((type) => {
    const its = named(type.name, now.types);
    if (its === undefined || named(type.name, facts.types) === undefined) return false;
    if (isSpokenOf(name, type.base ?? '') && (!tellsBases(facts.source.kind) || isSpokenOf(name, its.base ?? '')))
      return true;
    return type.members
      .filter((member) => isSpokenOf(name, asWritten(member)))
      .some((member) => {
        const same = its.members.find((each) => sameMember(each, member));
        return same !== undefined && (same.type === 'unknown' || isSpokenOf(name, same.type));
      });
  });
}

function shownType({ enum: names, members }: ContractType): string {
  return names !== undefined ? shownEnum(names) : membersText(members);
}

function compareType(sides: Sides, was: ContractType, now: ContractType, role: Role): void {
  const place = `types.${was.name}`;
  const { facts, add, text } = sides;
  const isRequest = was.name === sides.was.request;
  text(
    `${place}.description`,
    isRequest ? '' : was.description,
    isRequest ? '' : now.description,
    isMetadata(facts.source.kind),
  );
  compareBase(sides, was, now);
  if (was.enum !== undefined && now.enum !== undefined) {
    compareEnum(sides, place, was.enum, now.enum, role);
    return;
  }
  if (was.enum !== undefined || now.enum !== undefined) {
    if (facts.source.kind === 'schema') return;
    if (now.enum !== undefined) add(place, membersText(was.members), shownEnum(now.enum), true);
    else add(`${place}.enum`, shownType(was), now.members.length === 0 ? 'no values' : membersText(now.members), true);
    return;
  }
  compareMembers(sides, place, was, now, role);
}

function compareBase(sides: Sides, was: ContractType, now: ContractType): void {
  const { isOpen, add } = sides;
  const { sources, types } = sides.was;
  const { kind } = sides.facts.source;
  const place = `types.${was.name}.base`;
  const isTold =
    (was.base !== undefined || sources.some((source) => tellsBases(source.kind))) &&
    (now.base !== undefined || tellsBases(kind)) &&
    !isOpen(place);
  // A page shows whose members there are besides, and not by how many types they are inherited.
  const isFurther = !tellsBases(kind) && inherited(was, types).has(now.base ?? '');
  if (isTold && was.base !== now.base && !isFurther)
    add(place, was.base ?? 'none', now.base ?? 'none', was.base !== undefined);
}

function compareEnum(
  { was: { sources }, facts: { source }, isOpen, add }: Sides,
  place: string,
  was: NonNullable<ContractType['enum']>,
  now: NonNullable<ContractType['enum']>,
  role: Role,
): void {
  const kinds = sources.map(({ kind }) => kind);
  const [a, b] = enumTexts(was, kinds, now, source.kind);
  if ([...a].sort().join() === [...b].sort().join()) {
    if ((was.flags ?? false) !== (now.flags ?? false) && !isOpen(`${place}.enum.flags`))
      add(`${place}.enum.flags`, flagsText(was.flags === true), flagsText(now.flags === true), true);
    return;
  }
  add(`${place}.enum`, a.join(', '), b.join(', '), a.some((each) => !b.includes(each)) || role !== 'request');
}

function compareMembers(sides: Sides, place: string, was: ContractType, now: ContractType, role: Role): void {
  const { add } = sides;
  const left = [...now.members];
  const gone: ContractMember[] = [];
  for (const member of was.members) {
    const at = left.findIndex((each) => sameMember(each, member));
    const [its] = at === -1 ? [] : left.splice(at, 1);
    if (its === undefined) gone.push(member);
    else compareMember(sides, `${place}.${member.property}`, was, member, its, role);
  }
  // A table that is gone, or a list that is empty, is one thing.
  if (now.members.length === 0 && gone.length > 1) {
    add(`${place}.members`, membersText(gone), 'no members', true);
    return;
  }
  for (const member of gone) {
    const same = left.findIndex((each) => mayBeSame(sides, place, member, each));
    const [by] = left.splice(Math.max(same, 0), 1);
    if (same !== -1) continue;
    add(
      `${place}.${member.property}`,
      `${member.name}: ${member.type}`,
      by === undefined ? 'no such member' : `${by.name}: ${by.type}`,
      true,
    );
  }
  for (const member of left) {
    const isNeeded = needed(member);
    add(
      `${place}.${member.property}`,
      'no such member',
      `${member.name}: ${member.type}${isNeeded ? ', required' : ''}`,
      isNeeded && role !== 'answer',
    );
  }
}

/** Whether two members may be one, of which one document shows the name on the wire and another that of the code. */
function mayBeSame({ facts, isOpen }: Sides, type: string, was: ContractMember, now: ContractMember): boolean {
  const unknown =
    facts.hidesAliases === true
      ? [`${type}.${was.property}.property`]
      : tellsNames(facts.source.kind)
        ? []
        : [`${type}.members`, `${type}.${was.property}.name`];
  const isOther =
    (was.type !== 'unknown' && now.type !== 'unknown' && was.type !== now.type) || isWrittenOtherwise(was, now);
  return !isOther && unknown.some(isOpen);
}

/** Whether names were put back into PascalCase, as the code that a contract was read from spells them its own way. */
function isSpelledAgain({ sources }: Pick<Contract, 'sources'>): boolean {
  return sources.every(({ kind }) => kind === 'typescript' || kind === 'python');
}

function compareMember(
  sides: Sides,
  place: string,
  type: ContractType,
  was: ContractMember,
  now: ContractMember,
  role: Role,
): void {
  const { facts, says, add, text } = sides;
  const isNamed = ![`types.${type.name}.members`, `${place}.name`].some(sides.isOpen);
  const isCoded = tellsNames(facts.source.kind);
  const isRespelt = isSpelledAgain(sides.was) && was.name.toLowerCase() === now.name.toLowerCase();
  if (isNamed && isCoded && !isRespelt && canonicalName(was) !== canonicalName(now) && now.name !== was.name)
    add(`${place}.name`, was.name, now.name, true);
  // On the wire nothing has changed; code that is made of the document has.
  const showsCode = isCoded || facts.hidesAliases === true;
  if (showsCode && keyOf(was.property) !== keyOf(now.property) && !sides.isOpen(`${place}.property`))
    add(`${place}.property`, was.property, now.property, false);
  compareMemberType(sides, place, type, was, now);
  if (was.required !== 'unknown' && now.required !== 'unknown' && needed(was) !== needed(now)) {
    const breaks = role === 'both' || (needed(now) ? role === 'request' : role === 'answer');
    add(`${place}.required`, was.required, now.required, breaks);
  }
  const isPlaced =
    was.in !== 'unknown' &&
    now.in !== 'unknown' &&
    facts.routes !== undefined &&
    !sides.isTold('routes') &&
    !sides.isTold('prefix');
  if (isPlaced && type.name === sides.was.request && was.in !== now.in) add(`${place}.in`, was.in, now.in, true);
  text(`${place}.description`, was.description, now.description, says.memberTexts);
  const list = (field: string, a: string, b: string, isSaid: boolean, isTold: boolean): void => {
    if (a !== b && (b !== '' || isSaid) && (a !== '' || isTold))
      add(`${place}.${field}`, a || 'none', b || 'none', true);
  };
  const told = toldLimits(sides.was, facts);
  list('allowed', (was.allowed ?? []).join(', '), (now.allowed ?? []).join(', '), says.limits, told.limits);
  list('range', rangeText(was), rangeText(now), says.limits, told.limits);
  list('validate', (was.validate ?? []).join(', '), (now.validate ?? []).join(', '), says.validators, told.validators);
}

function compareMemberType(
  { facts, isOfFormBefore, add }: Sides,
  place: string,
  type: ContractType,
  was: ContractMember,
  now: ContractMember,
): void {
  if (was.type !== 'unknown' && now.type !== 'unknown' && was.type !== now.type)
    add(`${place}.type`, was.type, now.type, true);
  else if (isWrittenOtherwise(was, now)) add(`${place}.type`, asWritten(was), asWritten(now), true);
  else if (
    was.nullable !== 'unknown' &&
    now.nullable !== 'unknown' &&
    was.nullable !== now.nullable &&
    needed(was) === needed(now)
  )
    add(`${place}.nullable`, String(was.nullable), String(now.nullable), true);
  else if (was.type !== 'unknown' && now.type === 'unknown') {
    // Words of an author's own may have stood there from the start, where no page was read then.
    const words = named(type.name, facts.types)?.members.find(
      ({ shown }) => keyOf(shown) === keyOf(was.property),
    )?.words;
    if (words !== undefined && words.value !== was.type && isOfFormBefore)
      add(`${place}.type`, was.type, words.value, true);
  }
}

/** The types that a type inherits, directly or not. */
function inherited(type: ContractType, types: Contract['types']): ReadonlySet<string> {
  const found = new Set<string>();
  for (let base = type.base; base !== undefined && !found.has(base);) {
    found.add(base);
    base = named(base, types)?.base;
  }
  return found;
}
