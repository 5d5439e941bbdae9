import { ConfigError, layerOf, type Layer } from './layers.ts';
import { variableOf, type Value } from './table.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const on = new Set(['true', '1', 'yes', 'on']);
const off = new Set(['false', '0', 'no', 'off']);

/**
 * What the environment says: `CONFORM_TARGET`, `CONFORM_ONLY=routes,verbs` and so on; an empty variable says nothing.
 *
 * @throws ConfigError when a switch is neither on nor off
 */
export function environmentLayer(env: Environment): Layer {
  return layerOf(({ name, takes }) => {
    const variable = variableOf(name);
    const text = env[variable];
    if (text === undefined || text === '') return null;
    return { value: valueOf(variable, text, takes.kind), origin: { kind: 'environment', name: variable } };
  });
}

function valueOf(variable: string, text: string, kind: string): Value {
  switch (kind) {
    case 'switch': {
      const word = text.toLowerCase();
      if (!on.has(word) && !off.has(word)) throw new ConfigError(`${variable}=${text}: takes true or false`);
      return on.has(word);
    }
    case 'list':
      return text
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '');
    // A comma may stand in a header.
    case 'headers':
      return text.split('\n').filter((each) => each.trim() !== '');
    default:
      return text;
  }
}
