import type { FormatName } from '../model/contract.ts';
import type { Spelling } from '../model/profile.ts';
import { compactGuid, dashedGuid } from './guid.ts';

/** What a host is taken to write that declares nothing: what the pages of the shipped operation print. */
export const usualSpelling: Spelling = { guids: 'dashed', dates: 'iso' };

/**
 * How a format of a host spells Guids and dates: XML as its own types demand, csv and jsv with dates in ISO 8601
 * (recorded; source forms, 6).
 *
 * @param declared by the host's profile
 */
export function spellingIn(format: FormatName, declared: Spelling): Spelling {
  return {
    guids: format === 'xml' ? 'dashed' : declared.guids,
    dates: format === 'json' || format === 'jsonl' ? declared.dates : 'iso',
  };
}

/** The whole of a text is a Guid so spelled, in either letter case. */
export function guidPattern({ guids }: Pick<Spelling, 'guids'>): RegExp {
  return new RegExp(`^${guids === 'dashed' ? dashedGuid : compactGuid}$`);
}

const day = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const time = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,7})?)?(?:Z|[+-]\d{2}:\d{2})?`;
const datePatterns: Readonly<Record<Spelling['dates'], RegExp>> = {
  iso: new RegExp(`^${day}(?:T${time})?$`),
  ms: /^\/Date\(-?\d+(?:[+-]\d{4})?\)\/$/,
};

/** The whole of a text is a date so spelled: ISO 8601, or `/Date(ms±zzzz)/`. */
export function datePattern({ dates }: Pick<Spelling, 'dates'>): RegExp {
  return datePatterns[dates];
}

/** Whether a text is a date in either spelling. */
export function isDate(value: string): boolean {
  return Object.values(datePatterns).some((pattern) => pattern.test(value));
}
