/** Names of operations mean the same in any case. */
export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** What names something of one among several operations: `ReadThing:VALID-003`. */
export interface NameOfOne {
  /** Null where none is named. */
  readonly operation: string | null;
  readonly name: string;
}

/** The parts of such a name. */
export function nameOfOne(text: string): NameOfOne {
  const colon = text.lastIndexOf(':');
  return { operation: colon === -1 ? null : text.slice(0, colon), name: text.slice(colon + 1) };
}
