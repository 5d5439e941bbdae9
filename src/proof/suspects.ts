import { createComposer } from '../catalogue/composer.ts';
import type { Profile } from '../model/profile.ts';
import type { RequirementId } from '../model/requirement.ts';
import type { Suite } from '../model/suite.ts';
import { switchedOff } from '../run/plan.ts';
import type { Suspect } from './judge.ts';

/** A mutant with the profile that its host declares. */
export interface Known extends Suspect {
  readonly under?: Partial<Profile>;
}

/**
 * The mutants that can show something of a contract, each with the requirements that it must be found by: those that have
 * a case there. One that breaks only what the operation does not have is left out; a harmless variation never is.
 *
 * @param mutants all that there are
 * @param suite of the contract
 * @param plain the profile of a host that declares nothing
 */
export function suspectsOf(
  mutants: readonly Known[],
  { contract, members, catalogue }: Suite,
  plain: Profile,
): readonly Suspect[] {
  const requirements = new Map(catalogue.flatMap((area) => area.requirements.map((r) => [r.id, r] as const)));
  const applies = (id: RequirementId, profile: Profile): boolean => {
    const requirement = requirements.get(id);
    if (requirement === undefined) return true;
    return (
      switchedOff(requirement.when, profile) === null &&
      (requirement.standing !== undefined || requirement.cases(createComposer(contract, members, profile)).length > 0)
    );
  };
  return mutants.flatMap(({ name, says, kills, areas, under }): readonly Suspect[] => {
    const able = kills.filter((id) => applies(id, { ...plain, ...under }));
    return able.length === 0 && kills.length > 0 ? [] : [{ name, says, kills: able, areas }];
  });
}
