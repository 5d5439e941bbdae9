import type { EnumName } from '../../model/contract.ts';
import type { Profile, Spelling } from '../../model/profile.ts';
import { readDashedGuid, readGuid, zeroGuid } from '../guid.ts';
import { integers, readDecimal, readDouble, readInteger } from './numbers.ts';
import {
  dateInJsv,
  dateInMs,
  offsetInJsv,
  offsetInMs,
  readDateOnly,
  readDateTime,
  readDateTimeOffset,
  readDuration,
  readIsoDateOnly,
  readIsoDateTime,
  readTimeOnly,
  readTimeSpan,
  timeInXml,
} from './times.ts';

export type ValueKind = 'guid' | 'text' | 'integer' | 'number' | 'boolean' | 'enum' | 'date' | 'time' | 'uri' | 'bytes';

/** A value in JSON: within quotes, or as it stands. */
export type Token = { readonly quoted: string } | { readonly bare: string };

/** Who writes: the declared serializer, or ServiceStack's own where System.Text.Json is declared. */
export type Serializer = Profile['serializer'];

/** How System.Text.Json found a value: between quotes, or without. */
export type Written = 'bare' | 'quoted';

/**
 * A type of one value: how it is read and written (source forms, 6). Between the two it is kept as text, so that no
 * digit and no sign is lost: Guids in form D, dates in ISO 8601, enums as their number.
 */
export interface Scalar {
  readonly kind: ValueKind;
  /** The type as System.Text.Json names it. */
  readonly dotnet: string;
  /** Its name in XML, and the namespace of that, where it is an item. */
  readonly xmlName: string;
  readonly xmlNamespace: string;
  /** What a member holds that nobody has sent; null for what may be null by nature. */
  readonly initial: string | null;
  /** As ServiceStack.Text reads it, from a body, a query, a form or a path; null for what it cannot read. */
  readonly read: (text: string) => string | null;
  /** As System.Text.Json reads it. */
  readonly readStrictly: (text: string, written: Written) => string | null;
  readonly inJson: (kept: string, by: Serializer) => Token;
  /** In JSV and CSV. */
  readonly inJsv: (kept: string) => string;
  /** Null for what XML cannot write. */
  readonly inXml: (kept: string) => string | null;
  /** A value that an answer has where the request has none to repeat. */
  readonly sample: string;
}

/** The scalars of .NET by name, as a host of that profile reads and writes them. */
export function scalarsOf({ guids, dates }: Spelling): Readonly<Record<string, Scalar>> {
  const guid = (kept: string): string => (guids === 'compact' ? kept.replaceAll('-', '') : kept);
  return {
    ...Object.fromEntries(Object.keys(integers).map((name) => [name, integer(name)])),
    Single: number('Single', 'float'),
    Double: number('Double', 'double'),
    Decimal: number('Decimal', 'decimal'),
    Boolean: {
      ...plain('boolean', 'Boolean', 'boolean', 'false', 'true'),
      read: (text) => {
        if (/^(true|1|on|t|y)$/i.test(text)) return 'true';
        return /^(false|0|off|f|n)$/i.test(text) ? 'false' : null;
      },
      readStrictly: (text, written) => (written === 'bare' && /^(true|false)$/.test(text) ? text : null),
      inJson: (kept) => ({ bare: kept }),
      inJsv: (kept) => (kept === 'true' ? 'True' : 'False'),
    },
    Char: {
      ...plain('text', 'Char', 'char', '\0', 'x'),
      read: (text) => (text === '' ? '\u200b' : text.charAt(0)),
      readStrictly: (text, written) => (written === 'quoted' && text.length === 1 ? text : null),
      inXml: (kept) => String(kept.charCodeAt(0)),
    },
    String: { ...plain('text', 'String', 'string', null, 'some text'), readStrictly: quoted((text) => text) },
    Guid: {
      ...plain('guid', 'Guid', 'guid', zeroGuid, '5f0c1a52-8c1e-4b6e-9a55-0d3a1f2b4c5d'),
      read: readGuid,
      readStrictly: quoted(readDashedGuid),
      inJson: (kept, by) => ({ quoted: by === 'servicestack' ? guid(kept) : kept }),
      inJsv: guid,
    },
    DateTime: {
      ...plain('date', 'DateTime', 'dateTime', '0001-01-01T00:00:00', '2020-02-29T12:34:56Z'),
      read: (text) => readDateTime(text, dates),
      readStrictly: quoted(readIsoDateTime),
      inJson: (kept, by) => unescaped(by === 'servicestack' && dates === 'ms' ? escapedSlashes(dateInMs(kept)) : kept),
      inJsv: dateInJsv,
    },
    DateTimeOffset: {
      ...plain('date', 'DateTimeOffset', 'DateTimeOffset', '0001-01-01T00:00:00+00:00', '2020-02-29T12:34:56+10:00'),
      read: readDateTimeOffset,
      readStrictly: quoted((text) => (readIsoDateTime(text) === null ? null : readDateTimeOffset(text))),
      inJson: (kept, by) =>
        unescaped(by === 'servicestack' && dates === 'ms' ? escapedSlashes(offsetInMs(kept)) : kept),
      inJsv: offsetInJsv,
    },
    DateOnly: {
      ...plain('date', 'DateOnly', 'dateOnly', '0001-01-01', '2020-02-29'),
      read: readDateOnly,
      readStrictly: quoted(readIsoDateOnly),
    },
    TimeSpan: {
      ...plain('time', 'TimeSpan', 'duration', 'PT0S', 'PT1H30M'),
      read: readTimeSpan,
      readStrictly: quoted((text) => (text === '' ? null : (readDuration(text) ?? 'PT0S'))),
    },
    TimeOnly: {
      ...plain('time', 'TimeOnly', 'timeOnly', 'PT0S', 'PT12H34M56S'),
      read: readTimeOnly,
      readStrictly: quoted((text) => (text === '' ? null : (readDuration(text) ?? 'PT0S'))),
      inXml: timeInXml,
    },
    Uri: {
      ...plain('uri', 'Uri', 'anyURI', null, 'https://example.org/a'),
      read: (text) => (/^(\/|[a-z][a-z0-9+.-]*:)/i.test(text) ? text : null),
      readStrictly: quoted((text) => text),
      inJson: (kept, by) => ({ quoted: by === 'servicestack' ? absolute(kept) : kept }),
      inJsv: absolute,
    },
    'Byte[]': {
      ...plain('bytes', 'Byte[]', 'base64Binary', null, 'AQID'),
      read: readBytes,
      readStrictly: quoted((text) => (isBase64(text) ? text : null)),
      inJson: unescaped,
    },
  };
}

function plain(kind: ValueKind, type: string, xmlName: string, initial: string | null, sample: string): Scalar {
  return {
    kind,
    dotnet: `System.${type}`,
    xmlName,
    xmlNamespace: 'http://schemas.microsoft.com/2003/10/Serialization/Arrays',
    initial,
    sample,
    read: (text) => text,
    readStrictly: () => null,
    inJson: (kept) => ({ quoted: kept }),
    inJsv: (kept) => kept,
    inXml: (kept) => kept,
  };
}

const xmlIntegers: Readonly<Record<string, string>> = {
  SByte: 'byte',
  Byte: 'unsignedByte',
  Int16: 'short',
  UInt16: 'unsignedShort',
  Int32: 'int',
  UInt32: 'unsignedInt',
  Int64: 'long',
  UInt64: 'unsignedLong',
};

function integer(name: string): Scalar {
  return {
    ...plain('integer', name, xmlIntegers[name] ?? 'int', '0', '7'),
    read: (text) => readInteger(text, name),
    readStrictly: (text, written) => (written === 'bare' && /^-?\d+$/.test(text) ? readInteger(text, name) : null),
    inJson: (kept) => ({ bare: kept }),
  };
}

function number(name: 'Single' | 'Double' | 'Decimal', xmlName: string): Scalar {
  const read = (text: string): string | null =>
    name === 'Decimal' ? readDecimal(text) : readDouble(text, name === 'Single' ? 'single' : 'double');
  return {
    ...plain('number', name, xmlName, '0', '12.5'),
    read,
    readStrictly: (text, written) => (written === 'bare' && /^-?\d/.test(text) ? read(text) : null),
    inJson: (kept) => ({ bare: kept }),
  };
}

/** Values that System.Text.Json takes only between quotes. */
function quoted(read: (text: string) => string | null): Scalar['readStrictly'] {
  return (text, written) => (written === 'quoted' ? read(text) : null);
}

/** What has its own spelling is not escaped further. */
function unescaped(text: string): Token {
  return { bare: `"${text}"` };
}

function escapedSlashes(text: string): string {
  return text.replaceAll('/', '\\/');
}

/** ServiceStack.Text writes the absolute address, and takes a bare path for a file's. */
function absolute(uri: string): string {
  return uri.startsWith('/') ? `file://${uri}` : uri;
}

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0;
}

/** In base64, or as a list of numbers. */
function readBytes(text: string): string | null {
  if (isBase64(text)) return text;
  const list = /^\[\s*(\d+(?:\s*,\s*\d+)*)?\s*\]$/.exec(text);
  if (list === null) return null;
  const bytes = (list[1] ?? '').split(',').map(Number);
  return bytes.every((byte) => byte < 256) ? Buffer.from(bytes).toString('base64') : null;
}

/** An enum: read by name in any casing, by its EnumMember name and by number, of which undefined ones are kept. */
export function enumScalar(
  { xmlName, ...named }: Pick<Scalar, 'dotnet' | 'xmlName' | 'xmlNamespace'>,
  { names, flags }: EnumOf,
): Scalar {
  const known = names.map(({ name, value, wire }, i) => ({ name, number: value ?? i, wire: wire ?? name }));
  const numberOf = (word: string): number | null => {
    const lower = word.trim().toLowerCase();
    if (/^-?\d+$/.test(lower)) return Number(lower);
    return known.find(({ name, wire }) => name.toLowerCase() === lower || wire.toLowerCase() === lower)?.number ?? null;
  };
  const read = (text: string): string | null => {
    const numbers = text.split(',').map(numberOf);
    return numbers.reduce((sum, each) => (sum === null || each === null ? null : sum | each), 0)?.toString() ?? null;
  };
  const nameOf = (kept: string): (typeof known)[number] | undefined =>
    known.find(({ number }) => String(number) === kept);
  const text = (kept: string): string => (flags === true ? kept : (nameOf(kept)?.wire ?? kept));
  return {
    ...plain('enum', xmlName, xmlName, '0', String(known.at(-1)?.number ?? 0)),
    ...named,
    read,
    readStrictly: (word, written) =>
      word === '' || (flags === true && written === 'quoted') || (written === 'bare' && !/^-?\d+$/.test(word))
        ? null
        : read(word),
    inJson: (kept, by) => {
      const isBare = flags === true || (by === 'system-text-json' && nameOf(kept) === undefined);
      return isBare ? { bare: kept } : { quoted: text(kept) };
    },
    inJsv: text,
    inXml: (kept) => (flags === true ? flagNames(known, Number(kept)) : (nameOf(kept)?.name ?? null)),
  };
}

export interface EnumOf {
  readonly names: readonly EnumName[];
  readonly flags?: true;
}

/** The names of the bits that are set, as XML has them; the name of zero where none is. */
function flagNames(known: readonly { readonly name: string; readonly number: number }[], bits: number): string | null {
  const set = known.filter(({ number }) => number !== 0 && (bits & number) === number);
  if (bits === 0) return known.find(({ number }) => number === 0)?.name ?? '';
  return set.reduce((sum, { number }) => sum | number, 0) === bits ? set.map(({ name }) => name).join(' ') : null;
}
