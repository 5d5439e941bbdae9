import type { ReportedCase, ReportedRequirement } from '../model/report.ts';
import { judge, once, type Judging } from '../run/judge/judge.ts';
import type { Plan, PlannedRequirement } from '../run/plan/plan.ts';
import { reportedExchange, type Course } from '../run/conclude/report.ts';
import type { Run, ScriptResult } from '../run/run.ts';
import type { ScriptKey } from '../run/plan/script-key.ts';
import { verdictOver } from '../values/verdicts.ts';
import type { Found } from './search.ts';

const notRecorded = { cause: 'recording', reason: 'the recording holds no exchange that it judges' } as const;

/**
 * Judges what was found in a recording by every requirement of the plan; a script that was found several times is judged
 * each time. Cases that were not found are left out, requirements without any are skipped.
 *
 * @param plan all that the catalogue asks for
 * @param found the scripts with what was recorded of them
 * @param by contract, schemas and readers, and the redactor of the recording
 */
export function judgeRecording(
  plan: Plan,
  found: readonly Found[],
  by: Judging & Pick<Run, 'redactor'>,
): Pick<Course, 'requirements' | 'exchanges'> {
  const judging: Judging = { ...by, answered: once(by.answered) };
  const rounds = inRounds(found);
  const judged = rounds.map((round) => {
    const results = new Map<ScriptKey, ScriptResult>(
      round.map(({ script, exchanges, subjects }) => [script.key, { kind: 'ran', exchanges, subjects }]),
    );
    return judge(
      { ...plan, requirements: plan.requirements.map((r) => withFound(r, round)) },
      results,
      { unsent: { kind: 'not-run', cause: 'recording', reason: notRecorded.reason } },
      judging,
    );
  });
  const requirements = plan.requirements.map(({ requirement, skip }, i): ReportedRequirement => {
    // What stands over every exchange needs no case, and may still not speak of this operation.
    const each = skip === null ? judged.flatMap((round) => round[i] ?? []) : [];
    const cases = each.flatMap((r) => r.cases);
    const [
      first = judge(
        { ...plan, requirements: [{ requirement, skip: skip ?? notRecorded, cases: [] }] },
        new Map(),
        { unsent: { kind: 'not-run', cause: 'recording', reason: notRecorded.reason } },
        judging,
      )[0],
    ] = each;
    if (first === undefined) throw new Error(`${requirement.id} was not judged`);
    const shown: readonly ReportedCase[] =
      cases.length > 0 ? cases : [{ key: {}, verdict: 'skip', ...(skip ?? notRecorded), findings: [], exchanges: [] }];
    return { ...first, cases: shown, verdict: verdictOver(shown) };
  });
  const exchanges = new Map(
    found.flatMap((f) => f.exchanges.map((x) => [x.id, reportedExchange(x, by.redactor)] as const)),
  );
  return { requirements, exchanges: [...exchanges.values()] };
}

/** Each script at most once in a round, so that a result stands under its key. */
function inRounds(found: readonly Found[]): readonly (readonly Found[])[] {
  const rounds: Found[][] = [];
  const times = new Map<ScriptKey, number>();
  for (const each of found) {
    const time = times.get(each.script.key) ?? 0;
    times.set(each.script.key, time + 1);
    (rounds[time] ??= []).push(each);
  }
  return rounds;
}

/** The cases whose exchanges were found, each by the ids that the recording gives them. */
function withFound(planned: PlannedRequirement, round: readonly Found[]): PlannedRequirement {
  const found = new Map(
    round.map((f) => [f.script.key, new Map(f.exchanges.map((x, i) => [f.script.exchanges[i], x.id]))]),
  );
  const cases = planned.cases.flatMap((c) => {
    if (c.disposition.kind === 'skip') return [];
    const ids = found.get(c.disposition.script);
    const exchanges = c.disposition.exchanges.flatMap((id) => ids?.get(id) ?? []);
    return exchanges.length < c.disposition.exchanges.length
      ? []
      : [{ ...c, disposition: { ...c.disposition, exchanges } }];
  });
  return { ...planned, skip: null, cases };
}
