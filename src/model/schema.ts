import type { EnumName, NonEmpty } from './contract.ts';

/** A DTO as both front ends describe it: TypeScript classes today, a host's own metadata on import. */

/** How many bits an integer has, and whether it has a sign. */
export type IntegerFormat = 'int8' | 'uint8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64';

/** What a text stands for, where it is more than a text. */
export type TextFormat = 'uuid' | 'date-time' | 'date' | 'duration' | 'base64';

export type DtoType =
  | { readonly kind: 'string'; readonly format?: TextFormat }
  | { readonly kind: 'integer'; readonly format?: IntegerFormat }
  | { readonly kind: 'enum'; readonly names: readonly string[] }
  /** `any`: a value of whatever type. */
  | { readonly kind: 'number' | 'boolean' | 'any' }
  | { readonly kind: 'reference'; readonly dto: string }
  | { readonly kind: 'list'; readonly of: DtoType }
  | { readonly kind: 'map'; readonly of: DtoType };

export interface DtoMember {
  /** As it stands on the wire: PascalCase. */
  readonly name: string;
  readonly description: string;
  readonly type: DtoType;
  readonly required: boolean;
  readonly nullable: boolean;
}

export interface Dto {
  readonly name: string;
  readonly description: string;
  readonly members: readonly DtoMember[];
}

export type DtoModel = readonly Dto[];

/** The part of JSON Schema 2020-12 that the deriver writes. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly contentEncoding?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly $ref?: string;
}

/** Schemas by DTO name. */
export type Schemas = Readonly<Record<string, JsonSchema>>;

/** One member of the request DTO, with where a request carries it. */
export interface Member {
  readonly name: string;
  /** In the service's own code, where it is called otherwise: routes name it so. */
  readonly property?: string;
  readonly type: DtoType;
  readonly required: boolean;
  readonly in: 'path' | 'body';
  readonly description: string;
  /** Its .NET type, exactly: `Decimal`, `List<Part>`; absent where no document tells. */
  readonly net?: string;
  /** Set where a request without it is refused, as a Validate attribute or a person says. */
  readonly enforced?: true;
  /** Absent where no document tells. */
  readonly nullable?: boolean;
  /** A value of it that a call succeeds with, as a person gives it. */
  readonly example?: string;
  /** The same where it may not be shown: a token stands for it until it is sent. */
  readonly kept?: string;
  /** Values that its documents name; enforced by nobody. */
  readonly allowed?: NonEmpty<string>;
  /** Where its documents say that it lies; enforced by nobody. */
  readonly range?: { readonly least: number; readonly greatest: number };
  /** Validators as the service writes them. */
  readonly validate?: NonEmpty<string>;
  /** Of an enum, or of what a list holds: its names, and whether they are flags, which are written as numbers. */
  readonly enum?: { readonly names: NonEmpty<EnumName>; readonly flags?: true };
}

/** What a decoder must know to read a format that carries no types (xml, csv, jsv). */
export type Shape =
  | { readonly kind: 'text' | 'number' | 'boolean' }
  | { readonly kind: 'object'; readonly name: string; readonly members: Readonly<Record<string, Shape>> }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'map'; readonly of: Shape };
