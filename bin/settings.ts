import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Contract } from '../src/model/contract.ts';
import type { Profile } from '../src/model/profile.ts';
import type { Level } from '../src/model/requirement.ts';
import { parseReportOption, type ReportRequest } from '../src/report/reporters.ts';
import { UsageError, type Console } from './console.ts';

/** What a run was asked to do, before anything is opened or sent. */
export interface Settings {
  readonly target: { readonly kind: 'embedded' } | { readonly kind: 'live'; readonly url: URL };
  readonly profile: Profile;
  readonly auth: AuthChoice;
  readonly connections: string | null;
  readonly states: URL | null;
  readonly changes: 'allowed' | 'forbidden';
  readonly only: readonly string[];
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly seed: number;
  readonly failOn: Level;
  readonly reports: readonly ReportRequest[];
}

export const authKinds = ['none', 'bearer', 'basic', 'session', 'header'] as const;
export type AuthChoice = (typeof authKinds)[number];

interface Flags {
  readonly target?: string;
  readonly profile?: string;
  readonly hosting?: string;
  readonly casing?: string;
  readonly serializer?: string;
  readonly debug?: boolean;
  readonly xmlNamespace?: string;
  readonly auth?: string;
  readonly connections?: string;
  readonly states?: string;
  readonly allowChanges?: boolean;
  readonly only: readonly string[];
  readonly concurrency: string;
  readonly timeout: string;
  readonly seed: string;
  readonly failOn: string;
  readonly report: readonly string[];
}

/** Settings from `CONFORM_TARGET`, `CONFORM_ONLY=AREA,ID` and so on, for front ends that have no command line. */
export function settingsFromEnvironment(env: Console['env']): Flags {
  const one = (name: keyof Flags): Partial<Flags> => {
    const value = env[`CONFORM_${name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}`];
    if (value === undefined || value === '') return {};
    return { [name]: switches.has(name) ? value !== 'false' : lists.has(name) ? value.split(',') : value };
  };
  return { ...defaults, ...Object.assign({}, ...flagNames.map(one)) as Partial<Flags> };
}

const flagNames = [
  'target', 'profile', 'hosting', 'casing', 'serializer', 'debug', 'xmlNamespace', 'auth', 'connections', 'states',
  'allowChanges', 'only', 'concurrency', 'timeout', 'seed', 'failOn', 'report',
] as const satisfies readonly (keyof Flags)[];
const switches: ReadonlySet<keyof Flags> = new Set(['debug', 'allowChanges']);
const lists: ReadonlySet<keyof Flags> = new Set(['only', 'report']);
const defaults = { only: [], concurrency: '8', timeout: '10000', seed: '1', failOn: 'must', report: [] } as const;

const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value];

/** Adds the options that say whom a command speaks to, as whom, and how much of the catalogue it covers. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--target <url>', 'everything before the documented paths; default: the embedded reference provider')
    .option('--profile <file>', 'a JSON file with the declared profile')
    .option('--hosting <kind>', 'classic or endpoints')
    .option('--casing <kind>', 'pascal or camel')
    .option('--serializer <kind>', 'servicestack or system-text-json')
    .option('--debug', 'the target runs in debug mode and may show stack traces')
    .option('--xml-namespace <uri>', "the data contract's XML namespace")
    .option('--auth <kind>', `${authKinds.join(', ')}; secrets from CONFORM_TOKEN, CONFORM_USER, CONFORM_PASSWORD, CONFORM_HEADER`)
    .option('--connections <file>', 'a JSON list of subjects to spend, each used once')
    .option('--states <url>', 'a state-change endpoint that makes subjects')
    .option('--allow-changes', 'send requests that change those subjects')
    .option('--only <name>', 'an area or requirement id; repeatable', collect, [])
    .option('--concurrency <n>', 'requests under way at once', defaults.concurrency)
    .option('--timeout <ms>', 'milliseconds for one exchange', defaults.timeout)
    .option('--seed <n>', 'draws ids; the same seed repeats a run', defaults.seed)
    .option('--fail-on <level>', 'must or should', defaults.failOn)
    .option('--report <kind>', 'terminal, json=FILE, junit=FILE, html=FILE, har=FILE, github; repeatable', collect, []);
}

/**
 * Reads flags and environment into settings.
 *
 * @throws UsageError naming the flag, what was wrong with it and what it takes
 */
export function readSettings(flags: Flags, contract: Contract, console: Pick<Console, 'env' | 'cwd'>): Settings {
  const target = readTarget(flags.target);
  const settings: Settings = {
    target,
    profile: readProfile(flags, contract, console),
    auth: readAuth(flags.auth, target.kind, console),
    connections: flags.connections === undefined ? null : resolve(console.cwd, flags.connections),
    states: flags.states === undefined ? null : readUrl('--states', flags.states),
    changes: flags.allowChanges === true || target.kind === 'embedded' ? 'allowed' : 'forbidden',
    only: flags.only,
    concurrency: readCount('--concurrency', flags.concurrency, 1, 64),
    timeoutMs: readCount('--timeout', flags.timeout, 1, 600_000),
    seed: readCount('--seed', flags.seed, 0, Number.MAX_SAFE_INTEGER),
    failOn: oneOf('--fail-on', flags.failOn, ['must', 'should']) === 'must' ? 'MUST' : 'SHOULD',
    reports: readReports(flags.report),
  };
  const live = target.kind === 'live';
  if (settings.connections !== null && settings.states !== null) {
    throw new UsageError('--connections and --states are two sources of subjects; name one of them');
  }
  if (live && settings.changes === 'allowed' && settings.connections === null && settings.states === null) {
    throw new UsageError('--allow-changes needs subjects to change: add --connections FILE or --states URL');
  }
  if (!live && (settings.connections !== null || settings.states !== null)) {
    throw new UsageError('--connections and --states go with --target; the embedded provider makes its own subjects');
  }
  return settings;
}

function readTarget(text: string | undefined): Settings['target'] {
  if (text === undefined) return { kind: 'embedded' };
  return { kind: 'live', url: readUrl('--target', text) };
}

function readUrl(flag: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError(`${flag} ${text}: not an http or https URL, such as https://staging.example.org`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(`${flag}: a URL may not carry credentials, they would end up in reports; use --auth and the environment`);
  }
  if (url.search !== '' || url.hash !== '') {
    throw new UsageError(`${flag} ${url.origin}${url.pathname}: a base URL has no query and no fragment`);
  }
  return url;
}

const profileChoices = {
  hosting: ['classic', 'endpoints'],
  casing: ['pascal', 'camel'],
  serializer: ['servicestack', 'system-text-json'],
} as const;

function readProfile(flags: Flags, contract: Contract, console: Pick<Console, 'cwd'>): Profile {
  const file = flags.profile === undefined ? {} : readProfileFile(flags.profile, console);
  return {
    hosting: oneOf('--hosting', flags.hosting ?? file['hosting'] ?? 'classic', profileChoices.hosting),
    casing: oneOf('--casing', flags.casing ?? file['casing'] ?? 'pascal', profileChoices.casing),
    serializer: oneOf('--serializer', flags.serializer ?? file['serializer'] ?? 'servicestack', profileChoices.serializer),
    debug: flags.debug ?? file['debug'] === true,
    xmlNamespace: flags.xmlNamespace ?? text('xmlNamespace', file['xmlNamespace'] ?? contract.xmlNamespace),
  };
}

function readProfileFile(name: string, console: Pick<Console, 'cwd'>): Readonly<Record<string, unknown>> {
  const value = readJsonFile('--profile', name, console);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`--profile ${name}: holds no JSON object`);
  }
  const known = new Set<string>([...Object.keys(profileChoices), 'debug', 'xmlNamespace', '$schema']);
  const unknown = Object.keys(value).find((key) => !known.has(key));
  if (unknown !== undefined) {
    throw new UsageError(`--profile ${name}: '${unknown}' is no part of a profile; it has ${[...known].join(', ')}`);
  }
  const { debug } = value as { debug?: unknown };
  if (debug !== undefined && typeof debug !== 'boolean') throw new UsageError(`--profile ${name}: debug is true or false`);
  return value as Record<string, unknown>;
}

/** @throws UsageError when the file is missing, unreadable or not JSON */
export function readJsonFile(flag: string, name: string, console: Pick<Console, 'cwd'>): unknown {
  const content = readTextFile(flag, name, console);
  try {
    return JSON.parse(content);
  } catch (error) {
    throw new UsageError(`${flag} ${name}: not JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
}

/** @throws UsageError when the file cannot be read */
export function readTextFile(flag: string, name: string, console: Pick<Console, 'cwd'>): string {
  try {
    return readFileSync(resolve(console.cwd, name), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`${flag} ${name}: cannot be read (${code === 'ENOENT' ? 'there is no such file' : code})`);
  }
}

function readAuth(choice: string | undefined, target: Settings['target']['kind'], { env }: Pick<Console, 'env'>): AuthChoice {
  if (choice !== undefined) return oneOf('--auth', choice, authKinds);
  if (target === 'embedded') return 'bearer';
  if (env['CONFORM_TOKEN'] !== undefined) return 'bearer';
  if (env['CONFORM_HEADER'] !== undefined) return 'header';
  return env['CONFORM_USER'] !== undefined && env['CONFORM_PASSWORD'] !== undefined ? 'basic' : 'none';
}

function readReports(texts: readonly string[]): readonly ReportRequest[] {
  const wanted = texts.length === 0 ? ['terminal'] : texts;
  return wanted.map((text) => {
    const parsed = parseReportOption(text);
    if (!parsed.ok) throw new UsageError(parsed.problem);
    return parsed.value;
  });
}

function oneOf<T extends string>(flag: string, value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((a) => a === value);
  if (found === undefined) throw new UsageError(`${flag} ${String(value)}: takes ${allowed.join(' or ')}`);
  return found;
}

function readCount(flag: string, value: string, least: number, most: number): number {
  const n = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(n >= least && n <= most)) throw new UsageError(`${flag} ${value}: takes a whole number from ${least} to ${most}`);
  return n;
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new UsageError(`profile: ${name} is a non-empty string`);
  return value;
}
