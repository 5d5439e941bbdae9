import { observations } from '../specs/observations.ts';
import { askedBy, boundless } from '../src/gate/asked.ts';
import type { ExchangeId } from '../src/model/exchange.ts';
import type { Report } from '../src/model/report.ts';
import type { Catalogue } from '../src/model/requirement.ts';
import { plan } from '../src/plan/plan.ts';
import { select } from '../src/plan/selection.ts';
import { runSuite } from '../src/runner/run.ts';
import { UsageError, type Console } from './console.ts';
import { drawProgress } from './deliver.ts';
import { openSession, withNotes, type Session, type Variation } from './session.ts';
import type { Settings } from './settings.ts';
import { suite } from './suite.ts';

/** A run of the catalogue and of all that is worth observing besides. */
export interface ObservedRun {
  readonly report: Report;
  /** Every exchange that it would have sent if it lacked nothing, with how many requirements judge it. */
  readonly asked: ReadonlyMap<ExchangeId, number>;
}

/**
 * Runs the selected catalogue, and the observations when everything is selected.
 *
 * @throws UsageError when settings, files or the selection are wrong
 */
export async function observedRun(settings: Settings, console: Console, variation: Variation = {}): Promise<ObservedRun> {
  const session = await openSession(settings, console, drawProgress(console), variation);
  try {
    return await observedIn(session, settings, console);
  } finally {
    await session.close();
  }
}

async function observedIn(session: Session, settings: Settings, console: Pick<Console, 'now' | 'elapsed'>): Promise<ObservedRun> {
  const { composer, ability } = session;
  const catalogue = selected(settings);
  const scripts = settings.only.length === 0 ? observations(composer) : [];
  const report = await runSuite({
    suite: { name: suite.name, version: suite.version, operation: suite.operation, seed: settings.seed },
    target: session.target,
    composer,
    plan: plan(catalogue, composer, ability, scripts),
    surroundings: session.surroundings,
    bench: session.bench,
    obstacle: session.obstacle,
    failOn: settings.failOn,
    now: console.now,
    elapsed: console.elapsed,
  });
  return { report: withNotes(report, session), asked: askedBy(plan(catalogue, composer, boundless, scripts)) };
}

/** @throws UsageError when the selection names what does not exist */
export function selected(settings: Pick<Settings, 'only'>): Catalogue {
  const selection = select(suite.catalogue, settings.only);
  if (!selection.ok) throw new UsageError(selection.problem);
  return selection.catalogue;
}
