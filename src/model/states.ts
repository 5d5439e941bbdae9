import type { StateName } from './contract.ts';
import type { Subject } from './exchange.ts';

/** The one way to get a subject to work on. */
export interface StateSource {
  /** Named in reports: `the state endpoint http://…`, `the file connections.json`. */
  readonly says: string;
  /** Whether `setUp` of that state can ever succeed; asked while planning, sends nothing. */
  readonly offers: (state: StateName) => boolean;
  /** How many subjects are left, where that is known. */
  readonly left: () => number | 'unlimited';
  readonly setUp: (state: StateName) => Promise<SetUp>;
  readonly tearDown: (state: StateName, subject: Subject) => Promise<void>;
}

export type SetUp =
  | { readonly kind: 'ready'; readonly subject: Subject }
  /** There is none to be had: what needs one is not exercised. */
  | { readonly kind: 'exhausted'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };
