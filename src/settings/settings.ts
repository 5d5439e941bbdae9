import { resolve } from 'node:path';
import type { Contract } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import type { Level } from '../model/requirement.ts';
import { parseReportOption, type ReportRequest } from '../report/reporters.ts';
import { authKind, type AuthKind } from './authentication.ts';
import { commandLineOf, type CommandLine } from './command-line.ts';
import { effectiveSettings, targetName } from './effective.ts';
import { hostOf } from './hosts.ts';
import { readValues, type GivenValue } from './given-values.ts';
import { originText, type Effective } from './layers.ts';
import { readDuration, readRate, readUserAgent } from './limits.ts';
import { keepProtected, keepToItself, readLive, readUrl, type LiveTarget } from './live-target.ts';
import { onlyOf } from './only.ts';
import { UsageError } from './problems.ts';
import { placeOf, settled, type Settled } from './reading.ts';
import { settingNames, type SettingName, type Values } from './table.ts';
import type { World } from './world.ts';

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
  /** Milliseconds to wait in all where the target asks to come again later. */
  readonly patienceMs: number;
  /** Milliseconds that the run may take; null for any time. */
  readonly maxDurationMs: number | null;
  /** What requests call their sender; null for the suite's own name. */
  readonly userAgent: string | null;
  readonly seed: number;
  /** Values of members that a call succeeds with, as the contract and whoever runs it give them. */
  readonly values: readonly GivenValue[];
  readonly failOn: Level;
  /** Whether a MUST that was not exercised fails the run. */
  readonly complete: boolean;
  /** How many times everything is sent. */
  readonly repeat: number;
  /** The file of known failures; null for the usual one, where there is one. */
  readonly waivers: string | null;
  readonly reports: readonly ReportRequest[];
  /** What was said on the command line, for the commands that a report proposes. */
  readonly commandLine: CommandLine;
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

export type GivenSubjects = (
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'states'; readonly url: URL }
  | { readonly kind: 'command'; readonly command: string }
) & {
  /** The operation that they are for, where the source has those of several. */
  readonly of?: string;
};

/**
 * Reads the configuration file, the environment and flags into settings.
 *
 * @param flags as commander hands them over, those that were given
 * @param taken what the command takes: of the rest, no place has a say, and it stands as it does where nobody said anything
 * @throws UsageError naming the place, what was wrong with it and what it takes
 */
export function readSettings(
  flags: Values,
  contract: Contract,
  world: Pick<World, 'env' | 'cwd'>,
  taken: ReadonlySet<SettingName> = settingNames,
): Settings {
  return settingsFrom(effectiveSettings(flags, world, taken), contract, world);
}

/** Settings from what holds, see `effectiveSettings`. */
export function settingsFrom(
  effective: readonly Effective[],
  contract: Contract,
  world: Pick<World, 'env' | 'cwd'>,
): Settings {
  const given = settled(effective);
  const reach = readReach(given, targetName(effective), contract, world);
  if (reach.target.kind === 'embedded') refuseWordsOnLiveTargets(effective);
  return {
    ...reach,
    profile: readProfile(given, contract),
    only: readOnly(given, contract),
    concurrency: given.count('concurrency') ?? 1,
    timeoutMs: given.count('timeout') ?? 0,
    intervalMs: readRate(given),
    budget: given.count('budget'),
    patienceMs: given.count('patience') ?? 0,
    maxDurationMs: readDuration(given),
    userAgent: readUserAgent(given),
    seed: given.count('seed') ?? 0,
    values: readValues(
      given,
      contract,
      {
        several: given.text('contracts') !== null && given.text('contract') === null,
        missing: reach.target.kind === 'live' ? 'refused' : 'left',
        shown: effective.find(({ setting }) => setting.name === 'values')?.origin.kind !== 'environment',
      },
      world,
    ),
    failOn: given.text('failOn')?.value === 'should' ? 'SHOULD' : 'MUST',
    complete: given.isOn('complete'),
    repeat: given.count('repeat') ?? 1,
    waivers: given.text('waivers')?.value ?? null,
    reports: readReports(given),
    commandLine: commandLineOf(effective),
  };
}

/** How a live target is signed in at and changed: of no use to the embedded provider. Certificates may be those of a broker. */
const ofLiveTargets: ReadonlySet<SettingName> = new Set([
  'tokenFile',
  'tokenCommand',
  'passwordFile',
  'lesserTokenFile',
  'lesserPasswordFile',
  'loginPath',
  'allowChanges',
  'protectedHost',
  'addHeader',
]);

/**
 * A job that forgot its target would pass for good. What the environment and a configuration file say may be there for
 * other runs.
 *
 * @throws UsageError naming the first word that was said for this run about a live target
 */
function refuseWordsOnLiveTargets(effective: readonly Effective[]): void {
  const stray = effective.find(
    ({ setting, origin }) => ofLiveTargets.has(setting.name) && (origin.kind === 'flag' || origin.kind === 'program'),
  );
  if (stray !== undefined)
    throw new UsageError(`${originText(stray.origin)}: goes with --target; the embedded provider needs none of it`);
}

function readReach(given: Settled, name: string | null, contract: Contract, world: Pick<World, 'env' | 'cwd'>): Reach {
  const address = given.text('target');
  const source = given.oneOf(['connections', 'states', 'subjectsCommand'], 'sources of subjects');
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
  const target = readLive(address, name, given, world);
  keepToItself(target, contract);
  const changes = given.isOn('allowChanges') ? 'allowed' : 'forbidden';
  const protectedHosts = [...contract.hosts, ...given.list('protectedHost')];
  // One that protects nothing is a mistake, whether or not it matters today.
  for (const host of protectedHosts) hostOf(host);
  const subjects = source === null ? null : readSubjects(source, world);
  if (changes === 'allowed') {
    const touched = [target.url, ...(subjects?.kind === 'states' ? [subjects.url] : [])];
    keepProtected(touched, protectedHosts);
  }
  if (subjects !== null) return { target: { ...target, protectedHosts }, subjects, changes };
  if (changes === 'allowed' && contract.subject !== null)
    throw new UsageError(
      '--allow-changes needs subjects to change: add --connections FILE, --states URL or --subjects-command CMD',
    );
  return { target: { ...target, protectedHosts }, subjects: { kind: 'none' }, changes };
}

function readSubjects(source: ReturnType<Settled['oneOf']> & object, { cwd }: Pick<World, 'cwd'>): GivenSubjects {
  switch (source.name) {
    case 'states':
      return { kind: 'states', url: readUrl(source) };
    case 'subjectsCommand':
      return { kind: 'command', command: source.value };
    default:
      return { kind: 'file', file: resolve(cwd, source.value) };
  }
}

function hostingIn(said: string | undefined): Profile['hosting'] {
  return said === 'mapped' || said === 'endpoints' ? said : 'classic';
}

function readProfile(given: Settled, contract: Contract): Profile {
  const frameworkVersion = given.text('frameworkVersion')?.value;
  const profile: Profile = {
    hosting: hostingIn(given.text('hosting')?.value),
    casing: given.text('casing')?.value === 'camel' ? 'camel' : 'pascal',
    serializer: given.text('serializer')?.value === 'system-text-json' ? 'system-text-json' : 'servicestack',
    guids: given.text('guids')?.value === 'compact' ? 'compact' : 'dashed',
    dates: given.text('dates')?.value === 'ms' ? 'ms' : 'iso',
    debug: given.isOn('debug'),
    xmlNamespace: given.text('xmlNamespace')?.value ?? contract.xmlNamespace,
    ...(frameworkVersion !== undefined && { frameworkVersion }),
  };
  if (profile.serializer === 'system-text-json' && (profile.guids === 'compact' || profile.dates === 'ms'))
    throw new UsageError(
      'guids compact and dates ms are ways of ServiceStack.Text; System.Text.Json writes Guids with dashes and dates in ISO 8601: declare the one or the other',
    );
  return profile;
}

function readOnly(given: Settled, { operation }: Contract): readonly string[] {
  const said = given.list('only');
  const own = onlyOf(operation, said);
  if (own === null) throw new UsageError(`--only ${said.join(',')}: names nothing of ${operation}`);
  return own;
}

/** Where reports go, where a command takes nothing else. */
export function reportsIn(effective: readonly Effective[]): readonly ReportRequest[] {
  return readReports(settled(effective));
}

/** The terminal is always told, whatever else is asked for, unless it shall be quiet. */
function readReports(given: Settled): readonly ReportRequest[] {
  const wanted = given.list('report').map((text) => {
    const parsed = parseReportOption(text);
    if (!parsed.ok) throw new UsageError(parsed.problem);
    return parsed.value;
  });
  const besides = wanted.filter((request) => request.kind !== 'terminal');
  const detail = given.isOn('verbose') ? 'everything' : 'causes';
  return given.isOn('quiet') ? besides : [...besides, { kind: 'terminal', detail }];
}
