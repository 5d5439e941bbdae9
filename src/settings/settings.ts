import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { UsageError, type Console } from '../../bin/console.ts';
import type { Tls } from '../exchange/sockets.ts';
import type { Contract } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import type { Level } from '../model/requirement.ts';
import { parseReportOption, type ReportRequest } from '../report/reporters.ts';
import { authKind, readAuth, type AuthKind, type AuthSettings } from './authentication.ts';
import { effectiveSettings, targetName } from './effective.ts';
import type { Effective } from './layers.ts';
import { keepProtected, readHeaders, readRate, readTls, readUrl, type AddedHeader } from './live.ts';
import { placeOf, settled, type Said, type Settled } from './reading.ts';
import { groups, optionOf, settings, type SettingName, type Values } from './table.ts';

export { readTextFile } from './files.ts';

/** What a run was asked to do, before anything is opened or sent. */
export type Settings = Reach & {
  readonly profile: Profile;
  readonly only: readonly string[];
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** Milliseconds between the starts of two requests at least. */
  readonly intervalMs: number;
  /** Exchanges at most; null for any number. */
  readonly budget: number | null;
  /** Milliseconds to wait in all where the target answers 429. */
  readonly patienceMs: number;
  readonly seed: number;
  readonly failOn: Level;
  /** Whether a MUST that was not exercised fails the run. */
  readonly complete: boolean;
  /** How many times everything is sent. */
  readonly repeat: number;
  /** The file of known failures; null for the usual one, where there is one. */
  readonly waivers: string | null;
  readonly reports: readonly ReportRequest[];
};

/** Whom a run speaks to, and what it may do there: nothing is changed without subjects to change, where the operation has such. */
type Reach =
  | { readonly target: EmbeddedTarget; readonly subjects: { readonly kind: 'own' }; readonly changes: 'allowed' }
  | {
      readonly target: LiveTarget;
      readonly subjects: { readonly kind: 'none' };
      readonly changes: 'allowed' | 'forbidden';
    }
  | { readonly target: LiveTarget; readonly subjects: GivenSubjects; readonly changes: 'allowed' | 'forbidden' };

export interface EmbeddedTarget {
  readonly kind: 'embedded';
  readonly auth: AuthKind;
}

export interface LiveTarget {
  readonly kind: 'live';
  readonly url: URL;
  /** As the configuration file calls it. */
  readonly name: string | null;
  readonly auth: AuthSettings;
  readonly tls: Tls;
  readonly headers: readonly AddedHeader[];
}

export type GivenSubjects =
  { readonly kind: 'file'; readonly file: string } | { readonly kind: 'states'; readonly url: URL };

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
 * Reads the configuration file, the environment and flags into settings.
 *
 * @param flags as commander hands them over, those that were given
 * @throws UsageError naming the place, what was wrong with it and what it takes
 */
export function readSettings(flags: Values, contract: Contract, console: Pick<Console, 'env' | 'cwd'>): Settings {
  return settingsFrom(effectiveSettings(flags, console), contract, console);
}

/** Settings from what holds, see `effectiveSettings`. */
export function settingsFrom(
  effective: readonly Effective[],
  contract: Contract,
  console: Pick<Console, 'env' | 'cwd'>,
): Settings {
  const given = settled(effective);
  return {
    ...readReach(given, targetName(effective), contract, console),
    profile: readProfile(given, contract),
    only: given.list('only'),
    concurrency: given.count('concurrency') ?? 1,
    timeoutMs: given.count('timeout') ?? 0,
    intervalMs: readRate(given),
    budget: given.count('budget'),
    patienceMs: given.count('patience') ?? 0,
    seed: given.count('seed') ?? 0,
    failOn: given.text('failOn')?.value === 'should' ? 'SHOULD' : 'MUST',
    complete: given.isOn('complete'),
    repeat: given.count('repeat') ?? 1,
    waivers: given.text('waivers')?.value ?? null,
    reports: readReports(given.list('report')),
  };
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

function readReach(
  given: Settled,
  name: string | null,
  contract: Contract,
  console: Pick<Console, 'env' | 'cwd'>,
): Reach {
  const address = given.text('target');
  const source = given.oneOf(['connections', 'states'], 'sources of subjects');
  if (address === null || address.value === 'embedded') {
    // What a configuration file says of subjects is for the targets it names.
    if (source !== null && source.origin.kind !== 'file') {
      throw new UsageError(`${placeOf(source)}: goes with --target; the embedded provider makes its own subjects`);
    }
    return {
      target: { kind: 'embedded', auth: authKind(given) ?? 'bearer' },
      subjects: { kind: 'own' },
      changes: 'allowed',
    };
  }
  const target = readLive(address, name, given, console);
  const changes = given.isOn('allowChanges') ? 'allowed' : 'forbidden';
  const subjects = source === null ? null : readSubjects(source, console);
  if (changes === 'allowed') {
    const touched = [target.url, ...(subjects?.kind === 'states' ? [subjects.url] : [])];
    keepProtected(touched, [...(contract.hosts ?? []), ...given.list('protectedHost')]);
  }
  if (subjects !== null) return { target, subjects, changes };
  if (changes === 'allowed' && contract.subject !== null)
    throw new UsageError('--allow-changes needs subjects to change: add --connections FILE or --states URL');
  return { target, subjects: { kind: 'none' }, changes };
}

function readLive(
  address: Said,
  name: string | null,
  given: Settled,
  console: Pick<Console, 'env' | 'cwd'>,
): LiveTarget {
  const url = readUrl(address);
  const auth = readAuth(given);
  const headers = readHeaders(given, console);
  const twice =
    auth.kind === 'header' && headers.find(({ header: [each] }) => each.toLowerCase() === auth.name.toLowerCase());
  if (twice)
    throw new UsageError(`--add-header ${twice.header[0]}: this header signs in, so not every request may carry it`);
  return { kind: 'live', url, name, auth, tls: readTls(given, console), headers };
}

function readSubjects(source: ReturnType<Settled['oneOf']> & object, { cwd }: Pick<Console, 'cwd'>): GivenSubjects {
  return source.name === 'states'
    ? { kind: 'states', url: readUrl(source) }
    : { kind: 'file', file: resolve(cwd, source.value) };
}

function readProfile(given: Settled, contract: Contract): Profile {
  return {
    hosting: given.text('hosting')?.value === 'endpoints' ? 'endpoints' : 'classic',
    casing: given.text('casing')?.value === 'camel' ? 'camel' : 'pascal',
    serializer: given.text('serializer')?.value === 'system-text-json' ? 'system-text-json' : 'servicestack',
    debug: given.isOn('debug'),
    xmlNamespace: given.text('xmlNamespace')?.value ?? contract.xmlNamespace,
  };
}

function readReports(texts: readonly string[]): readonly ReportRequest[] {
  const wanted = texts.length === 0 ? ['terminal'] : texts;
  return wanted.map((text) => {
    const parsed = parseReportOption(text);
    if (!parsed.ok) throw new UsageError(parsed.problem);
    return parsed.value;
  });
}
