import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Acceptance } from '../model/comparison.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import { writeReport } from '../report/write.ts';
import type { StartHost } from '../run/open/open.ts';
import { observedRun, type ObservedWith } from '../run/run-catalogue.ts';
import type { Asked } from '../settings/asked.ts';
import { checkFile } from '../settings/outputs.ts';
import { InconclusiveError, UsageError } from '../settings/problems.ts';
import type { World } from '../settings/world.ts';
import { baselineOf, baselineText, openBaseline } from './baseline.ts';

/** What a baseline was made of. */
export interface AcceptedRun {
  readonly report: Redacted<Report>;
  /** How many exchanges it holds. */
  readonly exchanges: number;
}

/**
 * Makes the present behaviour of an operation its baseline.
 *
 * @param file the baseline, as it was given
 * @param reason why the present behaviour is right
 * @param host started where the settings name no live target
 * @throws UsageError when the file cannot be written, or is there and no baseline of this contract and profile
 * @throws InconclusiveError when the run was interrupted or could not be judged: nothing is written then
 */
export async function acceptRun(
  file: string,
  reason: string,
  { suite, settings }: Asked,
  { world, host, progress }: { readonly world: World; readonly host: StartHost } & Pick<ObservedWith, 'progress'>,
): Promise<AcceptedRun> {
  const { cwd, redactor } = world;
  const path = resolve(cwd, file);
  // A file that is there and is no baseline of this contract and profile is not written over.
  const earlier = existsSync(path) ? openBaseline(file, suite, settings, world).accepted : [];
  await checkFile(path);
  const { report } = await observedRun(suite, settings, world, host, { ...(progress && { progress }) });
  if (report.interrupted || report.verdict === 'inconclusive')
    throw new InconclusiveError(`Nothing was accepted. ${report.says}`);
  const accepted: Acceptance = { at: report.startedAt, reason: redactor.text(reason), suite: suite.version };
  const baseline = baselineOf(report, [accepted, ...earlier]);
  // Made of the report and of the reason alone.
  const written = await writeReport(path, redactor.assembled(baselineText(baseline)));
  if (!written.ok) throw new UsageError(written.problem);
  return { report, exchanges: Object.keys(baseline.exchanges).length };
}
