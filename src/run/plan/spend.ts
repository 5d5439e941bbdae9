import type { RequestTemplate } from '../../model/exchange.ts';
import type { Level, Refuses } from '../../model/requirement.ts';
import { groupBy } from '../../values/words.ts';
import type { PlannedScript } from './planned-script.ts';
import type { ScriptKey } from './script-key.ts';
import { asksFor, sharing, type Sharer } from './sharing.ts';

/** A script that works on subjects, with what spending them on it is worth. */
export interface Candidate {
  readonly planned: PlannedScript;
  /** How many subjects it takes for itself. */
  readonly cost: number;
  /** The states of those that it shares with others. */
  readonly shared?: readonly string[];
  /** The requirements that judge it. */
  readonly judges: ReadonlyMap<string, Level>;
  /** Which of its requests are to be refused, so that they leave the subject to the next; null where none are. */
  readonly refuses: Refuses | null;
  /** A call of its route that succeeds. */
  readonly success: RequestTemplate;
}

/** What something that is scarce is spent on: scripts that come together or not at all. */
export interface Unit {
  readonly scripts: readonly PlannedScript[];
  /** How much of it they take. */
  readonly cost: number;
  /** What they take one more of each for, unless another unit has done so: a subject in a state that calls do not change. */
  readonly shared?: readonly string[];
  /** How many cases of each requirement they have. */
  readonly cases: ReadonlyMap<string, { readonly level: Level; readonly count: number }>;
  /** What they show, each script by its key: some of it another unit may show as well. */
  readonly shows: readonly Shown[];
}

/** A script, with the requirements that judge it. */
export interface Shown {
  readonly key: ScriptKey;
  readonly judges: ReadonlyMap<string, Level>;
}

/**
 * Spends what is scarce, subjects or exchanges: every requirement gets a case before any gets its second, and what finds
 * most for its price goes first.
 *
 * @param units in the order of the plan
 * @param exercised requirements that are exercised without
 * @param there how much there is to spend
 * @returns the units that it reaches for, the best first
 */
export function spend(units: readonly Unit[], exercised: ReadonlySet<string>, there: number): readonly Unit[] {
  const times = new Map([...exercised].map((id) => [id, 1]));
  const waiting = new Set(units);
  const chosen: Unit[] = [];
  const had = new Set<string>();
  const priceOf = ({ cost, shared = [] }: Unit): number => cost + shared.filter((each) => !had.has(each)).length;
  for (let left = there; ;) {
    const best = bestOf(
      [...waiting].filter((unit) => priceOf(unit) <= left),
      times,
      priceOf,
    );
    if (best === null) return chosen;
    waiting.delete(best);
    chosen.push(best);
    left -= priceOf(best);
    for (const each of best.shared ?? []) had.add(each);
    for (const [id, { count }] of best.cases) times.set(id, (times.get(id) ?? 0) + count);
  }
}

function bestOf(
  units: readonly Unit[],
  times: ReadonlyMap<string, number>,
  priceOf: (unit: Unit) => number,
): Unit | null {
  let best: Unit | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const unit of units) {
    const worth = worthOf(unit, times) / Math.max(1, priceOf(unit));
    if (worth <= most) continue;
    best = unit;
    most = worth;
  }
  return best;
}

/** A requirement's first case is worth more than all the further ones of another. */
function worthOf({ cases }: Unit, times: ReadonlyMap<string, number>): number {
  let worth = 0;
  for (const [id, { level, count }] of cases) {
    const before = times.get(id) ?? 0;
    const further = count / (1 + before);
    worth += (level === 'MUST' ? 4 : 1) * (before === 0 ? 1000 + further : further);
  }
  return worth;
}

/**
 * Leaves units out until there is enough for the rest: those by which the fewest further MUSTs lack a case that no other unit
 * shows, and never the last case of a requirement.
 *
 * @param exercised requirements that have a case without
 * @returns null where that cannot be
 */
export function leaveOut(
  units: readonly Unit[],
  exercised: ReadonlySet<string>,
  there: number,
): readonly Unit[] | null {
  const kept = new Set(units);
  const showing = new Map<ScriptKey, number>();
  for (const { shows } of units) for (const { key } of shows) showing.set(key, (showing.get(key) ?? 0) + 1);
  const having = new Map<string, number>();
  const judgesOf = new Map(units.flatMap(({ shows }) => shows.map(({ key, judges }) => [key, judges])));
  for (const judges of judgesOf.values()) for (const id of judges.keys()) having.set(id, (having.get(id) ?? 0) + 1);
  const lacking = new Set<string>();
  /** How many cases of each requirement no other unit shows. */
  const lostWith = ({ shows }: Unit): ReadonlyMap<string, { readonly level: Level; readonly count: number }> =>
    casesOf(shows.filter(({ key }) => showing.get(key) === 1));
  const harmOf = (unit: Unit): number =>
    [...lostWith(unit)].reduce((sum, [id, { level, count }]) => {
      if ((having.get(id) ?? 0) <= count && !exercised.has(id)) return Number.POSITIVE_INFINITY;
      return sum + (level === 'MUST' ? (lacking.has(id) ? 0 : 1000) + count : count / 1000);
    }, 0);
  while (costOf([...kept]) > there) {
    const [least] = [...kept]
      .filter(({ cost, shared = [] }) => cost + shared.length > 0)
      .map((unit) => ({ unit, harm: harmOf(unit) / Math.max(1, unit.cost) }))
      .toSorted((a, b) => a.harm - b.harm);
    if (least === undefined || least.harm === Number.POSITIVE_INFINITY) return null;
    kept.delete(least.unit);
    for (const [id, { level, count }] of lostWith(least.unit)) {
      having.set(id, (having.get(id) ?? 0) - count);
      if (level === 'MUST') lacking.add(id);
    }
    for (const { key } of least.unit.shows) showing.set(key, (showing.get(key) ?? 0) - 1);
  }
  return [...kept];
}

/** How many subjects units take together. */
export function costOf(units: readonly Unit[]): number {
  const shared = new Set(units.flatMap((unit) => unit.shared ?? []));
  return units.reduce((sum, { cost }) => sum + cost, shared.size);
}

/**
 * Units of scripts by themselves.
 *
 * @param candidates those that are refused share subjects
 * @param together so many requests that are to be refused share a subject at most
 */
export function unitsOf(candidates: readonly Candidate[], together: number): readonly Unit[] {
  const sharers = candidates.filter(
    ({ refuses, cost, shared = [] }) => refuses !== null && cost === 1 && shared.length === 0,
  );
  const lesser = new Set(sharers.filter((each) => levelOf(each) === 'SHOULD'));
  const ends = new Map(sharers.map((each) => [each, endOf(each)]));
  const end = (of: Candidate): string => ends.get(of) ?? endOf(of);
  const groups = [
    ...groupBy(
      sharers.filter((each) => !lesser.has(each)),
      end,
    ).values(),
  ]
    // What is alike stands together: a host that carries out one of them may well carry out all.
    .flatMap((alike) => inPieces(inKinds(alike), together));
  // What should be refused may be carried out on a right target: it stands last, one to a subject.
  const waiting = new Set(lesser);
  const whole = groups.map((group) => {
    const last = [...waiting].find((each) => group.some((other) => end(other) === end(each)));
    if (last !== undefined) waiting.delete(last);
    return last === undefined ? group : [...group, last];
  });
  const alone = candidates.filter((each) => !ends.has(each) || waiting.has(each));
  return [
    ...whole.map(unitOfGroup),
    ...alone.map((each) => unitOf([shownBy(each)], [each.planned], each.cost, each.shared)),
  ];
}

/** The level of what judges a script: MUST where any of it is one. */
export function levelOf({ judges }: Pick<Candidate, 'judges'>): Level {
  return [...judges.values()].includes('MUST') ? 'MUST' : 'SHOULD';
}

/** The success that tells afterwards whether its refusals left the subject alone. */
function endOf({ planned, refuses, success }: Candidate): string {
  return JSON.stringify(refuses === 'all but the last' ? planned.script.steps.at(-1) : success);
}

/** What asks for another path than the success first, then by who asks, and by which verb. */
function inKinds(candidates: readonly Candidate[]): readonly Candidate[] {
  const kindOf = ({ planned: { script } }: Candidate): string =>
    `${script.steps[0].credentials} ${script.steps[0].method}`;
  const asksThere = ({ planned, success }: Candidate): boolean => asksFor(success, planned);
  return [candidates.filter((each) => !asksThere(each)), candidates.filter(asksThere)].flatMap((those) =>
    [...groupBy(those, kindOf).values()].flat(),
  );
}

function inPieces(together: readonly Candidate[], most: number): readonly (readonly Candidate[])[] {
  const pieces: Candidate[][] = [];
  let requests = Number.POSITIVE_INFINITY;
  for (const each of together) {
    const own = each.planned.script.steps.length;
    if (requests + own > most || pieces.length === 0) {
      pieces.push([]);
      requests = 0;
    }
    pieces.at(-1)?.push(each);
    requests += own;
  }
  return pieces;
}

function unitOfGroup(group: readonly Candidate[]): Unit {
  const sharers = group.flatMap((each): readonly Sharer[] =>
    each.refuses === null
      ? []
      : [{ planned: each.planned, refuses: each.refuses, success: each.success, level: levelOf(each) }],
  );
  return unitOf(group.map(shownBy), sharing(sharers), 1);
}

/**
 * Scripts that come together, with all that judges them.
 *
 * @param shows what they are sent for
 */
export function unitOf(
  shows: readonly Shown[],
  scripts: readonly PlannedScript[],
  cost: number,
  shared: readonly string[] = [],
): Unit {
  return { scripts, cost, shared, cases: casesOf(shows), shows };
}

function casesOf(shown: readonly Shown[]): ReadonlyMap<string, { readonly level: Level; readonly count: number }> {
  const cases = new Map<string, { readonly level: Level; readonly count: number }>();
  for (const { judges } of shown)
    for (const [id, level] of judges) cases.set(id, { level, count: (cases.get(id)?.count ?? 0) + 1 });
  return cases;
}

function shownBy({ planned: { key }, judges }: Candidate): Shown {
  return { key, judges };
}
