import { UnreadableBody } from '../errors.ts';
import { readWithin, unquoted } from '../types/reading.ts';
import type { Unread } from '../types/reading.ts';
import type { Read } from './json.ts';

/**
 * Reads a JSV object: names and values need quotes only where they hold one of JSV's own signs; a doubled quote is a
 * quote.
 *
 * @throws UnreadableBody when the text does not begin with an object
 */
export function readJsv(text: string, expected: string): Read {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  if (!trimmed.startsWith('{')) {
    throw new UnreadableBody(
      `Type definitions should start with a '{', expecting serialized type '${expected}', got string starting with: ${trimmed.slice(0, 50)}`,
    );
  }
  const members: [string, Unread][] = [];
  let at = 1;
  while (at < trimmed.length && trimmed[at] !== '}') {
    const name = tokenAt(trimmed, at, ':');
    if (trimmed[name.end] !== ':') break;
    const value = tokenAt(trimmed, name.end + 1, ',}');
    members.push([unquoted(name.slice, 'jsv'), (type) => readWithin(type, value.slice, 'jsv')]);
    at = value.end;
    if (trimmed[at] === ',') at += 1;
  }
  return members;
}

interface Token {
  /** As it stands, quotes included. */
  readonly slice: string;
  readonly end: number;
}

function tokenAt(text: string, from: number, stops: string): Token {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  if (text[at] === '"') return { slice: text.slice(at, endOfQuoted(text, at)), end: endOfQuoted(text, at) };
  let depth = 0;
  let end = at;
  for (; end < text.length; end++) {
    const c = text.charAt(end);
    if (depth === 0 && stops.includes(c)) break;
    if (c === '{' || c === '[') depth += 1;
    else if (c === '}' || c === ']') depth -= 1;
  }
  return { slice: text.slice(at, end).trim(), end };
}

function endOfQuoted(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] !== '"') continue;
    if (text[i + 1] === '"') i += 1;
    else return i + 1;
  }
  throw new UnreadableBody('Index was outside the bounds of the array.');
}
