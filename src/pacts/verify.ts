import { createHash } from 'node:crypto';
import type { Redacted } from '../model/redacted.ts';
import type { Report, ReportedCase, ReportedRequirement } from '../model/report.ts';
import type { Level, RequirementId } from '../model/requirement.ts';
import type { Obstacle } from '../run/run.ts';
import { reportOf, reportedExchange } from '../run/conclude/report.ts';
import { UsageError } from '../settings/problems.ts';
import { consumerOf, type BroughtPact } from './brought.ts';
import { findingsOf, hasAny } from './finding.ts';
import type { Interaction } from './pact.ts';
import { openRelay, type Relay, type RelayOptions, type Step } from './relay.ts';
import type { InteractionResult, Verifier, VerifierAnswer } from './verifier.ts';

export interface VerifyInput {
  readonly suite: Report['suite'];
  readonly target: Report['target'];
  readonly profile: Report['profile'];
  readonly pacts: readonly BroughtPact[];
  /** A text that descriptions must hold; null for all interactions. */
  readonly only: string | null;
  readonly verifier: Verifier;
  readonly relay: Omit<RelayOptions, 'activity'>;
  /** Set when the target cannot be judged at all: then nothing is sent. */
  readonly obstacle: Obstacle | null;
  readonly failOn: Level;
  /** Milliseconds for one exchange; a verifier that does nothing for much longer is stopped. */
  readonly timeoutMs: number;
  readonly now: () => Date;
  readonly elapsed: () => number;
}

/** What one pact came to. */
export interface PactOutcome {
  readonly brought: BroughtPact;
  readonly interactions: readonly JudgedInteraction[];
}

export interface JudgedInteraction extends Interaction {
  readonly judged: ReportedCase;
  /** It was asked of what does not exist, though its state is of what does. */
  readonly weak: boolean;
}

export interface Verified {
  readonly report: Redacted<Report>;
  readonly outcomes: readonly PactOutcome[];
}

/** Beyond the time of one exchange: what Pact takes to start and to answer between two of them, in milliseconds. */
const patienceMs = 8000;

/**
 * Verifies pacts against a target, through Pact's own verifier, and reports in the words of every other run.
 *
 * @param input pacts, state handlers, and how to send
 * @throws UsageError when Pact is not installed
 */
export async function verifyPacts(input: VerifyInput): Promise<Verified> {
  const startedAt = input.now().toISOString();
  const began = input.elapsed();
  const done = (outcomes: readonly PactOutcome[], steps: readonly Step[]): Verified => {
    const { run } = input.relay;
    const report = reportOf(
      {
        suite: input.suite,
        target: input.target,
        profile: input.profile,
        startedAt,
        durationMs: Math.round(input.elapsed() - began),
        requirements: outcomes.flatMap(requirementsOf),
        exchanges: steps.flatMap(({ exchange }) =>
          exchange === null ? [] : [reportedExchange(exchange, run.redactor)],
        ),
        gate: { failOn: input.failOn, interrupted: run.world.signal.aborted, obstacle: input.obstacle },
      },
      run.redactor,
    );
    return { report, outcomes };
  };
  if (input.obstacle !== null) {
    const { says } = input.obstacle;
    return done(
      input.pacts.map((brought) => outcomeOf(input, brought, { kind: 'failed', cause: 'pacts', reason: says }, [])),
      [],
    );
  }
  const stop = new AbortController();
  const watch = watchdog(input.timeoutMs + patienceMs, () => {
    stop.abort();
  });
  const relay = await openRelay({ ...input.relay, activity: watch.touch });
  try {
    const outcomes: PactOutcome[] = [];
    for (const brought of input.pacts) {
      watch.touch();
      outcomes.push(await verifyOne(input, brought, relay, stop.signal));
    }
    return done(outcomes, relay.steps());
  } finally {
    watch.end();
    await relay.close();
  }
}

async function verifyOne(
  input: VerifyInput,
  brought: BroughtPact,
  relay: Relay,
  stopped: AbortSignal,
): Promise<PactOutcome> {
  const before = relay.steps().length;
  const { only, timeoutMs, verifier } = input;
  const { providerUrl, statesUrl } = relay;
  const signal = AbortSignal.any([input.relay.run.world.signal, stopped]);
  const answer = await verifier.verify({ path: brought.path, only, providerUrl, statesUrl, timeoutMs }, signal);
  if (answer.kind === 'failed' && answer.cause === 'not-installed') throw new UsageError(answer.reason);
  return outcomeOf(input, brought, answer, relay.steps().slice(before));
}

function watchdog(ms: number, bite: () => void): { readonly touch: () => void; readonly end: () => void } {
  let timer = setTimeout(bite, ms);
  return {
    touch: () => {
      clearTimeout(timer);
      timer = setTimeout(bite, ms);
    },
    end: () => {
      clearTimeout(timer);
    },
  };
}

/** Every interaction that was to be verified, in the order of the pact, whatever the verifier says of it. */
function outcomeOf(
  { only, relay }: VerifyInput,
  brought: BroughtPact,
  answer: VerifierAnswer,
  steps: readonly Step[],
): PactOutcome {
  const results = answer.kind === 'finished' ? answer.results : [];
  // Without a step for each result nobody could say which exchange belongs to which interaction.
  const matching = steps.length === results.length ? steps : [];
  const left = results.map((result, i) => ({ result, step: matching[i] ?? noStep }));
  const wanted = brought.pact.interactions.filter(({ description }) => only === null || description.includes(only));
  const redact = relay.run.redactor.text;
  return {
    brought,
    interactions: wanted.map((interaction): JudgedInteraction => {
      const place = left.findIndex(({ result }) => isOf(result, interaction));
      const [found] = place === -1 ? [] : left.splice(place, 1);
      const { result, step } = found ?? { result: unverified(interaction, reasonOf(answer)), step: noStep };
      return { ...interaction, judged: caseOf(brought, result, step, redact), weak: step.weak };
    }),
  };
}

const noStep: Step = { exchange: null, skip: null, error: null, weak: false };

function isOf(result: InteractionResult, { description, states }: Interaction): boolean {
  return result.description === description && result.states.join('\n') === states.join('\n');
}

function unverified({ description, states }: Interaction, problem: string): InteractionResult {
  return { description, states, pending: false, mismatches: [], problem };
}

function reasonOf(answer: VerifierAnswer): string {
  if (answer.kind === 'finished')
    return answer.complaint ?? 'the verification ended before it came to this interaction';
  return answer.cause === 'stopped'
    ? 'the verification was stopped before it came to this interaction, or stood still at it'
    : answer.reason;
}

function requirementsOf({ brought, interactions }: PactOutcome): readonly ReportedRequirement[] {
  const { pact } = brought;
  return interactions.map((interaction): ReportedRequirement => {
    const { description, states, judged } = interaction;
    const given = states.join(' and ');
    return {
      id: idOf(brought, interaction),
      area: 'contracts',
      level: 'MUST',
      basis: 'documented',
      title: given === '' ? description : `${description}, given ${given}`,
      why: `${consumerOf(brought)} relies on it, by its pact with ${pact.provider}`,
      cites: [],
      verdict: judged.verdict,
      cases: [judged],
    };
  });
}

function caseOf(
  brought: BroughtPact,
  result: InteractionResult,
  { exchange, skip, error }: Step,
  redact: (text: string) => string,
): ReportedCase {
  const shared = {
    key: { variant: consumerOf(brought) },
    exchanges: exchange === null ? [] : [exchange.id],
  };
  const findings = findingsOf(result.mismatches).map((f) => ({
    ...f,
    expected: redact(f.expected),
    actual: redact(f.actual),
  }));
  const pending = result.pending || (brought.from.kind === 'broker' && brought.from.pending);
  if (skip !== null) return { ...shared, verdict: 'skip', ...skip, findings: [] };
  const problem = error ?? result.problem;
  if (problem !== null) {
    const reason = redact(problem);
    return pending
      ? { ...shared, verdict: 'waived', reason: `${pendingSays}; it could not be judged: ${reason}`, findings: [] }
      : { ...shared, verdict: 'error', reason, findings: [] };
  }
  if (!hasAny(findings)) return { ...shared, verdict: 'pass', findings };
  return pending
    ? { ...shared, verdict: 'waived', reason: pendingSays, findings }
    : { ...shared, verdict: 'fail', findings };
}

const pendingSays = 'pending: no version of the provider has kept it yet, so it does not count against this one';

/** The same as long as consumer, states and description are, and the version where a broker tells versions apart. */
function idOf({ pact, from }: BroughtPact, { description, states }: Interaction): RequirementId {
  const version = from.kind === 'broker' && from.version !== null ? [from.version] : [];
  const hash = createHash('sha256')
    .update(JSON.stringify([pact.consumer, pact.provider, states, description, ...version]))
    .digest('hex');
  return `PACT-${hash.slice(0, 8)}`;
}
