import { extname } from 'node:path';
import { zoo } from '../specs/zoo.ts';
import type { Suite } from '../src/model/suite.ts';
import { zooOf, type Zoo } from '../src/proof/zoo.ts';
import { shippedSuite } from './suites.ts';

const here = import.meta.url;
/** The process that runs mutants of the zoo: compiled where this is. */
export const worker = new URL(`prove-worker${extname(here)}`, here);

/**
 * The mutants that can show something of an operation. Who must find each is written of the shipped one.
 *
 * @param glob of their names
 * @throws UsageError when none has such a name
 */
export function mutantsOf(suite: Suite, glob: string): Zoo {
  return zooOf(zoo, suite, glob, suite.contract === shippedSuite().contract ? 'all' : 'any');
}
