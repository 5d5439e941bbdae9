import type { ReportedRequirement } from '../../model/report.ts';
import type { Harm } from '../../model/requirement.ts';
import { alike, DIMENSIONS, generally, limiting, type Failure } from './failure.ts';

/** The worst first. */
const HARMS: readonly Harm[] = ['executed', 'changed', 'lost', 'leaked', 'refused', 'shape', 'wording'];

export type Order = (a: Failure, b: Failure) => number;

/** What is known of the requirements that failed, besides each failure. */
interface Known {
  readonly place: ReadonlyMap<string, number>;
  /** How many failures each has. */
  readonly failures: ReadonlyMap<string, number>;
  readonly steady: ReadonlySet<string>;
}

/** By what failures are ordered, the first that tells them apart; the lesser number speaks first. */
const criteria: readonly ((f: Failure, known: Known) => number)[] = [
  // What repeats a simpler failure shows nothing of its own.
  (f) => Number(f.echoes),
  // What is known for certain stands before what others may be the cause of.
  (f) => Number(f.inDoubt),
  // The worst harm first, from whoever is there to find it, and what fails the run before what does not.
  (f) => HARMS.indexOf(f.harm),
  (f) => Number(!f.direct),
  (f) => Number(f.requirement.level !== 'MUST'),
  // The less had to be sent, the more directly the answer says it.
  (f) => f.before.length,
  (f) => f.reported.exchanges.length,
  // The exact place says more than that something around it is wrong.
  (f) => -f.depth,
  // What fails wherever it is asked, at the simplest points, and most often.
  (f, { steady }) => Number(!steady.has(f.requirement.id)),
  (f) => Object.keys(f.reported.key).length,
  (f, { failures }) => -(failures.get(f.requirement.id) ?? 0),
  (f) => Object.keys(f.reported.key).filter((name) => name !== 'variant').length,
  (f, { place }) => place.get(f.requirement.id) ?? 0,
];

/**
 * Who speaks first of what is wrong.
 *
 * @param requirements all that were judged, in the order of the catalogue
 * @param failures those that are to be ordered
 */
export function ranking(requirements: readonly ReportedRequirement[], failures: readonly Failure[]): Order {
  const number = new Map<string, number>();
  for (const { requirement: r } of failures) number.set(r.id, (number.get(r.id) ?? 0) + 1);
  const known: Known = {
    place: new Map(requirements.map((r, i) => [r.id, i])),
    failures: number,
    steady: new Set(requirements.filter(isSteady).map((r) => r.id)),
  };
  const keys = new Map(failures.map((f) => [f, criteria.map((of) => of(f, known))]));
  return (a, b) => {
    const [left, right] = [keys.get(a) ?? [], keys.get(b) ?? []];
    const at = left.findIndex((key, i) => key !== right[i]);
    return at === -1 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
  };
}

/** A requirement that fails wherever it is asked by the routes, verbs and formats that it fails with. */
function isSteady({ cases }: ReportedRequirement): boolean {
  const failed = cases.filter((c) => c.verdict === 'fail');
  return !cases.some(
    ({ verdict, key }) =>
      verdict === 'pass' && DIMENSIONS.every((d) => key[d] === undefined || failed.some((c) => c.key[d] === key[d])),
  );
}

/**
 * Marks failures that repeat a simpler one: a second call that fails where every call fails says nothing of what the first
 * one did.
 *
 * @param failures all of them
 * @param requirements all that were judged
 */
export function withEchoesMarked(
  failures: readonly Failure[],
  requirements: readonly ReportedRequirement[],
): readonly Failure[] {
  const steady = new Set(requirements.filter(isSteady));
  const simple = failures.filter((f) => steady.has(f.requirement));
  // That something was done unasked is believed only where nothing else explains the answer afterwards; of other failures,
  // only what fails at once is seen again in what sends more.
  const mayEcho = (f: Failure, s: Failure): boolean =>
    s.before.length === 1 || f.harm === 'executed' || f.harm === 'changed';
  return failures.map((f) =>
    simple.some((s) => mayEcho(f, s) && repeated(s, f)) ? { ...f, ...generally(f.about), echoes: true } : f,
  );
}

/** Whether one failure is seen again in another, which sends more before it. */
function repeated(simple: Failure, other: Failure): boolean {
  const shorter =
    simple.before.length < other.before.length ||
    (simple.before.length === other.before.length &&
      simple.reported.exchanges.length < other.reported.exchanges.length);
  return (
    shorter &&
    simple.requirement.id !== other.requirement.id &&
    simple.about === other.about &&
    alike(simple.answer, other.answer) &&
    DIMENSIONS.every((d) => {
      const names = limiting(simple, d);
      return names.length === 0 || names.some((name) => other.names[d].has(name));
    })
  );
}
