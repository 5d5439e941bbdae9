import type { Shape } from '../model/schema.ts';
import type { PlainObject, PlainValue } from '../model/value.ts';
import { deepest, Malformed, most } from './malformed.ts';
import { withoutPlaceholders } from './placeholder.ts';
import { isComposite, memberShape, scalar } from './shape.ts';
import { isList } from '../values/json.ts';

/**
 * Reads a JSV text (docs.servicestack.net/jsv-format): JSON's structure with CSV's quoting.
 *
 * White space counts, as in `{Greet:Hello World!}`, except in a text that is laid out on lines as the metadata pages
 * print it (a line break right after the first brace): there it only indents.
 *
 * @param text the whole text
 * @param shape what is expected; decides between text, number and boolean
 * @throws Malformed where the text is not JSV
 */
export function parseJsv(text: string, shape: Shape | undefined): PlainValue {
  const first = text.charAt(0);
  if (isComposite(shape) && first !== '{' && first !== '[') throw new Malformed("expected '{' or '['", 0);
  return new JsvReader(text).document(shape);
}

class JsvReader {
  private readonly text: string;
  private readonly indented: boolean;
  private at = 0;
  private values = 0;

  constructor(text: string) {
    this.text = text;
    this.indented = /^[{[]\r?\n/.test(text);
  }

  document(shape: Shape | undefined): PlainValue {
    const value = this.value(shape, 0);
    this.space();
    if (this.at < this.text.length) throw new Malformed(`unexpected ${this.found()} after the JSV value`, this.at);
    return value;
  }

  private value(shape: Shape | undefined, depth: number): PlainValue {
    if (depth > deepest) throw new Malformed(`nested deeper than ${deepest} levels`, this.at);
    if ((this.values += 1) > most) throw new Malformed(`more than ${most} values`, this.at);
    switch (this.text.charAt(this.at)) {
      case '{':
        return this.object(shape, depth);
      case '[':
        return this.list(shape, depth);
      case '"':
        return scalar(this.quoted(), shape);
      default: {
        const bare = this.bare(/[,}\]]/g);
        return bare === '' ? null : scalar(bare, shape);
      }
    }
  }

  private object(shape: Shape | undefined, depth: number): PlainObject {
    const members = new Map<string, PlainValue>();
    this.at += 1;
    this.space();
    if (this.take('}')) return {};
    for (;;) {
      const start = this.at;
      const name = this.text.charAt(start) === '"' ? this.quoted() : (this.time() ?? this.bare(/[:,}\]]/g));
      if (name === '') throw new Malformed(`expected a member name, found ${this.found()}`, start);
      if (members.has(name)) throw new Malformed(`the member ${JSON.stringify(name)} stands twice`, start);
      this.space();
      if (!this.take(':')) throw new Malformed(`expected ':' after a member name, found ${this.found()}`, this.at);
      this.space();
      members.set(name, this.value(memberShape(shape, name), depth + 1));
      this.space();
      if (this.take('}')) return Object.fromEntries(members);
      if (!this.take(',')) throw new Malformed(`expected ',' or '}', found ${this.found()}`, this.at);
      this.space();
    }
  }

  private list(shape: Shape | undefined, depth: number): readonly PlainValue[] {
    const items: PlainValue[] = [];
    const itemShape = shape?.kind === 'list' ? shape.of : undefined;
    this.at += 1;
    this.space();
    if (this.take(']')) return items;
    for (;;) {
      const start = this.at;
      const item = this.value(itemShape, depth + 1);
      if (item === null) throw new Malformed(`expected a list item, found ${this.found()}`, start);
      items.push(item);
      this.space();
      if (this.take(']')) return items;
      if (!this.take(',')) throw new Malformed(`expected ',' or ']', found ${this.found()}`, this.at);
      this.space();
    }
  }

  private quoted(): string {
    const opening = this.at;
    let from = opening + 1;
    for (;;) {
      const quote = this.text.indexOf('"', from);
      if (quote < 0) throw new Malformed('a quoted text is not closed', opening);
      if (this.text.charAt(quote + 1) !== '"') {
        this.at = quote + 1;
        return this.text.slice(opening + 1, quote).replaceAll('""', '"');
      }
      from = quote + 2;
    }
  }

  /** A name that is a time, as a key of a map may be: the colons in it are its own, for a time stands without quotes. */
  private time(): string | null {
    const time = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?(?=:)/y;
    time.lastIndex = this.at;
    const [found = null] = time.exec(this.text) ?? [];
    this.at += found?.length ?? 0;
    return found;
  }

  private bare(end: RegExp): string {
    end.lastIndex = this.at;
    const start = this.at;
    this.at = end.exec(this.text)?.index ?? this.text.length;
    const raw = this.text.slice(start, this.at);
    const bare = this.indented ? raw.trimEnd() : raw;
    const special = bare.search(/[{["\r\n]/);
    if (special >= 0) {
      throw new Malformed(`a text with ${JSON.stringify(bare.charAt(special))} in it needs quotes`, start + special);
    }
    return bare;
  }

  private take(character: string): boolean {
    if (this.text.charAt(this.at) !== character) return false;
    this.at += 1;
    return true;
  }

  private space(): void {
    if (!this.indented) return;
    while (/\s/.test(this.text.charAt(this.at))) this.at += 1;
  }

  private found(): string {
    return this.at < this.text.length ? JSON.stringify(this.text.charAt(this.at)) : 'the end of the text';
  }
}

/**
 * Writes a value as JSV; a null member is written as an empty one.
 *
 * @throws Error when a list holds null, for which JSV has no notation
 */
export function formatJsv(value: PlainValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return quoteJsv(value, /[[\]{},"\r\n]/);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(formatItem).join(',')}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${quoteJsv(name, /[[\]{},":\r\n]/)}:${formatJsv(member)}`,
  );
  return `{${members.join(',')}}`;
}

function formatItem(item: PlainValue): string {
  if (item === null) throw new Error('JSV cannot write null in a list; leave the item out.');
  return formatJsv(item);
}

function quoteJsv(text: string, special: RegExp): string {
  if (text !== '' && !special.test(withoutPlaceholders(text))) return text;
  return `"${text.replaceAll('"', '""')}"`;
}
