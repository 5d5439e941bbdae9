import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError, type Console } from '../../bin/console.ts';
import { readConfigFile, readProfileFile, type ConfigFile } from './config-file.ts';
import { environmentLayer } from './environment.ts';
import { readTextFile } from './files.ts';
import { ConfigError, flagLayer, merge, originText, type Effective, type Layer, type Sourced } from './layers.ts';
import type { Values } from './table.ts';

const usual = 'conform.config.json';

/**
 * What holds for a run, setting by setting, with where it comes from: the configuration file, what it says of the named
 * target, the environment, the flags; the later goes before the earlier.
 *
 * @throws UsageError naming the place and what is wrong there
 */
export function effectiveSettings(flags: Values, console: Pick<Console, 'env' | 'cwd'>): readonly Effective[] {
  return asUsage(() => {
    const environment = environmentLayer(console.env);
    const given = flagLayer(flags);
    const file = configFile(given.get('config') ?? environment.get('config'), console);
    const target = given.get('target') ?? environment.get('target') ?? file?.all.get('target');
    const named = target === undefined ? null : namedTarget(target, file);
    const layers = [...(file === null ? [] : [file.all]), ...(named === null ? [] : [named]), environment, given];
    const address = named?.get('target');
    return merge([
      ...layers.flatMap((layer) => [...profileLayer(layer, console), layer]),
      // The name of a target has become its URL.
      ...(address === undefined ? [] : [new Map([['target', address]]) satisfies Layer]),
    ]);
  });
}

/** The name of the target in the configuration file that a run is against; null where a URL was given or nothing. */
export function targetName(effective: readonly Effective[]): string | null {
  const origin = effective.find((e) => e.setting.name === 'target')?.origin;
  return origin?.kind === 'file' ? (/^targets\.(.*)\.url$/.exec(origin.key)?.[1] ?? null) : null;
}

/** Says what is wrong with the configuration as what it is: a usage error. */
export function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message);
    throw error;
  }
}

function configFile(named: Sourced | undefined, console: Pick<Console, 'cwd'>): ConfigFile | null {
  if (named === undefined && !existsSync(resolve(console.cwd, usual))) return null;
  const name = named === undefined ? usual : String(named.value);
  return readConfigFile(
    readTextFile(named === undefined ? 'the configuration' : originText(named.origin), name, console),
    name,
    resolve(console.cwd, name),
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
  throw new ConfigError(
    `${place}: not an http or https URL, such as https://staging.example.org, and no target by name: ${known}`,
  );
}

/** A profile file stands for what it holds, at the place that names it. */
function profileLayer(layer: Layer, console: Pick<Console, 'cwd'>): readonly Layer[] {
  const profile = layer.get('profile');
  if (profile === undefined) return [];
  const name = String(profile.value);
  return [readProfileFile(readTextFile(originText(profile.origin), name, console), name)];
}
