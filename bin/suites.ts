import { connectionStatusUpdate } from '../contracts/connection-status-update.ts';
import { suiteOf, suitesInCommon } from '../specs/suite.ts';
import type { Suite } from '../src/model/suite.ts';
import { suiteIn, type Suites } from '../src/settings/asked.ts';
import { effectiveSettings } from '../src/settings/effective.ts';
import type { Values } from '../src/settings/table.ts';
import type { World } from '../src/settings/world.ts';

/** The operations that this package ships, and what its catalogue says of any. */
export const suites: Suites = { shipped: [connectionStatusUpdate], suiteOf, suitesInCommon };

/** The suite of the operation that this package is named after: what a command is about where nobody names another. */
export function shippedSuite(): Suite {
  return suiteOf(suites.shipped[0]);
}

/**
 * The suite of the contract that flags, environment or configuration file name.
 *
 * @throws UsageError when there is no such contract, or it cannot be read as one
 */
export function openSuite(flags: Values, world: Pick<World, 'env' | 'cwd'>): Suite {
  return suiteIn(effectiveSettings(flags, world), suites, world);
}
