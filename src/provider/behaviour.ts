/**
 * The seam: the reference provider is one record of small functions, one per stage, in the order in which the
 * recorded host works. A mutant is a function from one such record to another:
 *
 *     (b) => ({ ...b, authenticate: (call) => (call.verb === 'DELETE' ? { kind: 'accepted' } : b.authenticate(call)) })
 *
 * It is applied once for each provider, so it may keep counts of its own in its closure.
 */

import type { Contract, FormatName, Route, StateName } from '../model/contract.ts';
import type { Header, Subject } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { PlainObject, PlainValue } from '../model/value.ts';
import type { ValueKind } from './types/scalars.ts';

/** Names and values in the order sent, percent-decoded. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/**
 * The request DTO after binding: values are kept as text (`types/scalars.ts`), Guids in form D and lower case; absent
 * values as their type's default.
 */
export type Members = PlainObject;

/** One request: what came over the wire, and what the stages before have found. Spread it to change it. */
export interface Call {
  /** The verb of the request line. */
  readonly sentVerb: string;
  /** The verb that counts, in upper case: X-Http-Method-Override before the request line. */
  readonly verb: string;
  /** As on the request line. */
  readonly target: string;
  /** The target's path, still percent-encoded. */
  readonly path: string;
  readonly query: Pairs;
  readonly headers: readonly Header[];
  /** Repeated headers are joined by commas; the name in any casing. */
  readonly header: (name: string) => string | undefined;
  readonly body: Uint8Array;
  /** `http://host:port`, as the request names it. */
  readonly origin: string;
  /** Whether anything that looks like a credential came along. */
  readonly credentials: 'none' | 'presented';
  /** 1 for the first call that this provider got. */
  readonly ordinal: number;

  /** Who routed it: ServiceStack itself, or an endpoint of ASP.NET Core; before `route`, who would. */
  readonly routing: Routing;
  /** Found by `route`; null for predefined routes and before. */
  readonly route: Route | null;
  readonly suffix: string | null;
  /** The format named by a predefined route. */
  readonly predefined: FormatName | null;
  /** Path members by name, percent-decoded, unread. */
  readonly named: Readonly<Record<string, string>>;

  /** Found by `negotiate`. */
  readonly format: AnswerFormat;
  readonly mediaType: string;
  readonly by: NegotiatedBy;
  /** The function name of jsonp, made harmless; null without. */
  readonly callback: string | null;

  /** Found by `bind`. */
  readonly request: Members;
  /** The id of the subject that the request names; null where there is none. */
  readonly subject: string | null;
  /** How many calls have named this subject, refused ones and this one included; 0 before binding. */
  readonly nth: number;

  readonly store: Store;
  /** What is served, for faults that pick a route, a member or a format of it. */
  readonly contract: Contract;
  readonly profile: Profile;
  readonly members: readonly RequestMember[];
}

/** One member of the request DTO, in the order of its schema. */
export interface RequestMember {
  readonly name: string;
  readonly kind: ValueKind | 'list' | 'map' | 'object' | 'any';
  readonly required: boolean;
}

/** `nothing` is what an empty Accept header leads to, `foreign` a type that nobody can write. */
export type AnswerFormat = FormatName | 'html' | 'nothing' | 'foreign';
export type NegotiatedBy = 'suffix' | 'callback' | 'query' | 'predefined' | 'accept' | 'request-type' | 'default';

export type Routing = 'classic' | 'endpoint';

export type Destination =
  | {
      readonly kind: 'operation';
      readonly routing: Routing;
      readonly route: Route | null;
      readonly suffix: string | null;
      readonly predefined: FormatName | null;
      /** A list of requests in one body, as `Name[]` asks for. */
      readonly batch: boolean;
      readonly named: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'login'; readonly provider: string | null }
  | { readonly kind: 'page'; readonly page: readonly string[] }
  /** Answered by the router itself. */
  | { readonly kind: 'answered'; readonly reply: Reply }
  /** A predefined route of an operation that there is not. */
  | { readonly kind: 'unknown-operation'; readonly predefined: FormatName }
  | { readonly kind: 'none' };

export interface Negotiated {
  readonly format: AnswerFormat;
  readonly mediaType: string;
  readonly by: NegotiatedBy;
  readonly callback: string | null;
}

export interface Success {
  readonly kind: 'success';
  /** The response DTO, PascalCase; a list of them for a batch. */
  readonly value: PlainValue;
  readonly headers?: readonly Header[];
  readonly writer?: Writer;
}

/** Set where ServiceStack's own serializer writes whatever serializer is declared: what is said beside the service. */
export type Writer = 'servicestack';

export interface Refusal {
  readonly kind: 'refusal';
  readonly by: 'binding' | 'credentials' | 'validation' | 'service';
  readonly status: number;
  /** The ResponseStatus, PascalCase, anything at all; null is an answer without a body. */
  readonly error: PlainObject | null;
  /** Said in plain text, where there is no ResponseStatus. */
  readonly text?: string;
  /** The value of WWW-Authenticate. */
  readonly challenge?: string | undefined;
  readonly headers?: readonly Header[];
  readonly writer?: Writer;
}

export type Outcome = Success | Refusal;
export interface Accepted {
  readonly kind: 'accepted';
  readonly user?: string;
}
export interface Bound {
  readonly kind: 'bound';
  /** One, or as many as a batch holds. */
  readonly requests: readonly Members[];
}

/** An answer before it is written. */
export interface Reply {
  readonly status: number;
  readonly reason: string;
  /** Written as they stand, in this order and casing; framing headers are added by the writer. */
  readonly headers: readonly Header[];
  readonly body: string;
  /** Sent in place of the body's UTF-8 bytes: some other encoding of it. */
  readonly bytes?: Uint8Array;
}

/** How a reply is put on the wire. */
export interface Delivery {
  readonly framing: 'chunked' | 'length';
  readonly delayMs: number;
  /** The connection is torn down after so many bytes of the body; null sends it whole. */
  readonly cutAfter: number | null;
  /** Sent in place of an HTTP response. */
  readonly raw: Uint8Array | null;
  /** Added to the true Content-Length: a lie. Only for framing 'length'; the connection ends after it. */
  readonly lengthError: number;
  /** Torn down before a byte is sent. */
  readonly reset: boolean;
}

/** What is said, and how it is put on the wire. */
export interface Answer {
  readonly reply: Reply;
  readonly delivery: Delivery;
}

export interface Entry {
  readonly subject: Subject;
  readonly state: StateName;
  /** How many times it was changed. */
  readonly changes: number;
}

/** The subjects by id, in form D and lower case. */
export interface Store {
  readonly find: (id: string) => Entry | undefined;
  readonly change: (id: string, state: StateName) => void;
  readonly ids: () => readonly string[];
}

export interface Behaviour {
  /** Path to destination. */
  readonly route: (call: Call) => Destination;
  /** The format of the answer: suffix, callback, ?format=, Accept. */
  readonly negotiate: (call: Call) => Negotiated;
  /** Body, then path, then query, then form; the later wins. */
  readonly bind: (call: Call, batch: boolean) => Bound | Refusal;
  /** After binding where ServiceStack has routed the call, before it at an endpoint, where the call names no subject yet. */
  readonly authenticate: (call: Call) => Accepted | Refusal;
  /** Null when the service has the verb. */
  readonly dispatch: (call: Call) => Refusal | null;
  /** Null when the request is in order. */
  readonly validate: (call: Call) => Refusal | null;
  readonly execute: (call: Call) => Outcome;
  /** Signing in, and asking who is signed in. */
  readonly login: (call: Call, provider: string | null) => Outcome;
  /** Documents: the segments of the path below the prefix. Null: there is none. */
  readonly document: (call: Call, page: readonly string[]) => Reply | null;
  /** An outcome in the format negotiated. */
  readonly render: (call: Call, outcome: Outcome) => Reply;
  /** The last look at every answer, those of unknown paths included. */
  readonly respond: (call: Call, reply: Reply) => Reply;
  readonly write: (call: Call, reply: Reply) => Delivery;
}

/** A fault or a harmless variation. */
export type Mutate = (b: Behaviour) => Behaviour;
