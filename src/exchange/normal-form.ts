// One idea: a text as it is compared, whatever it was wrapped in. All that is said goes through it, so that it is loaded at every start.

import { dashedGuid } from '../values/guid.ts';

/** A text with some of its escapes undone, and where each of its characters stands in the text that it was. */
export interface Level {
  readonly text: string;
  /** Offsets of the first and behind the last character of the original, by character; null where nothing was undone. */
  readonly origin: { readonly starts: Int32Array; readonly ends: Int32Array } | null;
}

/** Spellings within spellings: what is wrapped more often than this is not looked into. */
const DEEPEST = 8;

/**
 * A text as it stands, then with the escapes of URLs, JSON and XML undone once, twice, and so on until nothing changes;
 * and what stands in Base64 or in hexadecimal in any of these, with its own escapes undone, and so on.
 *
 * @returns at least one
 */
export function levelsOf(text: string): readonly Level[] {
  const seen = new Set<string>();
  const levels: { readonly level: Level; readonly depth: number }[] = [{ level: { text, origin: null }, depth: 0 }];
  for (const { level, depth } of levels) {
    if (depth === DEEPEST) continue;
    for (const next of [undone(level), decoded(level, seen)])
      if (next !== null) levels.push({ level: next, depth: depth + 1 });
  }
  return levels.map(({ level }) => level);
}

/** A text with its escapes undone until nothing changes, or as often as a text is looked into. */
export function normalForm(text: string): string {
  let level: Level = { text, origin: null };
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const next = undone(level);
    if (next === null) break;
    level = next;
  }
  return level.text;
}

/** The place in the original that a piece of a level comes from. */
export function placeIn({ origin }: Level, start: number, end: number): readonly [start: number, end: number] {
  return origin === null || end <= start ? [start, end] : [origin.starts[start] ?? start, origin.ends[end - 1] ?? end];
}

function undone(level: Level): Level | null {
  const { text } = level;
  // Most texts hold nothing to undo, and need no places.
  if (text.search(ESCAPES) < 0) return null;
  const { pieces, origin, place } = nextOf(level, text.length);
  const keep = (piece: string, from: number, to: number): void => {
    const single = piece.length === to - from;
    for (let i = 0; i < piece.length; i += 1)
      place(...(single ? ([from + i, from + i + 1] as const) : ([from, to] as const)));
    pieces.push(piece);
  };
  let changed = false;
  let at = 0;
  ESCAPES.lastIndex = 0;
  for (let found = ESCAPES.exec(text); found !== null; found = ESCAPES.exec(text)) {
    const escape = escapeAt(text, found.index);
    if (escape === null) continue;
    keep(text.slice(at, found.index), at, found.index);
    at = found.index + escape.width;
    keep(escape.text, found.index, at);
    ESCAPES.lastIndex = at;
    changed = true;
  }
  if (!changed) return null;
  keep(text.slice(at), at, text.length);
  return { text: pieces.join(''), origin };
}

/** A level in the making, which may hold so many characters. */
function nextOf(
  { origin }: Level,
  most: number,
): {
  readonly pieces: string[];
  readonly origin: { readonly starts: Int32Array; readonly ends: Int32Array };
  /** Says where in the level before the next character comes from. */
  readonly place: (from: number, to: number) => void;
} {
  const starts = new Int32Array(most);
  const ends = new Int32Array(most);
  let length = 0;
  const place = (from: number, to: number): void => {
    starts[length] = origin?.starts[from] ?? from;
    ends[length] = origin?.ends[to - 1] ?? to;
    length += 1;
  };
  return { pieces: [], origin: { starts, ends }, place };
}

/** What stands in Base64 or hexadecimal, each of its bytes a character, with blanks between; null where nothing new does. */
function decoded(level: Level, seen: Set<string>): Level | null {
  // Ids are most of what looks so, and hold nothing.
  const text = level.text.length < GUID ? level.text : level.text.replace(guid, BLANKS);
  const found: Held[] = [];
  for (const { name, characters, read, barren } of CODES) {
    for (const { run, index } of runsOf(characters, text)) {
      if (barren.has(run)) continue;
      const here = [name, run.length, ...placeIn(level, index, index + run.length)].join(' ');
      if (seen.has(here)) continue;
      seen.add(here);
      const before = found.length;
      for (const { bytes, placeOf } of read(run))
        for (const each of textsIn(bytes)) found.push({ ...each, index, placeOf });
      if (found.length === before) keepInMind(run, barren);
    }
  }
  if (found.length === 0) return null;
  const { pieces, origin, place } = nextOf(
    level,
    found.reduce((sum, held) => sum + held.text.length + 1, 0),
  );
  for (const { text: held, first, index, placeOf } of found) {
    for (let i = 0; i <= held.length; i += 1) {
      const [from, to] = placeOf(first + Math.min(i, held.length - 1));
      place(index + from, index + to);
    }
    pieces.push(`${held} `);
  }
  return { text: pieces.join(''), origin };
}

const guid = new RegExp(dashedGuid, 'gi');
/** In characters. */
const GUID = 36;
const BLANKS = ' '.repeat(GUID);

/** A text that a run holds. */
interface Held {
  readonly text: string;
  /** The place of its first byte in what the run is read as. */
  readonly first: number;
  /** The place of the run. */
  readonly index: number;
  readonly placeOf: Reading['placeOf'];
}

/** Runs of up to so many characters, and so many of them, are kept in mind as holding nothing: words, most of them. */
const SHORT_RUN = 64;
const MOST_RUNS = 2048;

function keepInMind(run: string, barren: Set<string>): void {
  if (run.length > SHORT_RUN) return;
  if (barren.size >= MOST_RUNS) barren.clear();
  // A copy: a piece of a text would keep the whole of it.
  barren.add(Buffer.from(run, 'latin1').toString('latin1'));
}

/** What an escape begins with: `_` those of names in XML (`_x0040_`), a zero each character of UTF-16 that was read as UTF-8. */
const ESCAPES = /[\0%\\&]|_[xX]/g;
/** HTML does without the semicolon, and takes any number of zeros in front. */
const REFERENCE = /&(?:#0{0,99}(\d{1,7})|#[xX]0{0,99}([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}\d{0,2}(?=;)|amp|lt|gt|quot));?/y;
const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Names of characters in HTML: those of ASCII that are no letter or digit, then Latin-1 from its first to its last. */
const NAMED = new Map<string, string>([
  ['tab', '\t'],
  ['newline', '\n'],
  ...(
    'amp& lt< gt> quot" apos\' excl! num# dollar$ percnt% lpar( rpar) ast* plus+ comma, hyphen- dash- period. sol/ colon: ' +
    'semi; equals= quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] hat^ lowbar_ grave` lcub{ lbrace{ vert| verbar| rcub} ' +
    'rbrace}'
  )
    .split(' ')
    .map((each): [string, string] => [each.slice(0, -1), each.slice(-1)]),
  ...(
    'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
    'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
    'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
    'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
    'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
    'thorn yuml'
  )
    .split(' ')
    .map((name, i): [string, string] => [name, String.fromCharCode(0xa0 + i)]),
]);

/** The character that an escape stands for. */
interface Undone {
  readonly text: string;
  /** How many characters it stood in. */
  readonly width: number;
}

/** The escape that begins at a place; null where none does. */
function escapeAt(text: string, at: number): Undone | null {
  switch (text.charAt(at)) {
    case '\0':
      return { text: '', width: 1 };
    case '%':
      return numbered(text, at, /%[uU]([0-9a-fA-F]{4})/y) ?? percent(text, at);
    case '\\':
      return backslash(text, at);
    case '_':
      return numbered(text, at, /_[xX]([0-9a-fA-F]{4})_/y);
    default:
      return reference(text, at);
  }
}

/** A character by its number in hexadecimal. */
function numbered(text: string, at: number, pattern: RegExp): Undone | null {
  pattern.lastIndex = at;
  const [whole, digits] = pattern.exec(text) ?? [];
  if (whole === undefined || digits === undefined) return null;
  const point = Number.parseInt(digits, 16);
  return point > LAST_CHARACTER ? null : { text: String.fromCodePoint(point), width: whole.length };
}

const LAST_CHARACTER = 0x10ffff;

function reference(text: string, at: number): Undone | null {
  REFERENCE.lastIndex = at;
  const [whole, decimal, hex, name] = REFERENCE.exec(text) ?? [];
  if (whole === undefined) return null;
  if (name !== undefined) {
    const character = NAMED.get(name) ?? NAMED.get(name.toLowerCase());
    return character === undefined ? null : { text: character, width: whole.length };
  }
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return point > LAST_CHARACTER ? null : { text: String.fromCodePoint(point), width: whole.length };
}

/** One character of UTF-8; a byte that begins none stands for the character of its number. */
function percent(text: string, at: number): Undone | null {
  const byteAt = (i: number): number | null => {
    const digits = text.slice(i, i + 3);
    return /^%[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits.slice(1), 16) : null;
  };
  const first = byteAt(at);
  if (first === null) return null;
  const count = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const bytes = Array.from({ length: count }, (_, i) => byteAt(at + 3 * i));
  const whole = Buffer.from(bytes.map((byte) => byte ?? 0)).toString('utf8');
  if (first < 0x80 || bytes.includes(null) || whole.includes('\ufffd'))
    return { text: String.fromCharCode(first), width: 3 };
  return { text: whole, width: 3 * count };
}

function backslash(text: string, at: number): Undone | null {
  const next = text.charAt(at + 1);
  const character = NUMBERED.get(next)
    ?.map((pattern) => numbered(text, at, pattern))
    .find((undone) => undone !== null);
  if (character !== undefined) return character;
  if (next !== '' && '"\\/\''.includes(next)) return { text: next, width: 2 };
  const octal = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4));
  if (octal !== null) return { text: String.fromCharCode(Number.parseInt(octal[0], 8)), width: 4 };
  const letter = LETTERS[next];
  return letter === undefined ? null : { text: letter, width: 2 };
}

/** How JSON, JavaScript and C# write a character by its number, upper case as far as a text may have been turned into it. */
const NUMBERED = new Map<string, readonly RegExp[]>(
  Object.entries({
    u: [/\\u\{0{0,8}([0-9a-fA-F]{1,6})\}/y, /\\u([0-9a-fA-F]{4})/y],
    U: [/\\U\{0{0,8}([0-9a-fA-F]{1,6})\}/y, /\\U([0-9a-fA-F]{8})/y, /\\U([0-9a-fA-F]{4})/y],
    x: [/\\x([0-9a-fA-F]{2})/y],
    X: [/\\X([0-9a-fA-F]{2})/y],
  }),
);

/** Of shorter runs nothing can be told. */
const LEAST = 12;

function allOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0));
}

/** Where a text has so many of these characters in a row that anything can be told of them. */
function runsOf(characters: Uint8Array, text: string): readonly { readonly run: string; readonly index: number }[] {
  const runs: { readonly run: string; readonly index: number }[] = [];
  let index = 0;
  for (let i = 0; i <= text.length; i += 1) {
    if (characters[text.charCodeAt(i)] === 1) continue;
    if (i - index >= LEAST) runs.push({ run: text.slice(index, i), index });
    index = i + 1;
  }
  return runs;
}

interface Reading {
  readonly bytes: Buffer;
  /** From which characters of the run a byte comes. */
  readonly placeOf: (byte: number) => readonly [start: number, end: number];
}

interface Code {
  readonly name: string;
  /** What it may stand in: a 1 by the number of each of these characters. */
  readonly characters: Uint8Array;
  /** Runs that are known to hold nothing. */
  readonly barren: Set<string>;
  readonly read: (run: string) => readonly Reading[];
}

const CODES: readonly Code[] = [
  // Over several lines perhaps. Something else may stand in front of it, so it begins at one of four places.
  {
    name: 'Base64',
    characters: allOf(/[A-Za-z0-9+/_\r\n-]/),
    barren: new Set(),
    read: (run) => {
      const letters = without(run, /[\r\n]/g);
      const read = [0, 1, 2, 3].map((shift): Reading => ({
        bytes: Buffer.from(letters.text.slice(shift), 'base64'),
        placeOf: (byte) => {
          const first = shift + 4 * Math.floor(byte / 3) + (byte % 3);
          return [letters.placeOf(first), letters.placeOf(first + 1) + 1];
        },
      }));
      return [...read, ...joined(run, letters)];
    },
  },
  // With something between any two bytes perhaps, as .NET and debuggers write it; it begins at one of two places.
  {
    name: 'hexadecimal',
    characters: allOf(/[0-9a-fA-FxX,:.+ -]/),
    barren: new Set(),
    read: (run) => {
      const digits = without(run.replace(/0x/gi, '  '), /[^0-9a-fA-F]/g);
      const [pairs, others] = [digits.text.length / 2, run.length - digits.text.length];
      // A few are in front, behind, or of something else.
      if (pairs < LEAST / 2 || (others > 4 && others < pairs / 2)) return [];
      const read = [0, 1].map((shift): Reading => ({
        bytes: Buffer.from(digits.text.slice(shift), 'hex'),
        placeOf: (byte) => [digits.placeOf(shift + 2 * byte), digits.placeOf(shift + 2 * byte + 1) + 1],
      }));
      return [...read, ...joined(run, digits)];
    },
  },
];

interface Run {
  readonly text: string;
  readonly placeOf: (character: number) => number;
}

/** A run as if nothing had stood between, which spellings of secrets can be looked for in. */
function joined(run: string, { text, placeOf }: Run): readonly Reading[] {
  if (text === run) return [];
  return [{ bytes: Buffer.from(text, 'latin1'), placeOf: (byte) => [placeOf(byte), placeOf(byte) + 1] }];
}

/** A run without what stands between; most have nothing there. */
function without(run: string, between: RegExp): Run {
  const text = run.replace(between, '');
  if (text === run) return { text, placeOf: (character) => Math.min(character, run.length - 1) };
  const places = new Int32Array(text.length);
  let behind = 0;
  for (let i = 0; i < text.length; i += 1) {
    places[i] = run.indexOf(text.charAt(i), behind);
    behind = (places[i] ?? 0) + 1;
  }
  return { text, placeOf: (character) => places[character] ?? run.length - 1 };
}

/** What may be text; UTF-16 has zeros in it. Other bytes hold a shorter one by chance. */
const TEXT = /[\0\t\n\r -~]{8,}/g;

/** The texts within bytes, each with the place of its first byte. */
function textsIn(bytes: Buffer): readonly { readonly text: string; readonly first: number }[] {
  return [...bytes.toString('latin1').matchAll(TEXT)].map(({ 0: text, index }) => ({ text, first: index }));
}

/** A text for comparing: case, quotes, backslashes, what cannot be seen and the kind of white space make no difference. */
export interface Folded {
  readonly text: string;
  /** Of a character of it, its place in the text that was folded. */
  readonly placeOf: (character: number) => number;
}

/** Printable ASCII without what folding leaves out or turns into something else: most texts, and the ciphers of secrets. */
const SIMPLE = /^[ !#-*,-[\]-~]*$/;

/** The text as it is compared. */
export function folded(text: string): Folded {
  if (SIMPLE.test(text)) return { text: text.toLowerCase(), placeOf: (character) => character };
  const at = new Int32Array(text.length);
  const units = new Uint16Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const unit = code < ASCII.length ? (ASCII[code] ?? LEFT_OUT) : (unitOf(text.charAt(i)) ?? LEFT_OUT);
    if (unit === LEFT_OUT) continue;
    units[length] = unit;
    at[length] = i;
    length += 1;
  }
  return {
    text: Buffer.from(units.buffer, 0, length * 2).toString('utf16le'),
    placeOf: (character) => at[character] ?? 0,
  };
}

/** Such as every second character of UTF-16 that is read as UTF-8. */
const INVISIBLE = /[\0-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffd]/;

/** No character: Unicode has none of that number. */
const LEFT_OUT = 0xffff;
const ASCII = Uint16Array.from({ length: 128 }, (_, code) => unitOf(String.fromCharCode(code)) ?? LEFT_OUT);

function unitOf(character: string): number | undefined {
  const folded = foldedCharacter(character);
  return folded === '' ? undefined : folded.charCodeAt(0);
}

function foldedCharacter(character: string): string {
  switch (character) {
    // Doubled by CSV and JSV, or left of an escape whose context is not known.
    case '"':
    case '\\':
      return '';
    case '+':
      return ' ';
    // As their escapes are where a backslash in front is the text's own.
    case '\n':
      return 'n';
    case '\r':
      return 'r';
    case '\t':
      return 't';
    case '\u00a0':
      return ' ';
    default: {
      if (INVISIBLE.test(character)) return '';
      const lower = character.toLowerCase();
      return lower.length === 1 ? lower : character;
    }
  }
}
