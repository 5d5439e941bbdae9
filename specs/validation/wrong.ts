import { everyThreeToRefuse, type Sent, type ToRefuse } from '../../src/catalogue/refusals.ts';
import { guidsOf, inPath, malformedInPath } from '../../src/catalogue/provoke.ts';
import type { Composer } from '../../src/model/requirement.ts';
import type { Member } from '../../src/model/schema.ts';
import { isGuid, zeroGuid } from '../../src/values/guid.ts';
import { neededGuids } from './members.requirements.ts';

/** What may be wrong with a request: a member, or the id in its path. */
type Wrong = WrongMember['is'] | WrongPath['is'];

interface WrongMember {
  readonly is: 'missing' | 'malformed';
  readonly member: Member;
}

interface WrongPath {
  readonly is: 'malformed in the path' | 'all-zero in the path';
}

/**
 * Calls that each have one such thing wrong with them; every three of what is chosen besides, and of what is wrong, stand together
 * in some. What works on nothing is asked less: nobody could tell what was done.
 */
export function everyThreeWrong(wrong: Wrong, c: Composer): readonly ToRefuse[] {
  const [first, ...others] = kindsOf(c);
  if (c.contract.subject === null || first === undefined) return [];
  return everyThreeToRefuse(c, {
    kinds: [first, ...others],
    isWanted: ({ is }) => is === wrong,
    sent: (kind) => sentWith(kind, c),
  }).filter(({ kind: { is }, choice }) => !is.endsWith('path') || guidsOf(choice.route, c).length > 0);
}

function kindsOf(c: Composer): readonly (WrongMember | WrongPath)[] {
  return [
    ...c.requiredMembers.map((member) => ({ is: 'missing', member }) as const),
    ...neededGuids(c).map((member) => ({ is: 'malformed', member }) as const),
    ...(c.pathMembers.some(isGuid) ? ([{ is: 'malformed in the path' }, { is: 'all-zero in the path' }] as const) : []),
  ];
}

function sentWith(wrong: WrongMember | WrongPath, c: Composer): Sent {
  switch (wrong.is) {
    case 'missing':
      return { members: c.sample.without(wrong.member) };
    case 'malformed':
      return { members: c.sample.with(wrong.member, 'not-a-guid') };
    case 'malformed in the path':
      return { pathMembers: malformedInPath(c) };
    case 'all-zero in the path':
      return { pathMembers: inPath(c, zeroGuid) };
  }
}
