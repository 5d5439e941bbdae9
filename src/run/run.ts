import type { Identity } from '../exchange/credentials.ts';
import type { Engine } from '../exchange/engine.ts';
import type { Redactor } from '../exchange/redact.ts';
import type { NonEmpty } from '../model/contract.ts';
import type { Answered, ExchangeId, Recorded, RequestTemplate, Subject } from '../model/exchange.ts';
import type { Redacted } from '../model/redacted.ts';
import type { ReportedRequirement } from '../model/report.ts';
import type { Citation, Composer } from '../model/requirement.ts';
import type { Shape } from '../model/schema.ts';
import type { StateSource } from '../model/states.ts';
import type { Suite } from '../model/suite.ts';
import type { SkipCause } from '../model/verdict.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';
import type { Ability } from './open/ability.ts';
import type { ScriptKey } from './plan/script-key.ts';

/**
 * A run that is open: what was said (settings), what it is about (suite), the way to the target, and what came of it so
 * far. It is planned (`plan`), sent (`execute`), judged from the record alone (`judge`) and concluded into a report.
 */
export interface Run {
  readonly suite: Suite;
  readonly settings: Settings;
  readonly world: Pick<World, 'now' | 'elapsed' | 'sleep' | 'signal'>;
  /** The contract, as requirements compose requests from it. */
  readonly composer: Composer;
  readonly ability: Ability;
  /** Everything before the contract's paths. */
  readonly target: URL;
  readonly engine: Engine;
  readonly identity: Identity;
  readonly redactor: Redactor;
  /** Where subjects come from; null where there are none. */
  readonly source: StateSource | null;
  /** Set when signing in has failed already. */
  readonly obstacle: Obstacle | null;
  /** Reads a recorded answer. */
  readonly answered: (recorded: Recorded) => Answered;
  /** What a success carries, for what has no types; null where nobody knows, or it is answered raw. */
  readonly data: Shape | null;
  /** Adds title and URL of the cited source. */
  readonly cite: (citation: Citation) => ReportedRequirement['cites'][number];
  /** Why nothing more is sent: the run has taken as long as it may; null as long as it has not. */
  readonly overdue: () => string | null;
  /** Told how many exchanges have ended, of how many that are planned, whenever a script has. */
  readonly progress: (done: number, of: number) => void;
  /** Every exchange of the run in the order in which they ended; it grows. */
  readonly ended: Ended[];
  /** Those of them that were not answered in time. */
  readonly hung: Ended[];
  /** What became of each script so far: one that has a result is not sent again. */
  readonly results: Map<ScriptKey, ScriptResult>;
  /** What a report must say of how the target was reached, as known by now. */
  readonly notes: () => readonly Redacted<string>[];
  /** Gives back what was opened. */
  readonly close: () => Promise<void>;
}

/** What kept a run from judging at all. */
export type Obstacle = { readonly kind: 'unreachable' | 'not there' | 'refused'; readonly says: string };

/** What became of each script, one time it was sent. */
export type Results = ReadonlyMap<ScriptKey, ScriptResult>;

/** Every exchange that was sent: one that stands at the beginning of several scripts is there once for each. */
export function exchangesIn(results: Results): readonly Recorded[] {
  return [...results.values()].flatMap((result) => (result.kind === 'ran' ? result.exchanges : []));
}

/** What became of a script. `ran` has an exchange for each step that was sent; the last may have failed. */
export type ScriptResult =
  | {
      readonly kind: 'ran';
      readonly exchanges: readonly Recorded[];
      readonly subjects: NonEmpty<Subject>;
      /** Why the steps behind those exchanges were held back; absent where none was. */
      readonly heldBack?: string;
      /** Exchanges of what explains why they were; absent where that is no other script. */
      readonly explainedBy?: readonly ExchangeId[];
      /** Why it has failed though every answer was right: the subject that it shared was changed, by it or by another. */
      readonly doubt?: string;
      /** Why it has failed though every answer was right: its requests were carried out, as its subject shows that nothing else changed. */
      readonly carriedOut?: string;
    }
  | NotRun;

/** A script that was not sent to its end, with what its cases are for it. */
export interface NotRun {
  readonly kind: 'not-run';
  readonly cause: SkipCause | 'error' | 'blocked';
  readonly reason: string;
}

/** An exchange among the others of its run. */
export interface Ended {
  readonly template: RequestTemplate;
  readonly exchange: Recorded;
  /** How many had ended when it began. */
  readonly after: number;
  /** How often the target was unavailable before. */
  readonly unavailable: number;
}
