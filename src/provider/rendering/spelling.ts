import type { Spelling } from '../../model/profile.ts';
import type { PlainObject, PlainValue } from '../../model/value.ts';
import type { Call } from '../behaviour.ts';
import type { Service } from '../service.ts';

/**
 * An answer with its Guids and dates as ServiceStack.Text is told to write them: Guids in all formats but XML, dates in JSON
 * alone (recorded).
 *
 * @param value with Guids in form D and dates in ISO 8601
 */
export function spelled({ profile, answered }: Service, format: Call['format'], value: PlainObject): PlainObject {
  const isCompact = profile.guids === 'compact' && format !== 'xml';
  const isInMs = profile.dates === 'ms' && (format === 'json' || format === 'jsonl');
  if (!isCompact && !isInMs) return value;
  const kinds = new Map(answered.map((member) => [member.name, member.value.kind]));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const kind = kinds.get(name);
      if (isCompact && kind === 'guid') return [name, compact(inner)];
      return [name, isInMs && kind === 'date' ? inMs(inner) : inner];
    }),
  );
}

function compact(value: PlainValue): PlainValue {
  return typeof value === 'string' ? value.replaceAll('-', '') : value;
}

/** A date of unspecified kind says -0000, as recorded of hosts in UTC. */
function inMs(value: PlainValue): PlainValue {
  if (typeof value !== 'string') return value;
  const isZoned = /(?:Z|[+-]\d{2}:\d{2})$/.test(value);
  return `/Date(${Date.parse(isZoned ? value : `${value}Z`)}${isZoned ? '+' : '-'}0000)/`;
}

/** What stands where nothing was set: the zero of each type, in the spelling of samples. */
export function zeroOf(name: string, { guids, dates }: Spelling): PlainValue | null {
  switch (name) {
    case 'Guid':
      return guids === 'compact' ? '00000000000000000000000000000000' : '00000000-0000-0000-0000-000000000000';
    case 'DateTime':
      return dates === 'ms' ? '/Date(-62135596800000-0000)/' : '0001-01-01T00:00:00';
    case 'DateTimeOffset':
      return dates === 'ms' ? '/Date(-62135596800000)/' : '0001-01-01T00:00:00+00:00';
    default:
      return null;
  }
}
