import type { ErrorObject } from 'ajv/dist/2020.js';
import type { PlainValue } from '../model/value.ts';
import type { Spelling } from '../model/profile.ts';
import { compacted, zeroGuid } from '../values/guid.ts';
import { shortened } from '../values/words.ts';

/** Longer strings are cut when they are shown, in characters. */
const longest = 60;

const types: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

function formatInWords(format: string, { guids, dates }: Spelling): string {
  switch (format) {
    case 'uuid':
      return `a Guid in the form ${guids === 'dashed' ? zeroGuid : compacted(zeroGuid)}`;
    case 'date-time':
      return dates === 'iso' ? 'a date in ISO 8601' : 'a date in the form /Date(ms)/';
    default:
      return `a ${format}`;
  }
}

/**
 * What a keyword of a derived schema demands.
 *
 * @param error as ajv reports it
 * @param orNull whether the schema takes null besides
 * @param spelling of the Guids and dates that it takes
 */
export function asExpected(error: ErrorObject, orNull: boolean, spelling: Spelling): string {
  const { keyword, params, message = `to satisfy ${keyword}` } = error as ErrorObject<string, Record<string, unknown>>;
  const or = orNull ? ' or null' : '';
  switch (keyword) {
    case 'type': {
      const names = Array.isArray(params['type']) ? params['type'] : String(params['type']).split(',');
      return names.map((name) => types[String(name)] ?? String(name)).join(' or ') + or;
    }
    case 'format':
      return formatInWords(String(params['format']), spelling) + or;
    default:
      return message + or;
  }
}

/** A value in a few words. */
export function asActual(value: PlainValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `the string ${JSON.stringify(shortened(value, longest))}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return String(value);
  const count = Object.keys(value).length;
  return Array.isArray(value) ? `a list of ${count}` : `an object with ${count} ${count === 1 ? 'member' : 'members'}`;
}

/** `ResponseStatus.Errors[0].FieldName`; a name that would read as something else stands quoted in brackets. */
export function asPlace(steps: readonly (string | number)[]): string {
  return steps
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^\w+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join('');
}
