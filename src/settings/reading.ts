import { originText, type Effective, type Origin } from './layers.ts';
import { UsageError } from './problems.ts';
import type { SettingName, Takes } from './table.ts';

export interface Said {
  readonly value: string;
  readonly origin: Origin;
}

/** Effective settings, read one by one, with messages that name the place of a mistake. */
export interface Settled {
  readonly text: (name: SettingName) => Said | null;
  readonly list: (name: SettingName) => readonly string[];
  readonly isOn: (name: SettingName) => boolean;
  readonly count: (name: SettingName) => number | null;
  /** The one of several ways to say the same that stands highest; two in one place contradict each other. */
  readonly oneOf: (names: readonly SettingName[], what: string) => (Said & { readonly name: SettingName }) | null;
}

export function settled(effective: readonly Effective[]): Settled {
  const find = (name: SettingName): Effective | undefined => effective.find((e) => e.setting.name === name);
  const text = (name: SettingName): Said | null => {
    const found = find(name);
    return found === undefined || typeof found.value !== 'string'
      ? null
      : { value: checked(found, found.value), origin: found.origin };
  };
  return {
    text,
    list: (name) => {
      const value = find(name)?.value;
      return typeof value === 'object' ? value : [];
    },
    isOn: (name) => find(name)?.value === true,
    count: (name) => {
      const said = text(name);
      return said === null ? null : Number(said.value);
    },
    oneOf: (names, what) => {
      const said = names.flatMap((name) => {
        const each = text(name);
        return each === null ? [] : [{ ...each, name }];
      });
      const highest = Math.max(...said.map(({ origin }) => rank(origin)));
      const [first, second] = said.filter(({ origin }) => rank(origin) === highest);
      if (first !== undefined && second !== undefined) {
        throw new UsageError(
          `${originText(first.origin)} and ${originText(second.origin)} are two ${what}; name one of them`,
        );
      }
      return first ?? null;
    },
  };
}

/** A value with its place, as messages begin: `--timeout 0`, `CONFORM_TIMEOUT=0`, `conform.config.json: limits.timeout 0`. */
export function placeOf({ value, origin }: Said): string {
  return origin.kind === 'environment' ? `${origin.name}=${value}` : `${originText(origin)} ${value}`;
}

function rank({ kind }: Origin): number {
  return ['default', 'file', 'environment', 'program', 'flag'].indexOf(kind);
}

function checked({ setting, origin }: Effective, value: string): string {
  const takes: Takes = setting.takes;
  switch (takes.kind) {
    case 'choice':
      if (!takes.of.includes(value))
        throw new UsageError(`${placeOf({ value, origin })}: takes ${takes.of.join(' or ')}`);
      return value;
    case 'count': {
      const n = /^\d+$/.test(value) ? Number(value) : Number.NaN;
      if (!(n >= takes.least && n <= takes.most))
        throw new UsageError(
          `${placeOf({ value, origin })}: takes a whole number from ${takes.least} to ${takes.most}`,
        );
      return value;
    }
    case 'text':
    case 'file':
    case 'list':
    case 'lines':
    case 'switch':
      if (value === '') throw new UsageError(`${originText(origin)}: is empty`);
      return value;
  }
}
