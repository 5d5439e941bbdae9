import type { PlainObject, PlainValue } from '../../model/value.ts';
import { UnreadableBody } from '../errors.ts';
import { objectOf } from '../types/reading.ts';
import { dotnetOf } from '../types/type.ts';
import type { ObjectType, Type } from '../types/type.ts';
import type { Read } from './json.ts';

const deepest = 64;

/**
 * Reads a JSON object as System.Text.Json does: nothing is forgiven, and what is wrong is said with its place.
 *
 * @throws UnreadableBody with the reader's own words
 */
export function readJsonStrictly(source: string, type: ObjectType): Read {
  const text = source.replace(/^\uFEFF/, '');
  if (text.trim() === '') return [];
  const members = new Scan(text).document(type);
  return Object.entries(members).map(([name, value]) => [name, () => value] as const);
}

class Scan {
  private at = 0;
  private path = '$';
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(type: ObjectType): PlainObject {
    this.blanks();
    const start = this.at;
    let members: PlainObject = {};
    if (this.text[this.at] === '{') members = this.members(type, 1);
    else {
      if (this.text[start] === '[') throw this.notOf(type.dotnet, start + 1);
      this.value(1);
      if (this.text.slice(start, this.at) !== 'null') throw this.notOf(type.dotnet, this.at);
    }
    this.blanks();
    if (this.at < this.text.length) {
      throw this.failure(`${this.shown()} is invalid after a single JSON value. Expected end of data.`);
    }
    return members;
  }

  /** What an object says, by the names of its type. */
  private members(type: ObjectType, depth: number): PlainObject {
    const members: [string, PlainValue][] = [];
    this.object((name) => {
      const member = type.memberByLower.get(name.toLowerCase());
      if (member === undefined) this.value(depth + 1);
      else members.push([member.name, this.typed(member.type, depth + 1)]);
    });
    return Object.fromEntries(members);
  }

  /** Reads over the braces and the names of an object; each value is read by the caller. */
  private object(each: (name: string) => void): void {
    const within = this.path;
    this.at += 1;
    this.blanks();
    if (this.text[this.at] === '}') {
      this.at += 1;
      return;
    }
    for (;;) {
      this.blanks();
      this.unfinished();
      if (this.text[this.at] !== '"')
        throw this.failure(`${this.shown()} is an invalid start of a property name. Expected a '"'.`);
      const name = this.string();
      this.path = `${within}.${name}`;
      this.blanks();
      this.unfinished();
      if (this.text[this.at] !== ':')
        throw this.failure(`${this.shown()} is invalid after a property name. Expected a ':'.`);
      this.at += 1;
      this.blanks();
      this.unfinished();
      each(name);
      // Behind a list or an object, the place is that of what holds it.
      if (']}'.includes(this.text.charAt(this.at - 1))) this.path = within;
      if (this.next('}', 'object')) break;
      this.path = within;
    }
    this.path = within;
  }

  /** A value of that type. */
  private typed(type: Type, depth: number): PlainValue {
    const start = this.at;
    const first = this.text[start];
    if (this.text.startsWith('null', start)) {
      this.at += 4;
      const isNullable = type.kind === 'scalar' ? type.nullable : type.kind !== 'object' || !type.isValue;
      if (isNullable) return null;
      throw this.notOf(dotnetOf(type), this.at);
    }
    switch (type.kind) {
      case 'any':
        this.value(depth);
        return JSON.parse(this.text.slice(start, this.at)) as PlainValue;
      case 'scalar': {
        if (first === '{' || first === '[') throw this.notOf(dotnetOf(type), start + 1);
        const quoted = this.value(depth);
        const read = type.scalar.readStrictly(
          quoted ?? this.text.slice(start, this.at),
          quoted === null ? 'bare' : 'quoted',
        );
        if (read === null) throw this.notOf(dotnetOf(type), this.at);
        return read;
      }
      case 'list':
        if (first !== '[') throw this.notOf(type.dotnet, first === '{' ? start + 1 : this.endOfValue(depth));
        return this.items(type, depth);
      case 'map':
        if (first !== '{') throw this.notOf(type.dotnet, first === '[' ? start + 1 : this.endOfValue(depth));
        return this.entries(type, depth);
      case 'object':
        if (first !== '{') throw this.notOf(type.dotnet, first === '[' ? start + 1 : this.endOfValue(depth));
        return objectOf(type, new Map(Object.entries(this.members(type, depth))));
    }
  }

  private endOfValue(depth: number): number {
    this.value(depth);
    return this.at;
  }

  private items({ of, distinct }: Extract<Type, { kind: 'list' }>, depth: number): PlainValue {
    const within = this.path;
    const values: PlainValue[] = [];
    this.at += 1;
    this.blanks();
    if (this.text[this.at] === ']') {
      this.at += 1;
      return values;
    }
    do {
      this.blanks();
      this.unfinished();
      this.path = `${within}[${values.length}]`;
      values.push(this.typed(of, depth + 1));
    } while (!this.next(']', 'array'));
    this.path = within;
    return distinct ? [...new Set(values)] : values;
  }

  private entries({ key, of }: Extract<Type, { kind: 'map' }>, depth: number): PlainValue {
    const entries: [string, PlainValue][] = [];
    this.object((name) => {
      const read = key.kind === 'scalar' ? key.scalar.read(name) : name;
      if (read === null) throw this.notOf(dotnetOf(key), this.at);
      entries.push([read, this.typed(of, depth + 1)]);
    });
    return Object.fromEntries(entries);
  }

  /** Reads over one value; the text of a string, null for all else. */
  private value(depth: number): string | null {
    const first = this.text[this.at];
    if (first === '"') return this.string();
    if (first === '{' || first === '[') {
      if (depth > deepest) {
        const what = first === '[' ? 'array' : 'object';
        throw this.failure(
          `The maximum configured depth of ${deepest} has been exceeded. Cannot read next JSON ${what}.`,
        );
      }
      // Where in a value that nobody reads an error is, it is not said.
      const { path } = this;
      if (first === '{')
        this.object(() => {
          this.path = path;
          this.value(depth + 1);
        });
      else this.array(depth);
      return null;
    }
    const literal = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/.exec(
      this.text.slice(this.at, this.at + 40),
    );
    if (literal === null) throw this.failure(`${this.shown()} is an invalid start of a value.`);
    this.at += literal[0].length;
    return null;
  }

  private array(depth: number): void {
    this.at += 1;
    this.blanks();
    if (this.text[this.at] === ']') {
      this.at += 1;
      return;
    }
    do {
      this.blanks();
      this.unfinished();
      this.value(depth + 1);
    } while (!this.next(']', 'array'));
  }

  /** After a member or item: true at the end of its object or list. */
  private next(end: '}' | ']', what: string): boolean {
    this.blanks();
    this.unfinished();
    const found = this.text[this.at];
    if (found !== ',' && found !== end)
      throw this.failure(`${this.shown()} is invalid after a value. Expected either ',', '}', or ']'.`);
    this.at += 1;
    if (found === end) return true;
    this.blanks();
    if (this.text[this.at] === end) {
      throw this.failure(
        `The JSON ${what} contains a trailing comma at the end which is not supported in this mode. Change the reader options.`,
      );
    }
    return false;
  }

  private string(): string {
    const start = this.at + 1;
    let end = start;
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1;
    if (end >= this.text.length) {
      this.at = this.text.length;
      throw this.failure('Expected end of string, but instead reached end of data.');
    }
    this.at = end + 1;
    const raw = this.text.slice(start, end);
    return raw.includes('\\') ? this.unescaped(raw) : raw;
  }

  private unescaped(raw: string): string {
    try {
      return String(JSON.parse(`"${raw}"`));
    } catch {
      throw this.failure('The JSON string holds an invalid escape sequence.');
    }
  }

  private blanks(): void {
    while (this.at < this.text.length && ' \t\r\n'.includes(this.text.charAt(this.at))) this.at += 1;
  }

  private unfinished(): void {
    if (this.at < this.text.length) return;
    throw this.failure(
      'Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.',
    );
  }

  private shown(): string {
    const c = this.text.charAt(this.at);
    return c < ' ' ? `'0x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}'` : `'${c}'`;
  }

  private notOf(type: string, end: number): UnreadableBody {
    this.at = end;
    return this.failure(`The JSON value could not be converted to ${type}.`);
  }

  private failure(problem: string): UnreadableBody {
    const before = this.text.slice(0, this.at);
    const line = before.lastIndexOf('\n') + 1;
    const lines = before.split('\n').length - 1;
    const bytes = Buffer.byteLength(before.slice(line));
    return new UnreadableBody(`${problem} Path: ${this.path} | LineNumber: ${lines} | BytePositionInLine: ${bytes}.`);
  }
}
