import { groupBy } from '../values/words.ts';
import { withheldWords } from './host-routes.ts';
import { obtain } from './obtain.ts';
import type { PlannedScript } from './plan.ts';
import type { Run } from './run.ts';
import { sendShared } from './shared-subject.ts';

/**
 * Sends what a plan says: scripts that change nothing side by side, then those that do, each alone.
 * Results are kept in those of the run, by the key of the script.
 *
 * @param scripts in the order of the plan
 */
export async function execute(scripts: readonly PlannedScript[], run: Run): Promise<void> {
  for (const [key, withheld] of await withheldWords(scripts, run)) run.results.set(key, withheld);
  let done = 0;
  const obtained = async (planned: PlannedScript): Promise<void> => {
    await obtain(planned, run);
    done += 1;
    run.progress(done, scripts.length);
  };
  await sideBySide(
    scripts.filter((p) => p.effect === 'none'),
    run.settings.concurrency,
    obtained,
  );
  const own = scripts.filter((p) => p.effect === 'own');
  await sideBySide([...groupBy(own, (p) => p.shares?.name ?? p.key).values()], 1, async (group) => {
    const wanted = group.filter(({ key, shares }) => shares !== undefined && !run.results.has(key));
    await sendShared(wanted, run);
    for (const planned of group) await obtained(planned);
  });
}

async function sideBySide<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
