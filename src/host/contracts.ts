import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { operationsWithSubjects } from '../exchange/subjects-file.ts';
import type { Operation } from './run-host.ts';
import type { Contract, NonEmpty } from '../model/contract.ts';
import type { HostHead } from '../model/host-report.ts';
import type { Suite } from '../model/suite.ts';
import type { Waiver } from '../model/waiver.ts';
import { selected } from '../run/plan/select.ts';
import { openSource } from '../run/open/subjects.ts';
import { keyOfWaiver, waiverName } from '../run/conclude/waive.ts';
import { createComposer } from '../catalogue/composer.ts';
import { isLive } from '../run/open/open.ts';
import { readContractFile } from '../settings/contract-file.ts';
import { readTextFile } from '../settings/files.ts';
import type { Effective } from '../settings/layers.ts';
import { onlyOf, unknownOperations } from '../settings/only.ts';
import { UsageError } from '../settings/problems.ts';
import { placeOf, settled, type Said } from '../settings/reading.ts';
import { settingsFrom, type Settings } from '../settings/settings.ts';
import type { SettingName } from '../settings/table.ts';
import { inShard, shardIn } from '../settings/shard.ts';
import type { World } from '../settings/world.ts';
import { ofTheHost } from '../values/host-profile.ts';
import { isSameName } from '../values/operation-name.ts';

/** The operations of a folder, as far as they are asked for. */
export interface Contracts {
  /** All of the folder. */
  readonly names: readonly string[];
  /** Those that are to run, by name. */
  readonly operations: readonly Operation[];
  readonly head: HostHead;
  /** What is the same for all of them: the settings of one. */
  readonly settings: Settings;
}

/**
 * The folder of contracts that settings name; null where a command is about one operation. What stands higher counts:
 * `--contract` before a folder that a configuration file names.
 *
 * @throws UsageError when one place names both
 */
export function contractsIn(effective: readonly Effective[]): Said | null {
  const said = settled(effective).oneOf(['contract', 'contracts'], 'places of contracts');
  return said?.name === 'contracts' ? said : null;
}

/**
 * Reads every contract of a folder and lets it go again; whatever is wrong with one of them, or with what was said of it,
 * is said before anything is sent.
 *
 * @param suiteOf what is promised of an operation, by its contract
 * @throws UsageError in one sentence
 */
export async function openContracts(
  said: Said,
  effective: readonly Effective[],
  world: World,
  suiteOf: (contract: Contract) => Suite,
): Promise<Contracts> {
  const files = filesIn(said, world);
  const given = settled(effective);
  const only = given.list('only');
  const subjects = given.text('connections');
  const offered = subjects === null ? null : listsIn(subjects, world);
  const hash = createHash('sha256');
  const entries = files.map((file) => {
    const contract = contractIn(said, file, world);
    hash.update(JSON.stringify(contract));
    return { name: contract.operation, file, hasSubject: contract.subject !== null };
  });
  const [twice] = entries.filter(({ name }, i) => entries.findIndex((e) => isSameName(e.name, name)) < i);
  if (twice !== undefined)
    throw new UsageError(`${placeOf(said)}: holds two contracts of ${twice.name}; keep one of them`);
  const names = entries.map(({ name }) => name);
  const unknown = unknownOperations(names, only);
  if (unknown.length > 0)
    throw new UsageError(`--only ${unknown.join(', ')}: no operation of ${said.value} has that name`);
  const stray = offered?.find((name) => !names.includes(name));
  if (stray !== undefined)
    throw new UsageError(`--connections: has subjects of ${stray}, which is no operation of ${said.value}`);
  const operations = new Map(
    entries.map(({ name, file, hasSubject }): readonly [string, Operation] => {
      // Where changes are allowed, an operation that works on subjects and has none of its own is only read.
      const dropped: readonly SettingName[] = hasSubject ? ['connections', 'allowChanges'] : ['connections'];
      const own = offered === null || offered.includes(name) ? effective : without(dropped, effective);
      const open: Operation['open'] = () => {
        const suite = suiteOf(contractIn(said, file, world));
        return { suite, settings: settingsOf(suite, own, world) };
      };
      return [name, { name, open }];
    }),
  );
  const wanted = names.filter((name) => onlyOf(name, only) !== null);
  const shard = shardIn(effective);
  const seed = given.count('seed') ?? 0;
  const running = shard === null ? wanted.toSorted() : inShard(wanted, shard, seed);
  for (const name of running) await check(operations.get(name), world);
  const one = operations.get(running[0] ?? names[0] ?? '')?.open();
  if (one === undefined) throw new UsageError(`${placeOf(said)}: holds no contract`);
  const { suite, settings } = one;
  hash.update(JSON.stringify([only, settings.repeat, settings.complete, settings.changes]));
  return {
    names,
    operations: running.flatMap((name) => operations.get(name) ?? []),
    settings,
    head: {
      schemaVersion: 1,
      suite: { name: suite.name, version: suite.version, seed },
      target: isLive(settings) ? { kind: 'live', url: settings.target.url.href } : { kind: 'embedded' },
      profile: ofTheHost(settings.profile),
      asked: hash.digest('hex'),
      failOn: settings.failOn,
      ...(shard !== null && { shard }),
      wanted: running.length,
    },
  };
}

/**
 * The contracts of all operations of a folder.
 *
 * @throws UsageError when it holds none
 */
export function contractsAt(said: Said, world: Pick<World, 'cwd'>): NonEmpty<Contract> {
  const [first, ...others] = filesIn(said, world).map((file) => contractIn(said, file, world));
  if (first === undefined) throw new UsageError(`${placeOf(said)}: holds no contract`);
  return [first, ...others];
}

/**
 * The contract of one operation of a folder.
 *
 * @throws UsageError when there is none of that name
 */
export function contractNamed(operation: string, said: Said, world: Pick<World, 'cwd'>): Contract {
  const found = contractsAt(said, world).find((contract) => isSameName(contract.operation, operation));
  if (found === undefined) throw new UsageError(`${placeOf(said)}: holds no contract of ${operation}`);
  return found;
}

/** A message says which of them is meant. */
function contractIn(said: Said, file: string, world: Pick<World, 'cwd'>): Contract {
  return readContractFile(placeOf({ ...said, value: join(said.value, basename(dirname(file))) }), file, world);
}

/** The contracts of a folder's own folders, in the order of the alphabet. */
function filesIn(said: Said, world: Pick<World, 'cwd'>): readonly string[] {
  const folder = resolve(world.cwd, said.value);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UsageError(`${placeOf(said)}: is no folder; conform import --all --out ${said.value} makes it`);
  const files = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name, 'contract.json'))
    .filter((file) => existsSync(file));
  if (files.length > 0) return files;
  throw new UsageError(
    existsSync(join(folder, 'contract.json'))
      ? `${placeOf(said)}: is the folder of one operation; name it with --contract`
      : `${placeOf(said)}: has no folder with a contract.json; conform import --all --out ${said.value} makes them`,
  );
}

/** What a command says of its own output and of its share of the work; a command that is proposed for one operation does not repeat it. */
const ofTheWhole: ReadonlySet<SettingName> = new Set(['shard', 'report', 'quiet', 'verbose'] as const);

function settingsOf(suite: Suite, effective: readonly Effective[], world: Pick<World, 'env' | 'cwd'>): Settings {
  const said = settingsFrom(effective, suite.contract, world);
  const options = said.commandLine.options.filter(({ setting }) => !ofTheWhole.has(setting));
  const settings: Settings = { ...said, commandLine: { ...said.commandLine, options } };
  if (!isLive(settings) || settings.subjects.kind === 'own' || settings.subjects.kind === 'none') return settings;
  return { ...settings, subjects: { ...settings.subjects, of: suite.operation } };
}

/** Whatever would be wrong with a run of an operation is wrong before the first of them. */
async function check(operation: Operation | undefined, world: World): Promise<void> {
  if (operation === undefined) return;
  const { suite, settings } = operation.open();
  selected(suite.catalogue, settings);
  if (isLive(settings) && settings.subjects.kind === 'file')
    await openSource(createComposer(suite.contract, suite.members, settings.profile), settings, world);
}

function listsIn(said: Said, world: Pick<World, 'cwd'>): readonly string[] {
  const found = operationsWithSubjects(readTextFile('--connections', said.value, world));
  if (found !== null) return found;
  throw new UsageError(
    `--connections ${said.value}: with --contracts, write an object with a list of subjects for each operation, such as {"ReadThing": [{"Id": "…"}]}`,
  );
}

function without(names: readonly SettingName[], effective: readonly Effective[]): readonly Effective[] {
  return effective.filter(({ setting }) => !names.includes(setting.name));
}

/**
 * Waivers of a run of several operations: each names its own.
 *
 * @returns the head of the report, with an objection to each waiver of an operation that does not exist
 * @throws UsageError for a waiver that names none
 */
export function headWith(waivers: readonly Waiver[], { head, names }: Pick<Contracts, 'head' | 'names'>): HostHead {
  const general = waivers.find(({ operation }) => operation === undefined);
  if (general !== undefined)
    throw new UsageError(
      `the waiver of ${waiverName(general)} names no operation: with --contracts, its id is Operation:${general.id}`,
    );
  const objections = waivers
    .filter(({ operation = '' }) => !names.some((name) => isSameName(name, operation)))
    .map((w) => ({
      kind: 'waiver' as const,
      requirement: keyOfWaiver(w),
      says: `The waiver of ${waiverName(w)} matches nothing: there is no such operation; remove it.`,
    }));
  return objections.length === 0 ? head : { ...head, objections };
}
