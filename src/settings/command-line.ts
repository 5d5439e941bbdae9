import { shellQuoted } from '../exchange/curl.ts';
import type { Effective } from './layers.ts';
import type { SettingName } from './table.ts';

/** The command line that a run was asked for by: another one that is proposed keeps what was said there. */
export interface CommandLine {
  /** `conform`, or with the command and what it takes besides settings: `conform gate --baseline FILE`. */
  readonly command: string;
  /** The options that were given, without the target. */
  readonly options: readonly { readonly setting: SettingName; readonly words: string }[];
}

/** The options of a command line, from what holds. */
export function commandLineOf(effective: readonly Effective[]): CommandLine {
  return {
    command: 'conform',
    options: effective.flatMap(({ setting, value, origin }) => {
      if (origin.kind !== 'flag' || setting.name === 'target' || value === false) return [];
      const values = typeof value === 'object' ? value : [value];
      const words = values.flatMap((each) => (each === true ? [origin.flag] : [origin.flag, shellQuoted(each)]));
      return [{ setting: setting.name, words: words.join(' ') }];
    }),
  };
}

/**
 * A command line like the one that was given, with something else in it.
 *
 * @param target where it goes, as it is written behind `--target`; null for no target
 * @param instead options that stand in the place of those of these settings
 */
export function proposed(
  { command, options }: CommandLine,
  target: string | null,
  instead: { readonly of: readonly SettingName[]; readonly words: string },
): string {
  const kept = options.filter(({ setting }) => !instead.of.includes(setting)).map(({ words }) => words);
  const words = [command, ...(target === null ? [] : [`--target ${target}`]), ...kept, instead.words];
  return words.filter((each) => each !== '').join(' ');
}
