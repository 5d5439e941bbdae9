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
  /** 'any' is the page's "All Verbs". */
  readonly verbs: 'any' | NonEmpty<Verb>;
  readonly summary?: string;
  readonly notes?: string;
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

/** A fact that a document does not state; never to be read as "no". */
export type Unstated = 'unknown';

/** What one member of a DTO may hold and where it is carried. */
export interface ContractMember {
  /** On the wire. */
  readonly name: string;
  /** In the service's own code. */
  readonly property: string;
  /**
   * The .NET type, exactly: `Guid`, `Int32`, `List<ResponseError>`, `Dictionary<String,String>`, or a type of this
   * contract; `unknown` where no document tells it.
   */
  readonly type: string;
  /** How JSON writes it, where that is all that is known: `number`, `text`, `boolean`, `any`, `Part`, `Part[]`, `{Part}` for a map. */
  readonly json?: string;
  readonly nullable: boolean | Unstated;
  /** `enforced`: refused without it, as a Validate attribute or a person says; `documented`: called required, enforced by nobody known. */
  readonly required: 'enforced' | 'documented' | 'no' | Unstated;
  readonly in: 'path' | 'query' | 'body' | 'form' | 'header' | Unstated;
  readonly description: string;
  readonly allowed?: readonly string[];
  readonly range?: { readonly least: number; readonly greatest: number };
  /** Validators as the service writes them: `NotEmpty`, `InclusiveBetween(1,100)`. */
  readonly validate?: readonly string[];
}

export interface EnumName {
  readonly name: string;
  /** Where it is not the position in the list. */
  readonly value?: number;
  /** Its EnumMember name, where it has one. */
  readonly wire?: string;
}

/** A DTO or an enum that the operation speaks of. */
export interface ContractType {
  readonly name: string;
  readonly description: string;
  readonly base?: string;
  /** Set where it is marked as a data contract, or for csv: csv and jsonl then write one of its members alone. */
  readonly dataContract?: true;
  readonly enum?: { readonly names: NonEmpty<EnumName>; readonly flags?: true };
  readonly members: readonly ContractMember[];
}

/** What a success answers. */
export type ResponseOf =
  | { readonly kind: 'dto' | 'list' | 'scalar'; /** A .NET type, that of an item for a list. */ readonly type: string }
  | {
      readonly kind: 'raw';
      /** `String`, `Byte[]`, `Stream`; absent where no document tells. */ readonly type?: string;
    }
  | { readonly kind: 'none' | 'unknown' };

/** A document that a contract was read from. */
export interface ContractSource {
  readonly kind: 'metadata' | 'app' | 'page' | 'text' | 'typescript' | 'csharp' | 'python' | 'schema' | 'hand';
  readonly where: string;
  readonly version?: string;
}

/** What two sources say differently of one place; the first, of the stronger source, counts. */
export interface Disagreement {
  readonly path: string;
  readonly values: readonly { readonly value: string; readonly source: ContractSource['kind']; readonly at: string }[];
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

/**
 * What an operation promises, as data: what import reads from the service's own documents (`contract.json`), with what a
 * person adds (`said.json`). `schemas/files/contract.schema.json` describes both.
 */
export interface Contract {
  readonly operation: string;
  readonly description: string;
  /** The path under which all routes, predefined routes and metadata pages live: `/api`; '' for none. */
  readonly prefix: string;
  readonly routes: NonEmpty<Route>;
  /** The service's own, where a document states them; a route's verb that is not among them is not served. */
  readonly verbs?: 'any' | NonEmpty<Verb>;
  readonly authentication: 'required' | 'none' | Unstated;
  /** All of them are needed; of `anyRole` and `anyPermission` one is enough. */
  readonly roles?: NonEmpty<string>;
  readonly anyRole?: NonEmpty<string>;
  readonly permissions?: NonEmpty<string>;
  readonly anyPermission?: NonEmpty<string>;
  /**
   * Whether a caller without credentials gets a challenge: `[Authenticate]` sends one, `ValidateIsAuthenticated` does not.
   * Absent where no document tells which of the two demands them.
   */
  readonly challenged?: boolean;
  /** The name of the request DTO. */
  readonly request: string;
  readonly response: ResponseOf;
  /** The status of a success, where a person says so; else any of the 200 class. */
  readonly success?: number;
  /** 'reads' only where a person has said so: a GET can change something too. */
  readonly effect: 'changes' | 'reads';
  /** What a call works on; null where it needs nothing that exists beforehand, or where nobody has said what. */
  readonly subject: SubjectOf | null;
  readonly types: NonEmpty<ContractType>;
  readonly formats: NonEmpty<Format>;
  readonly xmlNamespace: string;
  readonly exchanges: readonly DocumentedExchange[];
  /** Hosts where the operation is in production, as its documents name them: nothing is ever changed there. */
  readonly hosts: readonly string[];
  /** Values of members that a call succeeds with, as a person gives them. */
  readonly values?: Readonly<Record<string, string>>;
  /** Those of them that may not be shown, by member, as a run reads them from the environment; never in a file. */
  readonly kept?: readonly string[];
  readonly sources: readonly ContractSource[];
  readonly unknown: readonly { readonly path: string; readonly why: string }[];
  readonly disagreements: readonly Disagreement[];
  readonly documentationErrors: readonly DocumentationError[];
  /** The same as its documents state it, where a person has added something; never in a file. */
  readonly stated?: Contract;
}

/** Something a person adds to a contract, with the reason. */
export interface SaidOf<T> {
  readonly value: T;
  readonly reason: string;
}

/** What a person adds to what the documents state. */
export interface Said {
  readonly effect?: SaidOf<Contract['effect']>;
  readonly subject?: SaidOf<SubjectOf>;
  /** The state that each route leaves its subject in, by the route's name. */
  readonly leaves?: SaidOf<Readonly<Record<string, StateName>>>;
  /** Members of the request that the service refuses to do without. */
  readonly enforced?: SaidOf<NonEmpty<string>>;
  readonly values?: SaidOf<Readonly<Record<string, string>>>;
  /** The status of a success. */
  readonly success?: SaidOf<number>;
  /** Whether a caller without credentials gets a challenge. */
  readonly challenged?: SaidOf<boolean>;
  /** All protected hosts, in the place of those that the documents name. */
  readonly hosts?: SaidOf<readonly string[]>;
  /** Exchanges that further pages document. */
  readonly exchanges?: SaidOf<readonly DocumentedExchange[]>;
  readonly documentationErrors?: SaidOf<readonly DocumentationError[]>;
}
