/** Everything a command may read of or do to the outside, passed in so that commands can be tested. */
export interface Console {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Columns of the terminal that `out` writes to; null when it is a pipe or a file. */
  readonly terminal: { readonly columns: number } | null;
  readonly now: () => Date;
  /** Milliseconds of a clock that never steps back. */
  readonly elapsed: () => number;
  /** Aborted by Ctrl-C and by SIGTERM. */
  readonly signal: AbortSignal;
}
