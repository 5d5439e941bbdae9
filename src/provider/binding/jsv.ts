import { UnreadableBody } from '../errors.ts';
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
  const members: [string, string][] = [];
  let at = 1;
  while (at < trimmed.length && trimmed[at] !== '}') {
    const name = readToken(trimmed, at, ':');
    if (trimmed[name.end] !== ':') break;
    const value = readToken(trimmed, name.end + 1, ',}');
    members.push([name.text, value.text]);
    at = value.end;
    if (trimmed[at] === ',') at += 1;
  }
  return members;
}

function readToken(text: string, from: number, stops: string): { readonly text: string; readonly end: number } {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  if (text[at] === '"') return readQuoted(text, at);
  let depth = 0;
  let end = at;
  for (; end < text.length; end++) {
    const c = text.charAt(end);
    if (depth === 0 && stops.includes(c)) break;
    if (c === '{' || c === '[') depth += 1;
    else if (c === '}' || c === ']') depth -= 1;
  }
  return { text: text.slice(at, end).trim(), end };
}

function readQuoted(text: string, at: number): { readonly text: string; readonly end: number } {
  let value = '';
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] !== '"') value += text.charAt(i);
    else if (text[i + 1] === '"') {
      value += '"';
      i += 1;
    } else return { text: value, end: i + 1 };
  }
  throw new UnreadableBody('Index was outside the bounds of the array.');
}
