import type { JsonObject } from '../values/json.ts';
import type { Pact } from './pact.ts';

/** A pact that is to be verified, and where it comes from. */
export interface BroughtPact {
  readonly pact: Pact;
  /** Of the file that Pact's verifier reads. */
  readonly path: string;
  readonly from: FromFile | FromBroker;
}

export interface FromFile {
  readonly kind: 'file';
}

export interface FromBroker {
  readonly kind: 'broker';
  /** The resource, whose links say where results go. */
  readonly resource: JsonObject;
  /** Of the consumer; null where the broker does not say. */
  readonly version: string | null;
  /** Why it was chosen, in the broker's words: `latest from main branch`; null where it was named. */
  readonly chosenAs: string | null;
  /** No version of this branch of the provider has kept it yet. */
  readonly pending: boolean;
  readonly notices: readonly Notice[];
}

/** What a broker wants its users to read. */
export interface Notice {
  /** `before_verification`, or `after_verification:success_true_published_false` and the like. */
  readonly when: string;
  readonly text: string;
}

/** The consumer, with its version where a broker says which. */
export function consumerOf({ pact, from }: Pick<BroughtPact, 'pact' | 'from'>): string {
  return from.kind === 'broker' && from.version !== null ? `${pact.consumer} ${from.version}` : pact.consumer;
}
