import type {
  AspectChange,
  ChangedAnswers,
  ComparedCase,
  Comparison,
  Observation,
  OneSided,
} from '../model/comparison.ts';
import type { ExchangeId } from '../model/exchange.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import type { RequirementId } from '../model/requirement.ts';
import type { VerdictWord } from '../model/verdict.ts';
import type { Waiver } from '../model/waiver.ts';
import { maskerFor, unlikeAspects } from '../run/judge/observe.ts';
import { excuse } from '../run/conclude/waive.ts';
import { caseName } from '../values/verdicts.ts';
import { firstOf, groupBy, quantity } from '../values/words.ts';
import { baselineOf, type Baseline } from './baseline.ts';

export interface Terms {
  /** A file, or a base URL. */
  readonly against: string;
  /** Whether changed behaviour fails the gate as well. */
  readonly strict: boolean;
  /** Every exchange that the catalogue asks for, whatever this run could or might send, with how many requirements judge it. */
  readonly asked: ReadonlyMap<ExchangeId, number>;
  /** Those that hold: what they name need not be exercised. */
  readonly waivers: readonly Waiver[];
}

/**
 * Holds a run against an earlier one, or against that of another target.
 *
 * @param before what it is held against; of the same operation and profile
 * @param report the run
 * @param terms what counts
 */
export function compare(before: Baseline, report: Redacted<Report>, terms: Terms): Comparison {
  const cases = compareCases(before, report);
  const present = baselineOf(report);
  const ids = {
    before: Object.keys(before.exchanges) as ExchangeId[],
    now: Object.keys(present.exchanges) as ExchangeId[],
  };
  const isSent = new Set(ids.now);
  // Of an exchange that requirements judge, their cases tell.
  const silent = ids.before.filter((id) => !isSent.has(id) && terms.asked.get(id) === 0);
  const quiet = cases.filter(isQuiet);
  const excused = (c: ComparedCase): string | undefined => excuse(terms.waivers, c.requirement, c.case);
  const sides: Omit<Comparison, 'says' | 'exitCode' | 'against' | 'accepted' | 'strict'> = {
    regressed: cases.filter((c) => c.was === 'pass' && (c.is === 'fail' || c.is === 'error' || c.is === 'blocked')),
    changed: changedAnswers(before, present, report),
    fixed: cases.filter((c) => c.was !== null && c.was !== 'pass' && c.is === 'pass'),
    new: {
      cases: cases.filter((c) => c.was === null && c.is !== 'skip'),
      exchanges: ids.now.filter((id) => !Object.hasOwn(before.exchanges, id)),
    },
    gone: {
      cases: cases.filter((c) => c.is === null),
      exchanges: ids.before.filter((id) => !isSent.has(id) && !terms.asked.has(id)),
    },
    notExercised: { cases: quiet.filter((c) => excused(c) === undefined), exchanges: silent },
    waived: { cases: quiet.flatMap((c) => withReason(c, excused(c))), exchanges: [] },
  };
  const compared = cases.some((c) => c.was !== null && c.is !== null) || ids.before.some((id) => isSent.has(id));
  return {
    against: terms.against,
    accepted: before.accepted[0] ?? null,
    strict: terms.strict,
    ...concludeComparison(sides, {
      against: terms.against,
      strict: terms.strict,
      compared,
      report,
      broken: cases.filter(isNewlyBroken),
    }),
    ...sides,
  };
}

/**
 * A run as the gate reports it: what it is held against decides the exit code, and stands in the headline.
 *
 * @param report of the run alone
 * @param comparison what came of holding it against another
 */
export function heldAgainst(report: Redacted<Report>, comparison: Comparison): Redacted<Report> {
  const { exitCode } = comparison;
  const differs = exitCode === 1 && report.verdict !== 'does-not-conform';
  const says = comparison.says === report.says ? report.says : `${comparison.says} Of this run alone: ${report.says}`;
  return { ...report, verdict: differs ? 'differs' : report.verdict, exitCode, says, comparison };
}

/** A MUST that fails and was not exercised before, so that nobody can have accepted its failure. */
function isNewlyBroken({ was, is, level }: ComparedCase): boolean {
  return is === 'fail' && level === 'MUST' && was !== 'pass' && was !== 'fail' && was !== 'waived';
}

/** Exercised then, still there, and not exercised now. */
function isQuiet({ was, is }: ComparedCase): boolean {
  return was !== null && is === 'skip';
}

function withReason(c: ComparedCase, reason: string | undefined): readonly ComparedCase[] {
  return reason === undefined ? [] : [{ ...c, reason }];
}

function compareCases(before: Baseline, report: Report): readonly ComparedCase[] {
  const earlier = new Map<string, ComparedCase>();
  for (const [id, { level, cases }] of Object.entries(before.requirements) as [
    RequirementId,
    Baseline['requirements'][RequirementId],
  ][]) {
    for (const [was, names] of Object.entries(cases) as [VerdictWord, readonly string[]][]) {
      for (const name of names)
        earlier.set(`${id} ${name}`, { requirement: id, level, title: null, case: name, was, is: null });
    }
  }
  const skipped = new Map(
    report.requirements.filter((r) => r.cases.length === 1 && r.cases[0]?.verdict === 'skip').map((r) => [r.id, r]),
  );
  const now = report.requirements.flatMap(({ id, level, title, cases }) =>
    cases.map(({ key, verdict, reason }): ComparedCase => {
      const name = caseName(key);
      const place = `${id} ${name}`;
      const was = earlier.get(place)?.was ?? null;
      earlier.delete(place);
      return { requirement: id, level, title, case: name, was, is: verdict, ...(reason !== undefined && { reason }) };
    }),
  );
  // A requirement that is skipped as a whole has one nameless case: all that it had then are silent, not gone.
  const rest = [...earlier.values()].map((c): ComparedCase => {
    const whole = skipped.get(c.requirement);
    return whole === undefined
      ? c
      : {
          ...c,
          title: whole.title,
          is: 'skip',
          ...(whole.cases[0]?.reason !== undefined && { reason: whole.cases[0].reason }),
        };
  });
  return [...now, ...rest];
}

function changedAnswers(before: Baseline, present: Baseline, report: Report): readonly ChangedAnswers[] {
  const mask = maskerFor(new URL(report.target.url));
  const changed = report.exchanges.flatMap(({ id, request }) => {
    const was = before.observations[before.exchanges[id] ?? ''];
    const is = present.observations[present.exchanges[id] ?? ''];
    const changes = was === undefined || is === undefined ? [] : differences(was, is);
    return changes.length === 0
      ? []
      : [{ id, request: mask(`${request.method} ${request.url}`).replace('<target>', ''), changes }];
  });
  return [...groupBy(changed, ({ changes }) => JSON.stringify(changes)).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined
      ? []
      : [{ changes: first.changes, exchanges: same.map(({ id, request }) => ({ id, request })) }];
  });
}

/** What differs between two observations, aspect by aspect. */
function differences(was: Observation, is: Observation): readonly AspectChange[] {
  return unlikeAspects(was, is).map((aspect) => ({ aspect, was: was[aspect] ?? null, is: is[aspect] ?? null }));
}

/**
 * The part of a baseline that a run of a selection is held against.
 *
 * @param requirements those selected
 * @param exchanges those that they ask for, and what a run of them has sent besides
 */
export function narrowed(
  baseline: Baseline,
  requirements: ReadonlySet<string>,
  exchanges: ReadonlySet<ExchangeId>,
): Baseline {
  return {
    ...baseline,
    requirements: Object.fromEntries(Object.entries(baseline.requirements).filter(([id]) => requirements.has(id))),
    exchanges: Object.fromEntries(Object.entries(baseline.exchanges).filter(([id]) => exchanges.has(id as ExchangeId))),
  };
}

type Sides = Pick<Comparison, 'regressed' | 'changed' | 'fixed' | 'new' | 'gone' | 'notExercised' | 'waived'>;

/**
 * Draws the verdict of a comparison and its exit code: 0 nothing counts against it, 1 regressed, a MUST fails that nobody accepted as failing, no longer exercised, objected to or,
 * where that counts, changed; 2 nothing was compared, 3 the run judged nothing, 130 interrupted.
 *
 * @param sides what was found
 * @param terms what counts, and the run
 */
export function concludeComparison(
  sides: Sides,
  terms: Pick<Comparison, 'against' | 'strict'> & {
    readonly compared: boolean;
    readonly report: Report;
    /** Cases of a MUST that fail and that the other run does not know. */
    readonly broken: readonly ComparedCase[];
  },
): Pick<Comparison, 'says' | 'exitCode'> {
  const { report, against, strict } = terms;
  const found = told(sides);
  const differs =
    found.length === 0 ? `Nothing differs from ${against}.` : `Differs from ${against}: ${found.join(', ')}.`;
  if (report.interrupted) return { exitCode: 130, says: `Interrupted: ${report.says}` };
  const judged = report.requirements.some(
    (r) => r.verdict === 'pass' || r.verdict === 'fail' || r.verdict === 'waived',
  );
  if (report.exitCode === 3 && !judged) return { exitCode: 3, says: report.says };
  const changes = sides.changed.length > 0;
  const silent = sides.notExercised.cases.length + sides.notExercised.exchanges.length > 0;
  if (terms.broken.length > 0) {
    const ids = [...new Set(terms.broken.map(({ requirement }) => requirement))];
    return {
      exitCode: 1,
      says: `${differs} ${quantity(ids.length, 'MUST')} ${ids.length === 1 ? 'fails that was' : 'fail that were'} never accepted as failing: ${firstOf(ids, 5)}.`,
    };
  }
  if (sides.regressed.length > 0 || silent) return { exitCode: 1, says: differs };
  const [objection, ...others] = report.objections ?? [];
  if (objection !== undefined) {
    return {
      exitCode: 1,
      says: `${differs} ${objection.says}${others.length === 0 ? '' : ` There ${others.length === 1 ? 'is' : 'are'} ${quantity(others.length, 'more objection')}.`}`,
    };
  }
  if (!terms.compared)
    return { exitCode: 2, says: `Nothing was compared: this run and ${against} have no exchange in common.` };
  if (changes && strict) return { exitCode: 1, says: differs };
  return {
    exitCode: 0,
    says: changes ? `${differs} Changed behaviour that was never promised fails with --strict alone.` : differs,
  };
}

function told({ regressed, changed, fixed, new: added, gone, notExercised, waived }: Sides): readonly string[] {
  const answers = changed.reduce((n, { exchanges }) => n + exchanges.length, 0);
  return [
    ...(regressed.length === 0 ? [] : [`${quantity(regressed.length, 'case')} regressed`]),
    ...(answers === 0 ? [] : [`${quantity(answers, 'answer')} changed`]),
    ...side(notExercised, `no longer exercised${reasonOf(notExercised)}`),
    ...side(waived, 'no longer exercised and waived'),
    ...(fixed.length === 0 ? [] : [`${quantity(fixed.length, 'case')} fixed`]),
    ...side(added, 'new'),
    ...side(gone, 'gone'),
  ];
}

/** Why most of it was not exercised: what a run lacks, or may not do, is told before all that follows from it. */
function reasonOf({ cases }: OneSided): string {
  const [first] = [...groupBy(cases, ({ reason = '' }) => reason)].sort(([, a], [, b]) => b.length - a.length);
  if (first === undefined || first[0] === '' || first[1].length * 2 < cases.length) return '';
  const [reason, same] = first;
  return same.length === cases.length ? ` (${reason})` : ` (${same.length} of them: ${reason})`;
}

function side({ cases, exchanges }: OneSided, word: string): readonly string[] {
  const counts = [
    ...(cases.length === 0 ? [] : [quantity(cases.length, 'case')]),
    ...(exchanges.length === 0 ? [] : [quantity(exchanges.length, 'exchange')]),
  ];
  return counts.length === 0 ? [] : [`${counts.join(' and ')} ${word}`];
}
