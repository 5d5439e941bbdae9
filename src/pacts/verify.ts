import { createHash } from 'node:crypto';
import type { NonEmpty } from '../model/contract.ts';
import type { Report, ReportedCase, ReportedRequirement } from '../model/report.ts';
import type { Level, RequirementId } from '../model/requirement.ts';
import type { Finding } from '../model/verdict.ts';
import type { Obstacle } from '../run/conclude.ts';
import { reportOf, reportedExchange } from '../run/report.ts';
import type { Pact } from './pact.ts';
import { openRelay, type RelayOptions, type Step } from './relay.ts';
import type { InteractionResult, Mismatch, Pacts, Verifier } from './verifier.ts';

export interface VerifyInput {
  readonly suite: Report['suite'];
  readonly target: Report['target'];
  readonly profile: Report['profile'];
  readonly pacts: Pacts;
  /** A text that descriptions must hold; null for all interactions. */
  readonly only: string | null;
  /** What the pacts hold, where that is known beforehand: what is not verified of it is an error. */
  readonly known: readonly Pact[];
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

export type Verified =
  | {
      readonly kind: 'report';
      readonly report: Report;
      /** Why a broker was not told of it; null when it was, or need not be. */ readonly unpublished: string | null;
    }
  /** Pact's verifier could not begin: `usage` when what it was given is wrong, `inconclusive` when it was kept from it. */
  | { readonly kind: 'usage' | 'inconclusive'; readonly problem: string };

/** Beyond the time of one exchange: what Pact takes to start and to answer between two of them, in milliseconds. */
const patienceMs = 8000;

/**
 * Verifies pacts against a target, through Pact's own verifier, and reports in the words of every other run.
 *
 * @param input pacts, state handlers, and how to send
 */
export async function verifyPacts(input: VerifyInput): Promise<Verified> {
  const { signal } = input.relay.surroundings;
  const startedAt = input.now().toISOString();
  const began = input.elapsed();
  if (input.obstacle !== null)
    return { kind: 'report', report: reportOn(input, { startedAt, began }, [], []), unpublished: null };

  const stop = new AbortController();
  const watch = watchdog(input.timeoutMs + patienceMs, () => {
    stop.abort();
  });
  const relay = await openRelay({ ...input.relay, activity: watch.touch });
  try {
    const job = { ...input, providerUrl: relay.providerUrl, statesUrl: relay.statesUrl };
    const answer = await input.verifier(job, AbortSignal.any([signal, stop.signal]));
    const steps = relay.steps();
    if (answer.kind === 'finished') {
      if (answer.results.length === 0) return { kind: 'usage', problem: nothing(input) };
      return {
        kind: 'report',
        report: reportOn(input, { startedAt, began }, answer.results, steps),
        unpublished: answer.unpublished,
      };
    }
    if (signal.aborted)
      return { kind: 'report', report: reportOn(input, { startedAt, began }, [], steps), unpublished: null };
    if (answer.cause === 'stopped')
      return {
        kind: 'inconclusive',
        problem: 'the verification stood still and was stopped; is the broker or the target hanging?',
      };
    const problem = input.relay.surroundings.redactor.text(brokerProblem(input.pacts, answer.reason) ?? answer.reason);
    return { kind: answer.cause === 'not-installed' ? 'usage' : 'inconclusive', problem };
  } finally {
    watch.end();
    await relay.close();
  }
}

/** Pact says "no pacts found" of a broker that it could not ask. */
function brokerProblem(pacts: Pacts, reason: string): string | null {
  if (pacts.kind === 'files') return null;
  if (/401|403|unauthori[sz]ed|forbidden|authenticat/i.test(reason)) {
    return `the broker ${pacts.url} refused the credentials; check PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD`;
  }
  if (/error sending request/i.test(reason)) return `the broker ${pacts.url} cannot be reached`;
  return `the broker ${pacts.url} gave no pacts to verify: ${reason}`;
}

function nothing({ pacts, only }: VerifyInput): string {
  if (only !== null) return `no interaction's description holds '${only}', so nothing was verified`;
  return pacts.kind === 'broker'
    ? `the broker has no pact for ${pacts.provider} that the selectors choose`
    : 'the pacts hold no interaction';
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

function reportOn(
  input: VerifyInput,
  { startedAt, began }: { readonly startedAt: string; readonly began: number },
  results: readonly InteractionResult[],
  steps: readonly Step[],
): Report {
  // Without a step for each result nobody could say which exchange belongs to which interaction.
  const matching = steps.length === results.length ? steps : [];
  const redact = input.relay.surroundings.redactor.text;
  const requirements = [
    ...results.map((result, i) => requirementOf(result, matching[i], redact)),
    ...unverified(input, results).map((result) => requirementOf(result, undefined, redact)),
  ];
  return reportOf({
    suite: input.suite,
    target: input.target,
    profile: input.profile,
    startedAt,
    durationMs: Math.round(input.elapsed() - began),
    requirements,
    exchanges: steps.flatMap(({ exchange }) => (exchange === null ? [] : [reportedExchange(exchange)])),
    gate: { failOn: input.failOn, interrupted: input.relay.surroundings.signal.aborted, obstacle: input.obstacle },
  });
}

/** Interactions that the verifier says nothing of. */
function unverified(
  { known, only, obstacle }: VerifyInput,
  results: readonly InteractionResult[],
): readonly InteractionResult[] {
  const seen = new Set(results.map(idOf));
  return known
    .flatMap(({ consumer, provider, interactions }) =>
      interactions.map((i): InteractionResult => ({
        ...i,
        consumer,
        provider,
        pending: false,
        mismatches: [],
        problem: obstacle?.says ?? 'the verification ended before it came to this interaction',
      })),
    )
    .filter((each) => !seen.has(idOf(each)) && (only === null || each.description.includes(only)));
}

function requirementOf(
  result: InteractionResult,
  step: Step | undefined,
  redact: (text: string) => string,
): ReportedRequirement {
  const { consumer, provider, description, states } = result;
  const given = states.join(' and ');
  const each = caseOf(result, step, redact);
  return {
    id: idOf(result),
    area: 'contracts',
    level: 'MUST',
    basis: 'documented',
    title: given === '' ? description : `${description}, given ${given}`,
    why: `${consumer} relies on it, by its pact with ${provider}`,
    cites: [],
    verdict: each.verdict,
    cases: [each],
  };
}

function caseOf(result: InteractionResult, step: Step | undefined, redact: (text: string) => string): ReportedCase {
  const { exchange, skip, error } = step ?? { exchange: null, skip: null, error: null };
  const shared = {
    key: { variant: result.consumer },
    exchanges: exchange === null ? [] : [exchange.id],
  };
  const [first, ...rest] = result.mismatches
    .map(findingOf)
    .map((f): Finding => ({ ...f, expected: redact(f.expected), actual: redact(f.actual) }));
  const findings: NonEmpty<Finding> | readonly [] = first === undefined ? [] : [first, ...rest];
  if (skip !== null) return { ...shared, verdict: 'skip', ...skip, findings: [] };
  const problem = error ?? result.problem;
  if (problem !== null) return { ...shared, verdict: 'error', reason: redact(problem), findings: [] };
  if (findings.length === 0) return { ...shared, verdict: 'pass', findings };
  if (result.pending) {
    return {
      ...shared,
      verdict: 'waived',
      reason: 'pending: no version of the provider has kept it yet, so it does not count against this one',
      findings,
    };
  }
  return { ...shared, verdict: 'fail', findings };
}

/** The same as long as consumer, states and description are: what Pact itself knows an interaction by. */
function idOf({ consumer, provider, description, states }: InteractionResult): RequirementId {
  const hash = createHash('sha256')
    .update(JSON.stringify([consumer, provider, states, description]))
    .digest('hex');
  return `PACT-${hash.slice(0, 8)}`;
}

/** A mismatch as Pact words it, in the words of this project: where, what was expected, what came. */
export function findingOf(mismatch: Mismatch): Finding {
  return { class: 'service', where: whereOf(mismatch), expected: expectedIn(mismatch), actual: actualIn(mismatch) };
}

function whereOf({ type, path, key }: Mismatch): string {
  switch (type) {
    case 'StatusMismatch':
      return 'status';
    case 'HeaderMismatch':
      return `header ${key}`;
    case 'BodyTypeMismatch':
      return 'header Content-Type';
    case 'BodyMismatch':
      return path === '$' || path === '/' || path === '' ? 'body' : `body ${path.replace(/^\$\.?/, '')}`;
    default:
      return type;
  }
}

/** Where a matcher was at work, the example says too much: Pact's sentence tells what would have done. */
function expectedIn({ type, expected, says }: Mismatch): string {
  const [, wanted] = /to (?:match|be|have|equal|contain|include) (.+)$/s.exec(says.replaceAll(/\s+/g, ' ')) ?? [];
  if (wanted !== undefined && type === 'StatusMismatch') return wanted.replace(/^an? /, '').replace(/ but was .*$/, '');
  if (wanted !== undefined) return says.includes('to match') ? `a text that matches ${wanted}` : wanted;
  return expected === '' ? says : expected;
}

function actualIn({ actual, says }: Mismatch): string {
  return actual === '' ? says : actual;
}
