import { Option, type Command } from 'commander';
import { UsageError } from '../src/settings/problems.ts';
import { groups, optionOf, settings, type SettingName, type Values } from '../src/settings/table.ts';

const collect = (value: string, all: readonly string[] | undefined): readonly string[] => [...(all ?? []), value];

/** Adds the options that say whom a command speaks to, as whom, and how much of the catalogue it covers. */
export function addRunOptions(command: Command): Command {
  for (const { title, settings } of groups) {
    for (const setting of settings) {
      const spelled = optionOf(setting);
      if (spelled === null) continue;
      const { kind } = setting.takes;
      const words = kind === 'choice' ? `${setting.takes.of.join(' or ')}: ` : '';
      const option = new Option(spelled, `${words}${setting.help}${standardText(setting)}`).helpGroup(title);
      command.addOption(kind === 'list' || kind === 'headers' ? option.argParser(collect) : option);
    }
  }
  return command;
}

function standardText({ name, standard }: { readonly name: string; readonly standard: string | null }): string {
  return standard === null || standard === 'false' || name === 'target' ? '' : ` (default: ${standard})`;
}

/**
 * Refuses options that every run has and this command has no use for, instead of doing as if they held.
 *
 * @throws UsageError naming the option
 */
export function refuse(command: string, flags: Values, names: readonly SettingName[], why: string): void {
  const given = settings.find(({ name }) => names.includes(name) && flags[name] !== undefined);
  if (given !== undefined)
    throw new UsageError(`--${given.flag ?? given.name}: ${command} does not take it, for ${why}`);
}
