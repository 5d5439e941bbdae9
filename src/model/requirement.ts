// One vocabulary: what a requirement is made of, from its source to its cases.

import type { Contract, Format, FormatName, NonEmpty, Route, StateName, Verb } from './contract.ts';
import type {
  Answered,
  CredentialKind,
  ExchangeId,
  Header,
  Outcome,
  Recorded,
  RequestTemplate,
  Script,
  Subject,
} from './exchange.ts';
import type { Profile, Spelling } from './profile.ts';
import type { Published } from './published.ts';
import type { Member } from './schema.ts';
import type { PlainObject, PlainValue } from './value.ts';
import type { Finding } from './verdict.ts';

export type Level = 'MUST' | 'SHOULD';
/**
 * What a consumer meets when a promise is broken, the worst first: something was done for somebody who may not ask for it;
 * something else was changed than was asked for; what is promised is not there; something was told that must not be told; the
 * wrong requests are refused, or not refused; an answer has another shape; it says the wrong thing.
 */
export type Harm = 'executed' | 'changed' | 'lost' | 'leaked' | 'refused' | 'shape' | 'wording';
export type Basis = 'documented' | 'framework' | 'http';
export type Area =
  | 'routes'
  | 'verbs'
  | 'authentication'
  | 'formats'
  | 'response-status'
  | 'validation'
  | 'types'
  | 'examples'
  | 'lifecycle'
  | 'documentation'
  | 'transport'
  | 'contracts';

type OwnId =
  `${'ROUTE' | 'VERB' | 'AUTH' | 'FORMAT' | 'STATUS' | 'VALID' | 'TYPE' | 'EXAMPLE' | 'LIFE' | 'DOC' | 'WIRE' | 'PACT'}-${string}`;
/**
 * Opaque and permanent: once issued, an id keeps its meaning or is retired, never reused. A report of several operations
 * has the operation before it: `ReadThing:VALID-003`.
 */
export type RequirementId = OwnId | `${string}:${OwnId}`;

export interface Citation {
  /** A key into `specs/sources.json`. */
  readonly source: string;
  /** The section, member or heading. */
  readonly at: string;
  /** At most 15 words, verbatim. */
  readonly quote: string;
}

/** Where a case stands: names only, so that a key is the same in every run. */
export interface CaseKey {
  readonly route?: string;
  readonly verb?: string;
  readonly format?: FormatName;
  readonly member?: string;
  readonly variant?: string;
}

/** A point as requirements compute with it; `key` is derived from it. */
export interface Point {
  readonly route?: Route;
  readonly verb?: Verb;
  readonly format?: Format;
  readonly member?: Member;
  readonly variant?: string;
}

/** Between a value and its type: where in it, what should stand there and what does. */
export interface Difference {
  /** Empty for the value as a whole. */
  readonly at: string;
  readonly expected: string;
  readonly actual: string;
}

/** What an expectation may look at besides the exchange it judges. */
export interface Evidence<P extends Point = Point> {
  readonly point: P;
  readonly contract: Contract;
  readonly profile: Profile;
  readonly members: readonly Member[];
  /** Every answered step of the script, in the order sent. */
  readonly steps: NonEmpty<Answered>;
  /** The subjects the script worked on. */
  readonly subjects: NonEmpty<Subject>;
  /** Differences between a value (canonical PascalCase), its Guids and dates so spelled, and the schema of a DTO. */
  violations(dto: string, value: PlainValue, spelling: Spelling): readonly Difference[];
  /** The same of a success that is no DTO and no list of one: a number, a map, a list of texts. None where it may be any text. */
  answerViolations(value: PlainValue, spelling: Spelling): readonly Difference[];
  /** What a document of the host says of the operation, by its text and its name, held against what documents stated. */
  readonly published: (text: string, document: string) => Published;
}

/** A small judgement. `says` completes "it is expected that …" and feeds reports and `conform explain`. */
export interface Expectation<P extends Point = Point> {
  readonly says: string;
  readonly judge: (x: Answered, evidence: Evidence<P>) => readonly Finding[];
  /** Why the answer leaves nothing to judge, so that the case is skipped; null where it does not. */
  readonly unless?: (x: Answered, evidence: Evidence<P>) => string | null;
}

/** Judges how an exchange was carried rather than what it said; the only kind that sees failures. */
export interface TransportExpectation {
  readonly says: string;
  readonly judgeOutcome: (outcomes: NonEmpty<Outcome>) => readonly Finding[];
}

/** Conditions on the declared profile; all that are named must hold. */
export interface Condition extends Partial<Pick<Profile, 'casing' | 'serializer' | 'guids' | 'dates' | 'debug'>> {
  /** Any of these. */
  readonly hosting?: NonEmpty<Profile['hosting']>;
}

/** Which requests of a case must be refused. */
export type Refuses = 'every request' | 'all but the last';

/**
 * Which requests of a case are valid calls, each the first on its subject; `each in turn`: and their order counts; `in passing`:
 * the first, and where subjects are scarce it is shown by what others ask for and send after it, as far as that is the same.
 */
export type Succeeds = 'every request' | 'each in turn' | 'the first' | 'in passing';

/** How a requirement is written in `specs/`. */
export interface RequirementSource<P extends Point = Point> {
  readonly id: RequirementId;
  readonly level: Level;
  /** What is wrong when it fails; absent where it asks for several things at once. */
  readonly breaks?: Harm;
  readonly basis: Basis;
  readonly title: string;
  /** Why a consumer is hurt when this does not hold; one sentence. */
  readonly why: string;
  readonly cites: NonEmpty<Citation>;
  /** The profile under which this is promised; elsewhere it is switched off, and the report says so. */
  readonly when?: Condition;
  /** Why a contract gives it no cases, where that can be said in words of its own. */
  readonly lacks?: string;
  readonly each: (c: Composer) => readonly P[];
  /** The requests of one case; an array is sent in order, on the same subjects. */
  readonly send: (point: P, c: Composer) => Script;
  /** Why the answer of the last step leaves nothing to judge, so that the case is skipped; null where it does not. */
  readonly unless?: (x: Answered, evidence: Evidence<P>) => string | null;
  /**
   * Which of its requests must be refused, and leave the subject as it was: cases of which this is said can share one.
   * Absent where that is not so, or not promised.
   */
  readonly refuses?: Refuses;
  /**
   * Which of its requests succeed: where subjects are scarce, one call carries what several such requests ask for. What is
   * expected must hold of the answer in whatever format, unless the request itself says which.
   */
  readonly succeeds?: Succeeds;
  /** What must hold of all but the last step for the case to mean anything; otherwise it is blocked. */
  readonly given?: NonEmpty<Expectation<P>>;
  /** Judged on the last step unless an expectation says otherwise. */
  readonly expect: NonEmpty<Expectation<P>> | NonEmpty<TransportExpectation>;
}

/** One case, closed over its point: all that the machine needs. */
export interface Case {
  readonly key: CaseKey;
  readonly script: Script;
  readonly says: readonly string[];
  /** Null where no request must be refused. */
  readonly refuses: Refuses | null;
  /** Null where no request can carry what others ask for. */
  readonly succeeds: Succeeds | null;
  readonly judge: (evidence: Omit<Evidence, 'point'>, outcomes: NonEmpty<Outcome>) => Judgement;
  /** True for a case whose judgement is about failures to answer as well. */
  readonly judgesTransport: boolean;
}

/** An exchange of a run, whoever asked and whatever for. */
export interface OnRecord {
  readonly recorded: Recorded;
  /** Null where there was no answer. */
  readonly answered: Answered | null;
}

/** What is wrong in one exchange of the record. */
export interface FindingIn {
  readonly exchange: ExchangeId;
  readonly finding: Finding;
}

/** A judgement over everything that a run records; `says` completes "it is expected that …". */
export interface StandingExpectation {
  readonly says: string;
  readonly judge: (record: readonly OnRecord[], about: Pick<Evidence, 'contract' | 'profile'>) => readonly FindingIn[];
}

/** How a requirement that stands over the whole record is written in `specs/`: it sends nothing of its own. */
export interface StandingSource extends Omit<RequirementSource, 'each' | 'send' | 'given' | 'expect'> {
  readonly standing: true;
  readonly speaksOf?: (c: Composer) => boolean;
  readonly expect: NonEmpty<StandingExpectation>;
}

export type Judgement =
  | { readonly kind: 'judged'; readonly findings: readonly Finding[] }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'blocked'; readonly reason: string };

/** A requirement as the machine sees it: its points are closed over by `requirement()`. */
export interface Requirement {
  readonly id: RequirementId;
  readonly area: Area;
  readonly level: Level;
  readonly breaks?: Harm;
  readonly basis: Basis;
  readonly title: string;
  readonly why: string;
  readonly cites: NonEmpty<Citation>;
  readonly when?: Condition;
  readonly lacks?: string;
  readonly cases: (c: Composer) => readonly Case[];
  /** Set for one that is judged over the whole record, and has no cases of its own. */
  readonly standing?: NonEmpty<StandingExpectation>;
  /** Whether an operation has what such a one looks for in the record; any has where this is not said. */
  readonly speaksOf?: (c: Composer) => boolean;
}

export interface CatalogueArea {
  readonly area: Area;
  readonly says: string;
  readonly requirements: readonly Requirement[];
}
export type Catalogue = readonly CatalogueArea[];

/** Values of request members by name; a value may be a `{{Member}}` token or anything a body can carry. */
export type MemberValues = PlainObject;

export type Payload =
  | { readonly in: 'body'; readonly as: FormatName | 'form'; readonly members: MemberValues }
  | { readonly in: 'query'; readonly members: MemberValues }
  | { readonly in: 'raw'; readonly contentType: string | null; readonly text: string }
  | { readonly in: 'none' };

export interface RequestOptions {
  readonly verb?: string;
  /** Speaks of the second subject of its script, in the path and in the sample members. */
  readonly about?: 'other';
  /** Default: the sample members in a JSON body, or in the query string for GET, HEAD, DELETE and OPTIONS. */
  readonly payload?: Payload;
  readonly credentials?: CredentialKind;
  /** An Accept header; `null` sends none. Default: application/json. */
  readonly accept?: string | null;
  /** The suffix put behind the route's path, without its dot. */
  readonly suffix?: string;
  /** Further query parameters, in order. */
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly headers?: readonly Header[];
  /** Values for path members instead of the subject's own. */
  readonly pathMembers?: Readonly<Record<string, string>>;
  /** The whole path instead of the route's; tokens allowed, no query. */
  readonly path?: string;
}

/** What a request was composed from. */
export interface Composition {
  readonly route: Route;
  readonly options: RequestOptions;
}

/** What requirements compose requests from: the contract, seen from a case. */
export interface Composer {
  readonly contract: Contract;
  readonly profile: Profile;
  readonly routes: NonEmpty<Route>;
  /** The verbs that a route promises under the declared profile: MUST ones. HEAD and OPTIONS are in `lesserVerbs`. */
  readonly verbsOf: (route: Route) => NonEmpty<Verb>;
  readonly lesserVerbs: readonly Verb[];
  readonly formats: NonEmpty<Format>;
  /** Those of them in which a body can be written as the framework reads it. */
  readonly bodyFormats: NonEmpty<Format>;
  readonly members: readonly Member[];
  readonly bodyMembers: readonly Member[];
  /** Those of them that a valid request carries: called required, given an example, or refused when they are left out. */
  readonly sampleMembers: readonly Member[];
  readonly pathMembers: readonly Member[];
  /** Members that no route binds, and without which the service refuses a request. */
  readonly requiredMembers: readonly Member[];
  /** Whether somebody answers for it that the sample request can succeed: it works on a subject, or on values that a person gave. */
  readonly vouched: boolean;
  readonly format: (name: FormatName) => Format;
  readonly route: (name: string) => Route;
  /** The sample request: every member of `sampleMembers` as a token of the first subject, or as its example. */
  readonly sample: Sample;
  /** What stands for the members that the first route binds by its path, for calls that carry them otherwise. */
  readonly bound: MemberValues;
  readonly request: (route: Route, options?: RequestOptions) => RequestTemplate;
  /** What `request` made one from; null for one that was made otherwise. */
  readonly compositionOf: (request: RequestTemplate) => Composition | null;
  /** A request to a path that no route of the contract serves; the prefix is not added. */
  readonly requestTo: (path: string, options?: RequestOptions) => RequestTemplate;
  /** The state of a subject that a call can succeed on; that of drawn values where the operation needs no subject. */
  readonly fresh: StateName;
  /** The state of a subject that is drawn from the seed. */
  readonly absent: StateName;
  /** On a subject that does not exist: sent to any target, where the fence lets it. */
  readonly onAbsent: (...steps: [RequestTemplate, ...RequestTemplate[]]) => Script;
  /** On a subject made for this script alone. */
  readonly onFresh: (...steps: [RequestTemplate, ...RequestTemplate[]]) => Script;
  /** On subjects in the states named; `{{other.Member}}` speaks of the second. */
  readonly on: (subjects: NonEmpty<StateName>, ...steps: [RequestTemplate, ...RequestTemplate[]]) => Script;
}

export interface Sample {
  readonly all: MemberValues;
  readonly without: (...members: readonly Member[]) => MemberValues;
  readonly with: (member: Member, value: PlainValue) => MemberValues;
  /** The sample with members renamed. */
  readonly renamed: (rename: (name: string) => string) => MemberValues;
}
