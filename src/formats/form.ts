import type { PlainObject, PlainValue, Reading } from '../model/value.ts';
import { formatJsv } from './jsv.ts';
import { Malformed, strictly } from './malformed.ts';
import { betweenPlaceholders } from './placeholder.ts';

/**
 * Writes members as `application/x-www-form-urlencoded`, which also serves as a query string.
 *
 * A space becomes %20, which both readings take; null becomes an empty value, objects and lists become JSV.
 * Placeholders (`{{Member}}`) stay as they are.
 *
 * @throws URIError when a text holds half a surrogate pair
 */
export function writeForm(members: PlainObject): string {
  return Object.entries(members)
    .map(([name, value]) => `${encode(name)}=${encode(plainText(value))}`)
    .join('&');
}

/**
 * Reads a form or a query string (without its '?') strictly: every name once, every escape whole and UTF-8.
 *
 * @returns an object of texts; `a` and `a=` are both the empty text
 */
export function readForm(text: string): Reading {
  return strictly(() => {
    const members = new Map<string, PlainValue>();
    if (text === '') return {};
    let start = 0;
    for (const pair of text.split('&')) {
      if (pair === '') throw new Malformed("expected a name, found '&' or the end of the text", start);
      const equals = pair.indexOf('=');
      const end = equals < 0 ? pair.length : equals;
      const name = decode(pair.slice(0, end), start);
      if (name === '') throw new Malformed("expected a name before '='", start);
      if (members.has(name)) throw new Malformed(`the member ${JSON.stringify(name)} stands twice`, start);
      members.set(name, decode(pair.slice(end + 1), start + end + 1));
      start += pair.length + 1;
    }
    return Object.fromEntries(members);
  });
}

function plainText(value: PlainValue): string {
  return typeof value === 'string' ? value : formatJsv(value);
}

function encode(text: string): string {
  return betweenPlaceholders(text, encodeURIComponent);
}

function decode(text: string, offset: number): string {
  const broken = text.search(/%(?![0-9a-fA-F]{2})/);
  if (broken >= 0) throw new Malformed("'%' must be followed by two hex digits", offset + broken);
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new Malformed('the escaped bytes are not UTF-8', offset + Math.max(0, text.search(/%[89a-fA-F]/)));
  }
}
