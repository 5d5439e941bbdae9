/** Reads a line of machine-written code from its left, in one go: no pattern that could be made to go back and forth. */
export class Cursor {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Goes past spaces. */
  space(): this {
    while (this.#at < this.#text.length && /\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
    return this;
  }

  /** Whether what stands here, behind spaces, was just that; it is gone past. */
  take(what: string): boolean {
    this.space();
    if (!this.#text.startsWith(what, this.#at)) return false;
    this.#at += what.length;
    return true;
  }

  /** The word here, behind spaces; empty where there is none. */
  word(): string {
    this.space();
    const from = this.#at;
    while (/[\p{L}\p{M}\p{N}_$@.]/u.test(this.#text.charAt(this.#at))) this.#at += 1;
    return this.#text.slice(from, this.#at);
  }

  /** The name of a member here, between quotes or not: an alias on the wire may have dashes, which generators leave as they are. */
  memberName(): string {
    this.space();
    const from = this.#at;
    const quote = this.take('"') ? '"' : this.take("'") ? "'" : '';
    if (quote === '') {
      while (!/[\s?:(]/.test(this.#text.charAt(this.#at) || ':')) this.#at += 1;
      return this.#text.slice(from, this.#at);
    }
    const end = this.#text.indexOf(quote, this.#at);
    if (end === -1) return '';
    const name = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return name;
  }

  /** Goes past any of these words. */
  skipWords(words: ReadonlySet<string>): readonly string[] {
    const found: string[] = [];
    for (;;) {
      const from = this.#at;
      const word = this.word();
      if (word === '' || !words.has(word)) {
        this.#at = from;
        return found;
      }
      found.push(word);
    }
  }

  /** What stands between brackets that open here; null where none does, or they do not close. */
  bracketed(open: string, close: string): string | null {
    this.space();
    if (this.#text.charAt(this.#at) !== open) return null;
    let depth = 0;
    for (let i = this.#at; i < this.#text.length; i += 1) {
      const c = this.#text.charAt(i);
      if (c === open) depth += 1;
      if (c === close) depth -= 1;
      if (depth === 0) {
        const inner = this.#text.slice(this.#at + 1, i);
        this.#at = i + 1;
        return inner;
      }
    }
    return null;
  }

  /** All that is left, without spaces around it. */
  rest(): string {
    return this.#text.slice(this.#at).trim();
  }
}

/** What stands between commas that are outside all brackets. */
export function split(list: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const c of list) {
    if (c === ',' && depth === 0) {
      parts.push(part);
      part = '';
      continue;
    }
    if (c === '<' || c === '[' || c === '(' || c === '{') depth += 1;
    if (c === '>' || c === ']' || c === ')' || c === '}') depth -= 1;
    part += c;
  }
  return [...parts, part].map((each) => each.trim()).filter((each) => each !== '');
}

/** Whether the quotes and round brackets of an attribute are closed. */
export function isBalanced(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charAt(i);
    if (quoted && c === '\\') i += 1;
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === '(') depth += 1;
    else if (!quoted && c === ')') depth -= 1;
  }
  return !quoted && depth <= 0;
}

/** A text in front of a mark; all of it where the mark does not stand in it. */
export function before(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at === -1 ? text : text.slice(0, at);
}

/** The path of an address, as a prefix: without slashes at its end. */
export function prefixOf({ pathname }: URL): string {
  let end = pathname.length;
  while (end > 0 && pathname.charAt(end - 1) === '/') end -= 1;
  return pathname.slice(0, end);
}

/** What stands behind one text and before another, which is the last of its kind; null where they do not enclose it. */
export function enclosed(text: string, open: string, close: string): string | null {
  return text.startsWith(open) && text.endsWith(close) && text.length >= open.length + close.length
    ? text.slice(open.length, text.length - close.length)
    : null;
}
