/** A text with some of its escapes undone, and where each of its characters stands in the text that it was. */
export interface Level {
  readonly text: string;
  /** Offsets of the first and behind the last character of the original, by character; null where nothing was undone. */
  readonly origin: { readonly starts: Int32Array; readonly ends: Int32Array } | null;
}

/** Escapes within escapes: what is wrapped more often than this is not looked into. */
const DEEPEST = 8;

/**
 * A text as it stands, then with the escapes of URLs, JSON and XML undone once, twice, and so on until nothing changes.
 *
 * @returns at least one; the last is the normal form
 */
export function levelsOf(text: string): readonly Level[] {
  const levels: Level[] = [{ text, origin: null }];
  for (let last = levels[0]; last !== undefined && levels.length <= DEEPEST;) {
    const next = undone(last);
    if (next === null) break;
    levels.push(next);
    last = next;
  }
  return levels;
}

/** The place in the original that a piece of a level comes from. */
export function placeIn({ origin }: Level, start: number, end: number): readonly [start: number, end: number] {
  return origin === null || end <= start ? [start, end] : [origin.starts[start] ?? start, origin.ends[end - 1] ?? end];
}

const ESCAPES = /[%\\&]/g;
const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/y;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

interface Undone {
  readonly text: string;
  /** How many characters it stood in. */
  readonly width: number;
}

function undone(level: Level): Level | null {
  const { text, origin } = level;
  // Most texts hold nothing to undo, and need no places.
  if (text.search(ESCAPES) < 0) return null;
  const pieces: string[] = [];
  const starts = new Int32Array(text.length);
  const ends = new Int32Array(text.length);
  let length = 0;
  const keep = (piece: string, from: number, to: number): void => {
    for (let i = 0; i < piece.length; i += 1) {
      const single = piece.length === to - from;
      const [first, behind] = single ? [from + i, from + i + 1] : [from, to];
      starts[length] = origin?.starts[first] ?? first;
      ends[length] = origin?.ends[behind - 1] ?? behind;
      length += 1;
    }
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
  return { text: pieces.join(''), origin: { starts, ends } };
}

function escapeAt(text: string, at: number): Undone | null {
  switch (text.charAt(at)) {
    case '%':
      return percent(text, at);
    case '\\':
      return backslash(text, at);
    default: {
      REFERENCE.lastIndex = at;
      const [whole, decimal, hex, name] = REFERENCE.exec(text) ?? [];
      if (whole === undefined) return null;
      const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      if (name === undefined && point > 0x10ffff) return null;
      return { text: name === undefined ? String.fromCodePoint(point) : (NAMED[name] ?? ''), width: whole.length };
    }
  }
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
  if (next === 'u' || next === 'x') {
    const digits = text.slice(at + 2, at + (next === 'u' ? 6 : 4));
    if (!/^(?:[0-9a-fA-F]{4}|[0-9a-fA-F]{2})$/.test(digits)) return null;
    return { text: String.fromCharCode(Number.parseInt(digits, 16)), width: digits.length + 2 };
  }
  if (next !== '' && '"\\/\''.includes(next)) return { text: next, width: 2 };
  const letter = LETTERS[next];
  return letter === undefined ? null : { text: letter, width: 2 };
}

/** A text for comparing: case, quotes, backslashes and the kind of white space make no difference. */
export interface Folded {
  readonly text: string;
  /** Of a character of it, its place in the text that was folded. */
  readonly placeOf: (character: number) => number;
}

/** Printable ASCII without what folding leaves out or turns into something else: most texts, and the ciphers of secrets. */
const SIMPLE = /^[ !#-*,-[\]-~]*$/;

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
    default: {
      const lower = character.toLowerCase();
      return lower.length === 1 ? lower : character;
    }
  }
}
