import { everyThreeToRefuse, type ToRefuse } from '../../src/catalogue/refusals.ts';
import { guidsOf, inPath, malformedInPath } from '../../src/catalogue/provoke.ts';
import type { Composer, MemberValues } from '../../src/model/requirement.ts';
import { isGuid, zeroGuid } from '../../src/values/guid.ts';
import { neededGuids } from './members.requirements.ts';

/** What may be wrong with a request: a member, or the id in its path. */
type Wrong = 'missing' | 'malformed' | 'malformed in the path' | 'all-zero in the path';

/**
 * Calls that each have one such thing wrong with them; every three of what is chosen besides, and of what is wrong, stand together
 * in some. What works on nothing is asked less: nobody could tell what was done.
 */
export function everyThreeWrong(wrong: Wrong, c: Composer): readonly ToRefuse[] {
  const hasPath = c.pathMembers.some(isGuid);
  const kinds: readonly Wrong[] = [
    ...(c.requiredMembers.length > 0 ? (['missing'] as const) : []),
    ...(neededGuids(c).length > 0 ? (['malformed'] as const) : []),
    ...(hasPath ? (['malformed in the path', 'all-zero in the path'] as const) : []),
  ];
  const [first, ...others] = kinds;
  if (c.contract.subject === null || first === undefined) return [];
  return everyThreeToRefuse(c, {
    kinds: [first, ...others],
    about: Math.max(1, c.requiredMembers.length),
    sent: (kind, about) => {
      switch (kind) {
        case 'missing':
        case 'malformed':
          return { members: wrongMembers(kind, about, c) };
        case 'malformed in the path':
          return { pathMembers: malformedInPath(c) };
        case 'all-zero in the path':
          return { pathMembers: inPath(c, zeroGuid) };
      }
    },
  }).filter(({ kind, choice }) => kind === wrong && (!kind.endsWith('path') || guidsOf(choice.route, c).length > 0));
}

function wrongMembers(kind: 'missing' | 'malformed', about: number, c: Composer): MemberValues {
  const its = kind === 'missing' ? c.requiredMembers : neededGuids(c);
  const member = its[about % its.length];
  if (member === undefined) return c.sample.all;
  return kind === 'missing' ? c.sample.without(member) : c.sample.with(member, 'not-a-guid');
}
