import type { FormatName, NonEmpty, StateName } from './contract.ts';
import type { PlainValue, Reading } from './value.ts';

/** Stable across runs, seeds and releases: a hash of what is sent, with ids left symbolic. */
export type ExchangeId = string & { readonly brand: 'ExchangeId' };

/** `none` names no existing subject and cannot change one; `own` works on a subject made for it alone. */
export type Effect = 'none' | 'own';

/** One header as it stands on the wire. */
export type Header = readonly [name: string, value: string];

/**
 * What a request presents; resolved to headers only when it is sent, redacted when it is recorded. `lesser-credentials` are
 * somebody's who is known to the target and has none of the roles and permissions that the run's own user has; `valid-in-small-letters`
 * are the run's own with their scheme spelt so.
 */
export type CredentialKind = 'valid' | 'valid-in-small-letters' | 'lesser-credentials' | 'none' | BadCredential;
export type BadCredential =
  | 'wrong-password'
  | 'empty-password'
  | 'unknown-user'
  | 'expired-token'
  | 'tampered-signature'
  | 'tampered-payload'
  | 'unsigned-token'
  | 'garbage-token'
  | 'three-part-garbage-token'
  | 'empty-token'
  | 'unknown-scheme'
  | 'basic-not-base64'
  | 'made-up-session'
  | 'made-up-key'
  | 'made-up-cookie'
  | 'empty-authorization'
  | 'token-in-query';

/**
 * A request with its subject left open: `{{Member}}` stands for that member of the first subject,
 * `{{other.Member}}` for that of the second, `{{upper.Member}}` for the first one's in upper case, `{{mixed.Member}}` for it
 * in both, `{{compact.Member}}` for it without its dashes, `{{short.Member}}` for it without its last digit,
 * `{{digits.Member}}` for its decimal digits alone; `{{other.upper.Member}}` and so on. Ids are letters, digits and dashes, so they need no escaping in any format.
 */
export interface RequestTemplate {
  readonly method: string;
  /** Path and query, from the root of the target. */
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: string | null;
  readonly credentials: CredentialKind;
}

/** Requests sent one after the other on the same subjects. */
export interface Script {
  /** The state each subject is in before the first step; a subject in the absent state is drawn from the seed. */
  readonly subjects: NonEmpty<StateName>;
  readonly steps: NonEmpty<RequestTemplate>;
  /** Set where its first request asks for what no page of the operation documents. */
  readonly undocumented?: Undocumented;
}

/**
 * What stands in a path in the place of a documented word, or what a documented path is asked by. A sibling of the operation
 * may serve `a word` and `a verb`, so they are asked only where the target's own metadata is open and does not route them;
 * `a word that means nothing` also where it is closed.
 */
export type Undocumented = 'a word' | 'a word that means nothing' | 'a verb';

/** The members of a subject by name: `{ ConnectionId: '…', ContactId: '…', … }`. */
export type Subject = Readonly<Record<string, string>>;

/** A request as it is put on the wire, secrets included: never recorded. */
export interface WireRequest {
  readonly method: string;
  readonly url: URL;
  /** The request target exactly as it goes on the request line. */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: string | null;
}

export interface WireResponse {
  readonly httpVersion: string;
  readonly status: number;
  readonly reason: string;
  /** In wire order, in wire casing. */
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

/** Why there is no response to judge. `withheld`: the run kept to a limit of its own or of the target's, and says nothing of the target. */
export interface TransportFailure {
  readonly kind:
    'unreachable' | 'timeout' | 'reset' | 'truncated' | 'tls' | 'not-http' | 'too-large' | 'interrupted' | 'withheld';
  readonly message: string;
}

export type Outcome =
  | { readonly kind: 'response'; readonly response: RecordedResponse }
  | { readonly kind: 'failure'; readonly failure: TransportFailure };

/** A request as it was sent; reports show one with its secrets replaced. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body: string | null;
}

export interface RecordedResponse {
  readonly httpVersion: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  /** Decoded as UTF-8. */
  readonly body: string;
  readonly bytes: number;
}

/** An exchange in memory, secrets included, since judging needs the exact words: it never leaves its run but through the redactor. */
export interface Recorded {
  readonly id: ExchangeId;
  readonly effect: Effect;
  readonly request: RecordedRequest;
  readonly outcome: Outcome;
  readonly ms: number;
  /** What the request presented. */
  readonly credentials: CredentialKind;
  /** What a reader must know about how it was carried: sent twice, body not UTF-8. Empty as a rule. */
  readonly notes?: readonly string[];
}

/** What the body of a response turned out to be, read strictly by its own media type. */
export type Decoded =
  | { readonly kind: 'empty' }
  | { readonly kind: 'read'; readonly format: FormatName; readonly reading: Reading }
  | { readonly kind: 'foreign'; readonly mediaType: string };

/** A recorded exchange that got an answer, with the readings that expectations share. */
export interface Answered {
  readonly id: ExchangeId;
  readonly request: RecordedRequest;
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly text: string;
  readonly bytes: number;
  readonly ms: number;
  /** First value of a header, name in any casing. */
  header(name: string): string | undefined;
  /** Lower-case media type without parameters; '' when there is none. */
  readonly mediaType: string;
  /** Read once, by Content-Type, against the response DTO. */
  readonly decoded: Decoded;
  /** Names the members of its body as the contract does; absent where nobody knows the types. */
  readonly named?: (value: PlainValue) => PlainValue;
}
