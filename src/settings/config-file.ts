import { dirname, resolve } from 'node:path';
import { isObject, type JsonObject } from '../values/json.ts';
import { ConfigError, type Layer, type Sourced } from './layers.ts';
import { settings, type Setting, type SettingName, type Value } from './table.ts';

/** A configuration file as read: what it says of every run, and what of each named target. */
export interface ConfigFile {
  readonly name: string;
  readonly all: Layer;
  /** Each with its `url` as `target`. */
  readonly targets: ReadonlyMap<string, Layer>;
}

interface Place {
  /** As the person named it. */
  readonly file: string;
  /** Relative file names are taken from here. */
  readonly folder: string;
  /** Before the key of a setting: '' or `targets.staging.`. */
  readonly under: string;
}

type Row = (typeof settings)[number];
/**
 * Reads a configuration file; `schemas/files/config.schema.json` describes it.
 *
 * @param text of the file
 * @param name as it is said in messages
 * @param path absolute; file names within are relative to its folder
 * @throws ConfigError naming the file, the key, what is wrong and what it takes
 */
export function readConfigFile(text: string, name: string, path: string): ConfigFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new ConfigError(`${name}: not JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
  if (!isObject(value)) throw new ConfigError(`${name}: holds no JSON object`);
  const place = { file: name, folder: dirname(path), under: '' };
  const { targets = {}, ...rest } = withoutSchema(value);
  if (!isObject(targets)) throw new ConfigError(`${name}: targets is an object of targets by name`);
  return {
    name,
    all: readLayer(rest, settings, place),
    targets: new Map(Object.entries(targets).map(([target, said]) => [target, readTarget(target, said, place)])),
  };
}

function readTarget(name: string, value: unknown, { file, folder }: Place): Layer {
  const key = `targets.${name}`;
  if (/[:/]/.test(name))
    throw new ConfigError(`${file}: ${key} is no name for a target: --target takes what has a : or / for a URL`);
  if (!isObject(value)) throw new ConfigError(`${file}: ${key} is an object with the url of the target`);
  const { url, ...rest } = value;
  if (typeof url !== 'string' || url === '')
    throw new ConfigError(
      `${file}: ${key}.url is missing; write the target's URL, such as "https://staging.example.org"`,
    );
  const target: Sourced = { value: url, origin: { kind: 'file', file, key: `${key}.url` } };
  const said = readLayer(
    rest,
    settings.filter((s) => s.perTarget),
    { file, folder, under: `${key}.` },
  );
  return new Map([...said, ['target', target]]);
}

/** What a profile file says: the members of a profile and nothing else. */
export function readProfileFile(text: string, name: string): Layer {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new ConfigError(`${name}: not JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
  if (!isObject(value)) throw new ConfigError(`${name}: holds no JSON object`);
  const members = settings
    .filter((s) => s.key?.startsWith('profile.'))
    .map((s) => ({ ...s, key: s.key?.slice('profile.'.length) ?? null }));
  return readLayer(withoutSchema(value), members, { file: name, folder: '', under: '' });
}

function readLayer(
  value: JsonObject,
  rows: readonly (Setting & { readonly name: SettingName })[],
  place: Place,
): Layer {
  const said = new Map<SettingName, Sourced>();
  const read = (object: JsonObject, prefix: string): void => {
    for (const [name, member] of Object.entries(object)) {
      const key = `${prefix}${name}`;
      const row = rows.find((r) => r.key === key);
      const within = rows.filter((r) => r.key?.startsWith(`${key}.`));
      if (within.length > 0 && isObject(member)) read(member, `${key}.`);
      else if (row !== undefined)
        said.set(row.name, {
          value: valueOf(row, member, key, place),
          origin: { kind: 'file', file: place.file, key: `${place.under}${key}` },
        });
      else if (within.length > 0)
        throw new ConfigError(`${place.file}: ${place.under}${key} is an object with ${namesUnder(rows, `${key}.`)}`);
      else
        throw new ConfigError(
          `${place.file}: ${place.under}${key} is no setting; ${prefix === '' ? 'there' : place.under + prefix.slice(0, -1)} ${prefix === '' ? 'are' : 'has'} ${namesUnder(rows, prefix)}${place.under === '' && prefix === '' && rows.some((r) => r.name === 'target') ? ', targets' : ''}${hint(key)}`,
        );
    }
  };
  read(value, '');
  return said;
}

/** Some settings are not for a file; the sentence says why. */
function hint(key: string): string {
  switch (key) {
    case 'allowChanges':
      return '. Changes are allowed run by run, with --allow-changes';
    case 'authentication.token':
    case 'authentication.password':
      return '. Secrets come from the environment, or from a file or command that is named here';
    default:
      return '';
  }
}

function namesUnder(rows: readonly Setting[], prefix: string): string {
  const names = rows.flatMap(({ key }) =>
    key?.startsWith(prefix) === true ? [key.slice(prefix.length).split('.')[0] ?? ''] : [],
  );
  return [...new Set(names)].join(', ');
}

function valueOf(
  { name, takes }: Pick<Row, 'name'> & Setting,
  value: unknown,
  key: string,
  { file, folder, under }: Place,
): Value {
  const refuse = (what: string): never => {
    throw new ConfigError(`${file}: ${under}${key} takes ${what}, not ${JSON.stringify(value)}`);
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
    case 'headers':
      return isObject(value)
        ? Object.entries(value).map(([header, each]) =>
            typeof each === 'string' ? `${header}: ${each}` : refuse('an object of strings'),
          )
        : refuse('an object of header values by name');
    case 'file':
      return typeof value === 'string' && value !== '' ? resolve(folder, value) : refuse('the name of a file');
    case 'text':
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
