import type { Redacted } from '../src/model/redacted.ts';
import type { World } from '../src/settings/world.ts';

/** What a stream that is a terminal tells of itself. */
export interface Terminal {
  readonly columns: number;
}

/** Everything a command may read of or do to the outside, passed in so that commands can be tested. */
export interface Console extends World {
  readonly argv: readonly string[];
  readonly out: (text: Redacted<string>) => void;
  readonly err: (text: Redacted<string>) => void;
  /** The terminal that `out` writes to; null when it is a pipe or a file. */
  readonly terminal: Terminal | null;
  /** The terminal that `err` writes to. */
  readonly errorTerminal: Terminal | null;
}

/** Terminals that cannot tell how wide they are say 0: those of some CI runners, or of a serial line. */
const usualColumns = 80;

/** The terminal that a stream of the process writes to, if it is one. */
export function terminalOf(stream: { readonly isTTY: boolean; readonly columns: number }): Terminal | null {
  return stream.isTTY ? { columns: stream.columns > 0 ? stream.columns : usualColumns } : null;
}
