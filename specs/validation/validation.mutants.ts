import type { Mutant } from '../../src/provider/mutant.ts';
import { bodyMutants } from './bodies.mutants.ts';
import { memberMutants } from './members.mutants.ts';

/** Faults in what a request may be. */
export const validationMutants: readonly Mutant[] = [...memberMutants, ...bodyMutants];
