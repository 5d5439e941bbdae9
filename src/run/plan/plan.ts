// One plan: what applies, what carries what and what is within reach depend on each other here.

import type { Effect, ExchangeId, RequestTemplate, Script } from '../../model/exchange.ts';
import type { NonEmpty } from '../../model/contract.ts';
import type { Case, Catalogue, Composer, Level, Refuses, Requirement } from '../../model/requirement.ts';
import { guidsIn } from '../../values/guid.ts';
import { quantity } from '../../values/words.ts';
import type { Ability, Skip } from '../open/ability.ts';
import { applicable, refused, type ApplicableCase, type Considered } from './applicable.ts';
import { effectOf, literalIds } from '../open/effect.ts';
import { plannedScript, type PlannedScript } from './planned-script.ts';
import { twice } from './second-success.ts';
import { afford, priceOf, type Afforded, type Spending } from './afford.ts';
import { successesOf, sharedWith, type Succession } from './succession.ts';
import { levelOf, spend, unitOf, type Unit } from './spend.ts';
import { exchangeId, lastKey, stepKeys, type ScriptKey } from './script-key.ts';

/** Exchanges of one script. */
export interface Part {
  readonly script: ScriptKey;
  readonly exchanges: readonly ExchangeId[];
}

export type Disposition =
  | (Part & {
      readonly kind: 'send';
      /** What other scripts sent of the same case. */
      readonly beside?: readonly Part[];
      /** What shows the same, where the first of these exchanges is no success: the best choice first. */
      readonly otherwise?: readonly NonEmpty<Part>[];
    })
  | { readonly kind: 'skip'; readonly skip: Skip };

export interface PlannedCase {
  readonly case: Case;
  readonly disposition: Disposition;
}

export interface PlannedRequirement {
  readonly requirement: Requirement;
  /** Set when no case applies at all. */
  readonly skip: Skip | null;
  readonly cases: readonly PlannedCase[];
}

export interface Plan {
  readonly requirements: readonly PlannedRequirement[];
  /** Each distinct exchange stands in exactly one of these; those of effect `none` first. */
  readonly scripts: readonly PlannedScript[];
  /** How many subjects would exercise everything; null where there are any number. */
  readonly enough: number | null;
}

interface Wanted {
  readonly keys: readonly ScriptKey[];
  readonly key: ScriptKey;
  readonly script: Script;
  readonly effect: Effect;
  readonly judges: Map<string, Level>;
  /** Which of its requests are to be refused, as each level says. */
  readonly refuses: Partial<Record<Level, Refuses>>;
  /** Which of them succeed, as far as all say so that judge it. */
  succession: Succession;
  /** The route that it is about. */
  readonly route: string | undefined;
}

/**
 * Plans a run: which cases apply, and the scripts that have to be sent for them, each once.
 *
 * @param catalogue the requirements selected
 * @param composer the contract they are composed from
 * @param ability what the run can and may do
 * @param observations scripts that judge nothing, sent for the gate alone: those that the run can and may send
 * @throws Error when a requirement types out an id of its own: such a script could name something that exists
 */
export function plan(
  catalogue: Catalogue,
  composer: Composer,
  ability: Ability,
  observations: readonly Script[] = [],
): Plan {
  const requirements = catalogue
    .flatMap((a) => a.requirements)
    .map((requirement): Considered => ({ requirement, ...applicable(requirement, composer, ability) }));
  const wanted = collect(
    requirements,
    observations
      .map((script) => ({ script, effect: effectOf(script, composer) }))
      .filter(({ script, effect }) => refused(script, effect, composer, ability) === null),
    Object.values(composer.contract.values ?? {}).flatMap(guidsIn),
    composer,
  );
  const carriers = carry(wanted, composer);
  const carrying = [...new Set(carriers.values())];
  const { scripts: affordable, enough, stoodFor } = reached(carrying, composer, ability);
  const scripts = withinBudget(affordable, carrying, ability);
  const within = {
    subjects: new Set(affordable.map((s) => s.key)),
    budget: new Set(scripts.map((s) => s.key)),
    stoodFor,
  };
  const lacking = { ...ability, exhausted: withEnough(ability.exhausted, enough) };
  return {
    scripts,
    enough,
    requirements: requirements.map((r) => ({
      requirement: r.requirement,
      skip: r.skip,
      cases: r.cases.map((c) => ({ case: c.case, disposition: dispose(c, carriers, within, lacking) })),
    })),
  };
}

const skipped = (skip: Skip): Disposition => ({ kind: 'skip', skip });

function dispose(
  each: ApplicableCase,
  carriers: ReadonlyMap<ScriptKey, Wanted>,
  within: {
    readonly subjects: ReadonlySet<ScriptKey>;
    readonly budget: ReadonlySet<ScriptKey>;
    readonly stoodFor: Afforded['stoodFor'];
  },
  ability: Ability,
): Disposition {
  if (each.skip !== null) return skipped(each.skip);
  const carrier = carriers.get(lastKey(each.keys));
  if (carrier === undefined) return skipped(ability.exhausted);
  const own: Part = { script: carrier.key, exchanges: each.keys.map(exchangeId) };
  const rows = (within.stoodFor.get(carrier.key) ?? []).map((row) => partsOf(row, each.keys.length));
  const [[first, ...beside], ...otherwise] = [...rows, [own] as const] as const;
  const parts = [first, ...beside];
  if (!parts.every(({ script }) => within.subjects.has(script))) return skipped(ability.exhausted);
  if (!parts.every(({ script }) => within.budget.has(script)))
    return skipped(ability.budget?.skip ?? ability.exhausted);
  return {
    kind: 'send',
    ...first,
    ...(beside.length > 0 && { beside }),
    ...(otherwise.length > 0 && { otherwise }),
  };
}

/** What a case of so many steps looks at: of one script its first ones, of several the first of each. */
function partsOf([first, ...others]: NonEmpty<PlannedScript>, steps: number): NonEmpty<Part> {
  const part = ({ key, exchanges }: PlannedScript, count: number): Part => ({
    script: key,
    exchanges: exchanges.slice(0, count),
  });
  return others.length === 0 ? [part(first, steps)] : [part(first, 1), ...others.map((each) => part(each, 1))];
}

/** Every exchange that a case may look at first. */
export function exchangesOf(disposition: Disposition): readonly ExchangeId[] {
  if (disposition.kind === 'skip') return [];
  const { exchanges, beside = [] } = disposition;
  return [...exchanges, ...beside.flatMap((part) => part.exchanges)];
}

function collect(
  requirements: readonly Considered[],
  observations: readonly Pick<Wanted, 'script' | 'effect'>[],
  given: readonly string[],
  composer: Composer,
): readonly Wanted[] {
  const wanted = new Map<ScriptKey, Wanted>();
  for (const { requirement, cases } of requirements) {
    for (const each of cases) {
      if (each.skip !== null) continue;
      const key = lastKey(each.keys);
      const known = wanted.get(key) ?? want(each, each.case.script, requirement.id, given, each.case.key.route);
      known.judges.set(requirement.id, requirement.level);
      if (each.case.refuses !== null) known.refuses[requirement.level] ??= each.case.refuses;
      known.succession = sharedWith(known.succession, successesOf(each.case, composer), composer);
      wanted.set(key, known);
    }
  }
  for (const { script, effect } of observations) {
    const keys = stepKeys(script);
    if (!wanted.has(lastKey(keys))) wanted.set(lastKey(keys), want({ keys, effect }, script, 'an observation', given));
  }
  return [...wanted.values()];
}

function want(
  { keys, effect }: Pick<Wanted, 'keys' | 'effect'>,
  script: Script,
  wantedBy: string,
  given: readonly string[],
  route?: string,
): Wanted {
  const [typed] = literalIds(script, given);
  if (typed !== undefined) {
    throw new Error(`${wantedBy} types out the id ${typed}; ids must be drawn from the seed or be the zero Guid`);
  }
  return { keys, key: lastKey(keys), script, effect, judges: new Map(), refuses: {}, succession: 'open', route };
}

/** A script that is the beginning of another is not sent on its own: the longer one carries it. */
function carry(wanted: readonly Wanted[], composer: Composer): ReadonlyMap<ScriptKey, Wanted> {
  const longestFirst = wanted.toSorted((a, b) => b.script.steps.length - a.script.steps.length);
  const carriers = new Map<ScriptKey, Wanted>();
  for (const each of longestFirst) {
    const carrier = carriers.get(each.key);
    if (carrier !== undefined) {
      for (const [id, level] of each.judges) carrier.judges.set(id, level);
      carrier.succession = sharedWith(carrier.succession, each.succession, composer);
      continue;
    }
    for (const key of each.keys) if (!carriers.has(key)) carriers.set(key, each);
  }
  return new Map(
    wanted.flatMap(({ key }) => {
      const carrier = carriers.get(key);
      return carrier === undefined ? [] : [[key, carrier] as const];
    }),
  );
}

/** Scripts that need no subject first; of the others, those that find most, as far as subjects reach. */
function reached(
  scripts: readonly Wanted[],
  composer: Composer,
  ability: Ability,
): Pick<Plan, 'scripts' | 'enough'> & Pick<Afforded, 'stoodFor'> {
  const none = scripts.filter((s) => s.effect === 'none');
  const own = scripts.filter((s) => s.effect === 'own');
  const free = none.map(plannedOf);
  if (ability.subjects === 'unlimited') {
    const planned = own.map(plannedOf).toSorted((a, b) => b.weight - a.weight);
    const scripts = [
      ...free,
      ...withLearning(planned, composer.contract.subject === null ? [] : endsIn(own), composer),
    ];
    return { scripts, enough: null, stoodFor: new Map() };
  }
  const exercised = new Set(none.flatMap(({ judges }) => [...judges.keys()]));
  const candidates = own.map((each) => candidateOf(each, composer));
  const afforded = afford(candidates, exercised, ability.subjects, composer);
  return { ...afforded, scripts: [...free, ...afforded.scripts] };
}

/** The successes that are to show that nothing was done before. */
function endsIn(own: readonly Wanted[]): readonly RequestTemplate[] {
  const ends = own.flatMap(({ script, refuses }) =>
    Object.values(refuses).includes('all but the last') ? (script.steps.at(-1) ?? []) : [],
  );
  return [...new Map(ends.map((end) => [JSON.stringify(end), end])).values()];
}

/**
 * What tells whether a second success is told from the first is sent before what relies on it; there is a script for it
 * where no other begins like that.
 */
function withLearning(
  scripts: readonly PlannedScript[],
  ends: readonly RequestTemplate[],
  composer: Composer,
): readonly PlannedScript[] {
  const learned = ends.map((end): PlannedScript => {
    const learning = plannedScript(twice(end, composer), 'own', 0);
    return scripts.find(({ exchanges }) => exchanges[1] === learning.exchanges[1]) ?? learning;
  });
  return [...learned, ...scripts.filter((each) => !learned.includes(each))];
}

function withEnough(exhausted: Skip, enough: number | null): Skip {
  return enough === null
    ? exhausted
    : { ...exhausted, reason: `${exhausted.reason}; ${quantity(enough, 'subject')} would exercise everything` };
}

function plannedOf({ keys, key, script, effect, judges }: Wanted): PlannedScript {
  return { key, exchanges: keys.map(exchangeId), script, effect, weight: judges.size };
}

function candidateOf(wanted: Wanted, composer: Composer): Spending {
  const { script, judges, refuses, route, succession } = wanted;
  return {
    planned: plannedOf(wanted),
    ...priceOf(script, composer),
    judges,
    refuses: script.subjects[0] === composer.fresh ? (refuses[levelOf(wanted)] ?? null) : null,
    success: composer.request(route === undefined ? composer.routes[0] : composer.route(route)),
    successes: typeof succession === 'string' ? null : succession,
  };
}

/** As far as the budget reaches, every requirement gets a case before any gets its second; sent in the order it stands. */
function withinBudget(
  scripts: readonly PlannedScript[],
  wanted: readonly Wanted[],
  { budget }: Ability,
): readonly PlannedScript[] {
  if (budget === undefined) return scripts;
  const judgesOf = new Map(wanted.map(({ key, judges }) => [key, judges]));
  const units = scripts.map((each): Unit =>
    unitOf(
      [each.key, ...(each.carries?.members ?? []).map(({ own }) => own.key)].flatMap((key) => {
        const judges = judgesOf.get(key);
        return judges === undefined ? [] : [{ key, judges }];
      }),
      [each],
      each.script.steps.length,
    ),
  );
  const chosen = new Set(spend(units, new Set(), budget.exchanges).flatMap((unit) => unit.scripts));
  return scripts.filter((s) => chosen.has(s));
}

/** Every exchange of a plan in the order it is sent, with the script it belongs to. */
export function plannedSteps(planned: Plan): readonly { readonly script: PlannedScript; readonly step: number }[] {
  return planned.scripts.flatMap((script) => script.script.steps.map((_, step) => ({ script, step })));
}

/** Every exchange of a plan with how many requirements judge it. */
export function askedBy(planned: Plan): ReadonlyMap<ExchangeId, number> {
  const asked = new Map(planned.scripts.flatMap((s) => s.exchanges.map((id): [ExchangeId, number] => [id, 0])));
  for (const { cases } of planned.requirements) {
    for (const { disposition } of cases) {
      for (const id of exchangesOf(disposition)) asked.set(id, (asked.get(id) ?? 0) + 1);
    }
  }
  return asked;
}
