import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { baselineOf, baselineText } from '../../src/gate/baseline.ts';
import type { Acceptance } from '../../src/model/comparison.ts';
import { writeReport } from '../../src/report/write.ts';
import { observedRun } from '../../src/run/run.ts';
import { InconclusiveError, UsageError } from '../../src/settings/problems.ts';
import { readSettings, type Settings } from '../../src/settings/settings.ts';
import type { Console } from '../console.ts';
import { drawProgress } from '../deliver.ts';
import { embedded } from '../embedded.ts';
import { addRunOptions, refuse } from '../options.ts';
import { suite } from '../suite.ts';
import { openBaseline } from '../waivers.ts';

type Flags = Parameters<typeof readSettings>[0] & { readonly baseline?: string; readonly reason?: string };

/** `conform accept`: makes the present behaviour the baseline. */
export function acceptCommand(program: Command, console: Console): void {
  addRunOptions(program.command('accept').description('run and make the present behaviour the baseline'))
    .option('--baseline <file>', 'the baseline to write')
    .option('--reason <text>', 'why the present behaviour is right; kept in the baseline')
    .action(async (flags: Flags) => {
      refuse('accept', flags, ['waivers'], 'a baseline holds what is, not what is excused');
      const settings = readSettings(flags, suite.contract, console);
      const { baseline: file, reason = '' } = flags;
      if (file === undefined) throw new UsageError('accept needs --baseline FILE, the file to write');
      if (reason.trim() === '')
        throw new UsageError('accept needs --reason TEXT: whoever reads the baseline later must know why it is right');
      if (settings.only.length > 0)
        throw new UsageError('accept takes no --only: a part would become the whole baseline');
      const earlier = acceptancesIn(file, settings, console);
      const { report } = await observedRun(suite, settings, console, embedded(), { progress: drawProgress(console) });
      if (report.interrupted || report.verdict === 'inconclusive')
        throw new InconclusiveError(`Nothing was accepted. ${report.says}`);
      const accepted: Acceptance = { at: report.startedAt, reason: reason.trim(), suite: suite.version };
      const baseline = baselineOf(report, [accepted, ...earlier]);
      const written = await writeReport(resolve(console.cwd, file), baselineText(baseline));
      if (!written.ok) throw new UsageError(written.problem);
      console.out(
        `Accepted: ${Object.keys(baseline.exchanges).length} exchanges of ${report.target.url}, written to ${file}. ${report.says}\n`,
      );
    });
}

/** @throws UsageError when the file is there and is no baseline of this contract and profile: it is not written over */
function acceptancesIn(file: string, settings: Settings, console: Console): readonly Acceptance[] {
  return existsSync(resolve(console.cwd, file)) ? openBaseline(file, settings, console).accepted : [];
}
