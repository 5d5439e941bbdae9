import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createComposer } from '../../catalogue/composer.ts';
import type { Contract } from '../../model/contract.ts';
import type { Profile } from '../../model/profile.ts';
import type { Requirement } from '../../model/requirement.ts';
import type { Suite } from '../../model/suite.ts';
import type { Waiver } from '../../model/waiver.ts';
import { readTextFile } from '../../settings/files.ts';
import { UsageError } from '../../settings/problems.ts';
import type { World } from '../../settings/world.ts';
import { isSameName, nameOfOne } from '../../values/operation-name.ts';
import { caseName } from '../../values/verdicts.ts';
import { readWaiverFile, waiverFileText } from './waive.ts';

export const usualWaivers = 'conform.waivers.json';

/**
 * Reads the waivers of a run: of the file that is named, or of the usual one where there is one.
 *
 * @param named in the configuration, by the environment or by a flag; null when nowhere
 * @throws UsageError when the file cannot be read as one
 */
export function openWaivers(named: string | null, world: Pick<World, 'cwd'>): readonly Waiver[] {
  const file = named ?? usualWaivers;
  if (named === null && !existsSync(resolve(world.cwd, file))) return [];
  const read = readWaiverFile(readTextFile('the waivers in', file, world));
  if (!read.ok) throw new UsageError(`${file}: ${read.problem}`);
  return read.waivers;
}

/** What a person says of a waiver, each still to be checked. */
export interface SaidOfWaiver {
  readonly id: string;
  readonly case?: string;
  readonly reason?: string;
  readonly owner?: string;
  readonly until?: string;
}

/**
 * Makes a waiver of what was said.
 *
 * @param suite whose requirement it is of
 * @param now the day it is written
 * @throws UsageError for an id or case that does not exist, no reason, no owner, or a day that is none or has gone by
 */
export function waiverFrom(said: SaidOfWaiver, suite: Suite, now: Date): Waiver {
  const { operation, name } = nameOfOne(said.id);
  if (operation !== null && !isSameName(operation, suite.operation))
    throw new UsageError(`waive ${said.id}: this is about ${suite.operation}; name the contract of ${operation}`);
  const requirement = requirementOf(name, suite);
  const { reason = '', until = '', owner = '' } = said;
  if (reason.trim() === '')
    throw new UsageError('waive needs --reason TEXT: a later reader must know why the failure is accepted');
  if (owner.trim() === '') throw new UsageError('waive needs --owner NAME: a person must answer for it');
  if (until === '')
    throw new UsageError('waive needs --until YYYY-MM-DD, the last day it holds: no waiver is for ever');
  if (said.case !== undefined) checkCase(requirement, said.case, suite);
  const waiver: Waiver = {
    ...(operation !== null && { operation: suite.operation }),
    id: requirement.id,
    ...(said.case !== undefined && { case: said.case }),
    reason: reason.trim(),
    owner: owner.trim(),
    until,
  };
  if (!readWaiverFile(waiverFileText([waiver])).ok) throw new UsageError(`--until ${until}: takes a day, YYYY-MM-DD`);
  const today = now.toISOString().slice(0, 10);
  if (until < today) throw new UsageError(`--until ${until}: this day has gone by, today is ${today}`);
  return waiver;
}

function requirementOf(id: string, { catalogue }: Suite): Requirement {
  const all = catalogue.flatMap((a) => a.requirements);
  const wanted = id.toUpperCase();
  const found = all.find((r) => r.id === wanted);
  if (found !== undefined) return found;
  const alike = all.filter((r) => r.id.split('-')[0] === wanted.split('-')[0]).map((r) => r.id);
  const known = alike.length === 0 ? `ids look like ${all[0]?.id ?? 'VALID-001'}` : `there are ${alike.join(', ')}`;
  throw new UsageError(`waive ${id}: there is no such requirement; ${known}; wildcards are not taken`);
}

function checkCase(requirement: Requirement, name: string, { contract, members }: Suite): void {
  const names = [
    ...new Set(
      profiles(contract).flatMap((p) =>
        requirement.cases(createComposer(contract, members, p)).map((c) => caseName(c.key)),
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

/** Each way to write JSON. */
const serializers: readonly Pick<Profile, 'serializer' | 'guids' | 'dates'>[] = [
  { serializer: 'servicestack', guids: 'dashed', dates: 'iso' },
  { serializer: 'servicestack', guids: 'dashed', dates: 'ms' },
  { serializer: 'servicestack', guids: 'compact', dates: 'iso' },
  { serializer: 'servicestack', guids: 'compact', dates: 'ms' },
  { serializer: 'system-text-json', guids: 'dashed', dates: 'iso' },
];

/** All that a target may declare: the same file may serve several. */
function profiles({ xmlNamespace }: Contract): readonly Profile[] {
  return (['classic', 'mapped', 'endpoints'] as const).flatMap((hosting) =>
    (['pascal', 'camel'] as const).flatMap((casing) =>
      serializers.flatMap((serializer) =>
        [false, true].map((debug): Profile => ({ hosting, casing, ...serializer, debug, xmlNamespace })),
      ),
    ),
  );
}
