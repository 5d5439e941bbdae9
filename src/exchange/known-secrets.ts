import { dashedGuid } from '../values/guid.ts';
import { folded, normalForm, placeIn, type Level } from './normal-form.ts';

/** A piece of a text, from its first character to behind its last. */
export type Span = readonly [start: number, end: number];

/** The secrets that a run knows, to be found in whatever spelling. */
export interface KnownSecrets {
  /** Whether it was not known before. */
  readonly add: (secret: string) => boolean;
  /** Where they stand in a level, as places in the original text. */
  readonly in: (level: Level) => readonly Span[];
}

/** A secret below this counts only as a whole token: within words it would meet ordinary text. */
export const SHORT = 8;
/** A secret below this is not looked for at all: it is known by its place alone. */
const SHORTEST = 4;
/** How much of a spelling it is looked up by. */
const KEY = 8;
/** Where more begin alike, they are not told from each other. */
const MOST_ALIKE = 32;

interface Spelling {
  readonly text: string;
  readonly wholeToken: boolean;
  /** Characters in front and behind that hold a part of the secret too, if they are of this kind. */
  readonly edge: RegExp | null;
  readonly before: number;
  readonly after: number;
}

/** Spellings by their first characters: a text is gone through once, however many secrets there are. */
export function knownSecrets(): KnownSecrets {
  const known = new Set<string>();
  /** Whose spellings nobody has looked for yet: a run learns thousands of cookies, and one without a report looks for none. */
  let unspelt: string[] = [];
  const short: Spelling[] = [];
  const long = new Map<string, Spelling[]>();
  /** A bit for the number of each key: nearly all places of a text are passed over by these. */
  const numbers = new Uint8Array(65_536);

  const add = (secret: string): boolean => {
    if (secret.length < SHORTEST || known.has(secret)) return false;
    known.add(secret);
    unspelt.push(secret);
    return true;
  };

  const spell = (secret: string): void => {
    for (const spelling of spellingsOf(secret)) {
      if (spelling.text.length < KEY) {
        short.push(spelling);
        continue;
      }
      const key = spelling.text.slice(0, KEY);
      const number = numberOf(key);
      numbers[number >>> 16] = (numbers[number >>> 16] ?? 0) | bitOf(number);
      const same = (long.get(key) ?? []).filter(({ text }) => text !== spelling.text);
      const behind = same.findIndex(({ text }) => text.length < spelling.text.length);
      long.set(
        key,
        same.length < MOST_ALIKE ? same.toSpliced(behind < 0 ? same.length : behind, 0, spelling) : [anyOf(key)],
      );
    }
  };

  const find = (level: Level): readonly Span[] => {
    if (known.size === 0) return [];
    for (const secret of unspelt) spell(secret);
    unspelt = [];
    const { text, placeOf } = folded(level.text);
    const found: Span[] = [];
    const take = (spelling: Spelling, start: number): boolean => {
      const span = spanOf(spelling, level.text, placeOf(start), placeOf(start + spelling.text.length - 1) + 1);
      if (span !== null) found.push(placeIn(level, ...span));
      return span !== null;
    };
    /** Where this suite has shortened a text, a secret may have lost its end. */
    const takeCutOff = (begun: readonly Spelling[], start: number): void => {
      const cut = begun
        .map((spelling) => ({ ...spelling, text: spelling.text.slice(0, alike(spelling.text, text, start)) }))
        .find((spelling) => text.charAt(start + spelling.text.length) === '…');
      if (cut !== undefined) take(cut, start);
    };
    for (const spelling of short) {
      for (let i = text.indexOf(spelling.text); i >= 0; i = text.indexOf(spelling.text, i + 1)) take(spelling, i);
    }
    if (long.size === 0) return found;
    let number = numberOf(text.slice(0, KEY - 1));
    let next = 0;
    for (let end = KEY - 1; end < text.length; end += 1) {
      const start = end - KEY + 1;
      number = withLast(number, text.charCodeAt(end), start === 0 ? 0 : text.charCodeAt(start - 1));
      if (((numbers[number >>> 16] ?? 0) & bitOf(number)) === 0 || start < next) continue;
      const spellings = long.get(text.slice(start, end + 1));
      const hit = spellings?.find((s) => text.startsWith(s.text, start) && take(s, start));
      if (hit !== undefined) next = start + hit.text.length;
      else if (spellings !== undefined) takeCutOff(spellings, start);
    }
    return found;
  };
  return { add, in: find };
}

/** Of FNV: it spreads characters over all bits of a number. */
const FACTOR = 0x0100_0193;
/** By how much a character counts that is no longer among the last `KEY`. */
const LEFT = Array.from({ length: KEY }).reduce<number>((power) => Math.imul(power, FACTOR), 1);

/** The number of the last `KEY` characters, from that of those before: with one more at the end and, if so many were there, without the first. */
function withLast(before: number, last: number, first: number): number {
  return (Math.imul(before, FACTOR) + last - Math.imul(first, LEFT)) | 0;
}

function numberOf(characters: string): number {
  let number = 0;
  for (let i = 0; i < characters.length; i += 1) number = withLast(number, characters.charCodeAt(i), 0);
  return number;
}

/** Within its byte, which the upper half of a number tells. */
function bitOf(number: number): number {
  return 1 << ((number >>> 13) & 7);
}

/** Whatever begins so, to the end of its token. */
function anyOf(key: string): Spelling {
  return { text: key, wholeToken: false, edge: /[\w.~%+/=-]/, before: 0, after: 256 };
}

/** How many characters of a spelling stand at a place of a text. */
function alike(spelling: string, text: string, start: number): number {
  let length = 0;
  while (length < spelling.length && spelling.charCodeAt(length) === text.charCodeAt(start + length)) length += 1;
  return length;
}

/** Grown over what of the secret was left aside in folding; null where it is within a word and must not be. */
function spanOf(spelling: Spelling, text: string, start: number, end: number): Span | null {
  if (spelling.wholeToken && (isWord(text.charAt(start - 1)) || isWord(text.charAt(end)) || isInGuid(text, start, end)))
    return null;
  const edge = spelling.edge ?? /["\\]/;
  let [first, behind] = [start, end];
  while (start - first < spelling.before && edge.test(text.charAt(first - 1))) first -= 1;
  while (behind - end < spelling.after && edge.test(text.charAt(behind))) behind += 1;
  return [first, behind];
}

function isWord(character: string): boolean {
  return /^[A-Za-z0-9]$/.test(character);
}

const guid = new RegExp(dashedGuid, 'gi');

/** Ids tell a reader what an exchange is about. */
function isInGuid(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - 36);
  return [...text.slice(from, end + 36).matchAll(guid)].some(
    ({ index, 0: id }) => from + index <= start && end <= from + index + id.length,
  );
}

function spellingsOf(secret: string): readonly Spelling[] {
  const wholeToken = secret.length < SHORT;
  const normal = normalForm(secret);
  const plain = [...new Set([secret, normal, ...beyondAscii(secret)])].map((text): Spelling => {
    const [before = ''] = /^["\\]*/.exec(text) ?? [];
    const trimmed = text.length - withoutTrailing(text).length;
    return { text: folded(text).text, wholeToken, edge: null, before: before.length, after: trimmed };
  });
  const others = wholeToken
    ? []
    : encodedAs(secret).flatMap((bytes) => [...[0, 1, 2].flatMap((offset) => inBase64(bytes, offset)), inHex(bytes)]);
  return [...plain, ...others].filter(({ text }) => text.length >= SHORTEST);
}

/** What accents may turn into: composed, in pieces, and as a header shows them, whose bytes are taken for Latin-1. */
function beyondAscii(secret: string): readonly string[] {
  if (!/[^\0-\x7f]/.test(secret)) return [];
  return [
    ...[secret.normalize('NFC'), secret.normalize('NFD'), secret.toUpperCase(), secret.toLowerCase()],
    new TextDecoder('windows-1252').decode(Buffer.from(secret, 'utf8')),
    Buffer.from(secret, 'utf8').toString('latin1'),
    Buffer.from(secret, 'latin1').toString('utf8'),
  ];
}

/**
 * The bytes of a secret; those of Latin-1 too, which Basic credentials may be in (RFC 7617 §2.1), and of UTF-16, which is
 * read wherever it is ASCII.
 */
function encodedAs(secret: string): readonly Buffer[] {
  if (!/[^\0-\x7f]/.test(secret)) return [Buffer.from(secret, 'utf8')];
  const encodings = /[^\0-\xff]/.test(secret)
    ? (['utf8', 'utf16le'] as const)
    : (['utf8', 'utf16le', 'latin1'] as const);
  return encodings.map((encoding) => Buffer.from(secret, encoding));
}

function withoutTrailing(text: string): string {
  let end = text.length;
  while (end > 0 && '"\\'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** What of its Base64 does not depend on what stands before and behind it, when so many bytes precede within a group. */
function inBase64(bytes: Buffer, offset: number): readonly Spelling[] {
  const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
  const whole = padded.toString('base64').replaceAll('=', '');
  const core = whole.slice(offset === 0 ? 0 : offset + 1, padded.length % 3 === 0 ? undefined : -1);
  if (core.length < KEY) return [];
  const url = core.replaceAll('+', '-').replaceAll('/', '_');
  return [...new Set([core, url])].map((text) => ({
    text: folded(text).text,
    wholeToken: false,
    edge: /[A-Za-z0-9+/=_-]/,
    before: offset === 0 ? 0 : 1,
    after: padded.length % 3 === 0 ? 0 : 3 - (padded.length % 3) + 1,
  }));
}

function inHex(bytes: Buffer): Spelling {
  return { text: bytes.toString('hex'), wholeToken: false, edge: null, before: 0, after: 0 };
}
