import { Option, type Command } from 'commander';
import { groups, optionOf, type GroupName, type SettingName } from '../src/settings/table.ts';
import type { Console } from './console.ts';

/**
 * A command: puts its options, its arguments and what it does on a bare command of its name.
 *
 * @param command bare, with a name and a description
 * @param console arguments, environment and output
 * @param done told the exit code, where it is not 0
 */
export type Define = (command: Command, console: Console, done: (exitCode: number) => void) => void;

/** What says whom a run speaks to, as whom, what it may do there and what it sends. */
export const whatIsSent = [
  'Target',
  'Profile',
  'Authentication',
  'Changes',
  'Connection',
  'Limits',
  'Run',
] as const satisfies readonly GroupName[];

/** All that can be said of a run. */
export const wholeRun = [...whatIsSent, 'Outcome'] as const satisfies readonly GroupName[];

const otherPlaces = `Options with a heading of their own are settings: each can also stand in the environment, as CONFORM_FAIL_ON for
--fail-on, and most in conform.config.json, as failOn; conform config shows what holds and where it comes from.`;

const collect = (value: string, all: readonly string[] | undefined): readonly string[] => [...(all ?? []), value];

/**
 * Adds the options that a command takes.
 *
 * @param taken whole groups, and single settings of others
 * @returns the names of these settings: what else the environment or a configuration file says is not for this command
 */
export function addOptions(command: Command, ...taken: readonly (GroupName | SettingName)[]): ReadonlySet<SettingName> {
  const wanted = new Set<string>(taken);
  const names = new Set<SettingName>();
  for (const { name: group, settings } of groups) {
    for (const setting of settings.filter(({ name }) => wanted.has(group) || wanted.has(name))) {
      names.add(setting.name);
      const spelled = optionOf(setting);
      if (spelled === null) continue;
      const { kind } = setting.takes;
      const words = kind === 'choice' ? `${setting.takes.of.join(' or ')}: ` : '';
      const option = new Option(spelled, `${words}${setting.help}${standardText(setting)}`).helpGroup(`${group}:`);
      command.addOption(kind === 'list' || kind === 'lines' ? option.argParser(collect) : option);
    }
  }
  command.addHelpText('after', `\n${otherPlaces}`);
  return names;
}

function standardText({ name, standard }: { readonly name: string; readonly standard: string | null }): string {
  return standard === null || standard === 'false' || name === 'target' ? '' : ` (default: ${standard})`;
}
