import { askedIn, type Asked, type Suites } from '../settings/asked.ts';
import { effectiveSettings } from '../settings/effective.ts';
import type { SettingName, Values } from '../settings/table.ts';
import type { World } from '../settings/world.ts';
import { contractsIn, openContracts, type Contracts } from './contracts.ts';

/** What a command line is about: one operation, or those of a folder. */
export type About = ({ readonly kind: 'one' } & Asked) | { readonly kind: 'several'; readonly contracts: Contracts };

/**
 * Opens what a command line is about that may be about several operations.
 *
 * @param taken what the command takes
 * @throws UsageError in one sentence
 */
export async function aboutOf(
  flags: Values,
  suites: Suites,
  world: World,
  taken: ReadonlySet<SettingName>,
): Promise<About> {
  const effective = effectiveSettings(flags, world, taken);
  const folder = contractsIn(effective);
  return folder === null
    ? { kind: 'one', ...askedIn(effective, suites, world) }
    : { kind: 'several', contracts: await openContracts(folder, effective, world, suites.suitesInCommon()) };
}
