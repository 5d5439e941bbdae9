import { createComposer } from '../catalogue/composer.ts';
import type { Contract } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import type { Composer, Requirement, RequirementId } from '../model/requirement.ts';
import type { Suite } from '../model/suite.ts';
import { switchedOff } from '../run/plan/applicable.ts';
import type { Suspect } from './judge.ts';

/** A mutant with the profile that its host declares. */
export interface Known extends Omit<Suspect, 'foundBy'> {
  readonly under?: Partial<Profile>;
  /** Requirements that find it besides, where any will do. */
  readonly elsewhere?: readonly RequirementId[];
  /** Whether it is a fault of that operation; of any where this is not said. */
  readonly appliesTo?: (contract: Contract) => boolean;
}

/** What can be proven of a contract: by which mutants, and of which requirements. */
export interface Provable {
  readonly suspects: readonly Suspect[];
  /** Those that have a case, under the plain profile or that of a mutant. */
  readonly requirements: readonly Requirement[];
}

/**
 * The mutants that can show something of a contract, each with the requirements that name it: those that have a case
 * there. One that breaks only what the operation does not have is left out; a harmless variation only where it says itself
 * that it is a fault of such an operation.
 *
 * @param mutants all that there are
 * @param suite of the contract
 * @param plain the profile of a host that declares nothing
 * @param foundBy whether each must be found by all that name it: `kills` is written of the shipped operation, and of
 *   another, any will do
 */
export function provable(
  mutants: readonly Known[],
  { contract, members, catalogue }: Suite,
  plain: Profile,
  foundBy: Suspect['foundBy'],
): Provable {
  const requirements = new Map(catalogue.flatMap((area) => area.requirements.map((r) => [r.id, r] as const)));
  // Mutants share profiles, and what is arranged for one composer takes long.
  const composers = new Map<string, Composer>();
  const composerUnder = (profile: Profile): Composer => {
    const key = JSON.stringify(profile);
    const composer = composers.get(key) ?? createComposer(contract, members, profile);
    composers.set(key, composer);
    return composer;
  };
  const applies = (requirement: Requirement | undefined, profile: Profile): boolean => {
    if (requirement === undefined) return true;
    if (switchedOff(requirement.when, profile) !== null) return false;
    const composer = composerUnder(profile);
    return requirement.standing === undefined
      ? requirement.cases(composer).length > 0
      : requirement.speaksOf?.(composer) !== false;
  };
  const suspects = mutants.flatMap(
    ({ name, says, kills, elsewhere = [], areas, under, appliesTo }): readonly Suspect[] => {
      if (appliesTo?.(contract) === false) return [];
      const named = foundBy === 'any' ? [...kills, ...elsewhere] : kills;
      const able = named.filter((id) => applies(requirements.get(id), { ...plain, ...under }));
      return able.length === 0 && kills.length > 0 ? [] : [{ name, says, kills: able, foundBy, areas }];
    },
  );
  const profiles = new Map(
    mutants.map(({ under }) => ({ ...plain, ...under })).map((profile) => [JSON.stringify(profile), profile]),
  );
  const speaking = (id: RequirementId): boolean =>
    [...profiles.values()].some((profile) => applies(requirements.get(id), profile));
  return { suspects, requirements: [...requirements.values()].filter(({ id }) => speaking(id)) };
}
