import { deepest, Malformed } from './malformed.ts';

// fast-xml-parser builds a tree from almost anything: it reads past unknown entities, open comments, unbalanced tags,
// a second root, a document type and illegal characters.

const local = '[\\p{L}_][\\p{L}\\p{M}\\p{N}_.\\-]*';
const name = `${local}(?::${local})?`;
const reference = '&(?:amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);';
const attribute = `\\s+${name}\\s*=\\s*(?:"(?:[^<&"]|${reference})*"|'(?:[^<&']|${reference})*')`;
const token = new RegExp(
  [
    '<!--(?:(?!--)[^])*-->',
    '<!\\[CDATA\\[(?:(?!\\]\\]>)[^])*\\]\\]>',
    `<\\?(?!xml[\\s?])${local}(?:\\s[^]*?)?\\?>`,
    `<(?<opened>${name})(?<attributes>(?:${attribute})*)\\s*(?<empty>/?)>`,
    `</(?<closed>${name})\\s*>`,
    reference,
    '[^<&]+',
  ].join('|'),
  'uy',
);
const declaration =
  /^<\?xml\s+version\s*=\s*(["'])1\.[0-9]\1(?:\s+encoding\s*=\s*(["'])utf-8\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>/i;
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/**
 * Refuses what is not well-formed (XML 1.0, sections 2.1 to 2.8, 3 and 4.1) and every document type.
 *
 * @throws Malformed at the first piece of markup that is at fault
 */
export function checkWellFormed(text: string): void {
  const character = text.search(illegal);
  if (character >= 0) throw new Malformed('a character that XML does not allow', character);
  let at = 0;
  if (text.startsWith('<?xml')) {
    at = declaration.exec(text)?.[0].length ?? 0;
    if (at === 0) throw new Malformed('the XML declaration is not that of an XML 1.0 document in UTF-8', 0);
  }
  const balance = new Balance();
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) throw new Malformed(problemAt(text, at), at);
    const [piece] = found;
    const { opened, attributes = '', empty, closed } = found.groups ?? {};
    if (opened !== undefined) {
      checkAttributes(attributes, at + 1 + opened.length);
      balance.open(opened, at, empty === '/');
    } else if (closed !== undefined) balance.close(closed, at);
    else if (!/^<[!?]/.test(piece) || piece.startsWith('<![')) checkText(piece, at, balance);
    at += piece.length;
  }
  balance.end(at);
}

class Balance {
  private readonly unclosed: { readonly tag: string; readonly at: number }[] = [];
  private roots = 0;

  get inside(): boolean {
    return this.unclosed.length > 0;
  }

  open(tag: string, at: number, empty: boolean): void {
    if (!this.inside) this.roots += 1;
    if (this.roots > 1) throw new Malformed('a second root element', at);
    if (this.unclosed.length >= deepest) throw new Malformed(`nested deeper than ${deepest} levels`, at);
    if (!empty) this.unclosed.push({ tag, at });
  }

  close(tag: string, at: number): void {
    const last = this.unclosed.pop();
    if (last?.tag !== tag)
      throw new Malformed(`expected ${last ? `</${last.tag}>` : 'no closing tag'}, found </${tag}>`, at);
  }

  end(at: number): void {
    const last = this.unclosed.pop();
    if (last !== undefined) throw new Malformed(`<${last.tag}> is not closed`, last.at);
    if (this.roots === 0) throw new Malformed('expected a root element', at);
  }
}

function checkText(piece: string, at: number, balance: Balance): void {
  if (piece.startsWith('&#') && decodeReference(piece) === undefined) {
    throw new Malformed(`${piece} names a character that XML does not allow`, at);
  }
  const bracket = piece.startsWith('<') ? -1 : piece.indexOf(']]>');
  if (bracket >= 0) throw new Malformed("']]>' must be escaped in text", at + bracket);
  if (!balance.inside && /[^ \t\r\n]/.test(piece))
    throw new Malformed('text outside the root element', at + piece.search(/[^ \t\r\n]/));
}

function checkAttributes(attributes: string, offset: number): void {
  const seen = new Set<string>();
  for (const { 1: name = '', 2: value = '', index } of attributes.matchAll(/([^\s=]+)\s*=\s*("[^"]*"|'[^']*')/g)) {
    if (seen.has(name)) throw new Malformed(`the attribute ${name} stands twice`, offset + index);
    seen.add(name);
    for (const [found] of value.matchAll(/&#[^;]+;/g)) {
      if (decodeReference(found) === undefined)
        throw new Malformed(`${found} names a character that XML does not allow`, offset + index);
    }
  }
}

function problemAt(text: string, at: number): string {
  if (text.startsWith('<!DOCTYPE', at)) return 'a document type declaration is refused';
  if (text.startsWith('<!--', at)) return 'a comment is not closed or has -- in it';
  if (text.startsWith('<![CDATA[', at)) return 'a CDATA section is not closed';
  if (text.startsWith('<?', at))
    return 'an XML declaration may only stand at the start, and a processing instruction must be closed';
  if (text.startsWith('&', at)) return 'only &amp; &lt; &gt; &quot; &apos; and character references are known';
  return 'the tag is malformed';
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** The text with its references replaced by the characters they stand for. */
export function decodeReferences(text: string): string {
  return text.replace(/&[^;]+;/g, (found) => decodeReference(found) ?? found);
}

function decodeReference(found: string): string | undefined {
  if (!found.startsWith('&#')) return entities[found];
  const code = found.startsWith('&#x') ? Number.parseInt(found.slice(3), 16) : Number.parseInt(found.slice(2), 10);
  if (code > 0x10ffff) return undefined;
  const character = String.fromCodePoint(code);
  return illegal.test(character) ? undefined : character;
}
