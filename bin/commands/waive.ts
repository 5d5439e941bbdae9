import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { createComposer } from '../../src/catalogue/composer.ts';
import type { Profile } from '../../src/model/profile.ts';
import type { Requirement } from '../../src/model/requirement.ts';
import type { Waiver } from '../../src/model/waiver.ts';
import { writeReport } from '../../src/report/write.ts';
import { readWaiverFile, waiverFileText, waiverName, withWaiver } from '../../src/run/waive.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { settled } from '../../src/settings/reading.ts';
import { effectiveSettings } from '../../src/settings/settings.ts';
import { caseName } from '../../src/values/verdicts.ts';
import type { Console } from '../console.ts';
import { suite } from '../suite.ts';
import { openWaivers, usualWaivers } from '../waivers.ts';

interface Flags {
  readonly case?: string;
  readonly reason?: string;
  readonly owner?: string;
  readonly until?: string;
  readonly waivers?: string;
  readonly config?: string;
  readonly target?: string;
}

/** `conform waive`: writes down that a failure is known, who answers for it and until when. */
export function waiveCommand(program: Command, console: Console): void {
  program
    .command('waive')
    .description('let a known failure pass until a day; it still runs, and a waiver that is not needed fails')
    .argument('<id>', 'of the requirement')
    .option('--case <key>', 'one case of it, as reports print it; default: all of them')
    .option('--reason <text>', 'why the failure is accepted for now')
    .option('--until <date>', 'the last day it holds in UTC, YYYY-MM-DD')
    .option('--owner <name>', 'who answers for it; default: you')
    .option('--waivers <file>', `the file to add it to; default: ${usualWaivers}`)
    .option('--config <file>', 'the configuration file that may name the file')
    .option('--target <name>', 'the target in it that may name the file')
    .action(async (id: string, flags: Flags) => {
      const waiver = readWaiver(id, flags, console);
      const named = fileNamed(flags, console);
      const file = named ?? usualWaivers;
      const present = existsSync(resolve(console.cwd, file)) ? openWaivers(file, console) : [];
      const written = await writeReport(resolve(console.cwd, file), waiverFileText(withWaiver(present, waiver)));
      if (!written.ok) throw new UsageError(written.problem);
      const renewed = present.some((w) => waiverName(w) === waiverName(waiver));
      console.out(
        `${renewed ? 'Renewed' : 'Waived'}: ${waiverName(waiver)} until ${waiver.until}, ${waiver.owner} answers for it; written to ${file}. It still runs, and fails the run when it passes again.\n`,
      );
    });
}

function fileNamed({ waivers, config, target }: Flags, console: Console): string | null {
  const flags = {
    ...(waivers !== undefined && { waivers }),
    ...(config !== undefined && { config }),
    ...(target !== undefined && { target }),
  };
  return settled(effectiveSettings(flags, console)).text('waivers')?.value ?? null;
}

/** @throws UsageError for an id or case that does not exist, no reason, no owner, or a day that is none or has gone by */
function readWaiver(id: string, flags: Flags, { now, env }: Pick<Console, 'now' | 'env'>): Waiver {
  const requirement = requirementOf(id);
  const { reason = '', until = '', owner = env['USER'] ?? env['LOGNAME'] ?? env['USERNAME'] ?? '' } = flags;
  if (reason.trim() === '')
    throw new UsageError('waive needs --reason TEXT: whoever reads it later must know why the failure is accepted');
  if (owner.trim() === '') throw new UsageError('waive needs --owner NAME: somebody must answer for it');
  if (until === '')
    throw new UsageError('waive needs --until YYYY-MM-DD, the last day it holds: no waiver is for ever');
  if (flags.case !== undefined) checkCase(requirement, flags.case);
  const waiver: Waiver = {
    id,
    ...(flags.case !== undefined && { case: flags.case }),
    reason: reason.trim(),
    owner: owner.trim(),
    until,
  };
  if (!readWaiverFile(waiverFileText([waiver])).ok) throw new UsageError(`--until ${until}: takes a day, YYYY-MM-DD`);
  const today = now().toISOString().slice(0, 10);
  if (until < today) throw new UsageError(`--until ${until}: this day has gone by, today is ${today}`);
  return waiver;
}

function requirementOf(id: string): Requirement {
  const all = suite.catalogue.flatMap((a) => a.requirements);
  const found = all.find((r) => r.id === id);
  if (found !== undefined) return found;
  const alike = all.filter((r) => r.id.split('-')[0] === id.toUpperCase().split('-')[0]).map((r) => r.id);
  const known = alike.length === 0 ? `ids look like ${all[0]?.id ?? 'VALID-001'}` : `there are ${alike.join(', ')}`;
  throw new UsageError(`waive ${id}: there is no such requirement; ${known}; wildcards are not taken`);
}

function checkCase(requirement: Requirement, name: string): void {
  const names = [
    ...new Set(
      profiles().flatMap((p) =>
        requirement.cases(createComposer(suite.contract, suite.members, p)).map((c) => caseName(c.key)),
      ),
    ),
  ];
  if (names.includes(name)) return;
  const shown = names
    .slice(0, 3)
    .map((each) => `"${each}"`)
    .join(', ');
  throw new UsageError(
    `--case "${name}": ${requirement.id} has no such case under any profile; it has ${shown}${names.length > 3 ? ` and ${names.length - 3} more, see conform explain ${requirement.id}` : ''}`,
  );
}

/** All that a target may declare: the same file may serve several. */
function profiles(): readonly Profile[] {
  const { xmlNamespace } = suite.contract;
  return (['classic', 'endpoints'] as const).flatMap((hosting) =>
    (['pascal', 'camel'] as const).flatMap((casing) =>
      (['servicestack', 'system-text-json'] as const).flatMap((serializer) =>
        [false, true].map((debug): Profile => ({ hosting, casing, serializer, debug, xmlNamespace })),
      ),
    ),
  );
}
