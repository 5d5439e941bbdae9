import type {
  ContractMember,
  ContractSource,
  DocumentedExchange,
  EnumName,
  FormatName,
  NonEmpty,
  ResponseOf,
  Unstated,
  Verb,
} from '../model/contract.ts';
import { shortened } from '../values/words.ts';

/** Something that a document states, with its place: `page.html:12`, `types/metadata.json Operations[3].Actions`. */
export interface Fact<T> {
  readonly value: T;
  readonly at: string;
}

/** What a document says of the type of a member. */
export type TypeSaid =
  /** A .NET type, exactly. */
  | { readonly kind: 'exact'; readonly type: string }
  /** How JSON writes it, which is all that some languages keep of a .NET type: `number`, `text[]`, `{Part}`. */
  | { readonly kind: 'json'; readonly json: string };

/** What a document says of one member; what is absent it does not state. */
export interface MemberFacts {
  /** As the document shows it. */
  readonly shown: string;
  readonly at: string;
  /** Its name in the service's code, where the document tells it. */
  readonly property?: string;
  /** Its DataMember name, or its name in the samples. */
  readonly wire?: string;
  readonly type?: Fact<TypeSaid>;
  /** What stands where a type should, and is none that is known: an author may write what they like into a cell. */
  readonly words?: Fact<string>;
  readonly nullable?: Fact<boolean>;
  readonly required?: Fact<Exclude<ContractMember['required'], Unstated>>;
  /** Where the author says that it is carried, or the page has computed it. */
  readonly in?: Fact<Exclude<ContractMember['in'], Unstated>>;
  readonly description?: Fact<string>;
  readonly allowed?: Fact<readonly string[]>;
  readonly range?: Fact<{ readonly least: number; readonly greatest: number }>;
  readonly validate?: Fact<readonly string[]>;
  /** What another place of the document says instead. */
  readonly otherwise?: Partial<Pick<MemberFacts, 'description' | 'required' | 'in'>>;
}

/** What a document says of a DTO or an enum. */
export interface TypeFacts {
  /** `Part`, or `Page<T>` for a definition with arguments. */
  readonly name: string;
  readonly at: string;
  readonly description?: Fact<string>;
  readonly base?: Fact<string>;
  readonly dataContract?: true;
  readonly enum?: {
    readonly names: NonEmpty<EnumName>;
    /** Absent where the document does not tell. */
    readonly flags?: boolean;
    /** Whether the document shows the names in a spelling of its own, or not at all. */
    readonly loose?: true;
  };
  readonly members: readonly MemberFacts[];
  /** What another place of the document says instead. */
  readonly otherwise?: Partial<Pick<TypeFacts, 'description' | 'enum' | 'members'>>;
}

export interface RouteFacts {
  /** From the root of the target where `whole`, else behind the prefix. */
  readonly path: string;
  readonly verbs: 'any' | NonEmpty<Verb>;
  readonly summary?: string;
  readonly notes?: string;
}

/** An exchange that a page prints, with what it tells of the host. */
export interface SampleFacts {
  readonly format: FormatName;
  /** The name that the page gives the format, in the suffix and in `?format=`; null where it gives none. */
  readonly printed: string | null;
  readonly request: DocumentedExchange['request'];
  /** Null where the page prints no answer: a one-way operation has none. */
  readonly response: DocumentedExchange['response'] | null;
  readonly at: string;
}

/** What one document states of one operation. */
export interface OperationFacts {
  readonly source: ContractSource;
  readonly at: string;
  readonly operation: string;
  /** The name of the request DTO, where it is not that of the operation. */
  readonly description?: Fact<string>;
  readonly prefix?: Fact<string>;
  readonly routes?: Fact<readonly RouteFacts[]> & { readonly whole: boolean };
  readonly verbs?: Fact<'any' | NonEmpty<Verb>>;
  readonly authentication?: Fact<'required' | 'none'>;
  /** Whether a caller without credentials gets a challenge. */
  readonly challenged?: Fact<boolean>;
  readonly roles?: Fact<NonEmpty<string>>;
  readonly anyRole?: Fact<NonEmpty<string>>;
  readonly permissions?: Fact<NonEmpty<string>>;
  readonly anyPermission?: Fact<NonEmpty<string>>;
  readonly response?: Fact<ResponseOf>;
  readonly types: readonly TypeFacts[];
  /** Whether it lists every member that a DTO of it has. */
  readonly complete: boolean;
  /** Set for one that names members as the code does and never as DataMember does. */
  readonly hidesAliases?: true;
  /** Set for a page that may be of before 5.6, when enums had no tables. */
  readonly hidesEnums?: true;
  /** Set for code that bears its descriptions, in comments or attributes. */
  readonly comments?: true;
  /** Set for one that would tell what is answered, and tells nothing. */
  readonly declaresNoAnswer?: true;
  readonly formats?: Fact<readonly { readonly name: FormatName; readonly mediaType: string }[]>;
  readonly xmlNamespace?: Fact<string>;
  /** The namespace of the request in the service's code. */
  readonly codeNamespace?: Fact<string>;
  readonly casing?: Fact<'pascal' | 'camel'>;
  readonly samples: readonly SampleFacts[];
  readonly hosts: readonly string[];
  /** What the document certainly leaves open, told where nothing else tells it. */
  readonly open: readonly { readonly path: string; readonly why: string }[];
  /** What another place of the document says instead. */
  readonly otherwise?: Partial<Pick<OperationFacts, 'description' | 'authentication'>>;
}

/** A document, read as far as it can be without naming an operation. */
export interface ReadDocument {
  readonly source: ContractSource;
  /** The operations that it speaks of; empty for one that speaks of the host alone. */
  readonly operations: readonly string[];
  /** How it spells an operation that is named in whatever casing; undefined where it does not speak of it. */
  readonly spelling: (operation: string) => string | undefined;
  /** Those of them that are the framework's own, such as Authenticate. */
  readonly framework: ReadonlySet<string>;
  /**
   * What it states of one of them, in the spelling of `operations`.
   *
   * @throws UnreadableSource for what it says of this operation and cannot be read
   */
  readonly facts: (operation: string) => OperationFacts;
}

/** A source that cannot be read: one sentence that names its place. */
export class UnreadableSource extends Error {}

/**
 * Ends the reading of a source.
 *
 * @param where the document, with the line or the path in it
 * @param why what cannot be read, to stand behind the place
 * @param text the text at fault, shown short
 */
export function unreadable(where: string, why: string, text?: string): never {
  throw new UnreadableSource(`${where}: ${why}${text === undefined ? '' : `: ${excerpt(text)}`}`);
}

/** A text of a document as a message shows it: on one line, short, without what a terminal would act on. */
function excerpt(text: string): string {
  // eslint's no-control-regex is right about most patterns; here control characters are what is looked for.
  const line = Array.from(text.slice(0, 400), (c) => (c < ' ' || c === '\u007f' ? ' ' : c))
    .join('')
    .replace(/ +/g, ' ')
    .trim();
  return JSON.stringify(shortened(line, 80));
}

/** How a document spells its operations, the first of those that differ in casing alone: a large host lists thousands. */
export function spellingsOf(operations: readonly string[]): ReadDocument['spelling'] {
  const byKey = new Map(operations.map((name) => [name.toLowerCase(), name] as const).reverse());
  return (operation) => byKey.get(operation.toLowerCase());
}

/** What two spellings of a member have in common: `connection_id`, `connectionId`, `ConnectionId`. */
export function keyOf(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

export const verbNames: readonly Verb[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];

/**
 * The verbs of a route as an author writes them: `GET,POST`, `post`, nothing or `*` for all.
 *
 * @param where for the message
 */
export function verbsIn(text: string, where: string): 'any' | NonEmpty<Verb> {
  const words = text
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  if (words.length === 0 || words.includes('*') || words.includes('ANY')) return 'any';
  const verbs = words.map(
    (word) => verbNames.find((verb) => verb === word) ?? unreadable(where, 'is no verb of HTTP', word),
  );
  const [first, ...others] = new Set(verbs);
  return first === undefined ? 'any' : [first, ...others];
}

/** The version of ServiceStack as its documents print it: `8.81` is 8.8.1, `10.15` is 10.1.5, `6.02` is 6.0.2. */
export function versionOf(printed: string): string {
  const [, major, rest = ''] = /^(\d+)\.(\d+)$/.exec(printed) ?? [];
  if (major === undefined) return printed;
  return rest.length < 2 ? `${major}.${rest}` : `${major}.${rest.slice(0, -1)}.${rest.slice(-1)}`;
}

/** Whether a version is at least another, number by number; null for one that is no version. */
export function isSince(version: string | undefined, since: string): boolean | null {
  if (version === undefined || !version.split('.').every((part) => /^\d+$/.test(part))) return null;
  const [a, b] = [version, since].map((text) => text.split('.').map(Number));
  for (const [i, least] of (b ?? []).entries()) {
    const is = a?.[i] ?? 0;
    if (is !== least) return is > least;
  }
  return true;
}

/** A list that is known to have a first item. */
export function nonEmpty<T>(items: readonly T[]): NonEmpty<T> | null {
  const [first, ...others] = items;
  return first === undefined ? null : [first, ...others];
}

/** Whether two documents are of one form: one of them says what the other does, and in its words. */
export function isOfOneForm(kind: ContractSource['kind'], other: ContractSource['kind']): boolean {
  return formOf(kind) === formOf(other);
}

function formOf(kind: ContractSource['kind']): string {
  if (kind === 'app') return 'metadata';
  return kind === 'text' ? 'page' : kind;
}

/** Whether a document is the code of DTOs. */
export function isCode(kind: ContractSource['kind']): kind is 'csharp' | 'typescript' | 'python' {
  return kind === 'csharp' || kind === 'typescript' || kind === 'python';
}

/** Whether a document is one of those that a host writes for programs. */
export function isMetadata(kind: ContractSource['kind']): boolean {
  return kind === 'metadata' || kind === 'app';
}
