import type { PlainObject, PlainValue } from '../model/value.ts';
import { deepest, Malformed, most } from './malformed.ts';

// Our own reader because JSON.parse keeps the last of two equal names in silence and states positions in prose only.
// A single string has neither, so it decodes those.

const numberPattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/**
 * Reads one JSON text (RFC 8259), refusing duplicate names and numbers that a double cannot hold.
 *
 * @throws Malformed where the text is not JSON
 */
export function parseJson(text: string): PlainValue {
  const reader = new JsonReader(text);
  return reader.document();
}

class JsonReader {
  private readonly text: string;
  private at = 0;
  private values = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): PlainValue {
    this.space();
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) throw new Malformed(`unexpected ${this.found()} after the JSON value`, this.at);
    return value;
  }

  private value(depth: number): PlainValue {
    if (depth > deepest) throw new Malformed(`nested deeper than ${deepest} levels`, this.at);
    if ((this.values += 1) > most) throw new Malformed(`more than ${most} values`, this.at);
    switch (this.text.charCodeAt(this.at)) {
      case 0x7b:
        return this.object(depth);
      case 0x5b:
        return this.list(depth);
      case 0x22:
        return this.string();
      case 0x74:
        return this.word('true', true);
      case 0x66:
        return this.word('false', false);
      case 0x6e:
        return this.word('null', null);
      default:
        return this.number();
    }
  }

  private object(depth: number): PlainObject {
    const members = new Map<string, PlainValue>();
    this.at += 1;
    this.space();
    if (this.take(0x7d)) return {};
    for (;;) {
      if (this.text.charCodeAt(this.at) !== 0x22) {
        throw new Malformed(`expected a member name in double quotes, found ${this.found()}`, this.at);
      }
      const start = this.at;
      const name = this.string();
      if (members.has(name)) throw new Malformed(`the member ${JSON.stringify(name)} stands twice`, start);
      this.space();
      if (!this.take(0x3a)) throw new Malformed(`expected ':' after a member name, found ${this.found()}`, this.at);
      this.space();
      members.set(name, this.value(depth + 1));
      this.space();
      if (this.take(0x7d)) return Object.fromEntries(members);
      if (!this.take(0x2c)) throw new Malformed(`expected ',' or '}', found ${this.found()}`, this.at);
      this.space();
    }
  }

  private list(depth: number): readonly PlainValue[] {
    const items: PlainValue[] = [];
    this.at += 1;
    this.space();
    if (this.take(0x5d)) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      this.space();
      if (this.take(0x5d)) return items;
      if (!this.take(0x2c)) throw new Malformed(`expected ',' or ']', found ${this.found()}`, this.at);
      this.space();
    }
  }

  private string(): string {
    const { text } = this;
    const opening = this.at;
    let escaped = false;
    for (let i = opening + 1; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code === 0x22) {
        this.at = i + 1;
        // Put together piece by piece, a text of nothing but escapes would take thirty bytes for each of them.
        return escaped ? String(JSON.parse(text.slice(opening, i + 1))) : text.slice(opening + 1, i);
      }
      if (code < 0x20) throw new Malformed('a control character in a string must be escaped', i);
      if (code !== 0x5c) continue;
      escaped = true;
      i += this.escapeAt(i) - 1;
    }
    throw new Malformed('a string is not closed', opening);
  }

  /** How many characters an escape takes. */
  private escapeAt(backslash: number): number {
    const letter = this.text.charAt(backslash + 1);
    if (letter === 'u') {
      if (!/^[0-9a-fA-F]{4}$/.test(this.text.slice(backslash + 2, backslash + 6)))
        throw new Malformed('\\u must be followed by four hex digits', backslash);
      return 6;
    }
    if (letter === '' || !'"\\/bfnrt'.includes(letter))
      throw new Malformed(`\\${letter} is no escape in JSON`, backslash);
    return 2;
  }

  private number(): number {
    numberPattern.lastIndex = this.at;
    const digits = numberPattern.exec(this.text)?.[0];
    if (digits === undefined) throw new Malformed(`expected a value, found ${this.found()}`, this.at);
    const value = Number(digits);
    if (!Number.isFinite(value)) throw new Malformed(`the number ${digits} is out of range`, this.at);
    this.at += digits.length;
    return value;
  }

  private word<T extends PlainValue>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) {
      throw new Malformed(`expected a value, found ${this.found()}`, this.at);
    }
    this.at += word.length;
    return value;
  }

  private take(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at += 1;
    return true;
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private found(): string {
    return this.at < this.text.length ? JSON.stringify(this.text.charAt(this.at)) : 'the end of the text';
  }
}

/**
 * Reads a JSON Lines text that carries a list: a line for each of its items.
 *
 * @throws Malformed where a line is not JSON
 */
export function parseJsonLines(text: string): readonly PlainValue[] {
  let position = 0;
  return text.split('\n').flatMap((line): readonly PlainValue[] => {
    const start = position;
    position += line.length + 1;
    const bare = line.replace(/\r$/, '');
    if (bare === '') return [];
    try {
      return [parseJson(bare)];
    } catch (error) {
      throw error instanceof Malformed ? new Malformed(error.message, start + error.position) : error;
    }
  });
}

/**
 * Reads a JSON Lines text that carries one value: one line, with or without a newline at its end.
 *
 * @throws Malformed where the text is not exactly one line of JSON
 */
export function parseJsonLine(text: string): PlainValue {
  const line = text.replace(/\r?\n$/, '');
  const newline = line.search(/[\r\n]/);
  if (newline >= 0)
    throw new Malformed('one JSON value on exactly one line was expected, the text has more lines', newline);
  return parseJson(line);
}
