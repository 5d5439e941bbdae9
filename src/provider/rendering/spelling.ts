import type { Spelling } from '../../model/profile.ts';
import type { PlainValue } from '../../model/value.ts';

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
