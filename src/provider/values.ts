import type { JsonSchema } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import { readGuid, zeroGuid } from './guid.ts';

export type ValueKind = 'guid' | 'text' | 'integer' | 'number' | 'boolean' | 'enum' | 'date';

/** How the service reads values of one type, and what stands where there is none (source forms, 6). */
export interface ValueOf {
  readonly kind: ValueKind;
  /** The type as System.Text.Json names it. */
  readonly dotnet: string;
  /** What a member holds that nobody has sent, as text. */
  readonly initial: string;
  /** A value sent in a query, a form or a path, in the form in which it is kept; null when it is malformed. */
  readonly read: (text: string) => string | null;
  /** A kept value as answers have it. */
  readonly write: (kept: string) => PlainValue;
  /** A value that a success answers where the request has none to repeat. */
  readonly sample: string;
}

const bits: Readonly<Record<string, readonly [name: string, least: bigint, greatest: bigint]>> = Object.fromEntries(
  [8n, 16n, 32n, 64n].flatMap((n) => [
    [`int${n}`, [n === 8n ? 'SByte' : `Int${n}`, -(2n ** (n - 1n)), 2n ** (n - 1n) - 1n]],
    [`uint${n}`, [n === 8n ? 'Byte' : `UInt${n}`, 0n, 2n ** n - 1n]],
  ]),
);

/** How a member with that schema is read. */
export function valueOf(schema: JsonSchema): ValueOf {
  if (schema.enum !== undefined) return oneOf(schema.enum);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.find((each) => each !== 'null');
  switch (type) {
    case 'integer':
      return integer(schema.format ?? 'int64');
    case 'number':
      return number;
    case 'boolean':
      return boolean;
    default:
      if (schema.format === 'uuid') return guid;
      return schema.format === 'date-time' ? date : text;
  }
}

const guid: ValueOf = {
  kind: 'guid',
  dotnet: 'System.Guid',
  initial: zeroGuid,
  read: readGuid,
  write: (kept) => kept,
  sample: '5f0c1a52-8c1e-4b6e-9a55-0d3a1f2b4c5d',
};

const text: ValueOf = {
  kind: 'text',
  dotnet: 'System.String',
  initial: '',
  read: (value) => value,
  write: (kept) => kept,
  sample: 'some text',
};

const number: ValueOf = {
  kind: 'number',
  dotnet: 'System.Double',
  initial: '0',
  read: (value) => (value === '' ? '0' : Number.isFinite(Number(value)) ? value : null),
  write: Number,
  sample: '12.5',
};

const boolean: ValueOf = {
  kind: 'boolean',
  dotnet: 'System.Boolean',
  initial: 'false',
  read: (value) => {
    if (/^(true|1|on)$/i.test(value)) return 'true';
    return /^(false|0|off|)$/i.test(value) ? 'false' : null;
  },
  write: (kept) => kept === 'true',
  sample: 'true',
};

const date: ValueOf = {
  kind: 'date',
  dotnet: 'System.DateTime',
  initial: '0001-01-01T00:00:00',
  read: (value) => {
    if (value === '') return date.initial;
    if (!/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(value)) return null;
    return Number.isNaN(Date.parse(value)) ? null : value.length === 10 ? `${value}T00:00:00` : value;
  },
  write: (kept) => kept,
  sample: '2020-02-29T12:34:56',
};

function integer(format: string): ValueOf {
  const [name, least, greatest] = bits[format] ?? ['Int64', -(2n ** 63n), 2n ** 63n - 1n];
  return {
    kind: 'integer',
    dotnet: `System.${name}`,
    initial: '0',
    read: (value) => {
      if (value === '') return '0';
      if (!/^-?\d+$/.test(value)) return null;
      return BigInt(value) < least || BigInt(value) > greatest ? null : String(BigInt(value));
    },
    write: Number,
    sample: '7',
  };
}

/** Names in any casing, and numbers, of which the undefined ones are kept. */
function oneOf(names: readonly string[]): ValueOf {
  return {
    kind: 'enum',
    dotnet: 'System.Enum',
    initial: names[0] ?? '0',
    read: (value) => {
      if (/^-?\d+$/.test(value)) return names[Number(value)] ?? value;
      return value === ''
        ? (names[0] ?? '0')
        : (names.find((name) => name.toLowerCase() === value.toLowerCase()) ?? null);
    },
    write: (kept) => kept,
    sample: names.at(-1) ?? '0',
  };
}
