import type { ReportedCase } from '../model/report.ts';
import type { Suite } from '../model/suite.ts';
import { InconclusiveError, UsageError } from '../settings/problems.ts';
import type { JsonObject } from '../values/json.ts';
import { quantity } from '../values/words.ts';
import { consumerOf, type BroughtPact, type FromBroker } from './brought.ts';
import { linkIn, type Hal } from './hal.ts';
import type { JudgedInteraction, PactOutcome } from './verify.ts';
import type { Publish } from './wish.ts';

/** What a broker was told, and what it says, in lines for a person. */
export interface Told {
  readonly lines: readonly string[];
  /** Why not all of what was to be told was told; null when it was, or nothing was to be. */
  readonly untold: string | null;
}

/** The pact, of a broker, whose results go there. */
interface Publishable {
  readonly outcome: PactOutcome;
  readonly from: FromBroker;
}

/**
 * Tells the broker what came of each pact, as far as every interaction of it was judged: what was left out or could not
 * be judged is neither kept nor broken. Says what was told, and passes on what the broker wants to be read.
 *
 * @param hal the way to the broker; null where the pacts are files
 * @param publish as what results are kept; null when nothing is to be told
 * @param suite named as what has verified
 */
export async function tellBroker(
  hal: Hal | null,
  outcomes: readonly PactOutcome[],
  publish: Publish | null,
  suite: Pick<Suite, 'name' | 'version'>,
): Promise<Told> {
  const given = outcomes.flatMap((outcome): readonly Publishable[] =>
    outcome.brought.from.kind === 'broker' ? [{ outcome, from: outcome.brought.from }] : [],
  );
  const published = new Set<Publishable>();
  const lines: string[] = [];
  const untold: string[] = [];
  if (publish !== null && hal !== null) {
    const judged = given.filter(({ outcome }) => unjudgedIn(outcome).length === 0);
    for (const { outcome } of given.filter((each) => !judged.includes(each))) untold.push(whyNot(outcome));
    const [first] = judged;
    try {
      if (first !== undefined) await announce(hal, first.from, publish);
      for (const each of judged) {
        await publishOne(hal, each, publish, suite);
        published.add(each);
        lines.push(publishedLine(each.outcome, publish));
      }
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof InconclusiveError)) throw error;
      untold.push(error.message);
    }
  }
  return {
    lines: [...given.flatMap((each) => noticesAfter(each, published.has(each))), ...lines],
    untold: untold.length === 0 ? null : untold.join('; '),
  };
}

function unjudgedIn({ interactions }: PactOutcome): readonly JudgedInteraction[] {
  return interactions.filter(({ judged }) => !isJudged(judged));
}

/** A waived one has been judged when there are differences to show for it. */
function isJudged({ verdict, findings }: ReportedCase): boolean {
  return verdict === 'pass' || verdict === 'fail' || (verdict === 'waived' && findings.length > 0);
}

function isKept({ interactions }: PactOutcome): boolean {
  return interactions.every(({ judged }) => judged.verdict === 'pass');
}

function whyNot(outcome: PactOutcome): string {
  const unjudged = unjudgedIn(outcome);
  const [first] = unjudged;
  const reason = first?.judged.reason ?? 'no reason was given';
  return `of the pact of ${consumerOf(outcome.brought)}, ${quantity(unjudged.length, 'interaction')} could not be judged or ${unjudged.length === 1 ? 'was' : 'were'} left out, the first of them because ${reason}`;
}

function publishedLine(outcome: PactOutcome, publish: Publish): string {
  const { brought } = outcome;
  const as = [
    ...(publish.branch === null ? [] : [`branch ${publish.branch}`]),
    ...publish.tags.map((tag) => `tag ${tag}`),
  ].join(', ');
  return `Published: ${brought.pact.provider} ${publish.version}${as === '' ? '' : ` (${as})`} ${isKept(outcome) ? 'keeps' : 'breaks'} the pact of ${consumerOf(brought)}.`;
}

/** The version gets its branch and its tags before its first result, so that no result is without them. */
async function announce(hal: Hal, { resource }: FromBroker, publish: Publish): Promise<void> {
  if (publish.branch === null && publish.tags.length === 0) return;
  const provider = await hal.ask({ method: 'GET', href: linked(resource, 'pb:provider'), what: 'the provider' });
  const { version, branch } = publish;
  if (branch !== null) {
    await hal.ask({
      method: 'PUT',
      href: linked(provider, 'pb:branch-version', { branch, version }),
      body: {},
      what: `the branch ${branch}`,
    });
  }
  for (const tag of publish.tags) {
    await hal.ask({
      method: 'PUT',
      href: linked(provider, 'pb:version-tag', { version, tag }),
      body: {},
      what: `the tag ${tag}`,
    });
  }
}

async function publishOne(
  hal: Hal,
  { outcome, from }: Publishable,
  publish: Publish,
  suite: Pick<Suite, 'name' | 'version'>,
): Promise<void> {
  await hal.ask({
    method: 'POST',
    href: linked(from.resource, 'pb:publish-verification-results'),
    body: {
      providerApplicationVersion: publish.version,
      success: isKept(outcome),
      ...(publish.buildUrl !== null && { buildUrl: publish.buildUrl }),
      testResults: outcome.interactions.map(testResult),
      verifiedBy: { implementation: suite.name, version: suite.version },
    },
    what: `its place for the results of ${consumerOf(outcome.brought)}`,
  });
}

function testResult({ id, description, judged }: JudgedInteraction): JsonObject {
  const success = judged.verdict === 'pass';
  return {
    ...(id !== null && { interactionId: id }),
    interactionDescription: description,
    success,
    ...(!success && {
      mismatches: judged.findings.map(({ where, expected, actual }) => ({
        ...attributeOf(where),
        description: `expected ${expected}, got ${actual}`,
      })),
    }),
  };
}

/** Where a difference is, as brokers call it. */
function attributeOf(where: string): JsonObject {
  const [attribute = where, ...rest] = where.split(' ');
  return rest.length === 0 ? { attribute } : { attribute, identifier: rest.join(' ') };
}

/** @throws InconclusiveError when the broker does not say where */
function linked(resource: JsonObject, rel: string, values: Readonly<Record<string, string>> = {}): string {
  const href = linkIn(resource, rel, values);
  if (href === null) throw new InconclusiveError(`what the broker gives has no ${rel}, so it cannot be told`);
  return href;
}

/** What the broker wants to be read before its pacts are verified. */
export function noticesBefore(pacts: readonly BroughtPact[]): readonly string[] {
  return pacts.flatMap(({ from }) => (from.kind === 'broker' ? noticesIn(from, 'before_verification') : []));
}

function noticesAfter({ outcome, from }: Publishable, published: boolean): readonly string[] {
  return noticesIn(from, `after_verification:success_${String(isKept(outcome))}_published_${String(published)}`);
}

function noticesIn({ notices }: FromBroker, wanted: string): readonly string[] {
  return notices.filter(({ when }) => when === wanted).map(({ text }) => `The broker says: ${text}`);
}
