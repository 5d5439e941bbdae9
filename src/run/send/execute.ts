import { askAgain } from './ask-again.ts';
import { groupBy } from '../../values/words.ts';
import { withheldFromSiblings } from './host-routes.ts';
import { inOrder, isWanting, obtain, setUp, type SetUpOf } from './obtain.ts';
import type { PlannedScript } from '../plan/planned-script.ts';
import type { Run } from '../run.ts';
import { whyNotBegun } from './sending.ts';
import { sendShared, type Doubt } from './shared-subject.ts';
import { tellApart } from './tell-apart.ts';

/** Scripts that are sent one after the other: those that share a subject, or one. */
type Group = readonly [PlannedScript, ...PlannedScript[]];

/** Requests in a row that make a script long: begun last, it would keep a run waiting. */
const LONG = 10;

/**
 * Sends what a plan says, as many scripts beside each other as there may be requests under way: each has subjects of its
 * own, or changes nothing. Results are kept in those of the run, by the key of the script.
 *
 * Scripts begin in the order of the plan, long ones first, and take their subjects in that order: it is the same in every
 * run of one seed. Where there are any number of subjects, scripts that need one are begun evenly among the others, and those
 * of the next ones are set up meanwhile; what is cleared away afterwards is waited for at the end.
 *
 * @param scripts in the order of the plan
 */
export async function execute(scripts: readonly PlannedScript[], run: Run): Promise<void> {
  for (const [key, withheld] of await withheldFromSiblings(scripts, run)) run.results.set(key, withheld);
  const { concurrency } = run.settings;
  const later = kept(concurrency);
  const exchanges = scripts.reduce((sum, { script }) => sum + script.steps.length, 0);
  let done = 0;
  const groups = [...groupBy(scripts, (p) => p.shares?.name ?? p.key).values()].flatMap(
    ([first, ...rest]): readonly Group[] => (first === undefined ? [] : [[first, ...rest]]),
  );
  const isLong = ([first]: Group): boolean => first.script.steps.length >= LONG;
  const short = groups.filter((group) => !isLong(group));
  const ordered = [...groups.filter(isLong), ...(isSetUpAhead(run) ? evenly(short, isOwn) : short)];
  const ready = setUpAhead(ordered, run);
  const tell = (group: Group): void => {
    for (const { script } of group) done += script.steps.length;
    run.progress(done, exchanges);
  };
  // Those that share a subject come first: telling them apart is worth more than what comes after them.
  const [sharing, others] = [ordered.filter(isSharing), ordered.filter((group) => !isSharing(group))];
  const doubts = new Map<Group, Doubt | null>();
  await sideBySide(sharing, concurrency, async (group) => {
    const wanted = group.filter(({ key }) => !run.results.has(key));
    doubts.set(group, await sendShared(wanted, run));
    tell(group);
  });
  await tellApart(
    sharing.flatMap((group) => doubts.get(group) ?? []),
    run,
  );
  await sideBySide([...sharing, ...others], concurrency, async (group) => {
    const its = ready(group);
    for (const planned of group)
      await obtain(planned, run, { ...(its !== undefined && { ready: its }), later: later.add });
    if (!isSharing(group)) tell(group);
  });
  await askAgain(
    scripts.filter((p) => p.effect === 'own'),
    run,
  );
  await later.all();
  inOrder(scripts, run);
}

function isSharing([{ shares }]: Group): boolean {
  return shares !== undefined;
}

function isOwn([{ effect }]: Group): boolean {
  return effect === 'own';
}

/** Those of a kind evenly among the others, either in their order: what sets subjects up is then asked beside all that is sent. */
function evenly<T>(items: readonly T[], isOfKind: (item: T) => boolean): readonly T[] {
  const kind = items.filter(isOfKind);
  const others = items.filter((item) => !isOfKind(item));
  const placed = [kind, others].flatMap((list) => list.map((item, i) => ({ item, at: (i + 1) / (list.length + 1) })));
  return placed.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** Whether subjects can be set up before their script is begun. */
function isSetUpAhead({ source, settings }: Run): boolean {
  return source?.left() === 'unlimited' && settings.concurrency > 1;
}

/** Sets up the subjects of what comes next, as many scripts ahead as there may be requests under way. */
function setUpAhead(groups: readonly Group[], run: Run): (group: Group) => Promise<SetUpOf> | undefined {
  const coming = isSetUpAhead(run) ? groups.filter((group) => isOwn(group) && !isSharing(group)) : [];
  const places = new Map(coming.map((group, place) => [group, place]));
  const begun = new Map<Group, Promise<SetUpOf>>();
  let next = 0;
  return (group) => {
    const place = places.get(group);
    const until = Math.min(coming.length, place === undefined ? next : place + 1 + run.settings.concurrency);
    for (; next < until; next += 1) {
      const [ahead] = coming.slice(next, next + 1);
      if (ahead === undefined) break;
      const [planned] = ahead;
      if (isWanting(planned, run) && whyNotBegun(planned, run) === null) begun.set(ahead, setUp(planned, run));
    }
    const its = begun.get(group);
    begun.delete(group);
    return its;
  };
}

/** Keeps what is done beside, a few at once, until all of it has ended. */
function kept(most: number): {
  readonly add: (work: Promise<void>) => Promise<void>;
  readonly all: () => Promise<void>;
} {
  const under = new Set<Promise<void>>();
  return {
    add: async (work) => {
      const ended = work.finally(() => under.delete(ended));
      under.add(ended);
      if (under.size > most) await Promise.race(under);
    },
    all: async () => {
      await Promise.all(under);
    },
  };
}

async function sideBySide<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
