import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zoo } from '../specs/zoo.ts';
import type { Suite } from '../src/model/suite.ts';
import type { Judged } from '../src/proof/judge.ts';
import { judgeAll } from '../src/proof/judge-all.ts';
import { prove, type Proof } from '../src/proof/proof.ts';
import { provable, type Provable } from '../src/proof/suspects.ts';
import { programSettings } from '../src/settings/effective.ts';
import { UsageError } from '../src/settings/problems.ts';
import { settingsFrom } from '../src/settings/settings.ts';
import { matchesGlob } from '../src/values/glob.ts';
import { shippedSuite } from './suites.ts';

/** What mutants of the zoo can prove of an operation. */
export interface Zoo extends Provable {
  readonly suite: Suite;
  /** Whether all are meant, or those of some names. */
  readonly isWhole: boolean;
}

/**
 * The mutants that can show something of an operation.
 *
 * @param glob of their names
 * @throws UsageError when none has such a name
 */
export function zooOf(suite: Suite, glob: string): Zoo {
  const mutants = zoo.filter(({ name }) => matchesGlob(name, glob));
  if (mutants.length === 0)
    throw new UsageError(`--mutant ${glob}: no mutant has such a name; conform prove --list lists all`);
  // Neither a configuration file nor the environment has a say: no host is asked but those of this process.
  const world = { env: {}, cwd: fileURLToPath(new URL('.', import.meta.url)) };
  const { profile } = settingsFrom(programSettings({}, world), suite.contract, world);
  const isShipped = suite.contract === shippedSuite().contract;
  return {
    suite,
    isWhole: mutants.length === zoo.length,
    ...provable(mutants, suite, profile, isShipped ? 'all' : 'any'),
  };
}

/** How an operation is proven. */
export interface Proving {
  /** Its contract as another process finds it; null for the shipped one. */
  readonly contract: string | null;
  /** How many subjects there are; null for any number. */
  readonly subjects: number | null;
  /** Whether each fault is looked for in all areas, not in those alone that its mutant names; so it is where subjects are few. */
  readonly everywhere: boolean;
  /** When it is aborted, what is not under way is left out. */
  readonly signal: AbortSignal;
}

export interface Proven {
  /** Mutant by mutant. */
  readonly judged: readonly Judged[];
  /** What they come to. */
  readonly proof: Proof;
}

/**
 * Runs the catalogue against mutants, in processes of their own.
 *
 * @throws InconclusiveError when one could not be run
 */
export async function proveBy(
  { suite, isWhole, suspects, requirements }: Zoo,
  { contract, subjects, everywhere, signal }: Proving,
): Promise<Proven> {
  const here = import.meta.url;
  const judged = await judgeAll(suspects, {
    scope: everywhere || subjects !== null ? 'everywhere' : 'named areas',
    catalogue: suite.catalogue,
    argv: [contract ?? '', String(subjects ?? '')],
    worker: new URL(`prove-worker${extname(here)}`, here),
    signal,
  });
  const proof = prove(requirements, judged);
  // A part of the zoo proves a part of the catalogue: what it leaves unproven says nothing.
  return { judged, proof: isWhole ? proof : { ...proof, unproven: [] } };
}
