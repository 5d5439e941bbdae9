import { openBaseline } from '../../src/gate/baseline.ts';
import { shellQuoted } from '../../src/exchange/curl.ts';
import { hold } from '../../src/gate/hold.ts';
import { observedRun } from '../../src/run/run-catalogue.ts';
import { openWaivers } from '../../src/run/conclude/waiver-file.ts';
import { UsageError } from '../../src/settings/problems.ts';
import type { Settings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { checkOutputs } from '../../src/settings/outputs.ts';
import { aboutOf } from '../../src/host/about.ts';
import { deliver, drawProgress } from '../deliver.ts';
import { embedded } from '../../src/embedded/embedded.ts';
import { addOptions, wholeRun, type Define } from '../options.ts';
import { holdingBaselines } from '../../src/host/baselines.ts';
import { reportOperations } from './run-host.ts';
import { suites } from '../suites.ts';

type Flags = Values & {
  readonly baseline?: string;
  readonly strict?: boolean;
};

/** `conform gate`: runs and holds the run against a baseline. */
export const gateCommand: Define = (command, console, done) => {
  command
    .option(
      '--baseline <file>',
      'what conform accept wrote, or a JSON report of an earlier run; with --contracts, the folder that it wrote',
    )
    .option('--strict', 'behaviour that changed fails, though it was never promised');
  const taken = addOptions(command, ...wholeRun);
  command.action(async (flags: Flags) => {
    const about = await aboutOf(flags, suites, console, taken);
    const { baseline, strict = false } = flags;
    if (baseline === undefined)
      throw new UsageError(
        about.kind === 'one'
          ? 'gate needs --baseline FILE: make one with conform accept --baseline FILE --reason TEXT'
          : 'gate needs --baseline DIR: make it with conform accept --contracts DIR --baseline DIR --reason TEXT',
      );
    if (about.kind === 'several') {
      const { contracts } = about;
      const held = holdingBaselines(contracts, { folder: baseline, strict }, console);
      done(await reportOperations(contracts, console, held));
      return;
    }
    const { suite, settings: said } = about;
    const command = `conform gate --baseline ${shellQuoted(baseline)}${strict ? ' --strict' : ''}`;
    const settings: Settings = { ...said, commandLine: { ...said.commandLine, command } };
    await checkOutputs(settings.reports, console);
    const whole = openBaseline(baseline, suite, settings, console);
    const waivers = openWaivers(settings.waivers, console);
    const observed = await observedRun(suite, settings, console, embedded(), {
      waivers,
      progress: drawProgress(console),
    });
    const report = hold(observed, { whole, against: baseline, strict, waivers }, { suite, settings });
    await deliver(report, settings.reports, console);
    done(report.exitCode);
  });
};
