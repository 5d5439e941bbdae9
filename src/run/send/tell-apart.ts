// One search: what is asked next depends on all that was learned of the others.

import type { RequestTemplate } from '../../model/exchange.ts';
import { quantity } from '../../values/words.ts';
import type { PlannedScript } from '../plan/planned-script.ts';
import type { Run } from '../run.ts';
import {
  askTogether,
  named,
  refusedSteps,
  resultOf,
  succeedsAlone,
  type Doubt,
  type Refused,
} from './shared-subject.ts';

/** Scripts that may have changed the subject that they shared, while they are told apart. */
interface Inquiry {
  readonly run: Run;
  /** Those that are not settled yet, the simplest first, with what was sent of each last; null where nothing was. */
  readonly open: Map<PlannedScript, Refused | null>;
  /** What was carried out, here or on a subject of others: what is like it is believed to be at fault as well. */
  readonly culprits: PlannedScript[];
  /** So many subjects are left to the doubts that come after this one. */
  readonly reserve: number;
}

/** What it takes to see that a success succeeds, and that what was carried out on one subject is on another as well. */
const FOR_A_GUESS = 2;

/** Some scripts that stand on one subject together, in order. */
type Scripts = readonly PlannedScript[];

/** What came of asking some of them again. */
type Asked = 'as it was' | 'changed' | 'carried out openly' | 'no subject';

/**
 * Tells those apart that were refused on one subject which was changed: halves on fresh subjects lead to the first that is
 * carried out, where the simplest that can show it stands first. That explains the subject; what is unlike it is asked again
 * together, and so on, as long as there are subjects enough to find another one. What is left then is not judged by what
 * came of its subject, for that is explained. Where nothing explains it and no subject is left, those have failed that are
 * known to have changed theirs together, each told with the others.
 *
 * @param doubts in the order of the plan
 * @param run results are kept in those of the run
 */
export async function tellApart(doubts: readonly Doubt[], run: Run): Promise<void> {
  const culprits = doubts.flatMap(({ culprit }) => culprit ?? []);
  for (const [i, { refused, behind, culprit }] of doubts.entries()) {
    const sent = new Map(refused.map((each) => [each.planned, each]));
    const open = new Map(simplestFirst([...sent.keys(), ...behind]).map((each) => [each, sent.get(each) ?? null]));
    await tell({ run, open, culprits, reserve: FOR_A_GUESS * (doubts.length - i - 1) }, culprit);
  }
}

/**
 * What has a success of its own to show it stands before what has not, and what sends less before what sends more; what only
 * should be refused stays last, for it may be carried out on a right target.
 */
function simplestFirst(scripts: Scripts): Scripts {
  const order: readonly ((planned: PlannedScript) => number)[] = [
    ({ shares }) => (shares?.level === 'SHOULD' ? 1 : 0),
    ({ shares }) => (shares?.refuses === 'all but the last' ? 0 : 1),
    ({ script }) => script.steps.length,
  ];
  return scripts.toSorted((a, b) => order.map((of) => of(a) - of(b)).find((difference) => difference !== 0) ?? 0);
}

async function tell(inquiry: Inquiry, openly: PlannedScript | null): Promise<void> {
  const { open } = inquiry;
  let culprit = openly;
  let guilty: Scripts | null = openly === null ? [...open.keys()] : null;
  for (;;) {
    if (guilty !== null) {
      const sound = await isSuccessSound(guilty, inquiry);
      if (sound === 'refused to anybody') leaveInDoubt(guilty, afterThem(guilty), inquiry);
      if (sound === 'no') clear(open.keys(), inquiry);
      if (sound !== 'yes') return;
      const found = await search(guilty, inquiry);
      if (found.kind === 'no subject') {
        leaveInDoubt(found.among, amongThem(found.among), inquiry);
        return;
      }
      if (found.kind === 'together') {
        leaveInDoubt(found.these, togetherOnly(found.these), inquiry);
        return;
      }
      culprit = found.culprit ?? culprit;
    }
    const unlike = unlikeCulprits(inquiry);
    if (unlike.length === 0 || !isEnoughFor(unlike, inquiry)) break;
    const asked = await ask(unlike, inquiry);
    if (asked === 'as it was' || asked === 'no subject') break;
    guilty = asked === 'changed' ? unlike : null;
  }
  await askLike(inquiry);
  leaveExplained(culprit, inquiry);
}

/** What is like a culprit is likely to be one as well: that is asked where half of the subjects can be left to others. */
async function askLike(inquiry: Inquiry): Promise<void> {
  const half = { ...inquiry, reserve: inquiry.reserve + Math.ceil(leftIn(inquiry) / 2) };
  for (;;) {
    const like = [...inquiry.open.keys()];
    if (like.length === 0 || !isEnoughFor(like, half)) return;
    const asked = await ask(like, inquiry);
    if (asked === 'as it was' || asked === 'no subject') return;
    if (asked !== 'changed') continue;
    const found = await search(like, inquiry);
    if (found.kind === 'together') leaveInDoubt(found.these, togetherOnly(found.these), inquiry);
    if (found.kind !== 'found') return;
  }
}

function unlikeCulprits({ open, culprits }: Inquiry): Scripts {
  return [...open.keys()].filter((each) => !culprits.some((culprit) => isLike(each, culprit)));
}

/** Whether subjects suffice to find one of so many that is carried out: what cannot be told apart is not asked again. */
function isEnoughFor(scripts: Scripts, inquiry: Inquiry): boolean {
  return leftIn(inquiry) >= 2 + Math.ceil(Math.log2(scripts.length));
}

function leftIn({ run, reserve }: Inquiry): number {
  const left = run.source?.left() ?? 0;
  return left === 'unlimited' ? Number.POSITIVE_INFINITY : left - reserve;
}

/** A call that succeeds on no subject says nothing of what came before it. */
async function isSuccessSound([first]: Scripts, { run }: Inquiry): Promise<'yes' | 'no' | 'refused to anybody'> {
  if (first?.shares === undefined) return 'yes';
  const outcome = await succeedsAlone(first.shares.success, run);
  if (outcome === 'yes' || outcome.kind === 'failure') return outcome === 'yes' ? 'yes' : 'no';
  return [401, 403].includes(outcome.response.status) ? 'refused to anybody' : 'no';
}

/** Whether a script asks for something as one does that was carried out: as the same stranger, or by the same verb. */
function isLike(planned: PlannedScript, culprit: PlannedScript): boolean {
  const [one, ...more] = refusedSteps(culprit);
  const asksLike = (step: RequestTemplate): boolean =>
    one !== undefined &&
    step.credentials === one.credentials &&
    (one.credentials !== 'valid' || step.method === one.method);
  return more.length === 0 && refusedSteps(planned).some(asksLike);
}

/** Whether a script asks by another route what one asks that was carried out. */
function isCounterpart(planned: PlannedScript, culprit: PlannedScript): boolean {
  return (
    isLike(planned, culprit) &&
    planned.shares?.refuses === culprit.shares?.refuses &&
    planned.script.steps.length === culprit.script.steps.length &&
    refusedSteps(planned)[0]?.method === refusedSteps(culprit)[0]?.method
  );
}

/** Asks some of them on a fresh subject, and settles those that left it as it was. */
async function ask(scripts: Scripts, inquiry: Inquiry): Promise<Asked> {
  const { run, open, culprits } = inquiry;
  const asked = await askTogether(scripts, run);
  if ('kind' in asked) return 'no subject';
  const { refused, found, left } = asked;
  for (const each of refused) open.set(each.planned, each);
  if (left !== 'changed')
    clear(
      refused.map(({ planned }) => planned),
      inquiry,
    );
  if (found === null) return left === 'changed' ? 'changed' : 'as it was';
  run.results.set(found.planned.key, resultOf(found, run));
  open.delete(found.planned);
  if (found.ending === 'carried out') culprits.push(found.planned);
  return 'carried out openly';
}

type Found =
  | { readonly kind: 'found'; readonly culprit: PlannedScript | null }
  /** None by itself, and all of them a second time. */
  | { readonly kind: 'together'; readonly these: Scripts }
  | { readonly kind: 'no subject'; readonly among: Scripts };

/** Halves until one is left, and asks that by itself, so that it is told for certain. */
async function search(guilty: Scripts, inquiry: Inquiry): Promise<Found> {
  const { run, open, culprits } = inquiry;
  const [likely] = guilty.filter((each) => culprits.some((culprit) => isCounterpart(each, culprit)));
  let among = guilty;
  /** The fewest that are known to have changed a subject. */
  let fewest = guilty;
  for (let next = likely === undefined ? firstHalf(guilty) : [likely]; next.length > 0; next = firstHalf(among)) {
    const asked = await ask(next, inquiry);
    if (asked === 'no subject') return { kind: 'no subject', among };
    if (asked === 'carried out openly') return { kind: 'found', culprit: culprits.at(-1) ?? null };
    const [only] = next;
    const last = only && open.get(only);
    if (asked === 'changed' && next.length === 1 && only !== undefined && last) {
      run.results.set(only.key, { ...resultOf(last, run), carriedOut: carriedOut(last) });
      open.delete(only);
      culprits.push(only);
      // What sends nothing else, and has nothing to show it, tells nothing of its own.
      const sent = new Set(only.exchanges);
      clear(
        [...open.keys()].filter((each) => each.exchanges.every((id) => sent.has(id))),
        inquiry,
      );
      return { kind: 'found', culprit: only };
    }
    if (asked === 'changed') fewest = next;
    const cleared = new Set(next);
    among = asked === 'changed' ? next : among.filter((each) => !cleared.has(each));
  }
  // Each left its subject as it was. Either it was the subject, or what they do shows only where several come together.
  return fewest.length > 1 && leftIn(inquiry) > 0 && (await ask(fewest, inquiry)) === 'changed'
    ? { kind: 'together', these: fewest }
    : { kind: 'found', culprit: null };
}

const firstHalf = (scripts: Scripts): Scripts => scripts.slice(0, Math.ceil(scripts.length / 2));

function clear(scripts: Iterable<PlannedScript>, { run, open }: Inquiry): void {
  for (const planned of [...scripts]) {
    const last = open.get(planned);
    if (last) run.results.set(planned.key, resultOf(last, run));
    if (last) open.delete(planned);
  }
}

/** What scripts did that cannot be told apart, and why they cannot, in words that go on from it. */
interface Doubtful {
  readonly what: string;
  readonly why: string;
}

const NONE_LEFT = ', and there is no subject left to tell which';

function carriedOut({ end }: Refused): string {
  const answer = end?.outcome.kind === 'response' ? `answered with ${end.outcome.response.status}` : 'not answered';
  return `changed by this alone: the valid call behind it is ${answer}`;
}

const amongThem = (scripts: Scripts): Doubtful => ({
  what: `one of ${quantity(scripts.length, 'script')} on one subject changed it (${named(scripts)})`,
  why: NONE_LEFT,
});

const togetherOnly = (scripts: Scripts): Doubtful => ({
  what: `${quantity(scripts.length, 'script')} on one subject changed it, twice, and parts of them did not (${named(scripts)})`,
  why: '',
});

const afterThem = (scripts: Scripts): Doubtful => ({
  what: `since one of ${quantity(scripts.length, 'script')} was sent (${named(scripts)}), valid credentials are refused on any subject`,
  why: NONE_LEFT,
});

/** Scripts of which one is at fault, or all together, have failed together. */
function leaveInDoubt(among: Scripts, { what, why }: Doubtful, inquiry: Inquiry): void {
  const { run, open } = inquiry;
  for (const planned of among) {
    const last = open.get(planned);
    if (!last) continue;
    run.results.set(planned.key, {
      ...resultOf(last, run),
      doubt: `${what}${why}`,
    });
    open.delete(planned);
  }
  leaveUntold(`${what}, which this shared as well`, among, inquiry);
}

function leaveExplained(culprit: PlannedScript | null, inquiry: Inquiry): void {
  if (culprit === null) leaveUntold('the subject that it shared was not as it should be', [], inquiry);
  else {
    const what = `what exchange ${named([culprit])} asks, or by what is like it`;
    leaveUntold(`the subject that it shared was changed by ${what}`, [culprit], inquiry);
  }
}

/** How it was refused is judged; what came of the subject says nothing of it. */
function leaveUntold(why: string, by: Scripts, { run, open }: Inquiry): void {
  const reason = `${why}, and there is no subject left to ask this by itself`;
  const explainedBy = by.flatMap(({ exchanges }) => exchanges.at(-1) ?? []);
  for (const [planned, last] of open)
    run.results.set(
      planned.key,
      last === null
        ? { kind: 'not-run', cause: 'subjects', reason }
        : { ...resultOf({ ...last, end: null }, run), heldBack: reason, explainedBy },
    );
}
