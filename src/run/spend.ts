import type { RequestTemplate } from '../model/exchange.ts';
import type { Level, Refuses } from '../model/requirement.ts';
import { groupBy } from '../values/words.ts';
import type { PlannedScript } from './plan.ts';
import { sharing } from './shared-subject.ts';

/** A script that works on subjects, with what spending them on it is worth. */
export interface Candidate {
  readonly planned: PlannedScript;
  /** How many subjects it takes. */
  readonly cost: number;
  /** The requirements that judge it. */
  readonly judges: ReadonlyMap<string, Level>;
  /** Which of its requests are to be refused, so that they leave the subject to the next; null where none must be. */
  readonly refuses: Refuses | null;
  /** A call of its route that succeeds. */
  readonly success: RequestTemplate;
}

/** What one subject, or one set of them, is spent on. */
interface Unit {
  readonly scripts: readonly PlannedScript[];
  readonly cost: number;
  /** How many cases of each requirement it has. */
  readonly cases: ReadonlyMap<string, { readonly level: Level; readonly count: number }>;
}

/** So many requests to be refused share a subject at most: where one of them is carried out, few others are in doubt. */
const TOGETHER = 24;

/**
 * Spends scarce subjects: refusals share them, and every requirement gets a case before any gets its second.
 *
 * @param candidates in the order of the plan
 * @param exercised requirements that need no subject to be exercised
 * @param subjects how many there are
 * @returns the scripts that get one, those that find most first; and how many subjects there would be work for
 */
export function spend(
  candidates: readonly Candidate[],
  exercised: ReadonlySet<string>,
  subjects: number,
): { readonly scripts: readonly PlannedScript[]; readonly enough: number } {
  const times = new Map([...exercised].map((id) => [id, 1]));
  const units = unitsOf(candidates);
  const enough = units.reduce((sum, { cost }) => sum + cost, 0);
  const waiting = new Set(units);
  const chosen: PlannedScript[] = [];
  for (let left = subjects; ;) {
    const best = bestOf(
      [...waiting].filter(({ cost }) => cost <= left),
      times,
    );
    if (best === null) return { scripts: chosen, enough };
    waiting.delete(best);
    chosen.push(...best.scripts);
    left -= best.cost;
    for (const [id, { count }] of best.cases) times.set(id, (times.get(id) ?? 0) + count);
  }
}

function bestOf(units: readonly Unit[], times: ReadonlyMap<string, number>): Unit | null {
  let best: Unit | null = null;
  let most = Number.NEGATIVE_INFINITY;
  for (const unit of units) {
    const worth = worthOf(unit, times);
    if (worth <= most) continue;
    best = unit;
    most = worth;
  }
  return best;
}

/** A requirement's first case is worth more than all the further ones of another. */
function worthOf({ cases, cost }: Unit, times: ReadonlyMap<string, number>): number {
  const worth = [...cases].reduce((sum, [id, { level, count }]) => {
    const before = times.get(id) ?? 0;
    const further = count / (1 + before);
    return sum + (level === 'MUST' ? 4 : 1) * (before === 0 ? 1000 + further : further);
  }, 0);
  return worth / cost;
}

function unitsOf(candidates: readonly Candidate[]): readonly Unit[] {
  const together = candidates.filter(({ refuses, cost }) => refuses !== null && cost === 1);
  const alone = candidates.filter((each) => !together.includes(each));
  const groups = [...groupBy(together, endOf).values()].flatMap(inPieces);
  return [...groups.map(unitOfGroup), ...alone.map((each) => unitOf([each], [each.planned]))];
}

/** The success that tells afterwards whether its refusals left the subject alone. */
function endOf({ planned, refuses, success }: Candidate): string {
  return JSON.stringify(refuses === 'all but the last' ? planned.script.steps.at(-1) : success);
}

function inPieces(together: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const pieces: Candidate[][] = [];
  let requests = TOGETHER;
  for (const each of together) {
    const own = each.planned.script.steps.length;
    if (requests + own > TOGETHER) {
      pieces.push([]);
      requests = 0;
    }
    pieces.at(-1)?.push(each);
    requests += own;
  }
  return pieces;
}

function unitOfGroup(group: readonly Candidate[]): Unit {
  return unitOf(
    group,
    sharing(
      group.flatMap(({ planned, refuses, success }) => (refuses === null ? [] : [{ planned, refuses, success }])),
    ),
  );
}

function unitOf(candidates: readonly Candidate[], scripts: readonly PlannedScript[]): Unit {
  const cases = new Map<string, { readonly level: Level; readonly count: number }>();
  for (const { judges } of candidates)
    for (const [id, level] of judges) cases.set(id, { level, count: (cases.get(id)?.count ?? 0) + 1 });
  return { scripts, cost: Math.max(...candidates.map(({ cost }) => cost)), cases };
}
