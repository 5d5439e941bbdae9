/** The documented operation, as data. Everything else in the project is a function of one of these. */

export type Verb = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD' | 'OPTIONS';

export type FormatName = 'json' | 'jsonl' | 'xml' | 'csv' | 'jsv';

/** The name of a state that a provider can be brought into, in Pact's sense: 'an active connection'. */
export type StateName = string;

export type NonEmpty<T> = readonly [T, ...T[]];

export interface Route {
  /** Short and unique within the contract; part of every case's key. */
  readonly name: string;
  /** From the root of the target, with its path members in braces: `/api/things/{Id}/cancel`. */
  readonly path: string;
  /** The state that a successful call leaves its subject in; absent where a call leaves none behind. */
  readonly leaves?: StateName;
}

export interface Format {
  readonly name: FormatName;
  /** The media type that the framework reads and writes for this format. */
  readonly mediaType: string;
  /** The suffix that selects the format, without its dot, and the value of `?format=`. */
  readonly suffix: string;
  readonly query: string;
  /** The same three as the page prints them; where they differ, the page is in error. */
  readonly printed: { readonly mediaType: string; readonly suffix: string; readonly query: string };
}

export interface DocumentedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface DocumentedExchange {
  readonly format: FormatName;
  /** The page that prints it. */
  readonly page: string;
  readonly request: DocumentedMessage & { readonly method: Verb; readonly path: string };
  readonly response: DocumentedMessage & { readonly status: number };
}

/** A place where the page contradicts the framework or itself: reported as such, never held against the service. */
export interface DocumentationError {
  readonly id: 'printed-suffix' | 'printed-media-type' | 'printed-body';
  readonly format: FormatName;
  readonly part: 'request' | 'response' | 'selection';
  readonly says: string;
}

/** What a call works on, and the states that it can be in beforehand. */
export interface SubjectOf {
  /** The member of the request that names it. */
  readonly member: string;
  /** How its name is typed; only a Guid can be drawn so that it certainly names nothing. */
  readonly kind: 'guid' | 'other';
  readonly states: {
    readonly fresh: StateName;
    /** The state of what does not exist: to name it is to say that a call on it changes nothing. Null where nobody says so. */
    readonly absent: StateName | null;
  };
}

export interface Contract {
  readonly operation: string;
  readonly description: string;
  /** The path under which all routes, predefined routes and metadata pages live: `/api`. */
  readonly prefix: string;
  readonly routes: NonEmpty<Route>;
  /** 'any' is the page's "All Verbs". */
  readonly verbs: 'any' | NonEmpty<Verb>;
  readonly authentication: 'required' | 'none';
  /** Names of DTOs; their members are in the schemas, nowhere else. */
  readonly request: string;
  readonly response: string;
  readonly formats: NonEmpty<Format>;
  readonly xmlNamespace: string;
  /** Hosts where the operation is in production, as its pages name them: nothing is ever changed there. */
  readonly hosts?: readonly string[];
  readonly exchanges: readonly DocumentedExchange[];
  readonly documentationErrors: readonly DocumentationError[];
  /** 'reads' only where a person has said so: a GET can change something too. */
  readonly effect: 'changes' | 'reads';
  /** What a call works on; null where it needs nothing that exists beforehand, or where nobody has said what. */
  readonly subject: SubjectOf | null;
}
