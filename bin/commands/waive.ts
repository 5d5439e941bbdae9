import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeReport } from '../../src/report/write.ts';
import { waiverFileText, waiverName, withWaiver } from '../../src/run/conclude/waive.ts';
import { openWaivers, usualWaivers, waiverFrom, type SaidOfWaiver } from '../../src/run/conclude/waiver-file.ts';
import { settingsOfOne, suiteIn } from '../../src/settings/asked.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { settingIn } from '../../src/settings/effective.ts';
import type { Effective } from '../../src/settings/layers.ts';
import type { Values } from '../../src/settings/table.ts';
import { nameOfOne } from '../../src/values/operation-name.ts';
import { addOptions, type Define } from '../options.ts';
import type { Suite } from '../../src/model/suite.ts';
import type { Console } from '../console.ts';
import { contractNamed, contractsIn } from '../../src/host/contracts.ts';
import { suites } from '../suites.ts';

/** Members that say which failure is meant, as reports print it. */
const named = new Set(['id', 'case']);

type Flags = Values & Omit<SaidOfWaiver, 'id'>;

/** `conform waive`: writes down that a failure is known, who answers for it and until when. */
export const waiveCommand: Define = (command, console) => {
  command
    .argument('<id>', 'of the requirement')
    .option('--case <key>', 'one case of it, as reports print it; default: all of them')
    .option('--reason <text>', 'why the failure is accepted for now')
    .option('--until <date>', 'the last day it holds in UTC, YYYY-MM-DD')
    .option('--owner <name>', 'who answers for it; default: you');
  const taken = addOptions(command, 'Target', 'waivers');
  command.action(async (id: string, flags: Flags) => {
    const { env, cwd, now, redactor } = console;
    const effective = settingsOfOne(flags, console, taken);
    const suite = suiteFor(id, effective, console);
    const you = env['USER'] ?? env['LOGNAME'] ?? env['USERNAME'];
    const waiver = waiverFrom({ ...(you !== undefined && { owner: you }), ...flags, id }, suite, now());
    const file = settingIn(effective, 'waivers')?.value ?? usualWaivers;
    const present = existsSync(resolve(cwd, file)) ? openWaivers(file, console) : [];
    const text = waiverFileText(redactor.all(withWaiver(present, waiver), named));
    const written = await writeReport(resolve(cwd, file), redactor.assembled(text));
    if (!written.ok) throw new UsageError(written.problem);
    const renewed = present.some((w) => waiverName(w) === waiverName(waiver));
    console.out(
      redactor.say`${renewed ? 'Renewed' : 'Waived'}: ${waiverName(waiver)} until ${waiver.until}, ${waiver.owner} answers for it; written to ${file}. It still runs, and fails the run when it passes again.\n`,
    );
  });
};

/** Among several operations, the id names its own. */
function suiteFor(id: string, effective: readonly Effective[], console: Console): Suite {
  const several = contractsIn(effective);
  if (several === null) return suiteIn(effective, suites, console);
  const { operation } = nameOfOne(id);
  if (operation === null)
    throw new UsageError(`waive ${id}: with --contracts, an id names its operation, as Operation:${id}`);
  return suites.suiteOf(contractNamed(operation, several, console));
}
