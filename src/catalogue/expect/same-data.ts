import type { Contract } from '../../model/contract.ts';
import type { PlainObject, PlainValue } from '../../model/value.ts';
import { isList, isObject } from '../../values/json.ts';
import { numberOf } from '../../values/members.ts';
import { brief } from './body.ts';
import { normalise } from './same-value.ts';

/** A place where two values do not say the same. */
export interface Unlike {
  readonly at: string;
  readonly expected: string;
  readonly actual: string;
}

/**
 * Where two bodies in different formats do not say the same. Each format spells some types in a way of its own (recorded;
 * source forms, 6): Guids with dashes and without, dates in two ways, times of day, flags as numbers and as names, an enum by
 * its name in the code, a character by its number, a DateTimeOffset as two elements, numbers and booleans as texts. Null,
 * empty and absent are one and the same; csv and jsonl have the results of a query alone.
 */
export function sayTheSame(
  a: PlainValue | undefined,
  b: PlainValue | undefined,
  contract: Contract,
): readonly Unlike[] {
  const words = wordsIn(contract);
  const results = isObject(a) && Array.isArray(b) ? a['Results'] : a;
  const unlike = compare(normalise(results ?? null), normalise(b ?? null), '', words);
  return hasUntoldKeys(contract) ? unlike.filter((each, i) => !isOtherKey(each, i, unlike)) : unlike;
}

/** Whether keys of a map may be of a type that no document tells, and so be spelt by each format in a way of its own. */
function hasUntoldKeys({ types }: Contract): boolean {
  return types.some(({ members }) => members.some(({ type, json = '' }) => type === 'unknown' && json.includes('{')));
}

/** Whether something is missing in one of two objects that has in its place what is missing in the other. */
function isOtherKey({ at, expected, actual }: Unlike, nth: number, all: readonly Unlike[]): boolean {
  if (expected !== 'absent' && actual !== 'absent') return false;
  const place = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('.'), 0));
  return all.some(
    (other, i) => i !== nth && place(other.at) === place(at) && other.expected === actual && other.actual === expected,
  );
}

/** What names of enums stand for, in lower case. */
type Words = ReadonlyMap<string, number>;

function wordsIn({ types }: Contract): Words {
  const words = new Map<string, number>();
  for (const { enum: its } of types)
    its?.names.forEach((each, place) => {
      for (const name of [each.name, each.wire])
        if (name !== undefined) words.set(name.toLowerCase(), numberOf(each, place));
    });
  return words;
}

function compare(a: PlainValue | undefined, b: PlainValue | undefined, at: string, words: Words): readonly Unlike[] {
  const [left, right] = [withoutOffset(a), withoutOffset(b)];
  if (isObject(left) && isObject(right)) {
    return pairsOf(left, right, words).flatMap(([name, one, other]) =>
      compare(one, other, at === '' ? name : `${at}.${name}`, words),
    );
  }
  if (isList(left) && isList(right) && left.length === right.length)
    return left.flatMap((item, i) => compare(item, right[i], `${at}[${String(i)}]`, words));
  // A list of one item is an element in an element, where nothing tells that it is a list.
  if (isList(left) && left.length === 1 && isObject(right) && Object.keys(right).length === 1)
    return compare(left[0], Object.values(right)[0], at, words);
  // A cell of csv holds what is of no known type as JSV.
  if (isJsv(left, right) || isJsv(right, left)) return [];
  return isSame(left, right, words) ? [] : [{ at, expected: brief(left), actual: brief(right) }];
}

/**
 * What two objects hold by one name. A key of a map is spelt as a value of its type is: XML has a Guid with dashes and an enum
 * as the code names it.
 */
function pairsOf(
  left: PlainObject,
  right: PlainObject,
  words: Words,
): readonly (readonly [name: string, left: PlainValue | undefined, right: PlainValue | undefined])[] {
  const isNamed = (name: string): boolean => name !== '__type';
  const others = new Set(Object.keys(right).filter(isNamed));
  const pairs = Object.keys(left)
    .filter(isNamed)
    .map((name) => {
      const its = others.has(name) ? name : [...others].find((each) => !(each in left) && isSame(name, each, words));
      if (its === undefined) return [name, left[name], undefined] as const;
      others.delete(its);
      return [name, left[name], right[its]] as const;
    });
  return [...pairs, ...[...others].map((name) => [name, undefined, right[name]] as const)];
}

function isJsv(text: PlainValue | undefined, value: PlainValue | undefined): boolean {
  return typeof text === 'string' && /^[[{].*[\]}]$/s.test(text) && (value === undefined || typeof value === 'object');
}

/** XML writes a DateTimeOffset as the time in UTC and the minutes of its offset. */
function withoutOffset(value: PlainValue | undefined): PlainValue | undefined {
  if (!isObject(value) || Object.keys(value).sort().join() !== 'DateTime,OffsetMinutes') return value;
  return value['DateTime'];
}

function isSame(a: PlainValue | undefined, b: PlainValue | undefined, words: Words): boolean {
  if (a === undefined) return isDefault(b);
  if (b === undefined) return isDefault(a);
  if (typeof a === 'object' || typeof b === 'object') return a === b;
  const [left, right] = [String(a), String(b)];
  if (left.toLowerCase() === right.toLowerCase()) return true;
  const [before, after] = [left, right].map((text) => numberIn(text, words));
  if (before !== null && before === after) return true;
  return isSameTime(left, right) || undashed(left) === undashed(right) || isSameLetter(left, right);
}

/** What some formats leave out, where others write the default of the type. */
function isDefault(value: PlainValue | undefined): boolean {
  // JSV has no way to write null in a list.
  if (isList(value)) return value.every((item) => item === null);
  return value === 0 || value === false || value === '0' || value === '';
}

/** The number that a text is, or that names of an enum stand for, flags being added up; null where it is none. */
function numberIn(text: string, words: Words): number | null {
  if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  const named = text.split(/[ ,]+/).map((word) => words.get(word.toLowerCase()));
  let sum = 0;
  for (const value of named) {
    if (value === undefined) return null;
    sum += value;
  }
  return sum;
}

const undashed = (text: string): string =>
  /^[0-9a-f-]{32,36}$/i.test(text) ? text.replaceAll('-', '').toLowerCase() : text;

/** XML writes a character by its number. */
function isSameLetter(a: string, b: string): boolean {
  const isLetter = (letter: string, number: string): boolean =>
    letter.length === 1 && String(letter.charCodeAt(0)) === number;
  return isLetter(a, b) || isLetter(b, a);
}

/** As far as zones of time reach, in milliseconds, and how far they are apart. */
const FARTHEST = 14 * 3_600_000;
const QUARTER = 900_000;

/** Two spellings of one time; where one of them tells no zone, it may be in any. */
function isSameTime(a: string, b: string): boolean {
  const [left, right] = [timeOf(a), timeOf(b)];
  if (left === null || right === null) return false;
  const apart = Math.abs(left.ms - right.ms);
  return apart < 1 || ((left.zone === 'none' || right.zone === 'none') && apart <= FARTHEST && apart % QUARTER < 1);
}

function timeOf(text: string): { readonly ms: number; readonly zone: 'told' | 'none' } | null {
  const [, written, zone] = /^\/Date\((-?\d+)([+-]\d{4})?\)\/$/.exec(text) ?? [];
  if (written !== undefined) return { ms: Number(written), zone: zone === '-0000' ? 'none' : 'told' };
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] =
    /^-?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text) ?? [];
  if (/^-?P/.test(text)) return { ms: spanOf(text, days, hours, minutes, seconds), zone: 'told' };
  const clock = /^(-)?(?:(\d+)\.)?(\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text);
  if (clock !== null)
    return { ms: spanOf(text, clock[2] ?? '0', clock[3] ?? '0', clock[4] ?? '0', clock[5] ?? '0'), zone: 'told' };
  const [, day, time = 'T00:00:00', offset = ''] =
    /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? [];
  if (day === undefined) return null;
  const ms = Date.parse(`${day}${time.replace(/(\.\d{3})\d+$/, '$1')}${offset === '' ? 'Z' : offset}`);
  return Number.isNaN(ms) ? null : { ms, zone: offset === '' ? 'none' : 'told' };
}

function spanOf(text: string, days: string, hours: string, minutes: string, seconds: string): number {
  const ms = (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return text.startsWith('-') ? -ms : ms;
}
