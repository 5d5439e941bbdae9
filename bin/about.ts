import { contractsIn, openContracts, type Contracts } from '../src/host/contracts.ts';
import { effectiveSettings } from '../src/settings/effective.ts';
import type { SettingName, Values } from '../src/settings/table.ts';
import type { Console } from './console.ts';
import { askedIn, suiteOf, type Asked } from './suites.ts';

/** What a command line is about: one operation, or those of a folder. */
export type About = ({ readonly kind: 'one' } & Asked) | { readonly kind: 'several'; readonly contracts: Contracts };

/**
 * Opens what a command line is about that may be about several operations.
 *
 * @param taken what the command takes
 * @throws UsageError in one sentence
 */
export async function aboutOf(flags: Values, console: Console, taken: ReadonlySet<SettingName>): Promise<About> {
  const effective = effectiveSettings(flags, console, taken);
  const folder = contractsIn(effective);
  return folder === null
    ? { kind: 'one', ...askedIn(effective, console) }
    : { kind: 'several', contracts: await openContracts(folder, effective, console, suiteOf) };
}
