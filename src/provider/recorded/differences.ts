/** A difference between the reference provider and the recorded host that is known, and why it is there. */
export interface KnownDifference {
  /** Case ids; a star stands for anything. */
  readonly ids: string;
  /** Configuration names; a star stands for anything. */
  readonly configurations: string;
  readonly reason: string;
}

export const knownDifferences: readonly KnownDifference[] = [];
