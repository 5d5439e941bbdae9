import { acceptRun } from '../../src/gate/accept.ts';
import { UsageError } from '../../src/settings/problems.ts';
import type { Values } from '../../src/settings/table.ts';
import { quantity } from '../../src/values/words.ts';
import { aboutOf } from '../../src/host/about.ts';
import { drawProgress } from '../deliver.ts';
import { embedded } from '../../src/embedded/embedded.ts';
import { addOptions, whatIsSent, type Define } from '../options.ts';
import { acceptBaselines } from '../../src/host/baselines.ts';
import type { Contracts } from '../../src/host/contracts.ts';
import type { Console } from '../console.ts';
import { suites } from '../suites.ts';

type Flags = Values & { readonly baseline?: string; readonly reason?: string };

/** `conform accept`: makes the present behaviour the baseline. */
export const acceptCommand: Define = (command, console, done) => {
  command
    .option('--baseline <file>', 'the baseline to write; with --contracts, a folder with one for each operation')
    .option('--reason <text>', 'why the present behaviour is right; kept in the baseline');
  // A baseline holds all that is, not a part of it and not what is excused.
  const taken = addOptions(command, ...whatIsSent.filter((group) => group !== 'Run'), 'seed', 'repeat');
  command.action(async (flags: Flags) => {
    const { redactor } = console;
    const { baseline: file, reason = '' } = flags;
    if (file === undefined) throw new UsageError('accept needs --baseline FILE, the file to write');
    if (reason.trim() === '')
      throw new UsageError('accept needs --reason TEXT: a later reader of the baseline must know why it is right');
    const about = await aboutOf(flags, suites, console, taken);
    if (about.kind === 'several') {
      done(await acceptAll(about.contracts, { folder: file, reason: reason.trim() }, console));
      return;
    }
    const how = { world: console, host: embedded(), progress: drawProgress(console) };
    const { report, exchanges } = await acceptRun(file, reason.trim(), about, how);
    console.out(
      redactor.say`Accepted: ${quantity(exchanges, 'exchange')} of ${report.target.url}, written to ${file}. ${report.says}\n`,
    );
  });
};

/** @returns the exit code: 3 where one could not be judged */
async function acceptAll(
  contracts: Contracts,
  how: { readonly folder: string; readonly reason: string },
  console: Console,
): Promise<number> {
  const { out, err, redactor } = console;
  const progress = drawProgress(console, 'operations');
  const accepted = await acceptBaselines(contracts, how, { world: console, host: embedded(), progress });
  if (accepted.kind === 'interrupted') {
    err(redactor.say`Nothing was accepted: the run was interrupted.\n`);
    return 130;
  }
  out(redactor.say`Accepted: ${quantity(accepted.count, 'operation')}, written to ${how.folder}.\n`);
  for (const each of accepted.left) err(redactor.say`Not accepted: ${each}\n`);
  return accepted.left.length > 0 ? 3 : 0;
}
