import { openBaseline } from '../../src/gate/baseline.ts';
import { shellQuoted } from '../../src/exchange/curl.ts';
import { compare, heldAgainst, narrowed } from '../../src/gate/compare.ts';
import { observedRun } from '../../src/run/run-catalogue.ts';
import { selected } from '../../src/run/select.ts';
import { holds } from '../../src/run/waive.ts';
import { openWaivers } from '../../src/run/waiver-file.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { readSettings, type Settings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { checkOutputs, deliver, drawProgress } from '../deliver.ts';
import { embedded } from '../embedded.ts';
import { addOptions, wholeRun, type Define } from '../options.ts';
import { openSuite } from '../suites.ts';

type Flags = Values & {
  readonly baseline?: string;
  readonly strict?: boolean;
};

/** `conform gate`: runs and holds the run against a baseline. */
export const gateCommand: Define = (command, console, done) => {
  command
    .option('--baseline <file>', 'what conform accept wrote, or a JSON report of an earlier run')
    .option('--strict', 'behaviour that changed fails, though nobody promised it');
  const taken = addOptions(command, ...wholeRun);
  command.action(async (flags: Flags) => {
    const suite = openSuite(flags, console, taken);
    const said = readSettings(flags, suite.contract, console, taken);
    if (flags.baseline === undefined)
      throw new UsageError('gate needs --baseline FILE: make one with conform accept --baseline FILE --reason TEXT');
    const command = `conform gate --baseline ${shellQuoted(flags.baseline)}${flags.strict === true ? ' --strict' : ''}`;
    const settings: Settings = { ...said, commandLine: { ...said.commandLine, command } };
    await checkOutputs(settings.reports, console);
    const whole = openBaseline(flags.baseline, suite, settings, console);
    const waivers = openWaivers(settings.waivers, console);
    const ids = new Set<string>(selected(suite.catalogue, settings).flatMap((a) => a.requirements.map((r) => r.id)));
    const { report, asked } = await observedRun(suite, settings, console, embedded(), {
      waivers,
      progress: drawProgress(console),
    });
    const baseline = settings.only.length === 0 ? whole : narrowed(whole, ids, asked);
    const comparison = compare(baseline, report, {
      against: flags.baseline,
      strict: flags.strict === true,
      asked,
      waivers: waivers.filter((w) => holds(w, report.startedAt)),
    });
    await deliver(heldAgainst(report, comparison), settings.reports, console);
    done(comparison.exitCode);
  });
};
