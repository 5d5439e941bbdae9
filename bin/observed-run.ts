import { observations } from '../specs/observations.ts';
import { askedBy, boundless } from '../src/gate/asked.ts';
import type { ExchangeId } from '../src/model/exchange.ts';
import type { Report } from '../src/model/report.ts';
import type { Waiver } from '../src/model/waiver.ts';
import { plan } from '../src/plan/plan.ts';
import { shareBeginnings } from '../src/plan/share.ts';
import type { Settings } from '../src/settings/settings.ts';
import type { Console } from './console.ts';
import { drawProgress } from './deliver.ts';
import { runPlan, selected } from './run-plan.ts';
import { openSession, type Session, type Variation } from './session.ts';
import { waiversFor } from './waivers.ts';

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
