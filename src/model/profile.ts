/** `classic`: ServiceStack routes; `endpoints`: ASP.NET Core does; `mapped`: the former, with endpoints mapped beside it. */
export type Hosting = 'classic' | 'mapped' | 'endpoints';

/** What a target declares of itself. Declared by a person, never inferred from failures. */
export interface Profile {
  readonly hosting: Hosting;
  readonly casing: 'pascal' | 'camel';
  readonly serializer: 'servicestack' | 'system-text-json';
  readonly debug: boolean;
  readonly xmlNamespace: string;
}
