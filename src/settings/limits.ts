import { originText } from './layers.ts';
import { UsageError } from './problems.ts';
import { placeOf, type Settled } from './reading.ts';

/** Milliseconds: 90000 for `90s`, `90000` and `90000ms`, 120000 for `2m`; null where there is no limit. */
export function readDuration(settings: Settled): number | null {
  const said = settings.text('maxDuration');
  if (said === null) return null;
  const [, digits = '', unit = ''] = /^(\d{1,9})(ms|s|m)?$/.exec(said.value) ?? [];
  const ms = Number(digits) * (unit === 's' ? 1000 : unit === 'm' ? 60_000 : 1);
  if (digits === '' || ms < 1)
    throw new UsageError(`${placeOf(said)}: takes a time, such as 90s, 10m, or milliseconds as a bare number`);
  return ms;
}

export function readUserAgent(settings: Settled): string | null {
  const said = settings.text('userAgent');
  if (said !== null && !/^[\t -~\u0080-\u00ff]+$/.test(said.value))
    throw new UsageError(`${originText(said.origin)}: has a character that a header cannot carry`);
  return said?.value ?? null;
}

/** Milliseconds between two requests at least: 200 for `5/s`; 0 where there is no rate. */
export function readRate(settings: Settled): number {
  const said = settings.text('rate');
  if (said === null) return 0;
  const [, count, unit] = /^(\d+(?:\.\d+)?)\/(s|m)$/.exec(said.value.replaceAll(' ', '')) ?? [];
  if (count === undefined || Number(count) <= 0)
    throw new UsageError(`${placeOf(said)}: takes a number of requests in a second or a minute, such as 5/s or 30/m`);
  return (unit === 'm' ? 60_000 : 1000) / Number(count);
}
