import type { Mutant } from '../../src/provider/mutant.ts';
import { selectionMutants } from './selection.mutants.ts';
import { valueMutants } from './values.mutants.ts';

/** Faults in how bodies are asked for, written and read. */
export const formatMutants: readonly Mutant[] = [...selectionMutants, ...valueMutants];
