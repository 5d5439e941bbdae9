import type { Redacted } from '../../src/model/redacted.ts';
import type { Report } from '../../src/model/report.ts';
import { openRun } from '../../src/run/open/open.ts';
import { runCatalogue } from '../../src/run/run-catalogue.ts';
import { openWaivers } from '../../src/run/conclude/waiver-file.ts';
import type { Asked } from '../../src/settings/asked.ts';
import type { Values } from '../../src/settings/table.ts';
import { aboutOf } from '../../src/host/about.ts';
import type { Console } from '../console.ts';
import { checkOutputs } from '../../src/settings/outputs.ts';
import { deliver, drawProgress } from '../deliver.ts';
import { embedded } from '../../src/embedded/embedded.ts';
import { addOptions, wholeRun, type Define } from '../options.ts';
import { reportOperations } from './run-host.ts';
import { suites } from '../suites.ts';

/** `conform [run]`: runs the catalogue against a target and reports. */
export const runCommand: Define = (command, console, done) => {
  const taken = addOptions(command, ...wholeRun);
  command.action(async (flags: Values) => {
    const about = await aboutOf(flags, suites, console, taken);
    if (about.kind === 'several') {
      done(await reportOperations(about.contracts, console, runCatalogue));
      return;
    }
    const { reports } = about.settings;
    await checkOutputs(reports, console);
    const report = await reportOf(about, console);
    await deliver(report, reports, console);
    done(report.exitCode);
  });
};

async function reportOf({ suite, settings }: Asked, console: Console): Promise<Redacted<Report>> {
  const waivers = openWaivers(settings.waivers, console);
  const run = await openRun(suite, settings, console, embedded(), drawProgress(console));
  try {
    return await runCatalogue(run, waivers);
  } finally {
    await run.close();
  }
}
