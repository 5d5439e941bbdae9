import type { Command } from 'commander';
import { compare, narrowed } from '../../src/gate/compare.ts';
import { openBaseline } from '../baseline.ts';
import { UsageError, type Console } from '../console.ts';
import { deliver } from '../deliver.ts';
import { observedRun, selected } from '../observed-run.ts';
import { addRunOptions, readSettings } from '../settings.ts';
import { suite } from '../suite.ts';
import { readWaivers } from '../waive.ts';

type Flags = Parameters<typeof readSettings>[0] & {
  readonly baseline?: string;
  readonly strict?: boolean;
  readonly waive: readonly string[];
};

const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value];

/** `conform gate`: runs and holds the run against a baseline. */
export function gateCommand(program: Command, console: Console, done: (code: number) => void): void {
  addRunOptions(program.command('gate').description('run and compare with a baseline: what regressed, changed, is silent'))
    .option('--baseline <file>', 'what conform accept wrote, or a JSON report of an earlier run')
    .option('--strict', 'behaviour that changed fails, though nobody promised it')
    .option('--waive <name=reason>', 'an area, a requirement or "observations" that need not be exercised; repeatable', collect, [])
    .action(async (flags: Flags) => {
      const settings = readSettings(flags, suite.contract, console);
      if (flags.baseline === undefined) throw new UsageError('gate needs --baseline FILE: make one with conform accept --baseline FILE --reason TEXT');
      const whole = openBaseline(flags.baseline, settings, console);
      const waiver = readWaivers(flags.waive);
      const ids = new Set<string>(selected(settings).flatMap((a) => a.requirements.map((r) => r.id)));
      const { report, asked } = await observedRun(settings, console);
      const baseline = settings.only.length === 0 ? whole : narrowed(whole, ids, asked);
      const comparison = compare(baseline, report, { against: flags.baseline, strict: flags.strict === true, asked, waiver });
      await deliver({ ...report, exitCode: comparison.exitCode, comparison }, settings.reports, console);
      done(comparison.exitCode);
    });
}
