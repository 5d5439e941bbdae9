import { UnreadableBody } from '../errors.ts';
import type { Read } from './json.ts';

const tag =
  /<(?:!--[\s\S]*?--|\?[\s\S]*?\?|!\[CDATA\[([\s\S]*?)\]\]|(\/?)([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?))>/g;

/**
 * Reads the children of an XML root as the data-contract reader does: the root's name and namespace must be right,
 * members must come in alphabetical order, what comes too late is passed over.
 *
 * @throws UnreadableBody with the reader's own words
 */
export function readXml(text: string, root: string, namespace: string, typeName: string): Read {
  const source = text.replace(/^\uFEFF/, '');
  if (source.trim() === '') return [];
  if (/^\s*<!DOCTYPE/.test(source)) {
    throw failure(typeName, `CData elements not valid at top level of an XML document. Line 1, position 3.`);
  }
  if (!source.trimStart().startsWith('<')) {
    throw failure(typeName, 'The data at the root level is invalid. Line 1, position 1.');
  }
  const open = firstElement(source);
  if (open === null) throw failure(typeName, 'Root element is missing.');
  const actual = /\sxmlns\s*=\s*["']([^"']*)["']/.exec(open.attributes)?.[1] ?? '';
  if (open.name !== root || actual !== namespace) {
    throw new UnreadableBody(
      `Error in line 1 position ${open.end + 1}. Expecting element '${root}' from namespace '${namespace}'.. ` +
        `Encountered 'Element'  with name '${open.name}', namespace '${actual}'.`,
    );
  }
  return open.selfClosing ? [] : children(source, open.end, typeName);
}

function failure(typeName: string, problem: string): UnreadableBody {
  return new UnreadableBody(`There was an error deserializing the object of type ${typeName}. ${problem}`);
}

function firstElement(source: string): { name: string; attributes: string; end: number; selfClosing: boolean } | null {
  tag.lastIndex = 0;
  for (let m = tag.exec(source); m !== null; m = tag.exec(source)) {
    if (m[3] !== undefined)
      return { name: m[3], attributes: m[4] ?? '', end: tag.lastIndex, selfClosing: m[5] === '/' };
  }
  return null;
}

function children(source: string, from: number, typeName: string): Read {
  const members: [string, string | null][] = [];
  let depth = 0;
  let name = '';
  let nil = false;
  let text = '';
  let last = from;
  tag.lastIndex = from;
  for (let m = tag.exec(source); m !== null; m = tag.exec(source)) {
    if (depth === 1) text += unescape(source.slice(last, m.index)) + (m[1] ?? '');
    last = tag.lastIndex;
    if (m[3] === undefined) continue;
    if (m[2] === '/') {
      if (depth === 0) return members;
      depth -= 1;
      if (depth === 0) members.push([name, nil ? null : text]);
    } else {
      if (depth === 0) {
        name = m[3];
        nil = /\w+:nil\s*=\s*["']true["']/.test(m[4] ?? '');
        text = '';
        if (m[5] === '/') members.push([name, nil ? null : '']);
      }
      if (m[5] !== '/') depth += 1;
    }
  }
  throw failure(typeName, 'Unexpected end of file has occurred.');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, e: string) =>
    e.startsWith('#x')
      ? String.fromCodePoint(parseInt(e.slice(2), 16))
      : e.startsWith('#')
        ? String.fromCodePoint(parseInt(e.slice(1), 10))
        : (entities[e] ?? whole),
  );
}
