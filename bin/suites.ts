import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import packageJson from 'platform-api-conformance/package.json' with { type: 'json' };
import { connectionStatusUpdate } from '../contracts/connection-status-update.ts';
import { catalogue } from '../specs/catalogue.ts';
import { observations } from '../specs/observations.ts';
import sources from '../specs/sources.json' with { type: 'json' };
import type { Contract } from '../src/model/contract.ts';
import type { Suite } from '../src/model/suite.ts';
import { modelOf } from '../src/schema/types.ts';
import { deriveSchemas, schemasUri } from '../src/schema/derive.ts';
import { membersOf } from '../src/schema/members.ts';
import { createValidator, type Validator } from '../src/schema/validator.ts';
import { readContractFile } from '../src/settings/contract-file.ts';
import type { Effective } from '../src/settings/layers.ts';
import { UsageError } from '../src/settings/problems.ts';
import { placeOf, type Said } from '../src/settings/reading.ts';
import { effectiveSettings, settingIn } from '../src/settings/effective.ts';
import { settingsFrom, type Settings } from '../src/settings/settings.ts';
import type { SettingName, Values } from '../src/settings/table.ts';
import type { World } from '../src/settings/world.ts';
import { isSameName } from '../src/values/operation-name.ts';

/** The contracts that this package ships, the default first. */
const shipped: readonly [Contract, ...Contract[]] = [connectionStatusUpdate];

/** The suite of the operation that this package is named after: what a command is about where nobody names another. */
export function shippedSuite(): Suite {
  return suiteOf(shipped[0]);
}

/**
 * The suite of the contract that flags, environment or configuration file name.
 *
 * @throws UsageError when there is no such contract, or it cannot be read as one
 */
export function openSuite(flags: Values, world: Pick<World, 'env' | 'cwd'>): Suite {
  return suiteIn(effectiveSettings(flags, world), world);
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
export function askedBy(flags: Values, world: Pick<World, 'env' | 'cwd'>, taken: ReadonlySet<SettingName>): Asked {
  return askedIn(settingsOfOne(flags, world, taken), world);
}

/**
 * What settings ask of the operation that they name.
 *
 * @throws UsageError in one sentence
 */
export function askedIn(effective: readonly Effective[], world: Pick<World, 'env' | 'cwd'>): Asked {
  const suite = suiteIn(effective, world);
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
 * The suite of the contract that settings name.
 *
 * @throws UsageError when there is no such contract, or it cannot be read as one
 */
export function suiteIn(effective: readonly Effective[], world: Pick<World, 'cwd'>): Suite {
  const several = settingIn(effective, 'contracts');
  const said = settingIn(effective, 'contract');
  if (several !== null && said === null)
    throw new UsageError(
      `${placeOf(several)}: this is about one operation at a time; name it with --contract ${join(several.value, 'OPERATION')}`,
    );
  const shard = settingIn(effective, 'shard');
  if (shard !== null) throw new UsageError(`${placeOf(shard)}: goes with --contracts DIR, which names all operations`);
  return said === null ? shippedSuite() : suiteOf(contractNamed(said, world));
}

/** The contract that settings name, as another process finds it from wherever it is: a name or a whole path; null for none. */
export function contractIn(effective: readonly Effective[], world: Pick<World, 'cwd'>): string | null {
  const said = settingIn(effective, 'contract');
  return said === null || shippedAs(said.value) !== undefined ? (said?.value ?? null) : resolve(world.cwd, said.value);
}

/** What is promised of an operation: its contract, and the catalogue as far as it speaks of such a one. */
export function suiteOf(contract: Contract): Suite {
  const schemas = deriveSchemas(modelOf(contract), schemasUri);
  // Most commands that send nothing judge nothing either, and would wait for it.
  let validator: Validator | null = null;
  return {
    name: packageJson.name,
    version: packageJson.version,
    operation: contract.operation,
    contract,
    schemas,
    members: membersOf(contract, schemas),
    violations: (dto, value, spelling) =>
      schemas[dto] === undefined ? [] : (validator ??= createValidator(schemas)).violations(dto, value, spelling),
    catalogue,
    observations,
    sources,
  };
}

function shippedAs(name: string): Contract | undefined {
  return shipped.find(({ operation }) => isSameName(operation, name));
}

function contractNamed(said: Said, world: Pick<World, 'cwd'>): Contract {
  const known = shippedAs(said.value);
  if (known !== undefined) return known;
  const named = resolve(world.cwd, said.value);
  if (!existsSync(named)) {
    const names = shipped.map(({ operation }) => operation).join(', ');
    throw new UsageError(
      `${placeOf(said)}: is no contract: there is no such file or folder, and of name there is ${names}`,
    );
  }
  return readContractFile(placeOf(said), named, world);
}
