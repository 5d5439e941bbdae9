import type { Console } from '../../bin/console.ts';
import { drawProgress } from '../../bin/deliver.ts';
import { waiversFor } from '../../bin/waivers.ts';
import { observations } from '../../specs/observations.ts';
import type { ExchangeId } from '../model/exchange.ts';
import type { Report } from '../model/report.ts';
import type { Waiver } from '../model/waiver.ts';
import type { Settings } from '../settings/settings.ts';
import { askedBy, boundless } from './asked.ts';
import { openSession, type Session, type Variation } from './open.ts';
import { plan } from './plan.ts';
import { runPlan, selected } from './run-plan.ts';
import { shareBeginnings } from './share.ts';

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
export async function observedRun(
  settings: Settings,
  console: Console,
  { waivers = [], ...variation }: Variation & { readonly waivers?: readonly Waiver[] } = {},
): Promise<ObservedRun> {
  const session = await openSession(settings, console, drawProgress(console), variation);
  try {
    return await observedIn(session, settings, waivers, console);
  } finally {
    await session.close();
  }
}

async function observedIn(
  session: Session,
  settings: Settings,
  waivers: readonly Waiver[],
  console: Pick<Console, 'now' | 'elapsed'>,
): Promise<ObservedRun> {
  const { composer, ability } = session;
  const catalogue = selected(settings);
  const scripts = settings.only.length === 0 ? observations(composer) : [];
  const report = await runPlan(
    shareBeginnings(plan(catalogue, composer, ability, scripts)),
    session,
    settings,
    waiversFor(waivers, catalogue),
    console,
  );
  return { report, asked: askedBy(plan(catalogue, composer, boundless, scripts)) };
}
