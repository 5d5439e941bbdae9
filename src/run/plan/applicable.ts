import { conditionsIn } from '../../catalogue/requirement.ts';
import { whyUnserved } from '../../catalogue/served-routes.ts';
import type { Effect, Script } from '../../model/exchange.ts';
import type { Profile } from '../../model/profile.ts';
import type { Case, Composer, Condition, Requirement } from '../../model/requirement.ts';
import type { Ability, Skip } from '../open/ability.ts';
import { effectOf } from '../open/effect.ts';
import { stepKeys, type ScriptKey } from './script-key.ts';

/** A case, and whether the run can and may send what it asks. */
export type ApplicableCase =
  | { readonly case: Case; readonly skip: Skip }
  | { readonly case: Case; readonly skip: null; readonly keys: readonly ScriptKey[]; readonly effect: Effect };

interface Applicable {
  readonly skip: Skip | null;
  readonly cases: readonly ApplicableCase[];
}

/** A requirement with what of it is to be exercised. */
export type Considered = Applicable & { readonly requirement: Requirement };

/** What of a requirement applies to a contract, under a profile, in what a run can and may do. */
export function applicable(requirement: Requirement, composer: Composer, ability: Ability): Applicable {
  const off = switchedOff(requirement.when, composer.profile);
  if (off !== null) return { skip: off, cases: [] };
  const unserved = requirement.area === 'documentation' ? null : whyUnserved(composer.contract, composer.profile);
  if (unserved !== null) return { skip: { cause: 'profile', reason: unserved }, cases: [] };
  const isSpoken = requirement.speaksOf?.(composer) !== false;
  if (requirement.standing !== undefined && isSpoken) return { skip: null, cases: [] };
  const cases = requirement.cases(composer);
  if (cases.length === 0) {
    return {
      skip: {
        cause: 'contract',
        reason: requirement.lacks ?? 'the contract has nothing that this requirement speaks of',
      },
      cases: [],
    };
  }
  return { skip: null, cases: cases.map((c) => applicableCase(c, composer, ability)) };
}

function applicableCase(each: Case, composer: Composer, ability: Ability): ApplicableCase {
  const effect = effectOf(each.script, composer);
  const skip = refused(each.script, effect, composer, ability);
  return skip === null ? { case: each, skip, keys: stepKeys(each.script), effect } : { case: each, skip };
}

/** What a profile switches off, in words; null when it applies. */
export function switchedOff(when: Condition | undefined, profile: Profile): Skip | null {
  if (when === undefined) return null;
  const unmet = conditionsIn(when).filter(({ name, values }) => !values.includes(profile[name]));
  if (unmet.length === 0) return null;
  const says = unmet.map(({ name, values }) => `${name} ${values.join(' or ')}`).join(' and ');
  return { cause: 'profile', reason: `promised under ${says}, which this target does not declare` };
}

/** Why a run cannot or may not send a script; null where it can. */
export function refused(script: Script, effect: Effect, composer: Composer, ability: Ability): Skip | null {
  const credentials = script.steps.map((s) => ability.credentialRefused(s.credentials)).find((s) => s !== null);
  if (credentials) return credentials;
  const mayBeASiblings = script.undocumented === 'a word' || script.undocumented === 'a verb';
  if (mayBeASiblings && ability.siblingsUnknown !== undefined) return ability.siblingsUnknown;
  if (effect === 'none') return null;
  if (ability.changesRefused !== null) return ability.changesRefused;
  return (
    script.subjects
      .filter((state) => state !== composer.absent)
      .map((state) => ability.stateRefused(state))
      .find((s) => s !== null) ?? null
  );
}
