import type { Contract } from '../../model/contract.ts';
import type { Member } from '../../model/schema.ts';
import type { StateSource } from '../../model/states.ts';
import type { Suite } from '../../model/suite.ts';
import { membersOf } from '../../schema/members.ts';
import type { GivenValue } from '../../settings/given-values.ts';
import { UsageError } from '../../settings/problems.ts';
import { namesOf } from '../../values/contract.ts';

/**
 * The suite of a run, with the values that a person gives: a call succeeds with them.
 *
 * @throws UsageError for a value of a member that the operation does not have
 */
export function withValues(suite: Suite, values: readonly GivenValue[]): Suite {
  const known = namesOf(suite.contract, suite.members);
  const has = (member: string): boolean => known.has(member.toLowerCase());
  const stray = values.find(({ member, isOwn }) => isOwn && !has(member));
  if (stray !== undefined)
    throw new UsageError(
      `the value of ${stray.member}: ${suite.operation} has no such member; it has ${suite.members.map(({ name }) => name).join(', ') || 'none'}`,
    );
  const held = values.filter(({ member }) => has(member));
  if (held.length === 0) return suite;
  const contract: Contract = {
    ...suite.contract,
    values: Object.fromEntries(held.map(({ member, value }) => [member, value])),
    kept: held.flatMap(({ member, isSecret }) => (isSecret ? [member] : [])),
  };
  return { ...suite, contract, members: membersOf(contract, suite.schemas) };
}

/** A source of subjects that knows what a person gives for members that it may not know: all but what names a subject. */
export function withKept(source: StateSource, members: readonly Member[], { subject }: Contract): StateSource {
  const kept = Object.fromEntries(
    members.flatMap(({ name, kept: value }) =>
      value === undefined || name === subject?.member ? [] : [[name, value]],
    ),
  );
  return {
    ...source,
    setUp: async (state) => {
      const made = await source.setUp(state);
      return made.kind === 'ready' ? { ...made, subject: { ...made.subject, ...kept } } : made;
    },
  };
}
