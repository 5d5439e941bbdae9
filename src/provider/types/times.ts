/**
 * Times as the recorded hosts read and write them. A date is kept as ISO text whose end tells its kind, as .NET knows
 * three: `Z` is UTC, `+00:00` local time (the hosts' own is UTC), nothing is unspecified.
 */

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7})\d*)?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/** A point in time: milliseconds since 1970, and the hundred nanoseconds beyond them. */
interface Instant {
  readonly ms: number;
  readonly ticks: number;
}

interface ReadTime extends Instant {
  readonly zone: string;
  readonly dateAlone: boolean;
}

function readIso(text: string): ReadTime | null {
  const found = iso.exec(text);
  if (found === null) return null;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = ''] =
    found;
  const ms = Date.UTC(2000, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const moment = new Date(ms);
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isReal =
    moment.getUTCMonth() === Number(month) - 1 &&
    moment.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60 &&
    Number(year) > 0;
  if (!isReal) return null;
  const hundredNanoseconds = Number(fraction.padEnd(7, '0'));
  return {
    ms: moment.getTime() + Math.floor(hundredNanoseconds / 10_000),
    ticks: hundredNanoseconds % 10_000,
    zone: zone.toUpperCase(),
    dateAlone: found[4] === undefined,
  };
}

/** In minutes. */
function offsetOf(zone: string): number {
  if (zone === '' || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

function zoneOf(minutes: number): string {
  const all = Math.abs(minutes);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(all / 60))}:${two(all % 60)}`;
}

/** As short as it can be: without a fraction where there is none. */
function isoText({ ms, ticks }: Instant, digits: 'shortest' | 'all'): string {
  const whole = new Date(ms).toISOString();
  const fraction = `${whole.slice(20, 23)}${String(ticks).padStart(4, '0')}`;
  const shown = digits === 'all' ? fraction : fraction.replace(/0+$/, '');
  return `${whole.slice(0, 19)}${shown === '' ? '' : `.${shown}`}`;
}

const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const milliseconds = /^\\?\/Date\((-?\d+)([+-]\d{4})?\)\\?\/$/;

/** Month and day, else day and month: `02/29/2020` and `29/02/2020` are the same. */
function readSlashed(text: string): Instant | null {
  const found = american.exec(text);
  if (found === null) return null;
  const [, a = '', b = '', year = ''] = found;
  const ways = [[a, b] as const, [b, a] as const];
  for (const [month, day] of ways) {
    const read = readIso(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
    if (read !== null) return read;
  }
  return null;
}

/** How a host of one kind reads dates: what is spelled in milliseconds takes UTC for local time. */
export type DateReading = 'ms' | 'iso';

/** A DateTime as ServiceStack.Text reads it; null where it is none. */
export function readDateTime(text: string, reading: DateReading): string | null {
  const trimmed = text.trim();
  const inMs = milliseconds.exec(trimmed);
  if (inMs !== null) {
    const offset = inMs[2] === undefined ? 0 : offsetOf(`${inMs[2].slice(0, 3)}:${inMs[2].slice(3)}`);
    const at = { ms: Number(inMs[1]) + offset * 60_000, ticks: 0 };
    return within(at) ? `${isoText(at, 'shortest')}${inMs[2] === undefined ? 'Z' : '+00:00'}` : null;
  }
  const read = readIso(trimmed);
  if (read === null) {
    const slashed = readSlashed(trimmed);
    return slashed === null ? null : `${isoText(slashed, 'shortest')}+00:00`;
  }
  if (read.dateAlone) return `${isoText(read, 'shortest')}${reading === 'ms' ? '+00:00' : ''}`;
  if (read.zone === 'Z') return `${isoText(read, 'shortest')}${reading === 'ms' ? '+00:00' : 'Z'}`;
  return inZone(read);
}

/** A DateTime as System.Text.Json reads it: ISO 8601 alone. */
export function readIsoDateTime(text: string): string | null {
  const read = readIso(text);
  if (read === null) return null;
  return read.zone === 'Z' ? `${isoText(read, 'shortest')}Z` : inZone(read);
}

function inZone(read: ReadTime): string {
  if (read.zone === '') return isoText(read, 'shortest');
  return `${isoText({ ...read, ms: read.ms - offsetOf(read.zone) * 60_000 }, 'shortest')}+00:00`;
}

/** The years that .NET knows: 1 to 9999. */
function within({ ms }: Instant): boolean {
  return ms >= -62_135_596_800_000 && ms < 253_402_300_800_000;
}

/** A kept DateTime in the old spelling of JSON: `/Date(ms)/`, with a sign for what is not UTC. */
export function dateInMs(kept: string): string {
  const read = readIso(kept);
  if (read === null) return kept;
  const ms = read.ms + (read.ticks >= 5_000 ? 1 : 0);
  return `/Date(${ms}${read.zone === 'Z' ? '' : read.zone === '' ? '-0000' : '+0000'})/`;
}

/** A kept DateTime as JSV and CSV have it: the day alone at midnight, seven digits of a fraction or none. */
export function dateInJsv(kept: string): string {
  const read = readIso(kept);
  if (read === null) return kept;
  if (read.ticks === 0 && read.ms % 86_400_000 === 0) return kept.slice(0, 10);
  if (read.ticks === 0 && read.ms % 1000 === 0) return `${isoText(read, 'shortest')}${read.zone === '' ? '' : 'Z'}`;
  return `${isoText(read, 'all')}${read.zone}`;
}

/** A DateTimeOffset, kept as ISO text with its offset; null where it is none. */
export function readDateTimeOffset(text: string): string | null {
  const inMs = milliseconds.exec(text.trim());
  if (inMs !== null) {
    const minutes = inMs[2] === undefined ? 0 : offsetOf(`${inMs[2].slice(0, 3)}:${inMs[2].slice(3)}`);
    return `${isoText({ ms: Number(inMs[1]) + minutes * 60_000, ticks: 0 }, 'shortest')}${zoneOf(minutes)}`;
  }
  const read = readIso(text.trim());
  return read === null ? null : `${isoText(read, 'shortest')}${zoneOf(offsetOf(read.zone))}`;
}

/** A kept DateTimeOffset in the old spelling of JSON. */
export function offsetInMs(kept: string): string {
  const read = readIso(kept);
  if (read === null) return kept;
  const minutes = offsetOf(read.zone);
  return `/Date(${read.ms - minutes * 60_000}${minutes === 0 ? '' : zoneOf(minutes).replace(':', '')})/`;
}

/** A kept DateTimeOffset as JSV and CSV have it. */
export function offsetInJsv(kept: string): string {
  const read = readIso(kept);
  return read === null ? kept : `${isoText(read, 'all')}${read.zone}`;
}

/** The two elements that a DateTimeOffset is in XML: the time in UTC, and the offset in minutes. */
export function offsetInXml(kept: string): { readonly utc: string; readonly minutes: number } {
  const read = readIso(kept);
  if (read === null) return { utc: kept, minutes: 0 };
  const minutes = offsetOf(read.zone);
  return { utc: `${isoText({ ...read, ms: read.ms - minutes * 60_000 }, 'shortest')}Z`, minutes };
}

/** A DateOnly, kept as ISO text; null where it is none. */
export function readDateOnly(text: string): string | null {
  return readDateTime(text, 'iso')?.slice(0, 10) ?? null;
}

/** A DateOnly as System.Text.Json reads it. */
export function readIsoDateOnly(text: string): string | null {
  return text.length === 10 && readIso(text) !== null ? text : null;
}

const perDay = 86_400;
const duration = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,7}))?S)?)?$/i;
const clock = /^(-?)(?:(\d+)\.)?(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?$/;

/** A TimeSpan, kept as XML Schema writes it (`P1DT2H3M4.5S`); from that, from `1.02:03:04` or from seconds. */
export function readTimeSpan(text: string): string | null {
  const trimmed = text.trim();
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) {
    const [whole = '0', fraction = ''] = trimmed.replace('-', '').split('.');
    return durationText(trimmed.startsWith('-'), Number(whole), fraction);
  }
  const asClock = clock.exec(trimmed);
  if (asClock !== null) {
    const [, sign = '', days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = asClock;
    if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
    return durationText(sign === '-', secondsOf(days, hours, minutes, seconds), fraction);
  }
  return readDuration(trimmed);
}

/** A TimeSpan as System.Text.Json's converter reads it: XML Schema's spelling alone, anything else is none at all. */
export function readDuration(text: string): string | null {
  const found = duration.exec(text);
  if (found === null || /[PT]$/i.test(text)) return null;
  const [, sign = '', days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = found;
  return durationText(sign === '-', secondsOf(days, hours, minutes, seconds), fraction);
}

function secondsOf(days: string, hours: string, minutes: string, seconds: string): number {
  return Number(days) * perDay + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function durationText(isNegative: boolean, seconds: number, fraction: string): string {
  const beyond = fraction.replace(/0+$/, '');
  const [days, hours, minutes, rest] = [
    Math.floor(seconds / perDay),
    Math.floor((seconds % perDay) / 3600),
    Math.floor((seconds % 3600) / 60),
    seconds % 60,
  ];
  const time = [
    hours > 0 ? `${hours}H` : '',
    minutes > 0 ? `${minutes}M` : '',
    rest > 0 || beyond !== '' ? `${rest}${beyond === '' ? '' : `.${beyond}`}S` : '',
  ].join('');
  const text = `P${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
  return text === 'P' ? 'PT0S' : `${isNegative ? '-' : ''}${text}`;
}

/** A TimeOnly, kept as a TimeSpan within a day. */
export function readTimeOnly(text: string): string | null {
  const read = readTimeSpan(text);
  return read === null || read.startsWith('-') || read.includes('D') ? null : read;
}

/** A kept TimeOnly as XML has it: `12:34:56`. */
export function timeInXml(kept: string): string {
  const found = duration.exec(kept);
  if (found === null) return kept;
  const [, , , hours = '0', minutes = '0', seconds = '0', fraction = ''] = found;
  const two = (n: string): string => n.padStart(2, '0');
  return `${two(hours)}:${two(minutes)}:${two(seconds)}${fraction === '' ? '' : `.${fraction}`}`;
}
