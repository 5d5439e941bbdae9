import type { Redacted } from '../../src/model/redacted.ts';
import type { Report } from '../../src/model/report.ts';
import type { Suite } from '../../src/model/suite.ts';
import { openRun } from '../../src/run/open/open.ts';
import { runCatalogue } from '../../src/run/run-catalogue.ts';
import { openWaivers } from '../../src/run/conclude/waiver-file.ts';
import { effectiveSettings } from '../../src/settings/effective.ts';
import { settingsFrom, type Settings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import type { Console } from '../console.ts';
import { checkOutputs } from '../../src/settings/outputs.ts';
import { deliver, drawProgress } from '../deliver.ts';
import { embedded } from '../embedded.ts';
import { addOptions, wholeRun, type Define } from '../options.ts';
import { suiteIn, suiteOf } from '../suites.ts';
import { contractsIn, openContracts } from '../../src/host/contracts.ts';
import { reportOperations } from './run-host.ts';

/** `conform [run]`: runs the catalogue against a target and reports. */
export const runCommand: Define = (command, console, done) => {
  const taken = addOptions(command, ...wholeRun);
  command.action(async (flags: Values) => {
    const effective = effectiveSettings(flags, console, taken);
    const several = contractsIn(effective);
    if (several !== null) {
      done(await reportOperations(await openContracts(several, effective, console, suiteOf), console, runCatalogue));
      return;
    }
    const suite = suiteIn(effective, console);
    const settings = settingsFrom(effective, suite.contract, console);
    await checkOutputs(settings.reports, console);
    const report = await reportOf(suite, settings, console);
    await deliver(report, settings.reports, console);
    done(report.exitCode);
  });
};

async function reportOf(suite: Suite, settings: Settings, console: Console): Promise<Redacted<Report>> {
  const waivers = openWaivers(settings.waivers, console);
  const run = await openRun(suite, settings, console, embedded(), drawProgress(console));
  try {
    return await runCatalogue(run, waivers);
  } finally {
    await run.close();
  }
}
