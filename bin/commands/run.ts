import type { Command } from 'commander';
import type { Report } from '../../src/model/report.ts';
import { openRun } from '../../src/run/open.ts';
import { runCatalogue } from '../../src/run/run.ts';
import { readSettings, type Settings } from '../../src/settings/settings.ts';
import type { Console } from '../console.ts';
import { deliver, drawProgress } from '../deliver.ts';
import { embedded } from '../embedded.ts';
import { addRunOptions } from '../options.ts';
import { suite } from '../suite.ts';
import { openWaivers } from '../waivers.ts';

/** `conform [run]`: runs the catalogue against a target and reports. */
export function runCommand(program: Command, console: Console, done: (code: number) => void): void {
  addRunOptions(program.command('run', { isDefault: true }).description('run the catalogue against a target')).action(
    async (flags: Parameters<typeof readSettings>[0]) => {
      const settings = readSettings(flags, suite.contract, console);
      const report = await run(settings, console);
      await deliver(report, settings.reports, console);
      done(report.exitCode);
    },
  );
}

async function run(settings: Settings, console: Console): Promise<Report> {
  const waivers = openWaivers(settings.waivers, console);
  const run = await openRun(suite, settings, console, embedded(), drawProgress(console));
  try {
    return await runCatalogue(run, settings, console, waivers);
  } finally {
    await run.close();
  }
}
