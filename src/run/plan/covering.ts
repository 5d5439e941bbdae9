import type { NonEmpty, Route, StateName } from '../../model/contract.ts';
import type { RequestTemplate } from '../../model/exchange.ts';
import type { Composer, Composition, Level, RequestOptions, Succeeds } from '../../model/requirement.ts';
import { carriesBody } from '../../values/http.ts';
import { merged, traitsOf } from './merge-options.ts';
import { plannedScript, type PlannedScript } from './planned-script.ts';

/** A script whose calls succeed, with what they ask for. */
export interface Successes {
  readonly planned: PlannedScript;
  readonly level: Level;
  readonly succeeds: Succeeds;
  /** What each of its calls that succeed was composed from, in order, the subject aside. */
  readonly calls: NonEmpty<Composition>;
}

/** One call that carries what several scripts ask for. */
export interface Row {
  readonly planned: PlannedScript;
  readonly level: Level;
  readonly route: Route;
  /** What it carries, in words that calls share where they are alike. */
  readonly traits: ReadonlySet<string>;
  /** The scripts that it stands for. */
  readonly members: readonly RowMember[];
  /** The same with nothing but what they ask for; null where that is the row itself. */
  readonly bare: PlannedScript | null;
}

/** A script that a row stands for. */
export interface RowMember extends Successes {
  /** The row without what it asks for: a call for the other members alone; null where there are none. */
  readonly without: PlannedScript | null;
}

/** A row while it is filled. */
interface Open {
  readonly route: Route;
  readonly level: Level;
  options: RequestOptions;
  subjects: NonEmpty<StateName>;
  /** What is sent on its subjects after the call. */
  later: readonly RequestTemplate[];
  readonly members: Successes[];
}

/**
 * Arranges calls that succeed in rows of a covering array: each row is one call, on a subject of its own, that carries what
 * as many scripts ask for as agree with one another. What a row leaves open then is filled so that as many pairs as can of
 * what is asked for occur in some row. The same scripts give the same rows, however many subjects there are.
 *
 * A SHOULD never stands in the row of a MUST: it may fail on a right target.
 *
 * @param scripts those of one call, and those with requests after it, in the order of the plan
 * @param passing those that get no row of their own, and are carried where they can be
 */
export function coveringRows(
  scripts: readonly Successes[],
  passing: readonly Successes[],
  c: Composer,
): readonly Row[] {
  const rows: Open[] = [];
  for (const each of turned(scripts, c).toSorted((a, b) => constraints(b) - constraints(a))) {
    const [call] = each.calls;
    const home = rows.find((row) => fits(each, row, c));
    if (home === undefined) rows.push(begun(each));
    else {
      home.options = merged(home.options, call.options, c) ?? home.options;
      home.subjects = longest(home.subjects, each.planned.script.subjects);
      home.later = longest(home.later, laterIn(each));
      home.members.push(each);
    }
  }
  fill(rows, scripts, passing, c);
  return rows.map((row) => closed(row, c));
}

/** Every other route begins at the other end, so that not all routes get the same combinations. */
function turned(scripts: readonly Successes[], c: Composer): readonly Successes[] {
  return c.routes.flatMap((route, i) => {
    const those = scripts.filter(({ calls }) => calls[0].route.name === route.name);
    return i % 2 === 0 ? those : those.toReversed();
  });
}

/**
 * What is hardest to place goes first: what brings requests or subjects of its own, then what says both how it is written
 * and how it is answered, then what says most. What needs a suffix goes last: where there are too few subjects for all that
 * asks for an answer in a way of its own, it is one requirement that lacks them, and not several in part.
 */
function constraints(each: Successes): number {
  const { payload, accept, suffix, query, verb, headers, pathMembers } = each.calls[0].options;
  const isSaid = (...of: readonly unknown[]): boolean => of.some((one) => one !== undefined);
  const written = isSaid(payload);
  const answered = isSaid(accept, suffix, query);
  const dimensions = [written, answered, isSaid(verb), isSaid(headers), isSaid(pathMembers)].filter(Boolean).length;
  return (isLonger(each) ? 100 : 0) + (written && answered ? 10 : 0) + dimensions - (suffix === undefined ? 0 : 0.5);
}

function isLonger({ planned: { script } }: Successes): boolean {
  return script.steps.length > 1 || script.subjects.length > 1;
}

function begun(each: Successes): Open {
  const { route, options } = each.calls[0];
  const { subjects } = each.planned.script;
  return { route, level: each.level, options, subjects, later: laterIn(each), members: [each] };
}

/** What is sent after the call that carries what others ask for. */
function laterIn({ planned: { script } }: Successes): readonly RequestTemplate[] {
  return script.steps.slice(1);
}

function fits(each: Successes, row: Open, c: Composer): boolean {
  const [{ route, options }] = each.calls;
  return (
    row.route.name === route.name &&
    row.level === each.level &&
    !isPlain(row, c) &&
    goTogether(row.subjects, each.planned.script.subjects) &&
    goTogether(row.later, laterIn(each)) &&
    merged(row.options, options, c) !== null
  );
}

/** Whether one of them is the beginning of the other: each then finds its own in the longer one. */
function goTogether<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.slice(0, b.length).every((each, i) => JSON.stringify(each) === JSON.stringify(b[i]));
}

function longest<L extends readonly unknown[]>(a: L, b: L): L {
  return b.length > a.length ? b : a;
}

/** The plain call of a route stays what it is: what others carry is held against it. */
function isPlain({ route, options }: Pick<Open, 'route' | 'options'>, c: Composer): boolean {
  return (
    Object.keys(options).length > 0 && JSON.stringify(c.request(route, options)) === JSON.stringify(c.request(route))
  );
}

/**
 * Gives to each row all that is asked for in passing, if it is open for any of that, and then what others ask for and it
 * leaves open: the pairs first that no row has yet.
 */
function fill(rows: readonly Open[], scripts: readonly Successes[], passing: readonly Successes[], c: Composer): void {
  const paired = new Set(rows.flatMap((row) => pairsIn(traitsOf(completed(row, c), c))));
  for (const row of rows.filter((each) => !isPlain(each, c))) {
    row.options = bestFor(row, passing, paired, c) ?? row.options;
    for (let best = bestFor(row, scripts, paired, c); best !== null; best = bestFor(row, scripts, paired, c)) {
      row.options = best;
      for (const pair of pairsIn(traitsOf(completed(row, c), c))) paired.add(pair);
    }
  }
}

/** Whether what a row sends after its call, on its subjects, begins with what such a script sends. */
function goesOnAs(row: Pick<Open, 'subjects' | 'later'>, each: Successes): boolean {
  const { subjects } = each.planned.script;
  const later = laterIn(each);
  return (
    subjects.length <= row.subjects.length &&
    later.length <= row.later.length &&
    goTogether(row.subjects, subjects) &&
    goTogether(row.later, later)
  );
}

function bestFor(
  row: Open,
  scripts: readonly Successes[],
  paired: ReadonlySet<string>,
  c: Composer,
): RequestOptions | null {
  let best: RequestOptions | null = null;
  let most = 0;
  for (const each of scripts) {
    const [{ route, options }] = each.calls;
    if (each.level !== row.level || route.name !== row.route.name) continue;
    if (isLonger(each) && !(each.succeeds === 'in passing' && goesOnAs(row, each))) continue;
    const candidate = merged(row.options, options, c);
    if (candidate === null) continue;
    const gained = pairsIn(traitsOf(completed({ ...row, options: candidate }, c), c)).filter(
      (p) => !paired.has(p),
    ).length;
    if (gained <= most) continue;
    best = candidate;
    most = gained;
  }
  return best;
}

function pairsIn(traits: readonly string[]): readonly string[] {
  const sorted = traits.toSorted();
  return sorted.flatMap((a, i) => sorted.slice(i + 1).map((b) => JSON.stringify([a, b])));
}

/** With what a request has where nothing is said. */
function completed({ route, options }: Pick<Open, 'route' | 'options'>, c: Composer): RequestOptions {
  const { verb = c.verbsOf(route)[0], accept, suffix, query } = options;
  const payload = options.payload ?? {
    ...(carriesBody(verb) ? ({ in: 'body', as: 'json' } as const) : ({ in: 'query' } as const)),
    members: c.sample.all,
  };
  const selects = accept !== undefined || suffix !== undefined || query !== undefined;
  return { ...options, verb, payload, ...(!selects && { accept: c.format('json').mediaType }) };
}

function closed(row: Open, c: Composer): Row {
  const { route, level, options, subjects, later, members } = row;
  const planned = plannedScript({ subjects, steps: [c.request(route, options), ...later] }, 'own', 0);
  const bare = callFor(members, c);
  return {
    planned,
    level,
    route,
    traits: new Set(traitsOf(completed(row, c), c)),
    members: members.map((each) => ({
      ...each,
      without: callFor(
        members.filter((other) => other !== each),
        c,
      ),
    })),
    bare: bare?.key === planned.key ? null : bare,
  };
}

/** One call for some scripts, with what the longest of them sends after it, on the subjects of the one that has most. */
function callFor([first, ...others]: readonly Successes[], c: Composer): PlannedScript | null {
  if (first === undefined) return null;
  const options = others.reduce<RequestOptions>(
    (all, { calls }) => merged(all, calls[0].options, c) ?? all,
    first.calls[0].options,
  );
  const subjects = others.reduce(
    (all, { planned }) => longest(all, planned.script.subjects),
    first.planned.script.subjects,
  );
  const later = others.reduce((all, each) => longest(all, laterIn(each)), laterIn(first));
  return plannedScript({ subjects, steps: [c.request(first.calls[0].route, options), ...later] }, 'own', 0);
}

/** Whether a row has in it what a call asks for. */
export function carries(row: Row, { route, options }: Composition, c: Composer): boolean {
  return row.route.name === route.name && traitsOf(options, c).every((trait) => row.traits.has(trait));
}

/** Whether a row has in it what the call of a script asks for, and sends after it what the script does. */
export function shows(row: Row, each: Successes, c: Composer): boolean {
  const { script } = row.planned;
  return carries(row, each.calls[0], c) && goesOnAs({ subjects: script.subjects, later: script.steps.slice(1) }, each);
}
