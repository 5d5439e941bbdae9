import type { Command } from 'commander';
import { compare, narrowed } from '../../src/gate/compare.ts';
import { observedRun, selected } from '../../src/run/run.ts';
import { holds } from '../../src/run/waive.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { readSettings } from '../../src/settings/settings.ts';
import type { Console } from '../console.ts';
import { deliver, drawProgress } from '../deliver.ts';
import { embedded } from '../embedded.ts';
import { addRunOptions } from '../options.ts';
import { suite } from '../suite.ts';
import { openBaseline, openWaivers } from '../waivers.ts';

type Flags = Parameters<typeof readSettings>[0] & {
  readonly baseline?: string;
  readonly strict?: boolean;
};

/** `conform gate`: runs and holds the run against a baseline. */
export function gateCommand(program: Command, console: Console, done: (code: number) => void): void {
  addRunOptions(
    program.command('gate').description('run and compare with a baseline: what regressed, changed, is silent'),
  )
    .option('--baseline <file>', 'what conform accept wrote, or a JSON report of an earlier run')
    .option('--strict', 'behaviour that changed fails, though nobody promised it')
    .action(async (flags: Flags) => {
      const settings = readSettings(flags, suite.contract, console);
      if (flags.baseline === undefined)
        throw new UsageError('gate needs --baseline FILE: make one with conform accept --baseline FILE --reason TEXT');
      const whole = openBaseline(flags.baseline, settings, console);
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
      await deliver({ ...report, exitCode: comparison.exitCode, comparison }, settings.reports, console);
      done(comparison.exitCode);
    });
}
