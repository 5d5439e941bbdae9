import type { NonEmpty } from '../../model/contract.ts';
import type { Script } from '../../model/exchange.ts';
import type { Composer, Composition, Level, Succeeds } from '../../model/requirement.ts';
import { carries, coveringRows, shows, type Row, type Successes } from './covering.ts';
import { traitsOf } from './merge-options.ts';
import type { PlannedScript } from './planned-script.ts';
import type { ScriptKey } from './script-key.ts';
import { costOf, leaveOut, levelOf, spend, unitOf, unitsOf, type Candidate, type Unit } from './spend.ts';

/** A candidate with what its calls that succeed are composed from, where others can carry that as well. */
export interface Spending extends Candidate {
  readonly successes: { readonly succeeds: Succeeds; readonly calls: NonEmpty<Composition> } | null;
}

/** What subjects are spent on. */
export interface Afforded {
  /** In the order in which they are sent. */
  readonly scripts: readonly PlannedScript[];
  /** How many subjects would exercise everything. */
  readonly enough: number;
  /** The rows that stand for a script, by its key: a row for each of its calls, the best choice first. */
  readonly stoodFor: ReadonlyMap<ScriptKey, readonly NonEmpty<PlannedScript>[]>;
}

/** So many requests to be refused share a subject where there are subjects enough; more where there are not. */
const TOGETHER = [24, 48, 96, 192, Number.POSITIVE_INFINITY] as const;

/**
 * Spends the subjects that there are. With enough of them each script has its own, but for refusals; where they are scarce,
 * one call carries what several scripts ask for.
 *
 * @param candidates in the order of the plan
 * @param exercised requirements that need no subject to be exercised
 * @param subjects how many there are
 */
export function afford(
  candidates: readonly Spending[],
  exercised: ReadonlySet<string>,
  subjects: number,
  c: Composer,
): Afforded {
  const judged = candidates.filter(({ judges }) => judges.size > 0);
  const unjudged = candidates.filter(({ judges }) => judges.size === 0).map((each) => alone(each));
  const single = unitsOf(judged, TOGETHER[0]);
  const scarce = scarceUnits(judged, c);
  const enough = costOf(scarce.unitsWith(Number.POSITIVE_INFINITY));
  if (subjects >= costOf(single)) {
    const chosen = spend([...single, ...unjudged], exercised, subjects);
    return {
      scripts: chosen.flatMap(({ scripts }) => scripts),
      enough: Math.min(enough, costOf(single)),
      stoodFor: new Map(),
    };
  }
  const units = TOGETHER.map(scarce.unitsWith);
  const fitting = units.find((each) => costOf(each) <= subjects) ?? units.at(-1) ?? [];
  const kept = leaveOut(fitting, exercised, subjects) ?? fitting;
  const chosen = spend([...kept, ...unjudged], exercised, subjects);
  return { ...scarce.after(chosen.flatMap(({ scripts }) => scripts)), enough };
}

/** What a script takes: fresh subjects for itself, and those that a call has changed already together with others. */
export function priceOf(
  { subjects }: Script,
  { fresh, absent }: Pick<Composer, 'fresh' | 'absent'>,
): Required<Pick<Unit, 'cost' | 'shared'>> {
  return {
    cost: subjects.filter((state) => state === fresh && state !== absent).length,
    shared: subjects.filter((state) => state !== fresh && state !== absent),
  };
}

const alone = (each: Candidate): Unit =>
  unitOf([{ key: each.planned.key, judges: each.judges }], [each.planned], each.cost, each.shared);

function scarceUnits(
  candidates: readonly Spending[],
  c: Composer,
): {
  readonly unitsWith: (together: number) => readonly Unit[];
  readonly after: (chosen: readonly PlannedScript[]) => Pick<Afforded, 'scripts' | 'stoodFor'>;
} {
  const others = candidates.filter(({ successes }) => successes === null);
  const successes = candidates.flatMap((each): readonly Successes[] =>
    each.successes === null ? [] : [{ planned: each.planned, level: levelOf(each), ...each.successes }],
  );
  const passing = successes.filter(({ succeeds }) => succeeds === 'in passing');
  const [rowed, spread] = [
    successes.filter((each) => each.calls.length === 1 && !passing.includes(each)),
    successes.filter(({ calls }) => calls.length > 1),
  ];
  const rows = coveringRows(rowed, passing, c);
  const judgesOf = new Map(candidates.map(({ planned, judges }) => [planned.key, judges]));
  const unitFor = (planned: PlannedScript, shown: readonly Successes[]): Unit => {
    const { cost, shared } = priceOf(planned.script, c);
    const shows = shown.map(({ planned: { key } }) => ({ key, judges: judgesOf.get(key) ?? new Map<string, Level>() }));
    return unitOf(shows, [planned], cost, shared);
  };
  const single = [...rowed, ...passing];
  const shownIn = (row: Row): readonly Successes[] => single.filter((each) => rowsFor(each, [row], c).length > 0);
  const carried = new Set(rows.flatMap(shownIn).filter((each) => passing.includes(each)));
  const rowUnits = [
    ...rows.map((row) => unitFor(row.planned, shownIn(row))),
    // What no row carries is sent by itself, as far as there are subjects.
    ...passing.filter((each) => !carried.has(each)).map((each) => unitFor(each.planned, [each])),
  ];
  return {
    unitsWith: (together) => [...unitsOf(others, together), ...rowUnits],
    after: (chosen) => {
      const at = new Map(chosen.map(({ key }, i) => [key, i]));
      const there = rows
        .filter(({ planned }) => at.has(planned.key))
        .toSorted((a, b) => (at.get(a.planned.key) ?? 0) - (at.get(b.planned.key) ?? 0));
      const stoodFor = new Map<ScriptKey, readonly NonEmpty<PlannedScript>[]>([
        ...[...rowed, ...carried].map((each) => {
          const standing = rowsFor(each, there, c);
          const lesser = standing.filter((row) => isMember(each, row)).flatMap((row) => lesserFor(each, row));
          const choices = [...standing.map(({ planned }) => planned), ...lesser];
          return [each.planned.key, choices.map((planned): NonEmpty<PlannedScript> => [planned])] as const;
        }),
        ...spread.map((each) => [each.planned.key, sequencesFor(each, there, c)] as const),
      ]);
      const withOwn = new Map(there.map((row) => [row.planned.key, withMembers(row, stoodFor, c)]));
      return { scripts: chosen.map((script) => withOwn.get(script.key) ?? script), stoodFor };
    },
  };
}

function isMember({ planned }: Successes, { members }: Row): boolean {
  return members.some((member) => member.planned.key === planned.key);
}

/** What is sent in the place of its row, where that is no success, and has all that it asks for. */
function lesserFor({ planned: { key } }: Successes, { members, bare }: Row): readonly PlannedScript[] {
  const others = members.filter(({ planned }) => planned.key !== key);
  return [...(bare === null ? [] : [bare]), ...others.flatMap(({ without }) => without ?? [])];
}

/** Its own row, then others that carry it, too; what is sent after a call is sent after its own row alone. */
function rowsFor(each: Successes, rows: readonly Row[], c: Composer): readonly Row[] {
  if (each.succeeds === 'in passing') return rows.filter((row) => shows(row, each, c));
  const { script } = each.planned;
  const own = rows.filter((row) => isMember(each, row));
  if (script.steps.length > 1 || script.subjects.length > 1) return own;
  return [...own, ...rows.filter((row) => !own.includes(row) && carries(row, each.calls[0], c))];
}

/** So many choices of rows for a script of several calls are looked at. */
const CHOICES = 12;

/** Rows for calls that follow one another, each on a subject of its own: the first among the first, the last among the last. */
function sequencesFor(
  { calls, succeeds }: Successes,
  rows: readonly Row[],
  c: Composer,
): readonly NonEmpty<PlannedScript>[] {
  const mayFollow = (row: Row, before: Row | undefined): boolean =>
    before === undefined || (succeeds === 'each in turn' ? rows.indexOf(row) > rows.indexOf(before) : row !== before);
  const [first, ...later] = calls.map((call) => rows.filter((row) => carries(row, call, c)));
  let sequences: readonly (readonly Row[])[] = (first ?? []).map((row) => [row]);
  for (const next of later)
    sequences = sequences.flatMap((begun) =>
      next.toReversed().flatMap((row) => (mayFollow(row, begun.at(-1)) ? [[...begun, row]] : [])),
    );
  return sequences
    .slice(0, CHOICES)
    .flatMap(([one, ...others]): readonly NonEmpty<PlannedScript>[] =>
      one === undefined ? [] : [[one.planned, ...others.map(({ planned }) => planned)]],
    );
}

/** A row with the scripts that it stands for, each to be sent on its own where the row is no success. */
function withMembers(row: Row, stoodFor: Afforded['stoodFor'], c: Composer): PlannedScript {
  const { planned, members } = row;
  const [only] = members;
  if (members.length === 1 && only?.planned.key === planned.key) return { ...planned, weight: only.planned.weight };
  return {
    ...planned,
    weight: members.reduce((sum, each) => sum + each.planned.weight, 0),
    carries: {
      traits: [...row.traits],
      ...(row.bare !== null && { bare: row.bare }),
      members: members.map((each) => ({
        own: each.planned,
        asks: traitsOf(each.calls[0].options, c),
        elsewhere: (stoodFor.get(each.planned.key) ?? []).map(([{ key }]) => key).filter((key) => key !== planned.key),
        ...(each.without !== null && { without: each.without }),
      })),
    },
  };
}
