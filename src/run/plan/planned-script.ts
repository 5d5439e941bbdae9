import { drawSubject } from '../../exchange/bind.ts';
import type { Effect, ExchangeId, Script, Subject } from '../../model/exchange.ts';
import type { Run } from '../run.ts';
import { exchangeId, lastKey, stepKeys, type ScriptKey } from './script-key.ts';
import type { SharedSubject } from './sharing.ts';

/** A script with what names it and its exchanges in every run. */
export interface PlannedScript {
  readonly key: ScriptKey;
  /** The id of the exchange that each step makes. */
  readonly exchanges: readonly ExchangeId[];
  readonly script: Script;
  readonly effect: Effect;
  /** How many requirements judge it. */
  readonly weight: number;
  /** Set where it shares its subject with others. */
  readonly shares?: SharedSubject;
  /** Set where its first request carries what several scripts ask for. */
  readonly carries?: CarriedAtOnce;
}

/** What one call carries at once. */
export interface CarriedAtOnce {
  /** In a few words each. */
  readonly traits: readonly string[];
  /** The same with nothing but what its members ask for; absent where that is the call itself. */
  readonly bare?: PlannedScript;
  /** The scripts that it stands for, each with the other calls that carry it, too. */
  readonly members: readonly {
    readonly own: PlannedScript;
    /** What it asks for, in the same words. */
    readonly asks: readonly string[];
    readonly elsewhere: readonly ScriptKey[];
    /** A call for the other members alone; absent where there are none. */
    readonly without?: PlannedScript;
  }[];
}

/**
 * Names a script and its exchanges.
 *
 * @param weight how many requirements judge it
 */
export function plannedScript(script: Script, effect: Effect, weight: number): PlannedScript {
  const keys = stepKeys(script);
  return { key: lastKey(keys), exchanges: keys.map(exchangeId), script, effect, weight };
}

/** A script that changes nothing, asked for by no plan. */
export function plannedAlone(script: Script): PlannedScript {
  return plannedScript(script, 'none', 1);
}

/** The subject that a script draws at one of its places: the same in every run of one seed. */
export function drawnFor(
  key: ScriptKey,
  index: number,
  { settings: { seed }, composer: { members } }: Pick<Run, 'settings' | 'composer'>,
): Subject {
  return drawSubject(seed, `${key}/${index}`, members);
}
