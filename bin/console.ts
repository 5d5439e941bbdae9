import type { World } from '../src/settings/world.ts';

/** Everything a command may read of or do to the outside, passed in so that commands can be tested. */
export interface Console extends World {
  readonly argv: readonly string[];
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Columns of the terminal that `out` writes to; null when it is a pipe or a file. */
  readonly terminal: { readonly columns: number } | null;
}
