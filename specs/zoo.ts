import type { Mutant } from '../src/provider/mutant.ts';

/** Every mutant, area by area, in the order they are run. */
export const zoo: readonly Mutant[] = [];
