/** Somebody has said that a requirement, or one case of it, fails, that this is known, and until when it may. */
export interface Waiver {
  /** The operation whose requirement it is; absent where a file is about one operation alone. */
  readonly operation?: string;
  readonly id: string;
  /** The name of one case, as reports print it; absent for all of them. */
  readonly case?: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day it holds, in UTC: `2027-01-31`. */
  readonly until: string;
}
