import { contractsIn, openContracts, type Contracts } from '../src/host/contracts.ts';
import { suites } from '../bin/suites.ts';
import type { Profile } from '../src/model/profile.ts';
import type { Waiver } from '../src/model/waiver.ts';
import { openWaivers } from '../src/run/conclude/waiver-file.ts';
import { UsageError } from '../src/settings/problems.ts';
import { askedIn, type Asked } from '../src/settings/asked.ts';
import { settingsOfPrograms } from '../src/settings/config-file.ts';
import { programSettings } from '../src/settings/effective.ts';
import type { Effective } from '../src/settings/layers.ts';
import type { Settings } from '../src/settings/settings.ts';
import { variableOf } from '../src/settings/table.ts';
import type { World } from '../src/settings/world.ts';
import { isObject } from '../src/values/json.ts';

/**
 * What a run is asked to do, by the keys of the configuration file (`schemas/files/config.schema.json`); besides them
 * secrets, and leave to change something.
 */
export type RunSettings = EmbeddedRunSettings | LiveRunSettings;

/** A run against the reference provider that this package carries. */
export interface EmbeddedRunSettings extends CommonSettings {
  readonly target?: 'embedded';
  /** How it is signed in at; default: by a bearer token. */
  readonly authentication?: { readonly auth: Authentication['auth'] };
}

/** A run against a host. */
export type LiveRunSettings = CommonSettings &
  Subjects & {
    /** Everything before the documented paths: http or https, without credentials, query and fragment. */
    readonly target: string | URL;
    /** Default: nobody signs in. */
    readonly authentication?: Authentication;
    /** Hosts, each with all under it, that nothing may change, besides the documented production host. */
    readonly protectedHost?: readonly string[];
    /** Sent with every request; `${NAME}` in a value is read from the `env` that is handed in. */
    readonly addHeader?: Readonly<Record<string, string>>;
    readonly tls?: TlsSettings;
  };

interface CommonSettings {
  /** The operation: a `contract.json` or its folder, or the name of one that this package ships; default: that one. */
  readonly contract?: string;
  /** The declared profile, or the name of a file that holds it; what is left out is classic, pascal, servicestack, dashed Guids, dates in ISO 8601, no debug. */
  readonly profile?: string | Partial<Profile>;
  readonly limits?: Limits;
  /** Of members, that a call succeeds with; `Operation.Member` for one operation of several, `${NAME}` as in `addHeader`. */
  readonly values?: Readonly<Record<string, string>>;
  /** Areas and requirement ids; default: all. */
  readonly only?: readonly string[];
  /** A whole number that ids are drawn from; the same one repeats a run. Default: 1. */
  readonly seed?: number;
  /** The lowest level whose failures fail the run. Default: must. */
  readonly failOn?: 'must' | 'should';
  /** Whether a MUST that was not exercised fails the run. Default: false. */
  readonly complete?: boolean;
  /** Times that everything is sent, from 1 to 100. Default: 1. */
  readonly repeat?: number;
  /** The name of a file of known failures, as `conform waive` writes it; default: none. */
  readonly waivers?: string;
}

/** Where subjects come from that may be worked on. Without them and without leave, a run only reads. */
type Subjects =
  | {
      readonly connections?: never;
      readonly states?: never;
      readonly subjectsCommand?: never;
      readonly allowChanges?: boolean;
    }
  | {
      /** The name of a file with a JSON list of subjects to spend; those spent are kept beside it. */
      readonly connections: string;
      readonly states?: never;
      readonly subjectsCommand?: never;
      readonly allowChanges?: boolean;
    }
  | {
      /** A shell command that prints one fresh subject as JSON each time it is run. */
      readonly subjectsCommand: string;
      readonly connections?: never;
      readonly states?: never;
      readonly allowChanges?: boolean;
    }
  | {
      /** The URL of a state-change endpoint that makes subjects. */
      readonly states: string | URL;
      readonly connections?: never;
      readonly subjectsCommand?: never;
      readonly allowChanges?: boolean;
    };

interface Limits {
  /** Requests under way at once, from 1 to 64. Default: 8. */
  readonly concurrency?: number;
  /** Milliseconds for one exchange. Default: 10000. */
  readonly timeout?: number;
  /** Requests sent in a second or a minute at most, such as '5/s' or '30/m'. */
  readonly rate?: string;
  /** Exchanges at most. */
  readonly budget?: number;
  /** Milliseconds to wait in all where the target answers 429. Default: 60000. */
  readonly patience?: number;
}

/** Names of PEM files. */
interface TlsSettings {
  /** Certificates to trust besides the usual ones. */
  readonly ca?: string;
  /** The client certificate, with its key. */
  readonly cert?: string;
  readonly key?: string;
  /** Do not verify the target's certificate; every report says so. */
  readonly insecure?: boolean;
}

/** How a run signs in: one way, with a secret from one source. */
export type Authentication = { readonly user?: string; /** Valid once. */ readonly expiredToken?: string } & Lesser &
  (
    | { readonly auth: 'none' }
    | ({ readonly auth: 'bearer' } & Token)
    | ({ readonly auth: 'basic'; readonly user: string } & Password)
    | ({ readonly auth: 'session'; readonly user: string } & Login & Password)
    | ({ readonly auth: 'header'; /** That carries the token. */ readonly authHeader: string } & Token)
  );

type Token =
  | { readonly token: string }
  /** Read again when it expires. */
  | { readonly tokenFile: string }
  /** A shell command that prints it; run again when it expires. */
  | { readonly tokenCommand: string };
type Password = { readonly password: string } | { readonly passwordFile: string };

/** Somebody who lacks the roles and permissions that operations ask for: a token, or a user with a password. */
interface Lesser {
  readonly lesserToken?: string;
  readonly lesserTokenFile?: string;
  readonly lesserUser?: string;
  readonly lesserPassword?: string;
  readonly lesserPasswordFile?: string;
}

interface Login {
  /** From the target's root. */
  readonly loginPath?: string;
  /** With {{user}} and {{password}} in it. */
  readonly loginBody?: string | object;
  /** The member of the answer that holds a bearer token, such as `data.accessToken`. */
  readonly loginToken?: string;
  readonly loginCookie?: string;
}

/** A run of all operations of a host: `contracts` is a folder with one folder for each, as `conform import --all` writes it. */
export type HostRunSettings = (Omit<EmbeddedRunSettings, 'contract'> | Omit<LiveRunSettings, 'contract'>) & {
  readonly contracts: string;
};

/**
 * Reads what a program says of a run.
 *
 * @throws UsageError in one sentence
 */
export function readRunSettings(said: RunSettings, world: Pick<World, 'env' | 'cwd'>): Asked {
  return askedIn(effectiveOf(said, world), suites, world);
}

/**
 * Reads what a program says of a run of all operations of a host.
 *
 * @throws UsageError in one sentence
 */
export async function readHostSettings(said: HostRunSettings, world: World): Promise<Contracts> {
  const effective = effectiveOf(said, world);
  const folder = contractsIn(effective);
  if (folder === null) throw new UsageError('settings.contracts is missing: name the folder of all operations');
  return openContracts(folder, effective, world, suites.suitesInCommon());
}

/**
 * The known failures that settings name: a program's stand in no usual place.
 *
 * @throws UsageError when their file cannot be read as one
 */
export function waiversBy({ waivers }: Pick<Settings, 'waivers'>, world: Pick<World, 'cwd'>): readonly Waiver[] {
  return waivers === null ? [] : openWaivers(waivers, world);
}

function effectiveOf(said: unknown, world: Pick<World, 'cwd'>): readonly Effective[] {
  if (!isObject(said)) throw new UsageError('the settings are an object, such as { target: "https://host.example" }');
  // From a variable that is not set; taking it for left out would judge the embedded provider and be green.
  if ('target' in said && said['target'] === undefined)
    throw new UsageError('settings.target is undefined: name a URL, or leave it out for the embedded provider');
  return programSettings(said, world);
}

/**
 * Does what may find a mistake in the settings, and says it in their words: the sentences of the command name options and
 * variables, these name the keys that say the same.
 *
 * @throws UsageError whatever the work throws otherwise
 */
export function inWordsOfSettings<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw inKeys(error);
  }
}

/** The same for work that takes its time. */
export async function settlingInWordsOfSettings<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inKeys(error);
  }
}

function inKeys(error: unknown): unknown {
  if (!(error instanceof UsageError)) return error;
  const message = settingsOfPrograms
    // The longer one first: --token-file before --token.
    .toSorted((a, b) => (b.flag ?? b.name).length - (a.flag ?? a.name).length)
    .reduce((text, { name, flag, key }) => {
      const inPlace = `settings.${key ?? name}`;
      const variable = text.replaceAll(new RegExp(`\\b${variableOf(name)}\\b(?: in the environment)?`, 'g'), inPlace);
      return flag === null ? variable : variable.replaceAll(new RegExp(`--${flag}(?![\\w-])`, 'g'), inPlace);
    }, error.message)
    // A whole header is a secret that only the environment can hold; a program hands over its name and a token.
    .replace('CONFORM_HEADER ("Name: value") in the environment, or ', '')
    .replace(/settings\.authentication\.auth and the environment/, 'settings.authentication')
    // What has an option and a variable has one key.
    .replace(/(settings\.[\w.]+), or \1(?![\w.])/, '$1');
  return new UsageError(message);
}
