import { dirname, resolve } from 'node:path';
import { isObject, type JsonObject, whereNotJson } from '../values/json.ts';
import type { Layer, Origin, Sourced } from './layers.ts';
import { withFiles } from './given-values.ts';
import { isSecret, settings, type Setting, type SettingName, type Value } from './table.ts';
import { UsageError } from './problems.ts';

/** A configuration file as read: what it says of every run, and what of each named target. */
export interface ConfigFile {
  readonly name: string;
  readonly all: Layer;
  /** Each with its `url` as `target`. */
  readonly targets: ReadonlyMap<string, Layer>;
}

/** Where an object of settings stands. */
interface Place {
  /** As messages begin: the file, as the person named it, and a colon. */
  readonly source: string;
  /** Before the key of a setting: '' or `targets.staging.`. */
  readonly under: string;
  readonly origin: (key: string) => Origin;
  /** Relative file names are taken from here. */
  readonly folder: string;
  /** What may stand here besides settings. */
  readonly besides: readonly string[];
}

function placeIn(file: string, folder: string, under: string, besides: readonly string[] = []): Place {
  return {
    source: `${file}: `,
    under,
    origin: (key) => ({ kind: 'file', file, key: `${under}${key}` }),
    folder,
    besides,
  };
}

type Row = Setting & { readonly name: SettingName };

/** What a program may say and a file may not: secrets, and that something may be changed. */
const keysOfPrograms: Partial<Readonly<Record<SettingName, string>>> = {
  token: 'authentication.token',
  password: 'authentication.password',
  expiredToken: 'authentication.expiredToken',
  lesserToken: 'authentication.lesserToken',
  lesserPassword: 'authentication.lesserPassword',
  allowChanges: 'allowChanges',
};

/** What a program may say of a run: all but where else to read it, and what is written of it where. */
export const settingsOfPrograms: readonly Row[] = settings.flatMap((setting): readonly Row[] => {
  const key = keysOfPrograms[setting.name] ?? setting.key;
  return key === null || setting.name === 'report' || setting.name === 'quiet' ? [] : [{ ...setting, key }];
});

/**
 * Reads what a program says of a run, by the keys of a configuration file. A member that is undefined says nothing.
 *
 * @param folder relative file names are taken from here
 * @throws UsageError naming the key, what is wrong and what it takes
 */
export function readProgramSettings(said: object, folder: string): Layer {
  return readLayer(said, settingsOfPrograms, {
    source: '',
    under: 'settings.',
    origin: (key) => ({ kind: 'program', key }),
    folder,
    besides: [],
  });
}

/**
 * Reads a configuration file; `schemas/files/config.schema.json` describes it.
 *
 * @param text of the file
 * @param name as it is said in messages
 * @param path absolute; file names within are relative to its folder
 * @throws UsageError naming the file, the key, what is wrong and what it takes
 */
export function readConfigFile(text: string, name: string, path: string): ConfigFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name}: not JSON (${whereNotJson(text, error)})`);
  }
  if (!isObject(value)) throw new UsageError(`${name}: holds no JSON object`);
  const place = placeIn(name, dirname(path), '', ['targets']);
  const { targets = {}, ...rest } = withoutSchema(value);
  if (!isObject(targets)) throw new UsageError(`${name}: targets is an object of targets by name`);
  return {
    name,
    all: readLayer(rest, settings, place),
    targets: new Map(
      Object.entries(targets).map(([target, said]) => [target, readTarget(target, said, name, place.folder)]),
    ),
  };
}

function readTarget(name: string, value: unknown, file: string, folder: string): Layer {
  const key = `targets.${name}`;
  if (/[:/]/.test(name))
    throw new UsageError(`${file}: ${key} is no name for a target: --target takes what has a : or / for a URL`);
  if (!isObject(value)) throw new UsageError(`${file}: ${key} is an object with the url of the target`);
  const { url, ...rest } = value;
  if (typeof url !== 'string' || url === '')
    throw new UsageError(
      `${file}: ${key}.url is missing; write the target's URL, such as "https://staging.example.org"`,
    );
  const target: Sourced = { value: url, origin: { kind: 'file', file, key: `${key}.url` } };
  const said = readLayer(
    rest,
    settings.filter((s) => s.perTarget),
    placeIn(file, folder, `${key}.`),
  );
  return new Map([...said, ['target', target]]);
}

/** What a profile file says: the members of a profile and nothing else. */
export function readProfileFile(text: string, name: string): Layer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${name}: not JSON (${whereNotJson(text, error)})`);
  }
  if (!isObject(value)) throw new UsageError(`${name}: holds no JSON object`);
  const members = settings
    .filter((s) => s.key?.startsWith('profile.'))
    .map((s) => ({ ...s, key: s.key?.slice('profile.'.length) ?? null }));
  return readLayer(withoutSchema(value), members, placeIn(name, '', ''));
}

function readLayer(value: object, rows: readonly Row[], place: Place): Layer {
  const said = new Map<SettingName, Sourced>();
  const read = (object: object, prefix: string): void => {
    for (const [name, member] of Object.entries(object) as [string, unknown][]) {
      const key = `${prefix}${name}`;
      const row = rows.find((r) => r.key === key || r.formerly === key);
      const within = rows.filter(({ key: now, formerly }) =>
        [now, formerly].some((each) => each?.startsWith(`${key}.`) === true),
      );
      if (member === undefined) continue;
      else if (within.length > 0 && isObject(member)) read(member, `${key}.`);
      else if (row !== undefined && said.has(row.name))
        throw new UsageError(
          `${place.source}${place.under}${row.formerly ?? key} is the former name of ${place.under}${row.key ?? key}; keep one of them`,
        );
      else if (row !== undefined)
        said.set(row.name, { value: valueOf(row, member, key, place), origin: place.origin(key) });
      else if (within.length > 0)
        throw new UsageError(
          `${place.source}${place.under}${key} is an object with ${namesUnder(rows, `${key}.`).join(', ')}`,
        );
      else throw new UsageError(noSetting(key, prefix, rows, place));
    }
  };
  read(value, '');
  return said;
}

/** The sentence about a key that is none, with those that there are. */
function noSetting(key: string, prefix: string, rows: readonly Row[], { source, under, besides }: Place): string {
  const there = prefix === '' ? 'there are' : `${under}${prefix.slice(0, -1)} has`;
  const names = [...namesUnder(rows, prefix), ...(prefix === '' ? besides : [])];
  return `${source}${under}${key} is no setting; ${there} ${names.join(', ')}${hint(key)}`;
}

/** Some settings are not for a file; the sentence says why. */
function hint(key: string): string {
  switch (key) {
    case 'allowChanges':
      return '. Changes are allowed run by run, with --allow-changes';
    case 'authentication.token':
    case 'authentication.password':
    case 'authentication.expiredToken':
    case 'authentication.lesserToken':
    case 'authentication.lesserPassword':
      return '. Secrets come from the environment, or from a file or command that is named here';
    default:
      return '';
  }
}

function namesUnder(rows: readonly Setting[], prefix: string): readonly string[] {
  const under = (keys: readonly (string | null | undefined)[]): readonly string[] =>
    keys.flatMap((key) => (key?.startsWith(prefix) === true ? [key.slice(prefix.length).split('.')[0] ?? ''] : []));
  const names = under(rows.map(({ key }) => key));
  return [...new Set(names.length > 0 ? names : under(rows.map(({ formerly }) => formerly)))];
}

function valueOf(setting: Row, value: unknown, key: string, { source, under, folder }: Place): Value {
  const { name, takes } = setting;
  const refuse = (what: string): never => {
    const given = isSecret(setting) ? 'what was given' : JSON.stringify(value);
    throw new UsageError(`${source}${under}${key} takes ${what}, not ${given}`);
  };
  switch (takes.kind) {
    case 'switch':
      return typeof value === 'boolean' ? value : refuse('true or false');
    case 'choice':
      return typeof value === 'string' && takes.of.includes(value)
        ? value
        : refuse(takes.of.map((each) => `"${each}"`).join(' or '));
    case 'count': {
      const fits =
        typeof value === 'number' && Number.isSafeInteger(value) && value >= takes.least && value <= takes.most;
      return fits ? String(value) : refuse(`a whole number from ${takes.least} to ${takes.most}`);
    }
    case 'list': {
      const texts = Array.isArray(value)
        ? (value as readonly unknown[]).filter((each) => typeof each === 'string' && each !== '')
        : [];
      if (!Array.isArray(value) || texts.length < value.length) return refuse('a list of strings');
      return name === 'report' ? texts.map((each) => withFile(String(each), folder)) : texts.map(String);
    }
    case 'lines':
      return isObject(value)
        ? Object.entries(value).map(([each, of]) =>
            typeof of === 'string' ? `${each}: ${withFiles(of, folder)}` : refuse('an object of strings'),
          )
        : refuse('an object of strings by name');
    case 'file':
      return typeof value === 'string' && value !== '' ? resolve(folder, value) : refuse('the name of a file');
    case 'text':
      if (value instanceof URL) return value.href;
      // The body of a login request reads better as the JSON that it is.
      if (name === 'loginBody' && isObject(value)) return JSON.stringify(value);
      // A contract is named, or it is a file beside the configuration.
      if (name === 'contract' && typeof value === 'string' && /[./\\]/.test(value)) return resolve(folder, value);
      return typeof value === 'string' && value !== '' ? value : refuse(`a string (${takes.what})`);
  }
}

/** Where the schema is, is for editors. */
function withoutSchema(value: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== '$schema'));
}

/** A report's file is relative to the folder of the configuration, too. */
function withFile(report: string, folder: string): string {
  const at = report.indexOf('=');
  return at === -1 || at === report.length - 1
    ? report
    : `${report.slice(0, at + 1)}${resolve(folder, report.slice(at + 1))}`;
}
