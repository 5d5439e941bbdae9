import type { Effect, ExchangeId, Script } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import { conditionsIn } from '../catalogue/requirement.ts';
import type { Case, Catalogue, Composer, Condition, Level, Refuses, Requirement } from '../model/requirement.ts';
import { guidsIn } from '../values/guid.ts';
import { quantity } from '../values/words.ts';
import type { Ability, Skip } from './ability.ts';
import { effectOf, literalIds } from './effect.ts';
import type { SharedSubject } from './shared-subject.ts';
import { spend, type Candidate } from './spend.ts';
import { exchangeId, lastKey, stepKeys, type ScriptKey } from './script-key.ts';

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
}

export type Disposition =
  | { readonly kind: 'send'; readonly script: ScriptKey; readonly exchanges: readonly ExchangeId[] }
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
  /** Which of its requests must be refused, as a MUST says; null where none says so. */
  refuses: Refuses | null;
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
  );
  const carriers = carry(wanted);
  const { scripts: affordable, enough } = afford([...new Set(carriers.values())], composer, ability);
  const scripts = withinBudget(affordable, ability);
  const within = { subjects: new Set(affordable.map((s) => s.key)), budget: new Set(scripts.map((s) => s.key)) };
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
  within: { readonly subjects: ReadonlySet<ScriptKey>; readonly budget: ReadonlySet<ScriptKey> },
  ability: Ability,
): Disposition {
  if (each.skip !== null) return skipped(each.skip);
  const carrier = carriers.get(lastKey(each.keys));
  if (carrier === undefined || !within.subjects.has(carrier.key)) return skipped(ability.exhausted);
  if (!within.budget.has(carrier.key)) return skipped(ability.budget?.skip ?? ability.exhausted);
  return { kind: 'send', script: carrier.key, exchanges: each.keys.map(exchangeId) };
}

type ApplicableCase =
  | { readonly case: Case; readonly skip: Skip }
  | { readonly case: Case; readonly skip: null; readonly keys: readonly ScriptKey[]; readonly effect: Effect };

interface Applicable {
  readonly skip: Skip | null;
  readonly cases: readonly ApplicableCase[];
}

type Considered = Applicable & { readonly requirement: Requirement };

function applicable(requirement: Requirement, composer: Composer, ability: Ability): Applicable {
  const off = switchedOff(requirement.when, composer.profile);
  if (off !== null) return { skip: off, cases: [] };
  const isSpoken = requirement.speaksOf?.(composer) !== false;
  if (requirement.standing !== undefined && isSpoken) return { skip: null, cases: [] };
  const cases = requirement.cases(composer);
  if (cases.length === 0) {
    return {
      skip: {
        cause: 'contract',
        reason: requirement.lacks ?? 'the contract has nothing that this requirement speaks of',
      },
      cases: [],
    };
  }
  return { skip: null, cases: cases.map((c) => applicableCase(c, composer, ability)) };
}

function applicableCase(each: Case, composer: Composer, ability: Ability): ApplicableCase {
  const effect = effectOf(each.script, composer);
  const skip = refused(each.script, effect, composer, ability);
  return skip === null ? { case: each, skip, keys: stepKeys(each.script), effect } : { case: each, skip };
}

/** What a profile switches off, in words; null when it applies. */
export function switchedOff(when: Condition | undefined, profile: Profile): Skip | null {
  if (when === undefined) return null;
  const unmet = conditionsIn(when).filter(({ name, values }) => !values.includes(profile[name]));
  if (unmet.length === 0) return null;
  const says = unmet.map(({ name, values }) => `${name} ${values.join(' or ')}`).join(' and ');
  return { cause: 'profile', reason: `promised under ${says}, which this target does not declare` };
}

function refused(script: Script, effect: Effect, composer: Composer, ability: Ability): Skip | null {
  const credentials = script.steps.map((s) => ability.credentialRefused(s.credentials)).find((s) => s !== null);
  if (credentials) return credentials;
  if (script.undocumented === 'a word' && ability.wordsRefused !== undefined) return ability.wordsRefused;
  if (effect === 'none') return null;
  if (ability.changesRefused !== null) return ability.changesRefused;
  return (
    script.subjects
      .filter((state) => state !== composer.absent)
      .map((state) => ability.stateRefused(state))
      .find((s) => s !== null) ?? null
  );
}

function collect(
  requirements: readonly Considered[],
  observations: readonly Pick<Wanted, 'script' | 'effect'>[],
  given: readonly string[],
): readonly Wanted[] {
  const wanted = new Map<ScriptKey, Wanted>();
  for (const { requirement, cases } of requirements) {
    for (const each of cases) {
      if (each.skip !== null) continue;
      const key = lastKey(each.keys);
      const known = wanted.get(key) ?? want(each, each.case.script, requirement.id, given, each.case.key.route);
      known.judges.set(requirement.id, requirement.level);
      if (requirement.level === 'MUST') known.refuses ??= each.case.refuses;
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
  return { keys, key: lastKey(keys), script, effect, judges: new Map(), refuses: null, route };
}

/** A script that is the beginning of another is not sent on its own: the longer one carries it. */
function carry(wanted: readonly Wanted[]): ReadonlyMap<ScriptKey, Wanted> {
  const longestFirst = wanted.toSorted((a, b) => b.script.steps.length - a.script.steps.length);
  const carriers = new Map<ScriptKey, Wanted>();
  for (const each of longestFirst) {
    const carrier = carriers.get(each.key);
    if (carrier !== undefined) {
      for (const [id, level] of each.judges) carrier.judges.set(id, level);
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

/** Scripts that need no subject first; of the others, those that most requirements judge, as far as subjects reach. */
function afford(scripts: readonly Wanted[], composer: Composer, ability: Ability): Pick<Plan, 'scripts' | 'enough'> {
  const none = scripts.filter((s) => s.effect === 'none');
  const own = scripts.filter((s) => s.effect === 'own');
  const free = none.map(plannedOf);
  if (ability.subjects === 'unlimited')
    return { scripts: [...free, ...own.map(plannedOf).toSorted((a, b) => b.weight - a.weight)], enough: null };
  const exercised = new Set(none.flatMap(({ judges }) => [...judges.keys()]));
  const candidates = own.map((each) => candidateOf(each, composer));
  const spent = spend(candidates, exercised, ability.subjects);
  return { scripts: [...free, ...spent.scripts], enough: spent.enough };
}

function withEnough(exhausted: Skip, enough: number | null): Skip {
  return enough === null
    ? exhausted
    : { ...exhausted, reason: `${exhausted.reason}; ${quantity(enough, 'subject')} would exercise everything` };
}

function plannedOf({ keys, key, script, effect, judges }: Wanted): PlannedScript {
  return { key, exchanges: keys.map(exchangeId), script, effect, weight: judges.size };
}

function candidateOf(wanted: Wanted, composer: Composer): Candidate {
  const { script, judges, refuses, route } = wanted;
  return {
    planned: plannedOf(wanted),
    cost: script.subjects.filter((state) => state !== composer.absent).length,
    judges,
    refuses: script.subjects[0] === composer.fresh ? refuses : null,
    success: composer.request(route === undefined ? composer.routes[0] : composer.route(route)),
  };
}

/** As far as the budget reaches, what most requirements judge first; sent in the order it stands. */
function withinBudget(scripts: readonly PlannedScript[], { budget }: Ability): readonly PlannedScript[] {
  if (budget === undefined) return scripts;
  let left = budget.exchanges;
  const chosen = new Set(
    scripts
      .toSorted((a, b) => b.weight - a.weight)
      .filter((s) => {
        if (s.script.steps.length > left) return false;
        left -= s.script.steps.length;
        return true;
      }),
  );
  return scripts.filter((s) => chosen.has(s));
}

/** A script that changes nothing, asked for by no plan. */
export function plannedAlone(script: Script): PlannedScript {
  const keys = stepKeys(script);
  return { key: lastKey(keys), exchanges: keys.map(exchangeId), script, effect: 'none', weight: 1 };
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
      if (disposition.kind === 'skip') continue;
      for (const id of disposition.exchanges) asked.set(id, (asked.get(id) ?? 0) + 1);
    }
  }
  return asked;
}
