import { UsageError, type Console } from '../../bin/console.ts';
import { suite } from '../../bin/suite.ts';
import type { Report } from '../model/report.ts';
import type { Catalogue } from '../model/requirement.ts';
import type { Waiver } from '../model/waiver.ts';
import type { Settings } from '../settings/settings.ts';
import { withNotes, type Session } from './open.ts';
import type { Plan } from './plan.ts';
import { runSuite } from './run.ts';
import { select } from './selection.ts';

/**
 * Runs a plan in an open session.
 *
 * @param waivers of requirements that are selected, or that do not exist
 */
export async function runPlan(
  planned: Plan,
  session: Session,
  settings: Settings,
  waivers: readonly Waiver[],
  console: Pick<Console, 'now' | 'elapsed'>,
): Promise<Report> {
  const report = await runSuite({
    suite: { name: suite.name, version: suite.version, operation: suite.operation, seed: settings.seed },
    target: session.target,
    composer: session.composer,
    plan: planned,
    surroundings: session.surroundings,
    bench: session.bench,
    obstacle: session.obstacle,
    failOn: settings.failOn,
    complete: settings.complete,
    repeat: settings.repeat,
    waivers,
    now: console.now,
    elapsed: console.elapsed,
  });
  return withNotes(report, session);
}

/** @throws UsageError when the selection names what does not exist */
export function selected(settings: Pick<Settings, 'only'>): Catalogue {
  const selection = select(suite.catalogue, settings.only);
  if (!selection.ok) throw new UsageError(selection.problem);
  return selection.catalogue;
}
