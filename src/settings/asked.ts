import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Contract, NonEmpty } from '../model/contract.ts';
import type { Suite } from '../model/suite.ts';
import { isSameName } from '../values/operation-name.ts';
import { readContractFile } from './contract-file.ts';
import { effectiveSettings, settingIn } from './effective.ts';
import type { Effective } from './layers.ts';
import { UsageError } from './problems.ts';
import { placeOf, type Said } from './reading.ts';
import { settingsFrom, type Settings } from './settings.ts';
import type { SettingName, Values } from './table.ts';
import type { World } from './world.ts';

/** Which operations there are, and what is promised of one. */
export interface Suites {
  /** The contracts that can be named without a file, the default first. */
  readonly shipped: NonEmpty<Contract>;
  readonly suiteOf: (contract: Contract) => Suite;
  /** Begins with many operations, which share what is worked out of equal schemas. */
  readonly suitesInCommon: () => (contract: Contract) => Suite;
}

/** What a run is about, and what it was asked to do. */
export interface Asked {
  readonly suite: Suite;
  readonly settings: Settings;
}

/**
 * What a command line asks that is about one operation.
 *
 * @param taken what the command takes
 * @throws UsageError in one sentence
 */
export function askedBy(
  flags: Values,
  suites: Suites,
  world: Pick<World, 'env' | 'cwd'>,
  taken: ReadonlySet<SettingName>,
): Asked {
  return askedIn(settingsOfOne(flags, world, taken), suites, world);
}

/**
 * What settings ask of the operation that they name.
 *
 * @throws UsageError in one sentence
 */
export function askedIn(effective: readonly Effective[], suites: Suites, world: Pick<World, 'env' | 'cwd'>): Asked {
  const suite = suiteIn(effective, suites, world);
  return { suite, settings: settingsFrom(effective, suite.contract, world) };
}

/**
 * What holds for a command about one operation: a folder of all operations, wherever it is named, is never passed over in
 * silence.
 *
 * @param taken what the command takes
 * @throws UsageError naming the place and what is wrong there
 */
export function settingsOfOne(
  flags: Values,
  world: Pick<World, 'env' | 'cwd'>,
  taken: ReadonlySet<SettingName>,
): readonly Effective[] {
  return effectiveSettings(flags, world, new Set([...taken, 'contracts', 'shard']));
}

/**
 * The suite of the contract that settings name; of the first that is shipped where they name none.
 *
 * @throws UsageError when there is no such contract, or it cannot be read as one
 */
export function suiteIn(
  effective: readonly Effective[],
  { shipped, suiteOf }: Suites,
  world: Pick<World, 'cwd'>,
): Suite {
  const several = settingIn(effective, 'contracts');
  const said = settingIn(effective, 'contract');
  if (several !== null && said === null)
    throw new UsageError(
      `${placeOf(several)}: this is about one operation at a time; name it with --contract ${join(several.value, 'OPERATION')}`,
    );
  const shard = settingIn(effective, 'shard');
  if (shard !== null) throw new UsageError(`${placeOf(shard)}: goes with --contracts DIR, which names all operations`);
  return suiteOf(said === null ? shipped[0] : contractNamed(said, shipped, world));
}

/** The contract that settings name, as another process finds it from wherever it is: a name or a whole path; null for none. */
export function contractIn(
  effective: readonly Effective[],
  { shipped }: Pick<Suites, 'shipped'>,
  world: Pick<World, 'cwd'>,
): string | null {
  const said = settingIn(effective, 'contract');
  return said === null || named(said.value, shipped) !== undefined
    ? (said?.value ?? null)
    : resolve(world.cwd, said.value);
}

function named(name: string, shipped: Suites['shipped']): Contract | undefined {
  return shipped.find(({ operation }) => isSameName(operation, name));
}

function contractNamed(said: Said, shipped: Suites['shipped'], world: Pick<World, 'cwd'>): Contract {
  const known = named(said.value, shipped);
  if (known !== undefined) return known;
  const file = resolve(world.cwd, said.value);
  if (!existsSync(file)) {
    const names = shipped.map(({ operation }) => operation).join(', ');
    throw new UsageError(
      `${placeOf(said)}: is no contract: there is no such file or folder, and of name there is ${names}`,
    );
  }
  return readContractFile(placeOf(said), file, world);
}
