import { settings, type Setting, type SettingName, type Value, type Values } from './table.ts';

/** Where a value comes from. */
export type Origin =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly file: string; readonly key: string }
  | { readonly kind: 'environment'; readonly name: string }
  /** What a program hands over. */
  | { readonly kind: 'program'; readonly key: string }
  | { readonly kind: 'flag'; readonly flag: string };

export interface Sourced {
  readonly value: Value;
  readonly origin: Origin;
}

/** What one place says: settings by name. */
export type Layer = ReadonlyMap<SettingName, Sourced>;

export interface Effective {
  readonly setting: Setting & { readonly name: SettingName };
  readonly value: Value;
  readonly origin: Origin;
}

/** An origin in words: `conform.config.json: limits.rate`, `CONFORM_RATE`, `settings.limits.rate`, `--rate`, `default`. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'default':
      return 'default';
    case 'file':
      return `${origin.file}: ${origin.key}`;
    case 'environment':
      return origin.name;
    case 'program':
      return `settings.${origin.key}`;
    case 'flag':
      return origin.flag;
  }
}

/**
 * Lays places over each other; a later one goes before an earlier one, setting by setting. Protected hosts alone add up:
 * no place can take away what another one protects.
 */
export function merge(layers: readonly Layer[]): readonly Effective[] {
  return settings.flatMap((setting): readonly Effective[] => {
    const said = layers.flatMap((layer) => layer.get(setting.name) ?? []);
    const last = said.at(-1);
    if (last === undefined)
      return setting.standard === null ? [] : [{ setting, ...standardOf(setting, setting.standard) }];
    if (setting.name !== 'protectedHost') return [{ setting, ...last }];
    return [
      { setting, value: said.flatMap(({ value }) => (typeof value === 'object' ? value : [])), origin: last.origin },
    ];
  });
}

function standardOf({ takes }: Setting, standard: string): Sourced {
  return { value: takes.kind === 'switch' ? standard === 'true' : standard, origin: { kind: 'default' } };
}

/** What a place says of the settings that are named, and nothing else. */
export function restricted(layer: Layer, names: ReadonlySet<SettingName>): Layer {
  return new Map([...layer].filter(([name]) => names.has(name)));
}

/** Settings by name, without their origins. */
export function valuesOf(effective: readonly Effective[]): Values {
  return Object.fromEntries(effective.map(({ setting, value }) => [setting.name, value]));
}

/** The flags that were given, as commander hands them over. */
export function flagLayer(flags: Values): Layer {
  return layerOf((setting) => {
    const value = flags[setting.name];
    // An option that may be repeated and was not given is no word on the matter.
    return value === undefined || (typeof value === 'object' && value.length === 0) || setting.flag === null
      ? null
      : { value, origin: { kind: 'flag', flag: `--${setting.flag}` } };
  });
}

/** One value per setting from `of`, where it says one. */
export function layerOf(of: (setting: (typeof settings)[number]) => Sourced | null): Layer {
  return new Map(
    settings.flatMap((setting) => {
      const sourced = of(setting);
      return sourced === null ? [] : [[setting.name, sourced] as const];
    }),
  );
}
