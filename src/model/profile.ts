/** What a target declares of itself. Declared by a person, never inferred from failures. */
export interface Profile {
  readonly hosting: 'classic' | 'endpoints';
  readonly casing: 'pascal' | 'camel';
  readonly serializer: 'servicestack' | 'system-text-json';
  readonly debug: boolean;
  readonly xmlNamespace: string;
}
