import type { NonEmpty } from '../model/contract.ts';
import type { MemberFacts, OperationFacts } from './facts.ts';
import { comparable } from './strength.ts';

/**
 * What a document says: once, or twice where it says one thing in two places and not the same, as in an attribute and in
 * what is made of it. The first is what counts.
 */
export function readingsOf(facts: OperationFacts): NonEmpty<OperationFacts> {
  const first = pure(facts);
  const isTwofold = [facts, ...facts.types, ...facts.types.flatMap(({ members }) => members)].some(
    (each) => Object.keys(each.otherwise ?? {}).length > 0,
  );
  if (!isTwofold) return [first];
  const types = facts.types.map((type) => ({ ...type, members: type.members.map(second), ...type.otherwise }));
  return [first, pure({ ...facts, types, ...facts.otherwise, samples: [] })];
}

/** What another place of a document says, where there is such a thing. */
export function otherwise<T extends object>(facts: T): { readonly otherwise?: T } {
  return Object.keys(facts).length === 0 ? {} : { otherwise: facts };
}

/** Whether two places of a document say the same; one of them may have lost its newlines. */
export function saysSame(text: string, other: string): boolean {
  return comparable(text).replaceAll(' ', '') === comparable(other).replaceAll(' ', '');
}

function pure(facts: OperationFacts): OperationFacts {
  const types = facts.types.map((type) => ({
    ...type,
    members: type.members.map((member) => ({ ...member, otherwise: {} })),
    otherwise: {},
  }));
  return { ...facts, types, otherwise: {} };
}

function second(member: MemberFacts): MemberFacts {
  return { ...member, ...member.otherwise };
}
