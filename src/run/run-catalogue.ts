import type { ExchangeId } from '../model/exchange.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import type { Suite } from '../model/suite.ts';
import type { Waiver } from '../model/waiver.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';
import { boundless } from './open/ability.ts';
import { openRun, type StartHost } from './open/open.ts';
import { askedBy, plan, type Plan } from './plan/plan.ts';
import { runPlan } from './run-plan.ts';
import type { Run } from './run.ts';
import { selected } from './plan/select.ts';
import { shareBeginnings } from './plan/shared-beginnings.ts';
import { waiversFor, waiversOf } from './conclude/waive.ts';

/** Runs the selected catalogue. */
export async function runCatalogue(run: Run, waivers: readonly Waiver[] = []): Promise<Redacted<Report>> {
  const { catalogue, operation } = run.suite;
  const own = waiversOf(operation, waivers);
  return runPlan(planFor(run), run, waiversFor(own, selected(catalogue, run.settings), catalogue));
}

/** @throws UsageError when the selection names what does not exist */
export function planFor({ suite, settings, composer, ability }: Run): Plan {
  return shareBeginnings(plan(selected(suite.catalogue, settings), composer, ability));
}

/** A run of the catalogue and of all that is worth observing besides. */
export interface ObservedRun {
  readonly report: Redacted<Report>;
  /** Every exchange that it would have sent if it lacked nothing, with how many requirements judge it: planned for whoever compares. */
  readonly asked: () => ReadonlyMap<ExchangeId, number>;
}

/** What is said of an observed run besides its settings. */
export interface ObservedWith {
  /** All that there are. */
  readonly waivers?: readonly Waiver[];
  readonly progress?: Run['progress'];
}

/**
 * Opens a run of the selected catalogue, and of the observations when everything is selected, runs it and closes it.
 *
 * @throws UsageError when settings, files or the selection are wrong
 */
export async function observedRun(
  suite: Suite,
  settings: Settings,
  world: World,
  host: StartHost,
  { waivers = [], progress }: ObservedWith = {},
): Promise<ObservedRun> {
  const run = await openRun(suite, settings, world, host, progress);
  try {
    return await observedIn(run, waivers);
  } finally {
    await run.close();
  }
}

/** Runs the selected catalogue, and the observations when everything is selected; the run stays open. */
export async function observedIn(run: Run, waivers: readonly Waiver[]): Promise<ObservedRun> {
  const { suite, settings, composer, ability } = run;
  const catalogue = selected(suite.catalogue, settings);
  const scripts = settings.only.length === 0 ? suite.observations(composer) : [];
  const planned = shareBeginnings(plan(catalogue, composer, ability, scripts));
  const report = await runPlan(
    planned,
    run,
    waiversFor(waiversOf(suite.operation, waivers), catalogue, suite.catalogue),
  );
  return { report, asked: () => askedBy(plan(catalogue, composer, boundless, scripts)) };
}
