import { UnreadableBody } from '../errors.ts';
import { readDashedGuid } from '../guid.ts';
import type { ValueOf } from '../values.ts';
import type { Read } from './json.ts';

/** How a member is read; undefined names are read over. */
export type TypeOf = (name: string) => ValueOf | undefined;

const deepest = 64;

/**
 * Reads a JSON object as System.Text.Json does: nothing is forgiven, and what is wrong is said with its place.
 *
 * @param typeName the type's full name, for the message
 * @throws UnreadableBody with the reader's own words
 */
export function readJsonStrictly(source: string, typeName: string, typeOf: TypeOf): Read {
  const text = source.replace(/^\uFEFF/, '');
  if (text.trim() === '') return [];
  const scan = new Scan(text, typeOf, typeName);
  return scan.document();
}

/** Whether System.Text.Json takes a value: Guids in form D only, texts between quotes, numbers with or without. */
function isOf(type: ValueOf, text: string, written: 'bare' | 'quoted'): boolean {
  switch (type.kind) {
    case 'guid':
      return written === 'quoted' && readDashedGuid(text) !== null;
    case 'text':
      return written === 'quoted';
    case 'date':
      return written === 'quoted' && text !== '' && type.read(text) !== null;
    case 'boolean':
      return written === 'bare' && /^(true|false)$/.test(text);
    case 'integer':
    case 'number':
    case 'enum':
      return text !== '' && type.read(text) !== null;
  }
}

class Scan {
  private at = 0;
  private path = '$';
  private readonly members: [string, string | null][] = [];
  private readonly text: string;
  private readonly typeOf: TypeOf;
  private readonly typeName: string;

  constructor(text: string, typeOf: TypeOf, typeName: string) {
    this.text = text;
    this.typeOf = typeOf;
    this.typeName = typeName;
  }

  document(): Read {
    this.blanks();
    if (this.text[this.at] === '{') this.object(1, true);
    else {
      const start = this.at;
      const first = this.text[this.at];
      if (first === '[') throw this.notOf(this.typeName, start + 1);
      this.value(1);
      if (this.text.slice(start, this.at) !== 'null') throw this.notOf(this.typeName, this.at);
    }
    this.blanks();
    if (this.at < this.text.length) {
      throw this.failure(`${this.shown()} is invalid after a single JSON value. Expected end of data.`);
    }
    return this.members;
  }

  private object(depth: number, root: boolean): void {
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
      if (root) this.path = `$.${name}`;
      this.blanks();
      this.unfinished();
      if (this.text[this.at] !== ':')
        throw this.failure(`${this.shown()} is invalid after a property name. Expected a ':'.`);
      this.at += 1;
      this.blanks();
      this.unfinished();
      if (root) this.member(name, depth);
      else this.value(depth + 1);
      if (this.next('}', 'object')) break;
      if (root) this.path = '$';
    }
    if (root) this.path = '$';
  }

  private member(name: string, depth: number): void {
    const type = this.typeOf(name);
    if (type === undefined) {
      this.value(depth + 1);
      return;
    }
    const start = this.at;
    const first = this.text[start];
    if (first === '{' || first === '[') throw this.notOf(type.dotnet, start + 1);
    const quoted = this.value(depth + 1);
    const text = quoted ?? this.text.slice(start, this.at);
    if (type.kind === 'text' && text === 'null' && quoted === null) this.members.push([name, null]);
    else if (isOf(type, text, quoted === null ? 'bare' : 'quoted')) this.members.push([name, text]);
    else throw this.notOf(type.dotnet, this.at);
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
      if (first === '{') this.object(depth, false);
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
