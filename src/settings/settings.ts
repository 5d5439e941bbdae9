import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext, rootCertificates } from 'node:tls';
import { isCallOf } from '../exchange/fence.ts';
import { levelsOf } from '../exchange/normal-form.ts';
import type { Tls } from '../exchange/sockets.ts';
import type { Contract } from '../model/contract.ts';
import type { Header } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Level } from '../model/requirement.ts';
import { parseReportOption, type ReportRequest } from '../report/reporters.ts';
import { authKind, readAuth, type AuthKind, type AuthSettings } from './authentication.ts';
import { readConfigFile, readProfileFile, readProgramSettings, type ConfigFile } from './config-file.ts';
import { environmentLayer } from './environment.ts';
import { readTextFile } from './files.ts';
import { hostOf, protectedHostOf } from './hosts.ts';
import {
  ConfigError,
  flagLayer,
  merge,
  originText,
  restricted,
  type Effective,
  type Layer,
  type Sourced,
} from './layers.ts';
import { UsageError } from './problems.ts';
import { placeOf, settled, type Said, type Settled } from './reading.ts';
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
  /** Nothing is changed on them, nor on what their addresses are. */
  readonly protectedHosts: readonly string[];
}

export type GivenSubjects =
  { readonly kind: 'file'; readonly file: string } | { readonly kind: 'states'; readonly url: URL };

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

/** What is said of one setting, with its place; null where nothing is. */
export function settingIn(effective: readonly Effective[], name: SettingName): Said | null {
  return settled(effective).text(name);
}

/** Settings from what holds, see `effectiveSettings`. */
export function settingsFrom(
  effective: readonly Effective[],
  contract: Contract,
  world: Pick<World, 'env' | 'cwd'>,
): Settings {
  const given = settled(effective);
  return {
    ...readReach(given, targetName(effective), contract, world),
    profile: readProfile(given, contract),
    only: given.list('only'),
    concurrency: given.count('concurrency') ?? 1,
    timeoutMs: given.count('timeout') ?? 0,
    intervalMs: readRate(given),
    budget: given.count('budget'),
    patienceMs: given.count('patience') ?? 0,
    maxDurationMs: readDuration(given),
    userAgent: readUserAgent(given),
    seed: given.count('seed') ?? 0,
    failOn: given.text('failOn')?.value === 'should' ? 'SHOULD' : 'MUST',
    complete: given.isOn('complete'),
    repeat: given.count('repeat') ?? 1,
    waivers: given.text('waivers')?.value ?? null,
    reports: readReports(given),
  };
}

function readReach(given: Settled, name: string | null, contract: Contract, world: Pick<World, 'env' | 'cwd'>): Reach {
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
  const target = readLive(address, name, given, world);
  keepToItself(target, contract);
  const changes = given.isOn('allowChanges') ? 'allowed' : 'forbidden';
  const protectedHosts = [...contract.hosts, ...given.list('protectedHost')];
  // One that protects nothing is a mistake, whether or not it matters today.
  for (const host of protectedHosts) asUsage(() => hostOf(host));
  const subjects = source === null ? null : readSubjects(source, world);
  if (changes === 'allowed') {
    const touched = [target.url, ...(subjects?.kind === 'states' ? [subjects.url] : [])];
    keepProtected(touched, protectedHosts);
  }
  if (subjects !== null) return { target: { ...target, protectedHosts }, subjects, changes };
  if (changes === 'allowed' && contract.subject !== null)
    throw new UsageError('--allow-changes needs subjects to change: add --connections FILE or --states URL');
  return { target: { ...target, protectedHosts }, subjects: { kind: 'none' }, changes };
}

/** @throws UsageError when what is sent besides the catalogue's requests would be a call of the operation */
function keepToItself({ url, auth }: Pick<LiveTarget, 'url' | 'auth'>, contract: Contract): void {
  const path = (auth.kind === 'session' ? auth.login.path : undefined) ?? '';
  const base = url.pathname.replace(/\/$/, '');
  const isCall = (text: string): boolean =>
    levelsOf(text.split(/[?#]/, 1).join('')).some((level) => isCallOf(level.text, contract));
  if (isCall(url.pathname) || isCall(base))
    throw new UsageError(
      `--target ${url.href}: this is the address of a call of ${contract.operation}; name what stands before the documented paths`,
    );
  if (path !== '' && (isCall(path) || isCall(`${base}${path}`)))
    throw new UsageError(`--login-path ${path}: signing in there would be a call of ${contract.operation}`);
}

function readLive(
  address: Said,
  name: string | null,
  given: Settled,
  world: Pick<World, 'env' | 'cwd'>,
): Omit<LiveTarget, 'protectedHosts'> {
  const url = readUrl(address);
  const auth = readAuth(given);
  if (auth.kind === 'none' && authKind(given) === null) keepSecretsFilled(world.env);
  const headers = readHeaders(given, world);
  const twice =
    auth.kind === 'header' && headers.find(({ header: [each] }) => each.toLowerCase() === auth.name.toLowerCase());
  if (twice)
    throw new UsageError(`--add-header ${twice.header[0]}: this header signs in, so not every request may carry it`);
  return { kind: 'live', url, name, auth, tls: readTls(given, world), headers };
}

function readSubjects(source: ReturnType<Settled['oneOf']> & object, { cwd }: Pick<World, 'cwd'>): GivenSubjects {
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
  return asUsage(() => {
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
  });
}

/**
 * What holds for a run of which a program alone speaks: no configuration file and no environment is read.
 *
 * @param said by the keys of the configuration file
 * @throws UsageError naming the key and what is wrong there
 */
export function programSettings(said: object, world: Pick<World, 'cwd'>): readonly Effective[] {
  return asUsage(() => {
    const layer = readProgramSettings(said, world.cwd);
    return merge([...profileLayer(layer, world), layer]);
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
  throw new ConfigError(
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

/** A header that every request carries. */
export interface AddedHeader {
  readonly header: Header;
  /** What of its value may not be shown. */
  readonly secrets: readonly string[];
}

/** @throws UsageError when it is no plain base URL */
export function readUrl(said: Said): URL {
  const url = URL.canParse(said.value) ? new URL(said.value) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError(`${placeOf(said)}: not an http or https URL, such as https://staging.example.org`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${originText(said.origin)}: a URL may not carry credentials, they would end up in reports; use --auth and the environment`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new UsageError(
      `${originText(said.origin)} ${url.origin}${url.pathname}: a base URL has no query and no fragment`,
    );
  }
  return url;
}

/** @throws UsageError when a file is none of PEM, or a certificate has no key */
export function readTls(settings: Settled, world: Pick<World, 'cwd'>): Tls {
  const pem = (name: 'ca' | 'cert' | 'key', kind: RegExp): string | undefined => {
    const said = settings.text(name);
    if (said === null) return undefined;
    const text = readTextFile(originText(said.origin), said.value, world);
    if (!kind.test(text))
      throw new UsageError(`${placeOf(said)}: holds no PEM ${name === 'key' ? 'private key' : 'certificate'}`);
    return text;
  };
  const ca = pem('ca', /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/);
  const cert = pem('cert', /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/);
  const key = pem('key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/);
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError('--cert and --key go together: a client certificate needs its private key');
  if (cert !== undefined && key !== undefined) keepTogether(cert, key);
  return {
    // Given alone, it would take the place of the usual ones.
    ...(ca !== undefined && { ca: [...rootCertificates, ca].join('\n') }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(settings.isOn('insecure') && { insecure: true }),
  };
}

/** @throws UsageError when a certificate cannot be used with a key, without a word of either */
function keepTogether(cert: string, key: string): void {
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = /KEY_VALUES_MISMATCH|KEY_TYPE_MISMATCH/.test(code)
      ? 'the key is not that of the certificate'
      : /PASSWORD|BAD_DECRYPT|INTERRUPTED/i.test(code)
        ? 'the key is encrypted; write it without a passphrase'
        : 'the certificate or the key is damaged';
    throw new UsageError(`--cert and --key: ${why}${code === '' ? '' : ` (${code})`}`);
  }
}

/** @throws UsageError where a secret is there by name alone: the run would see no more than a stranger, and say that all is well */
function keepSecretsFilled(env: World['env']): void {
  const empty = ['CONFORM_TOKEN', 'CONFORM_PASSWORD', 'CONFORM_HEADER'].find((name) => env[name] === '');
  if (empty !== undefined)
    throw new UsageError(
      `${empty}: is empty, and there is no other secret to sign in with; set it, or say --auth none to look as a stranger does`,
    );
}

/** What the suite sets or leaves out itself, since that is what it tests. */
const own = new Set([
  'accept',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'transfer-encoding',
  'x-http-method-override',
]);
const secretName = /key|token|secret|auth|pass|session|signature/i;

/** @throws UsageError for what is no header, or one that is the suite's own */
export function readHeaders(settings: Settled, { env }: Pick<World, 'env'>): readonly AddedHeader[] {
  return settings.list('addHeader').map((line) => {
    const [, name, text] = /^([\w!#$%&'*+.^`|~-]+)[ \t]*:(.*)$/s.exec(line.trim()) ?? [];
    // The line may hold a secret, so only its name is repeated.
    if (name === undefined || text === undefined) throw new UsageError('--add-header: takes "Name: value"');
    if (own.has(name.toLowerCase()))
      throw new UsageError(
        `--add-header ${name}: this header is the suite's own; ${name.toLowerCase() === 'host' ? 'name the host with --target' : 'sign in with --auth'}`,
      );
    const secrets: string[] = [];
    const value = text.trim().replace(/\$\{(\w+)\}/g, (_, variable: string) => {
      const found = env[variable];
      if (found === undefined || found === '')
        throw new UsageError(`--add-header ${name}: ${variable} is not in the environment`);
      secrets.push(found);
      return found;
    });
    if (!/^[\t -~\u0080-\u00ff]+$/.test(value))
      throw new UsageError(`--add-header ${name}: its value is empty, or has a character that a header cannot carry`);
    return { header: [name, value], secrets: secretName.test(name) ? [...secrets, value] : secrets };
  });
}

/** @throws UsageError when something would be changed where nothing may be */
export function keepProtected(urls: readonly URL[], hosts: readonly string[]): void {
  for (const url of urls) {
    const host = asUsage(() => protectedHostOf(url, hosts));
    if (host !== null)
      throw new UsageError(
        `--allow-changes: ${url.hostname} is protected (${host}), nothing is changed there whatever else is set; name another --target`,
      );
  }
}

/** Milliseconds: 90000 for `90s`, `90000` and `90000ms`, 120000 for `2m`; null where there is no limit. */
function readDuration(settings: Settled): number | null {
  const said = settings.text('maxDuration');
  if (said === null) return null;
  const [, digits = '', unit = ''] = /^(\d{1,9})(ms|s|m)?$/.exec(said.value) ?? [];
  const ms = Number(digits) * (unit === 's' ? 1000 : unit === 'm' ? 60_000 : 1);
  if (digits === '' || ms < 1)
    throw new UsageError(`${placeOf(said)}: takes a time, such as 90s, 10m, or milliseconds as a bare number`);
  return ms;
}

function readUserAgent(settings: Settled): string | null {
  const said = settings.text('userAgent');
  if (said !== null && !/^[\t -~\u0080-\u00ff]+$/.test(said.value))
    throw new UsageError(`${originText(said.origin)}: has a character that a header cannot carry`);
  return said?.value ?? null;
}

/** Milliseconds between two requests at least: 200 for `5/s`; 0 where there is no rate. */
export function readRate(settings: Settled): number {
  const said = settings.text('rate');
  if (said === null) return 0;
  const [, count, unit] = /^(\d+(?:\.\d+)?)\/(s|m)$/.exec(said.value.replaceAll(' ', '')) ?? [];
  if (count === undefined || Number(count) <= 0)
    throw new UsageError(`${placeOf(said)}: takes a number of requests in a second or a minute, such as 5/s or 30/m`);
  return (unit === 'm' ? 60_000 : 1000) / Number(count);
}
