import type { Objection, Report, ReportedCase, ReportedRequirement } from '../../model/report.ts';
import type { Level } from '../../model/requirement.ts';
import type { VerdictWord } from '../../model/verdict.ts';
import { countVerdicts, isSwitchedOff } from '../../values/verdicts.ts';
import { quantity } from '../../values/words.ts';
import type { Obstacle } from '../run.ts';

export interface Gate {
  /** The lowest level whose failures make the run fail. */
  readonly failOn: Level;
  readonly interrupted: boolean;
  readonly obstacle: Obstacle | null;
  /** What fails the run though no promise is broken. */
  readonly objections?: readonly Objection[];
  /** How many subjects would exercise everything; null or absent where there are any number. */
  readonly enough?: number | null;
}

export type Concluded = Pick<Report, 'verdict' | 'says' | 'exitCode' | 'summary'>;

/**
 * Draws the verdict of a run and its exit code: 0 conforms, 1 does not, or there is an objection, 2 nothing was judged
 * that counts, 3 could not be judged, 130 interrupted.
 *
 * @param requirements judged
 * @param exchanges how many were sent
 * @param gate what counts
 */
export function conclude(requirements: readonly ReportedRequirement[], exchanges: number, gate: Gate): Concluded {
  const summary = { ...countVerdicts(requirements), exchanges };
  const counting = requirements.filter((r) => r.level === 'MUST' || gate.failOn === 'SHOULD');
  const count = countVerdicts(counting);
  const { objections = [] } = gate;
  const kept = `${count.pass} kept`;
  const end = (verdict: Report['verdict'], exitCode: Report['exitCode'], says: string): Concluded => ({
    verdict,
    exitCode,
    says: `${says} ${coverage(requirements, gate)}`.trimEnd(),
    summary,
  });
  if (gate.interrupted) return end('inconclusive', 130, 'Interrupted: the run was stopped before it was done.');
  if (count.fail > 0)
    return end(
      'does-not-conform',
      1,
      `Does not conform: ${quantity(count.fail, 'promise')} broken, ${kept}${waivedToo(count.waived)}.`,
    );
  if (gate.obstacle !== null) return end('inconclusive', 3, `Inconclusive: ${gate.obstacle.says}`);
  if (objections.length > 0) return end('inconclusive', 1, objected(objections, kept));
  if (count.error + count.blocked > 0) {
    return end(
      'inconclusive',
      3,
      `Inconclusive: ${quantity(count.error + count.blocked, 'promise')} could not be judged, ${kept}${waivedToo(count.waived)}.`,
    );
  }
  if (count.pass + count.waived === 0) {
    return end(
      'inconclusive',
      2,
      `Nothing was judged that counts: no ${gate.failOn === 'MUST' ? 'MUST' : 'requirement'} was exercised to the end.`,
    );
  }
  return count.waived > 0
    ? end(
        'conforms',
        0,
        `Conforms except where it is waived: ${quantity(count.pass, 'promise')} kept, ${count.waived} broken and waived.`,
      )
    : end('conforms', 0, `Conforms: ${quantity(count.pass, 'promise')} kept, none broken.`);
}

function waivedToo(n: number): string {
  return n === 0 ? '' : `, ${n} broken and waived`;
}

function objected(objections: readonly Objection[], kept: string): string {
  const unavailable = objections.find((o) => o.kind === 'unavailable');
  if (unavailable !== undefined) return `Fails though no promise is broken, ${kept}: ${unavailable.says}`;
  const waivers = objections.filter((o) => o.kind === 'waiver');
  const [first, ...rest] = waivers;
  if (first === undefined) return `Incomplete: no promise broken, ${kept}, but every MUST was to be exercised.`;
  const more =
    rest.length === 0
      ? ''
      : ` ${quantity(rest.length, 'more waiver')} ${rest.length === 1 ? 'does' : 'do'} not hold either.`;
  return `Fails though no promise is broken, ${kept}: ${first.says}${more}`;
}

/**
 * An objection to each MUST that was not exercised to the full; what the profile or the contract switches off is none.
 *
 * @param requirements judged
 */
export function incompleteness(requirements: readonly ReportedRequirement[]): readonly Objection[] {
  return requirements
    .filter((r) => r.level === 'MUST' && coverageOf(r) === 'not exercised')
    .map((r) => {
      const silent = r.cases.filter(isSilent);
      const [{ reason = 'no reason was given', exercise } = { reason: undefined, exercise: undefined }] = silent;
      const how = exercise === undefined ? '.' : `; to exercise it, run: ${exercise}`;
      return {
        kind: 'incomplete',
        requirement: r.id,
        says: `${r.id} was not exercised in ${quantity(silent.length, 'case')}: ${reason}${how}`,
      };
    });
}

type Coverage = 'switched off' | 'exercised' | 'not judged' | 'not exercised';

function coverageOf({ cases, verdict }: ReportedRequirement): Coverage {
  const promised: readonly { readonly verdict: VerdictWord; readonly cause?: ReportedCase['cause'] }[] =
    cases.length === 0 ? [{ verdict }] : cases.filter((c) => !isSwitchedOff(c));
  if (promised.length === 0) return 'switched off';
  if (promised.some((c) => c.verdict === 'skip')) return 'not exercised';
  return promised.some((c) => c.verdict === 'error' || c.verdict === 'blocked') ? 'not judged' : 'exercised';
}

function isSilent(c: ReportedCase): boolean {
  return c.verdict === 'skip' && !isSwitchedOff(c);
}

/** How many promises were looked at; what the profile and the contract switch off is not among them. */
function coverage(requirements: readonly ReportedRequirement[], { obstacle, enough = null }: Gate): string {
  const musts = requirements.filter((r) => r.level === 'MUST' && coverageOf(r) !== 'switched off');
  const silent = musts.filter((r) => coverageOf(r) === 'not exercised');
  const unjudged = musts.filter((r) => coverageOf(r) === 'not judged').length;
  // What could not be looked at at all needs no figures.
  if (musts.length === 0 || (obstacle !== null && musts.every((r) => coverageOf(r) !== 'exercised'))) return '';
  const lacksSubjects = requirements.some((r) => r.cases.some((c) => c.verdict === 'skip' && c.cause === 'subjects'));
  const subjects = enough !== null && lacksSubjects ? `; ${quantity(enough, 'subject')} would exercise everything` : '';
  if (silent.length + unjudged === 0) return `Every MUST was exercised${subjects}.`;
  const told = [
    ...(silent.length === 0
      ? []
      : [`${silent.length} ${silent.length === 1 ? 'was' : 'were'} not exercised to the full`]),
    ...(unjudged === 0 ? [] : [`${unjudged} could not be judged to the full`]),
  ].join(' and ');
  // Another command would meet the same obstacle.
  const how = obstacle === null ? commands(silent) : '';
  return `Of ${quantity(musts.length, 'MUST')}, ${told}${subjects}${how === '' ? '.' : `; ${how}`}`;
}

/** The command that would exercise most, and the one that would exercise most of what is left. */
function commands(silent: readonly ReportedRequirement[]): string {
  const [first, others] = mostOf(silent);
  if (first === null) return '';
  const [second] = mostOf(others);
  const whom = others.length === 0 ? (silent.length === 1 ? 'it' : 'them') : `${silent.length - others.length} of them`;
  return `to exercise ${whom}, run: ${first}${second === null ? '' : `, and for ${others.length - mostOf(others)[1].length} more: ${second}`}`;
}

function mostOf(
  silent: readonly ReportedRequirement[],
): readonly [command: string | null, others: readonly ReportedRequirement[]] {
  const offered = [...new Set(silent.flatMap((r) => r.cases.filter(isSilent).flatMap((c) => c.exercise ?? [])))];
  const without = (command: string): readonly ReportedRequirement[] =>
    silent.filter((r) => !r.cases.some((c) => isSilent(c) && c.exercise === command));
  const [best] = offered
    .map((command) => [command, without(command)] as const)
    .sort(([, a], [, b]) => a.length - b.length);
  return best ?? [null, silent];
}
