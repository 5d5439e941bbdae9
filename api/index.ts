import { embedded } from '../src/embedded/embedded.ts';
import { catalogue as requirementsByArea } from '../specs/catalogue.ts';
import sources from '../specs/sources.json' with { type: 'json' };
import type { Redacted } from '../src/model/redacted.ts';
import type { Report } from '../src/model/report.ts';
import type { Citation, Requirement } from '../src/model/requirement.ts';
import type { CitedSources } from '../src/model/source.ts';
import { openRun } from '../src/run/open/open.ts';
import { runCatalogue } from '../src/run/run-catalogue.ts';
import { runOperations } from '../src/host/run-host.ts';
import { keyed } from '../src/report/host/keyed.ts';
import { headWith } from '../src/host/contracts.ts';
import {
  readHostSettings,
  readRunSettings,
  settlingInWordsOfSettings,
  waiversBy,
  type HostRunSettings,
  type RunSettings,
} from './settings.ts';
import { worldOf, type Surroundings } from './surroundings.ts';

export { InconclusiveError, UsageError } from '../src/settings/problems.ts';
export type { Redacted } from '../src/model/redacted.ts';
export type { Report, ReportedCase, ReportedExchange, ReportedRequirement, Summary } from '../src/model/report.ts';
export type { Finding, VerdictWord } from '../src/model/verdict.ts';
export type { Profile } from '../src/model/profile.ts';
export type { Authentication, EmbeddedRunSettings, HostRunSettings, LiveRunSettings, RunSettings } from './settings.ts';
export type { Surroundings } from './surroundings.ts';
export { harReport } from '../src/report/har.ts';
export { htmlReport } from '../src/report/html.ts';
export { jsonReport } from '../src/report/json.ts';
export { junitReport } from '../src/report/junit.ts';

/**
 * Runs the catalogue against a host, as `conform run` does, and reports. Nothing is printed and no report is written.
 *
 * A broken promise does not reject: the report's `verdict` and `exitCode` say what came of the run, `exitCode` as the
 * command would. A run that is aborted resolves as well, with what is known by then and `interrupted` set.
 *
 * @param settings whom to ask, as whom, and how much; default: all of the catalogue, against the embedded provider
 * @param surroundings what the run may know of the process around it
 * @throws UsageError (as a rejection) when settings or the files they name are wrong: one sentence
 * @throws InconclusiveError (as a rejection) when a token command does not yield a token
 */
export async function conform(settings: RunSettings = {}, surroundings: Surroundings = {}): Promise<Redacted<Report>> {
  const world = worldOf(surroundings);
  return settlingInWordsOfSettings(async () => {
    const { suite, settings: asked } = readRunSettings(settings, world);
    const waivers = waiversBy(asked, world);
    const run = await openRun(suite, asked, world, embedded(), surroundings.progress);
    try {
      return await runCatalogue(run, waivers);
    } finally {
      await run.close();
    }
  });
}

/**
 * Runs all operations of a host, as `conform run --contracts` does, and hands over the report of each as it ends, by name. Ids in
 * them are `operation:ID`, and no more than one is held here. A run that is aborted ends with the operation that was under way.
 *
 * @param settings whom to ask, as whom, how much, and `contracts`: the folder of all operations
 * @param surroundings what the run may know of the process around it; `progress` is told how many operations have ended
 * @throws UsageError (as a rejection of the first step) when settings or the files they name are wrong: one sentence
 */
export async function* conformOperations(
  settings: HostRunSettings,
  surroundings: Surroundings = {},
): AsyncGenerator<Redacted<Report>> {
  const world = worldOf(surroundings);
  const { contracts, waivers } = await settlingInWordsOfSettings(async () => {
    const opened = await readHostSettings(settings, world);
    const named = waiversBy(opened.settings, world);
    headWith(named, opened);
    return { contracts: opened, waivers: named };
  });
  const reports = runOperations({
    operations: contracts.operations,
    world,
    host: embedded(),
    run: (run) => runCatalogue(run, waivers),
    progress: surroundings.progress ?? (() => undefined),
  });
  for await (const report of reports) yield keyed(report);
}

const citedSources: CitedSources = sources;

/** A requirement as data. */
export interface CataloguedRequirement extends Pick<Requirement, 'id' | 'area' | 'level' | 'basis' | 'title' | 'why'> {
  readonly cites: readonly (Citation & { readonly url: string; /** Of the source. */ readonly sourceTitle: string })[];
  /** The profile under which it holds; absent where it holds under any. */
  readonly when?: NonNullable<Requirement['when']>;
}

/** An area of the catalogue as data. */
export interface CataloguedArea {
  readonly area: Requirement['area'];
  /** What it asks, to complete "it asks …". */
  readonly says: string;
  readonly requirements: readonly CataloguedRequirement[];
}

/** Everything that is promised, area by area, in the order it is run and reported. */
export const catalogue: readonly CataloguedArea[] = requirementsByArea.map(({ area, says, requirements }) => ({
  area,
  says,
  requirements: requirements.map(catalogued),
}));

function catalogued({ id, area, level, basis, title, why, cites, when }: Requirement): CataloguedRequirement {
  return {
    id,
    area,
    level,
    basis,
    title,
    why,
    cites: cites.map((cite) => {
      const source = citedSources[cite.source];
      return { ...cite, url: source?.url ?? '', sourceTitle: source?.title ?? cite.source };
    }),
    ...(when && { when }),
  };
}
