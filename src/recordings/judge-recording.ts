import type { Redactor } from '../exchange/redact.ts';
import type { ReportedCase, ReportedRequirement } from '../model/report.ts';
import type { ScriptResult } from '../run/execute.ts';
import { judge, readOnce, type Bench } from '../run/judge.ts';
import type { Plan, PlannedRequirement } from '../run/plan.ts';
import { reportedExchange, type Course } from '../run/report.ts';
import type { ScriptKey } from '../run/script-key.ts';
import { worst } from '../values/verdicts.ts';
import type { Found } from './search.ts';

const notRecorded = { cause: 'recording', reason: 'the recording holds no exchange that it judges' } as const;

/**
 * Judges what was found in a recording by every requirement of the plan; a script that was found several times is judged
 * each time. Cases that were not found are left out, requirements without any are skipped.
 *
 * @param plan all that the catalogue asks for
 * @param found the scripts with what was recorded of them
 * @param given contract, schemas and readers
 * @param redactor of the recording
 */
export function judgeRecording(
  plan: Plan,
  found: readonly Found[],
  given: Bench,
  redactor: Redactor,
): Pick<Course, 'requirements' | 'exchanges'> {
  const bench: Bench = { ...given, answered: readOnce(given.answered) };
  const rounds = inRounds(found);
  const judged = rounds.map((round) => {
    const results = new Map<ScriptKey, ScriptResult>(
      round.map(({ script, exchanges, subjects }) => [script.key, { kind: 'ran', exchanges, subjects }]),
    );
    return judge(
      { ...plan, requirements: plan.requirements.map((r) => withFound(r, round)) },
      results,
      { unsent: { kind: 'not-run', cause: 'recording', reason: notRecorded.reason } },
      bench,
    );
  });
  const requirements = plan.requirements.map(({ requirement, skip }, i): ReportedRequirement => {
    const each = judged.flatMap((round) => round[i] ?? []);
    const cases = each.flatMap((r) => r.cases);
    const [
      first = judge(
        { ...plan, requirements: [{ requirement, skip: skip ?? notRecorded, cases: [] }] },
        new Map(),
        { unsent: { kind: 'not-run', cause: 'recording', reason: notRecorded.reason } },
        bench,
      )[0],
    ] = each;
    if (first === undefined) throw new Error(`${requirement.id} was not judged`);
    const shown: readonly ReportedCase[] =
      cases.length > 0 ? cases : [{ key: {}, verdict: 'skip', ...(skip ?? notRecorded), findings: [], exchanges: [] }];
    return { ...first, cases: shown, verdict: worst(shown.map((c) => c.verdict)) };
  });
  const exchanges = new Map(
    found.flatMap((f) => f.exchanges.map((x) => [x.id, reportedExchange(x, redactor)] as const)),
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
