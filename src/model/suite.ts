import type { Contract } from './contract.ts';
import type { Script } from './exchange.ts';
import type { Catalogue, Composer, Evidence } from './requirement.ts';
import type { Member, Schemas } from './schema.ts';
import type { CitedSources } from './source.ts';

/** What a run is about: one operation with all that is promised of it. Handed in, so that no module knows which. */
export interface Suite {
  readonly name: string;
  readonly version: string;
  readonly operation: string;
  readonly contract: Contract;
  readonly schemas: Schemas;
  /** The members of the request DTO. */
  readonly members: readonly Member[];
  readonly violations: Evidence['violations'];
  readonly answerViolations: Evidence['answerViolations'];
  readonly catalogue: Catalogue;
  /** Requests that judge nothing and are sent for the gate alone. */
  readonly observations: (c: Composer) => readonly Script[];
  readonly sources: CitedSources;
}
