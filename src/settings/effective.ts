import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfigFile, readProfileFile, readProgramSettings, type ConfigFile } from './config-file.ts';
import { environmentLayer } from './environment.ts';
import { readTextFile } from './files.ts';
import { flagLayer, merge, originText, restricted, type Effective, type Layer, type Sourced } from './layers.ts';
import { UsageError } from './problems.ts';
import { settled, type Said } from './reading.ts';
import { settingNames, type SettingName, type Values } from './table.ts';
import type { World } from './world.ts';

const usual = 'conform.config.json';

/**
 * What holds for a run, setting by setting, with where it comes from: the configuration file, what it says of the named
 * target, the environment, the flags; the later goes before the earlier.
 *
 * @param taken what the command takes: of the rest, no place has a say
 * @throws UsageError naming the place and what is wrong there
 */
export function effectiveSettings(
  flags: Values,
  world: Pick<World, 'env' | 'cwd'>,
  taken: ReadonlySet<SettingName> = settingNames,
): readonly Effective[] {
  const environment = restricted(environmentLayer(world.env), taken);
  const given = restricted(flagLayer(flags), taken);
  const file = configFile(given.get('config') ?? environment.get('config'), world);
  const all: Layer = file === null ? new Map() : restricted(file.all, taken);
  const target = given.get('target') ?? environment.get('target') ?? all.get('target');
  const named = target === undefined ? null : namedTarget(target, file);
  const layers = [all, ...(named === null ? [] : [restricted(named, taken)]), environment, given];
  const address = named?.get('target');
  return merge([
    ...layers.flatMap((layer) => [...profileLayer(layer, world), layer]),
    // The name of a target has become its URL.
    ...(address === undefined ? [] : [new Map([['target', address]]) satisfies Layer]),
  ]);
}

/**
 * What holds for a run of which a program alone speaks: no configuration file and no environment is read.
 *
 * @param said by the keys of the configuration file
 * @throws UsageError naming the key and what is wrong there
 */
export function programSettings(said: object, world: Pick<World, 'cwd'>): readonly Effective[] {
  const layer = readProgramSettings(said, world.cwd);
  return merge([...profileLayer(layer, world), layer]);
}

/** The name of the target in the configuration file that a run is against; null where a URL was given or nothing. */
export function targetName(effective: readonly Effective[]): string | null {
  const origin = effective.find((e) => e.setting.name === 'target')?.origin;
  return origin?.kind === 'file' ? (/^targets\.(.*)\.url$/.exec(origin.key)?.[1] ?? null) : null;
}

function configFile(named: Sourced | undefined, world: Pick<World, 'cwd'>): ConfigFile | null {
  if (named === undefined && !existsSync(resolve(world.cwd, usual))) return null;
  const name = named === undefined ? usual : String(named.value);
  return readConfigFile(
    readTextFile(named === undefined ? 'the configuration' : originText(named.origin), name, world),
    name,
    resolve(world.cwd, name),
  );
}

function namedTarget({ value, origin }: Sourced, file: ConfigFile | null): Layer | null {
  const name = String(value);
  if (name === 'embedded' || name.includes('://')) return null;
  const target = file?.targets.get(name);
  if (target !== undefined) return target;
  const place = origin.kind === 'flag' ? `--target ${name}` : `${originText(origin)} is ${name}`;
  const known =
    file === null
      ? `there is no ${usual} here that could name a target`
      : `${file.name} names ${[...file.targets.keys()].join(', ') || 'no target'}`;
  throw new UsageError(
    `${place}: not an http or https URL, such as https://staging.example.org, and no target by name: ${known}`,
  );
}

/** A profile file stands for what it holds, at the place that names it. */
function profileLayer(layer: Layer, world: Pick<World, 'cwd'>): readonly Layer[] {
  const profile = layer.get('profile');
  if (profile === undefined) return [];
  const name = String(profile.value);
  return [readProfileFile(readTextFile(originText(profile.origin), name, world), name)];
}

/** What is said of one setting, with its place; null where nothing is. */
export function settingIn(effective: readonly Effective[], name: SettingName): Said | null {
  return settled(effective).text(name);
}
