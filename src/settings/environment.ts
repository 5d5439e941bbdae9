import { layerOf, type Layer } from './layers.ts';
import { proxyUrl, proxyVariables, secretsOfProxy } from './proxy.ts';
import { isSecret, settings, variableOf, type Value } from './table.ts';
import { UsageError } from './problems.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const on = new Set(['true', '1', 'yes', 'on']);
const off = new Set(['false', '0', 'no', 'off']);

/**
 * What the environment says: `CONFORM_TARGET`, `CONFORM_ONLY=routes,verbs` and so on; an empty variable says nothing.
 *
 * @throws UsageError when a switch is neither on nor off, or the target is set to nothing, as in a fork's pull request
 */
export function environmentLayer(env: Environment): Layer {
  return layerOf(({ name, takes }) => {
    const variable = variableOf(name);
    const text = env[variable];
    if (text === '' && name === 'target')
      throw new UsageError(
        `${variable}: is empty, so there is nothing to check; set it, or unset it to check the embedded provider`,
      );
    if (text === undefined || text === '') return null;
    return { value: valueOf(variable, text, takes.kind), origin: { kind: 'environment', name: variable } };
  });
}

/**
 * What a person should know of the variables that begin with CONFORM_: those that are empty, and those that are none.
 *
 * @returns sentences
 */
export function environmentNotes(env: Environment): readonly string[] {
  const known = new Set(settings.map(({ name }) => variableOf(name)));
  const named = Object.keys(env).filter((name) => name.startsWith('CONFORM_'));
  const empty = named.filter((name) => known.has(name) && env[name] === '');
  const unknown = named.filter((name) => !known.has(name) && !others.has(name));
  return [
    ...(empty.length === 0 ? [] : [`${empty.join(', ')}: empty, and taken for unset`]),
    ...(unknown.length === 0
      ? []
      : [`${unknown.join(', ')}: no setting has that name; conform config lists those there are`]),
  ];
}

/**
 * What of the environment nobody may be shown, whether a command uses it or not: secrets that are settings, those of a
 * broker, passwords of proxies.
 */
export function secretsIn(env: Environment): readonly string[] {
  const valueOf = (name: string): string => env[name] ?? '';
  const named = settings.filter(isSecret).map(({ name }) => valueOf(variableOf(name)));
  // "Name: value", and the value may be a scheme and a secret.
  const header = valueOf(variableOf('header')).replace(/^[^:]*:\s*/, '');
  return [
    ...named,
    header,
    header.replace(/^\S+ +/, ''),
    ...brokerSecrets.map(valueOf),
    ...proxyVariables.flatMap((name) => {
      const proxy = proxyUrl(valueOf(name));
      return proxy === null ? [] : secretsOfProxy(proxy);
    }),
  ].filter((text) => text !== '');
}

const brokerSecrets = ['PACT_BROKER_TOKEN', 'PACT_BROKER_PASSWORD'];

/** What lines to paste and scripts of ours name, and the command does not read. */
const others: ReadonlySet<string> = new Set([
  'CONFORM_AUTHORIZATION',
  'CONFORM_COOKIE',
  'CONFORM_SECRET',
  'CONFORM_BASELINE',
]);

function valueOf(variable: string, text: string, kind: string): Value {
  switch (kind) {
    case 'switch': {
      const word = text.toLowerCase();
      if (!on.has(word) && !off.has(word)) throw new UsageError(`${variable}=${text}: takes true or false`);
      return on.has(word);
    }
    case 'list':
      return text
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '');
    // A comma may stand in a header.
    case 'lines':
      return text.split('\n').filter((each) => each.trim() !== '');
    default:
      return text;
  }
}
