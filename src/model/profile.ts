/** `classic`: ServiceStack routes; `endpoints`: ASP.NET Core does; `mapped`: the former, with endpoints mapped beside it. */
export type Hosting = 'classic' | 'mapped' | 'endpoints';

/** How Guids and dates are written: by what ServiceStack.Text is told, a third state of the serializer. */
export interface Spelling {
  /** In form D, with dashes, or in form N, without. XML has them with dashes whatever is declared. */
  readonly guids: 'dashed' | 'compact';
  /** In ISO 8601, or `\/Date(ms±zzzz)\/` in JSON and JSON Lines. */
  readonly dates: 'iso' | 'ms';
}

/** What a target declares of itself. Declared by a person, never inferred from failures. */
export interface Profile extends Spelling {
  readonly hosting: Hosting;
  readonly casing: 'pascal' | 'camel';
  readonly serializer: 'servicestack' | 'system-text-json';
  readonly debug: boolean;
  readonly xmlNamespace: string;
  /** Of ServiceStack, as the host says it: `10.15`. Absent where nobody declares it; nothing depends on it. */
  readonly frameworkVersion?: string;
}

/** What of it holds of every operation of a host: the XML namespace is that of one, and its contract says it. */
export type HostProfile = Omit<Profile, 'xmlNamespace'>;
