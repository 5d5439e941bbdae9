import { fileURLToPath } from 'node:url';
import type { Suite } from '../model/suite.ts';
import { programSettings } from '../settings/effective.ts';
import { UsageError } from '../settings/problems.ts';
import { settingsFrom } from '../settings/settings.ts';
import { matchesGlob } from '../values/glob.ts';
import type { Judged, Suspect } from './judge.ts';
import { judgeAll } from './judge-all.ts';
import { prove, type Proof } from './proof.ts';
import { provable, type Known, type Provable } from './suspects.ts';

/** What mutants of a zoo can prove of an operation. */
export interface Zoo extends Provable {
  readonly suite: Suite;
  /** Whether all are meant, or those of some names. */
  readonly isWhole: boolean;
}

/**
 * The mutants that can show something of an operation.
 *
 * @param all that there are
 * @param glob of their names
 * @param foundBy whether each must be found by all requirements that name it, or by any
 * @throws UsageError when none has such a name
 */
export function zooOf(all: readonly Known[], suite: Suite, glob: string, foundBy: Suspect['foundBy']): Zoo {
  const mutants = all.filter(({ name }) => matchesGlob(name, glob));
  if (mutants.length === 0)
    throw new UsageError(`--mutant ${glob}: no mutant has such a name; conform prove --list lists all`);
  // Neither a configuration file nor the environment has a say: no host is asked but those of this process.
  const world = { env: {}, cwd: fileURLToPath(new URL('.', import.meta.url)) };
  const { profile } = settingsFrom(programSettings({}, world), suite.contract, world);
  return { suite, isWhole: mutants.length === all.length, ...provable(mutants, suite, profile, foundBy) };
}

/** How an operation is proven. */
export interface Proving {
  /** The program that runs mutants, as `judgeAll` has it; it is told the contract and the count of subjects. */
  readonly worker: URL;
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
  { worker, contract, subjects, everywhere, signal }: Proving,
): Promise<Proven> {
  const judged = await judgeAll(suspects, {
    scope: everywhere || subjects !== null ? 'everywhere' : 'named areas',
    catalogue: suite.catalogue,
    argv: [contract ?? '', String(subjects ?? '')],
    worker,
    signal,
  });
  const proof = prove(requirements, judged);
  // A part of the zoo proves a part of the catalogue: what it leaves unproven says nothing.
  return { judged, proof: isWhole ? proof : { ...proof, unproven: [] } };
}
