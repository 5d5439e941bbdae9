import type { Observation } from '../model/comparison.ts';
import type { ExchangeId, Recorded } from '../model/exchange.ts';
import type { ReportedCase, ReportedRequirement } from '../model/report.ts';
import type { Finding } from '../model/verdict.ts';
import { inAnswer } from '../values/answers.ts';
import { VERDICTS, verdictOver, worst } from '../values/verdicts.ts';
import { groupBy, quantity } from '../values/words.ts';
import { execute } from './send/execute.ts';
import { isAlike } from './judge/observe.ts';
import type { PlannedScript } from './plan/planned-script.ts';
import { exchangesIn, type Results, type Run, type ScriptResult } from './run.ts';

/** One time that everything was sent, with the verdicts that it alone would give. */
export interface Round {
  readonly results: Results;
  readonly requirements: readonly ReportedRequirement[];
}

/** All times taken together. */
export interface Repeated {
  readonly requirements: readonly ReportedRequirement[];
  /** The exchange to show of those with that id, with what must be said of the others. */
  readonly shown: ReadonlyMap<ExchangeId, Recorded>;
}

/**
 * Sends what a plan says, all of it, so many times; what there was no subject or no budget for the second time is left
 * out of that time.
 *
 * @param scripts in the order of the plan
 * @param s `run.results` has those of the first time
 * @param times one at least
 */
export async function executeRepeatedly(
  scripts: readonly PlannedScript[],
  run: Run,
  times: number,
): Promise<readonly Results[]> {
  await execute(scripts, run);
  const all: Results[] = [run.results];
  while (all.length < times && !run.world.signal.aborted) {
    const results: Run['results'] = new Map();
    await execute(scripts, { ...run, results });
    all.push(new Map([...results].filter(([, result]) => wasSent(result))));
  }
  return all;
}

function wasSent(result: ScriptResult): boolean {
  return (
    result.kind === 'ran' &&
    result.exchanges.every(
      ({ outcome: o }) => o.kind === 'response' || (o.failure.kind !== 'withheld' && o.failure.kind !== 'interrupted'),
    )
  );
}

/** How many scripts of a plan were sent at first and not every time. */
export function notRepeated(scripts: readonly PlannedScript[], first: Results, later: readonly Results[]): number {
  return scripts.filter(({ key }) => first.get(key)?.kind === 'ran' && later.some((results) => !results.has(key)))
    .length;
}

/**
 * Takes the verdicts of several times together: the worst counts, and an answer that was not always the same is a
 * finding of every requirement that judges it.
 *
 * @param first the whole of it
 * @param later what could be sent again
 * @param observe what a client can see of an exchange
 */
export function together(first: Round, later: readonly Round[], observe: (x: Recorded) => Observation): Repeated {
  const rounds = [first, ...later];
  const sent = rounds.map(({ results }) => recordedIn(results));
  const unsteady = unsteadyAnswers(sent, observe);
  const told = first.requirements.map((r, i) =>
    r.cases.map((c, j) =>
      ofAllTimes(
        c,
        later.map((round) => round.requirements[i]?.cases[j]),
        unsteady,
      ),
    ),
  );
  return {
    requirements: first.requirements.map((r, i) => {
      const cases = (told[i] ?? []).map((t) => t.reported);
      return { ...r, verdict: verdictOver(cases), cases };
    }),
    shown: shownExchanges(sent, told.flat(), unsteady),
  };
}

/** Exchanges by id; what the pre-flight sent stands back behind the same of the plan. */
function recordedIn(results: Results): ReadonlyMap<ExchangeId, Recorded> {
  return new Map(exchangesIn(results).map((x) => [x.id, x]));
}

/** Findings by exchange: each aspect in which the answers were not all alike. */
type Unsteady = ReadonlyMap<ExchangeId, readonly Finding[]>;

const aspects = {
  answer: 'status',
  'media type': 'media type',
  body: 'shape of the body',
  codes: 'error codes and field names',
} as const;

function unsteadyAnswers(
  sent: readonly ReadonlyMap<ExchangeId, Recorded>[],
  observe: (x: Recorded) => Observation,
): Unsteady {
  const ids = sent.length < 2 ? [] : [...(sent[0]?.keys() ?? [])];
  return new Map(
    ids.flatMap((id): [ExchangeId, readonly Finding[]][] => {
      // A time without an answer is an error of its own; it says nothing of the answers.
      const answers = sent
        .flatMap((round) => round.get(id) ?? [])
        .filter((x) => x.outcome.kind === 'response')
        .map(observe);
      const findings = Object.entries(aspects).flatMap(([aspect, name]) =>
        differing(
          answers.map((a) => a[aspect]),
          aspect,
          name,
        ),
      );
      return findings.length === 0 ? [] : [[id, findings]];
    }),
  );
}

function differing(values: readonly (string | undefined)[], aspect: string, name: string): readonly Finding[] {
  if (values.every((one) => values.every((other) => isAlike(aspect, one, other)))) return [];
  const alike = [...groupBy(values, (value = 'none') => value)];
  const actual = alike.map(([value, same]) => `${value} (${quantity(same.length, 'time')})`).join(', ');
  return [{ class: 'service', where: `${name}, repeated`, expected: `the same all ${values.length} times`, actual }];
}

interface Told {
  readonly reported: ReportedCase;
  /** The time whose verdict counts, from 0. */
  readonly round: number;
}

function ofAllTimes(first: ReportedCase, later: readonly (ReportedCase | undefined)[], unsteady: Unsteady): Told {
  const times = [first, ...later];
  const counts = (c: ReportedCase | undefined): c is ReportedCase =>
    c !== undefined && (c === first || c.exchanges.length > 0);
  const word = worst(times.filter(counts).map((c) => c.verdict));
  const round = times.findIndex((c) => counts(c) && c.verdict === word);
  const counting = times[round] ?? first;
  const findings = counting.exchanges.flatMap((id, step) => {
    const its = unsteady.get(id) ?? [];
    return counting.exchanges.length === 1 ? its : inAnswer(step, its);
  });
  if (findings.length === 0) return { reported: counting, round };
  const { key, exchanges } = counting;
  return { reported: { key, verdict: 'fail', findings: [...counting.findings, ...findings], exchanges }, round };
}

/** Of each exchange that of the time whose verdict counts, where requirements differ the worst. */
function shownExchanges(
  sent: readonly ReadonlyMap<ExchangeId, Recorded>[],
  told: readonly Told[],
  unsteady: Unsteady,
): ReadonlyMap<ExchangeId, Recorded> {
  const roundOf = new Map<ExchangeId, Told>();
  for (const each of told) {
    for (const id of each.reported.exchanges) {
      const known = roundOf.get(id);
      if (known === undefined || badness(each) < badness(known)) roundOf.set(id, each);
    }
  }
  return new Map(
    [...(sent[0] ?? [])].map(([id, x]) => {
      const round = roundOf.get(id)?.round ?? 0;
      const shown = sent[round]?.get(id) ?? x;
      const findings = unsteady.get(id) ?? [];
      if (findings.length === 0 && round === 0) return [id, shown];
      const times = sent.filter((all) => all.has(id)).length;
      const differs =
        findings.length === 0
          ? ''
          : `, and not answered alike: ${findings.map((f) => `${f.where.replace(', repeated', '')} ${f.actual}`).join('; ')}`;
      return [
        id,
        { ...shown, notes: [...(shown.notes ?? []), `sent ${times} times${differs}; shown is time ${round + 1}`] },
      ];
    }),
  );
}

function badness({ reported }: Told): number {
  return VERDICTS.indexOf(reported.verdict);
}
