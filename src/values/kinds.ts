import { hash } from 'node:crypto';
import type { DtoType, IntegerFormat, TextFormat } from '../model/schema.ts';
import { drawGuid, wholeGuid } from './guid.ts';
import { isDate } from './spelling.ts';

/**
 * What is known of the values of one type, the same in every format and place. Drawn values are letters, digits and
 * dashes alone, so that they need no escaping anywhere.
 */
export interface Kind {
  /** In words, for messages: `a Guid`. */
  readonly says: string;
  /** How JSON writes it: as it is, or between quotes. */
  readonly inJson: 'bare' | 'quoted';
  /** A value that depends on the seed and the key alone. */
  readonly draw: (seed: number, ...key: readonly string[]) => string;
  /** Whether a text is such a value as it stands in a path, a query or a file of subjects. */
  readonly recognises: (text: string) => boolean;
  /** Texts that nobody reads as such a value, by what is wrong with them; none where any text is one. */
  readonly malformed: Readonly<Record<string, string>>;
  /** The least and the greatest value, where there are such. */
  readonly bounds: { readonly least: string; readonly greatest: string } | null;
}

const ranges: Readonly<Record<IntegerFormat, readonly [least: bigint, greatest: bigint]>> = {
  int8: [-(2n ** 7n), 2n ** 7n - 1n],
  uint8: [0n, 2n ** 8n - 1n],
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
};

export const integerFormats = Object.keys(ranges) as readonly IntegerFormat[];

/**
 * The kind of a type's values; null for what is composed of others: DTOs, lists and maps.
 *
 * @param type of a member
 */
export function kindOf(type: DtoType): Kind | null {
  switch (type.kind) {
    case 'string':
      return type.format === undefined ? text : strings[type.format];
    case 'boolean':
      return bool;
    case 'integer':
      return integer(type.format ?? 'int64');
    case 'number':
      return number;
    case 'enum':
      return oneOf(type.names);
    case 'any':
    case 'reference':
    case 'list':
    case 'map':
      return null;
  }
}

/** Whether a number is a whole one within the bounds of its type. */
export function fitsInteger(format: IntegerFormat, value: number): boolean {
  const [least, greatest] = ranges[format];
  // Beyond 2^53 a number is held as the nearest that a double knows, and the bounds are as well.
  return Number.isInteger(value) && value >= Number(least) && value <= Number(greatest);
}

const guid: Kind = {
  says: 'a Guid: 8-4-4-4-12 hexadecimal digits',
  inJson: 'quoted',
  draw: drawGuid,
  recognises: (value) => wholeGuid.test(value),
  malformed: { 'no Guid': 'not-a-guid', 'too short': '12345678-1234-1234-1234-12345678901' },
  bounds: null,
};

const text: Kind = {
  says: 'a text of letters, digits and dashes',
  inJson: 'quoted',
  draw: (seed, ...key) => `drawn-${numberFrom(seed, key).toString(36)}`,
  recognises: (value) => /^[A-Za-z0-9-]+$/.test(value),
  malformed: {},
  bounds: null,
};

const dateTime: Kind = {
  says: 'a date such as 2020-02-29',
  inJson: 'quoted',
  // Without a time of day, whose colons would have to be escaped in some places.
  draw: (seed, ...key) => new Date(Date.UTC(2000, 0, 1 + (numberFrom(seed, key) % 20_000))).toISOString().slice(0, 10),
  recognises: isDate,
  malformed: { 'no date': 'not-a-date', 'a month too many': '2020-13-01' },
  bounds: { least: '0001-01-01', greatest: '9999-12-31' },
};

const date: Kind = {
  ...dateTime,
  recognises: (value) => /^\d{4}-\d{2}-\d{2}$/.test(value),
};

const duration: Kind = {
  says: 'a time such as PT90S',
  inJson: 'quoted',
  draw: (seed, ...key) => `PT${1 + (numberFrom(seed, key) % 59)}S`,
  recognises: (value) => /^-?P[\dDTHMS.]+$|^(\d+\.)?\d{2}:\d{2}:\d{2}(\.\d{1,7})?$/.test(value),
  malformed: {},
  bounds: null,
};

const base64: Kind = {
  says: 'bytes in base64',
  inJson: 'quoted',
  // Four letters are three bytes and need no padding.
  draw: (seed, ...key) => numberFrom(seed, key).toString(16).padStart(8, '0'),
  recognises: (value) => /^[A-Za-z0-9+/]*={0,2}$/.test(value),
  malformed: {},
  bounds: null,
};

const strings: Readonly<Record<TextFormat, Kind>> = { uuid: guid, 'date-time': dateTime, date, duration, base64 };

const bool: Kind = {
  says: 'true or false',
  inJson: 'bare',
  draw: (seed, ...key) => String(numberFrom(seed, key) % 2 === 0),
  recognises: (value) => /^(true|false)$/i.test(value),
  malformed: { 'no boolean': 'not-a-boolean' },
  bounds: null,
};

const number: Kind = {
  says: 'a number',
  inJson: 'bare',
  draw: (seed, ...key) => String(1 + (numberFrom(seed, key) % 1000)),
  recognises: (value) => /^-?\d+(\.\d+)?$/.test(value),
  malformed: { 'no number': 'not-a-number' },
  bounds: null,
};

function integer(format: IntegerFormat): Kind {
  const [least, greatest] = ranges[format];
  return {
    says: `a whole number from ${least} to ${greatest}`,
    inJson: 'bare',
    draw: (seed, ...key) => String(1n + (BigInt(numberFrom(seed, key)) % greatest)),
    recognises: (value) => /^-?\d+$/.test(value) && BigInt(value) >= least && BigInt(value) <= greatest,
    malformed: {
      'no number': 'not-a-number',
      'beyond the greatest': String(greatest + 1n),
      'below the least': String(least - 1n),
    },
    bounds: { least: String(least), greatest: String(greatest) },
  };
}

function oneOf(names: readonly string[]): Kind {
  return {
    says: `one of ${names.join(', ')}`,
    inJson: 'quoted',
    draw: (seed, ...key) => names[numberFrom(seed, key) % names.length] ?? '',
    recognises: (value) => names.some((name) => name.toLowerCase() === value.toLowerCase()),
    malformed: { 'no name of it': 'not-a-name-of-it' },
    bounds: null,
  };
}

/** A number of 32 bits that depends on the seed and the key alone. */
export function drawnNumber(seed: number, ...key: readonly string[]): number {
  return numberFrom(seed, key);
}

/** 32 bits from a hash. */
function numberFrom(seed: number, key: readonly string[]): number {
  return Number.parseInt(hash('sha256', JSON.stringify([seed, ...key])).slice(0, 8), 16);
}
