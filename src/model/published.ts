/** One thing that a document no longer says as a contract does. */
export interface Difference {
  /** The document that says it; several that say the same are told together. */
  readonly document: string;
  /** The place in the contract: `routes /tools`, `types.Tool.Price.type`. */
  readonly place: string;
  readonly promised: string;
  readonly found: string;
  /** Whether a consumer that holds to the contract breaks. */
  readonly breaks: boolean;
}

/** What a document of a host says of an operation, or why it says nothing. */
export type Published =
  | {
      readonly kind: 'read';
      /**
       * What it no longer says as the contract does.
       *
       * @param written a sample as the host may write it: two that are then equal are no difference
       */
      readonly differences: (written: (sample: string) => string) => readonly Difference[];
    }
  /** `unlisted`: it is of other operations alone; `unread`: it cannot be read. */
  | { readonly kind: 'unlisted' | 'unread'; readonly why: string };
