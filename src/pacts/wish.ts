import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Tls } from '../exchange/sockets.ts';
import { UsageError } from '../settings/problems.ts';
import { settled } from '../settings/reading.ts';
import { effectiveSettings } from '../settings/effective.ts';
import type { Settings } from '../settings/settings.ts';
import { readTls } from '../settings/tls.ts';
import type { Values } from '../settings/table.ts';
import type { World } from '../settings/world.ts';
import { isObject, jsonIn } from '../values/json.ts';
import type { Choice } from './broker.ts';
import type { BrokerCredentials } from './hal.ts';
import { urlOf } from '../values/url.ts';

/** What a person wants verified, and whom to tell. */
export interface PactWish {
  readonly source: PactSource;
  /** Pacts of other providers are set aside; null for those of any. */
  readonly provider: string | null;
  /** A text that descriptions must hold; null for all interactions. */
  readonly only: string | null;
  /** Null when no broker is told. */
  readonly publish: Publish | null;
}

export type PactSource =
  | { readonly kind: 'files'; readonly paths: readonly string[]; readonly said: string }
  | ({ readonly kind: 'broker'; readonly url: URL; readonly choice: Choice } & Access)
  | ({ readonly kind: 'url'; readonly url: URL } & Access);

/** How a broker is reached. */
export interface Access {
  readonly credentials: BrokerCredentials;
  readonly tls: Tls;
}

/** Under which version a broker shall keep the results. */
export interface Publish {
  readonly version: string;
  readonly branch: string | null;
  readonly tags: readonly string[];
  /** Where a person finds the run; null where none is named. */
  readonly buildUrl: string | null;
}

/** The options of `conform verify` besides those of every run. */
export interface PactFlags {
  readonly only?: string;
  readonly pacts?: string;
  readonly broker?: string;
  readonly pactUrl?: string;
  readonly provider?: string;
  readonly consumerVersionSelectors?: string;
  readonly includeWipSince?: string;
  readonly publish?: boolean;
  readonly providerVersion?: string;
  readonly branch?: string;
  readonly providerTag?: readonly string[];
  readonly buildUrl?: string;
}

/** All of them; what the catalogue is narrowed by says nothing of interactions. */
export type VerifyFlags = PactFlags & Omit<Values, 'only'>;

/** The options as commander writes them; the second says which others one of them needs. */
export const pactOptions: readonly (readonly [flags: string, says: string])[] = [
  ['--pacts <path>', 'a pact file, or a folder of them; default: pacts'],
  ['--only <text>', 'verify the interactions whose description holds this text, and leave the others out'],
  [
    '--broker <url>',
    'take the pacts from a broker; credentials from PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD',
  ],
  ['--pact-url <url>', "take the one pact at this address, as a broker's webhook names it"],
  [
    '--consumer-version-selectors <json>',
    'which pacts of the broker; default: the main branch, and what is deployed or released',
  ],
  ['--include-wip-since <date>', 'also pacts of branches that are worked on, as pending; needs --branch'],
  ['--branch <name>', 'the branch of the provider that is verified; with it, pending pacts fail nothing'],
  ['--provider-tag <tag...>', 'tags of the version of the provider that is verified'],
  ['--publish', 'tell the broker the results; needs --target and --provider-version'],
  ['--provider-version <version>', 'the version of the provider that is verified'],
  [
    '--provider <name>',
    'the name of the provider in its pacts; those of others are set aside; default: what the contract of this package is called',
  ],
  ['--build-url <url>', 'where the run is to be seen, for the page of the broker'],
];

type Given = readonly (keyof PactFlags)[];
const ofBroker: Given = ['consumerVersionSelectors', 'includeWipSince'];
const ofAnyBroker: Given = ['publish', 'branch', 'providerTag'];
const ofPublishing: Given = ['providerVersion', 'buildUrl'];

/**
 * Reads the options of `conform verify`.
 *
 * @param flags as commander hands them over
 * @param settings of the run
 * @param usual the name of the provider where none is given; null where nobody knows it
 * @throws UsageError when they contradict each other, or name what is not there
 */
export function readPactWish(flags: VerifyFlags, settings: Settings, usual: string | null, world: World): PactWish {
  const { only = null } = flags;
  if (only === '') throw new UsageError('--only: is empty; name a part of the description that is meant');
  const sources = (['pacts', 'broker', 'pactUrl'] as const).filter((name) => flags[name] !== undefined);
  if (sources.length > 1)
    throw new UsageError(`${sources.map(spelled).join(' and ')} are two sources of pacts; name one of them`);
  const [source] = sources;
  if (source !== 'broker') needs(flags, ofBroker, '--broker URL');
  if (source !== 'broker' && source !== 'pactUrl') needs(flags, ofAnyBroker, '--broker URL or --pact-url URL');
  if (flags.publish !== true) needs(flags, ofPublishing, '--publish');
  const { provider = usual } = flags;
  return {
    source: sourceFor(flags, provider, world),
    provider,
    only,
    publish: publishFor(flags, settings),
  };
}

function sourceFor(flags: VerifyFlags, provider: string | null, world: World): PactSource {
  if (flags.broker !== undefined) {
    const url = urlIn('--broker', flags.broker);
    if (provider === null)
      throw new UsageError('--broker needs --provider: it keeps pacts by the name of the provider');
    return { kind: 'broker', url, choice: choiceIn(flags, provider), ...accessFor(flags, world) };
  }
  if (flags.pactUrl !== undefined)
    return { kind: 'url', url: urlIn('--pact-url', flags.pactUrl), ...accessFor(flags, world) };
  const said = `--pacts ${flags.pacts ?? 'pacts'}`;
  return { kind: 'files', paths: filesAt(flags.pacts ?? 'pacts', said, world), said };
}

function needs(flags: PactFlags, names: Given, what: string): void {
  const stray = names.find((name) => flags[name] !== undefined);
  if (stray !== undefined) throw new UsageError(`${spelled(stray)} goes with ${what}`);
}

function spelled(name: string): string {
  return `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
}

/** The options of TLS are the target's, and the broker's as well. */
function accessFor(flags: Omit<Values, 'only'>, world: World): Access {
  const variable = (name: string): string | null => world.env[name] || null;
  const [token, userName, password] = [
    variable('PACT_BROKER_TOKEN'),
    variable('PACT_BROKER_USERNAME'),
    variable('PACT_BROKER_PASSWORD'),
  ];
  if (token !== null && userName !== null)
    throw new UsageError(
      'PACT_BROKER_TOKEN and PACT_BROKER_USERNAME are both set, and a broker takes one of them; unset the other',
    );
  if (token === null && (userName === null) !== (password === null))
    throw new UsageError('PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD go together; one of them is not set');
  const tls = readTls(settled(effectiveSettings(flags, world)), world);
  if (token !== null) return { tls, credentials: { kind: 'bearer', token } };
  if (userName !== null && password !== null) return { tls, credentials: { kind: 'basic', userName, password } };
  return { tls, credentials: { kind: 'none' } };
}

function urlIn(flag: string, text: string): URL {
  const url = urlOf(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(`${flag} ${text}: not an http or https URL`);
  if (url.username !== '' || url.password !== '')
    throw new UsageError(
      `${flag}: a URL may not carry credentials; use PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD`,
    );
  return url;
}

function choiceIn(flags: PactFlags, provider: string): Choice {
  const { branch = null, providerTag: tags = [], includeWipSince: wipSince = null } = flags;
  if (branch === '') throw new UsageError('--branch: is empty; a detached checkout may know none, so name it');
  if (wipSince !== null && !/^\d{4}-\d{2}-\d{2}(T.+)?$/.test(wipSince))
    throw new UsageError(`--include-wip-since ${wipSince}: takes a day, such as 2026-01-31`);
  if (wipSince !== null && branch === null && tags.length === 0)
    throw new UsageError('--include-wip-since needs --branch: what is pending depends on the branch of the provider');
  return { provider, selectors: selectorsIn(flags), branch, tags, wipSince };
}

/** What brokers know; any other name would be dropped without a word, and all pacts with it. */
const selectorNames = new Set([
  'branch',
  'consumer',
  'deployed',
  'deployedOrReleased',
  'environment',
  'fallbackBranch',
  'fallbackTag',
  'latest',
  'mainBranch',
  'matchingBranch',
  'released',
  'tag',
]);

function selectorsIn({ consumerVersionSelectors: text }: PactFlags): readonly object[] {
  if (text === undefined) return [{ mainBranch: true }, { deployedOrReleased: true }];
  const value = jsonIn(text);
  if (!Array.isArray(value) || value.length === 0 || !value.every((each): each is object => isObject(each))) {
    throw new UsageError(
      `--consumer-version-selectors ${text}: takes a JSON list of selectors, such as [{"mainBranch":true}]`,
    );
  }
  const unknown = value.flatMap((each) => Object.keys(each)).find((name) => !selectorNames.has(name));
  if (unknown !== undefined)
    throw new UsageError(
      `--consumer-version-selectors: '${unknown}' is no selector; there are ${[...selectorNames].join(', ')}`,
    );
  return value;
}

function publishFor(flags: PactFlags, settings: Settings): Publish | null {
  const { publish, providerVersion, branch = null, providerTag: tags = [], buildUrl = null } = flags;
  if (publish !== true) return null;
  if (providerVersion === undefined || providerVersion === '')
    throw new UsageError(
      '--publish needs --provider-version: the broker keeps results by the version that was verified',
    );
  if (settings.target.kind === 'embedded')
    throw new UsageError(
      '--publish needs --target: what the embedded reference provider keeps says nothing of a release',
    );
  if (settings.changes === 'forbidden')
    throw new UsageError(
      '--publish needs --allow-changes: without it, interactions that change something are not judged',
    );
  if (flags.only !== undefined)
    throw new UsageError('--publish and --only: the broker would take a part for the whole');
  return { version: providerVersion, branch, tags, buildUrl };
}

function filesAt(path: string, said: string, { cwd }: Pick<World, 'cwd'>): readonly string[] {
  const place = resolve(cwd, path);
  const found = statSync(place, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`${said}: there is no such folder or file`);
  if (!found.isDirectory()) return [place];
  const names = readdirSync(place)
    .filter((name) => name.endsWith('.json'))
    .sort();
  if (names.length === 0) throw new UsageError(`${said}: holds no pact, so there is nothing to verify`);
  return names.map((name) => join(place, name));
}
