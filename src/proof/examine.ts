import { nothingToHide } from '../exchange/redact.ts';
import type { Profile } from '../model/profile.ts';
import type { Area } from '../model/requirement.ts';
import type { Suite } from '../model/suite.ts';
import { openRun, type StartHost } from '../run/open/open.ts';
import type { Plan } from '../run/plan/plan.ts';
import { planFor } from '../run/run-catalogue.ts';
import { judgeOnce } from '../run/run-plan.ts';
import { readSettings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';
import { autopsyOf, type Autopsy } from './judge.ts';

/** What examining needs to know of a mutant; the fault itself is with the host that has it. */
export interface Variant {
  readonly name: string;
  /** What the mutated host declares, where it is not the default profile. */
  readonly under?: Partial<Profile>;
  /** The ways to authenticate, where they are not the default ones. */
  readonly authentication?: readonly string[];
  /** How long a run waits for an answer, in milliseconds. */
  readonly timeoutMs?: number;
  readonly seed?: number;
}

/** Runs the catalogue, or the areas named, against one mutant. */
export type Examine = (variant: Variant, only: readonly Area[], host: StartHost) => Promise<Autopsy>;

/**
 * Makes a function that runs a suite against mutants, one after the other.
 *
 * @param world with a folder and an environment that vary nothing
 */
export function examiner(suite: Suite, world: World): Examine {
  // Hosts of one profile and one way to sign in are asked the same, as far as the same is looked at: mutants share plans.
  const plans = new Map<string, Plan>();
  return async ({ name, under, authentication, ...variant }, only, host) => {
    const plain = readSettings({ target: 'embedded' }, suite.contract, world);
    const { timeoutMs = plain.timeoutMs, seed = plain.seed } = variant;
    // One after the other: a fault that touches another subject than the one named meets the script that looks for it.
    const settings = { ...plain, concurrency: 1, timeoutMs, seed, only, profile: { ...plain.profile, ...under } };
    const run = await openRun(suite, settings, world, host);
    try {
      const key = JSON.stringify([settings.profile, only, authentication]);
      const plan = plans.get(key) ?? planFor(run);
      plans.set(key, plan);
      return autopsyOf(name, await judgeOnce(plan, { ...run, redactor: nothingToHide }));
    } finally {
      await run.close();
    }
  };
}
