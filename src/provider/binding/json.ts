import { UnreadableBody } from '../errors.ts';
import { readWithin, unquoted } from '../types/reading.ts';
import type { Unread } from '../types/reading.ts';

/** Members of a body by name as sent. */
export type Read = readonly (readonly [name: string, value: Unread])[];

/**
 * Reads JSON as leniently as ServiceStack.Text: anything may follow the object, members cut short are dropped, a name
 * without double quotes names nothing.
 *
 * @param expected the type's short name, for the message
 * @throws UnreadableBody when the text does not begin with an object, or a string never ends
 */
export function readJsonLeniently(text: string, expected: string): Read {
  if (text.trim() === '') return [];
  let at = skipBlanks(text, 0);
  if (text[at] !== '{') {
    const start = text.slice(at, at + 50);
    throw new UnreadableBody(
      `Type definitions should start with a '{', expecting serialized type '${expected}', got string starting with: ${start}`,
    );
  }
  at += 1;
  const members: [string, Unread][] = [];
  while (at < text.length) {
    at = skipBlanks(text, at);
    if (text[at] === '}' || at >= text.length) break;
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    const key = text[at] === '"' ? readString(text, at) : readUntilColon(text, at);
    at = skipBlanks(text, key.end);
    if (text[at] === ':') at = skipBlanks(text, at + 1);
    if (at >= text.length) break;
    const end = endOfValue(text, at);
    const slice = text.slice(at, end).trim();
    at = end;
    if (text[key.start] === '"') members.push([key.text, (type) => readWithin(type, slice, 'json')]);
  }
  return members;
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function endOfValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return readString(text, at).end;
  if (first === '{' || first === '[') return skipNested(text, at);
  let end = at;
  while (end < text.length && text[end] !== ',' && text[end] !== '}') end += 1;
  return end;
}

/** The text of a JSON string that begins at `at`. */
function readString(text: string, at: number): Token {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length) throw new UnreadableBody('Index was outside the bounds of the array.');
  return { text: unquoted(text.slice(at, end + 1), 'json'), start: at, end: end + 1 };
}

function readUntilColon(text: string, at: number): Token {
  const colon = text.indexOf(':', at);
  const end = colon === -1 ? text.length : colon;
  return { text: text.slice(at, end), start: at, end };
}

function skipNested(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const c = text[i];
    if (c === '"') i = readString(text, i).end - 1;
    else if (c === '{' || c === '[') depth += 1;
    else if (c === '}' || c === ']') {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return text.length;
}

function skipBlanks(text: string, at: number): number {
  let i = at;
  while (i < text.length && ' \t\r\n\uFEFF'.includes(text.charAt(i))) i += 1;
  return i;
}

/**
 * The objects of a JSON list, each as its own text.
 *
 * @throws UnreadableBody when the text is no list
 */
export function splitJsonList(text: string, expected: string): readonly string[] {
  let at = skipBlanks(text, 0);
  if (text[at] !== '[')
    throw new UnreadableBody(`Type definitions should start with a '[', expecting serialized type '${expected}[]'`);
  const items: string[] = [];
  at = skipBlanks(text, at + 1);
  while (at < text.length && text[at] !== ']') {
    const end = skipNested(text, at);
    items.push(text.slice(at, end));
    at = skipBlanks(text, end);
    if (text[at] === ',') at = skipBlanks(text, at + 1);
  }
  return items;
}
