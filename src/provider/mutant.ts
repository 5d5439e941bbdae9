import type { Contract } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import type { Area, RequirementId } from '../model/requirement.ts';
import type { AuthenticationKind } from './authentication.ts';
import type { Mutate } from './behaviour.ts';

/** A fault of the reference provider, or a harmless variation of it; written from the promise, never from a run. */
export interface Mutant {
  /** Kebab-case, unique, and permanent as requirement ids are. */
  readonly name: string;
  /** What is wrong, or what is different, in a sentence. */
  readonly says: string;
  /**
   * The requirements that must fail, of the operation that this package ships; of another operation, one of them must.
   * None for a harmless variation.
   */
  readonly kills: readonly RequirementId[];
  /**
   * Of another operation, requirements that find it besides: what shows there in an answer, and here in the state of a
   * subject, or is asked there of the one verb or format that there is.
   */
  readonly elsewhere?: readonly RequirementId[];
  /** Whether it is a fault of that operation; of any where this is not said. */
  readonly appliesTo?: (contract: Contract) => boolean;
  /** Where further failures may lie; the areas of `kills` are among them. */
  readonly areas: readonly Area[];
  /** What the mutated host declares, where it is not the default profile. */
  readonly under?: Partial<Profile>;
  /** The ways to authenticate, where they are not the default ones. */
  readonly authentication?: readonly AuthenticationKind[];
  /** How long a run waits for an answer, in milliseconds, where the default would make a silent host cost too much. */
  readonly timeoutMs?: number;
  /** The seed that ids and secrets are drawn from, where it is not the default one. */
  readonly seed?: number;
  readonly mutate: Mutate;
}
