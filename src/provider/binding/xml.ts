import { UnreadableBody } from '../errors.ts';
import type { PlainObject, PlainValue } from '../../model/value.ts';
import { initialOf, objectOf } from '../types/reading.ts';
import type { ObjectType, Type } from '../types/type.ts';
import type { Read } from './json.ts';

const tag =
  /<(?:!--[\s\S]*?--|\?[\s\S]*?\?|!\[CDATA\[([\s\S]*?)\]\]|(\/?)([\p{L}\p{M}\p{N}_.:-]+)((?:\s+[\p{L}\p{M}\p{N}_.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?))>/gu;

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

/** An element with what is in it. */
interface Node {
  readonly name: string;
  readonly nil: boolean;
  text: string;
  readonly children: Node[];
}

function children(source: string, from: number, typeName: string): Read {
  const root: Node = { name: '', nil: false, text: '', children: [] };
  const open: Node[] = [root];
  let last = from;
  tag.lastIndex = from;
  for (let m = tag.exec(source); m !== null; m = tag.exec(source)) {
    const within = open.at(-1) ?? root;
    within.text += unescape(source.slice(last, m.index)) + (m[1] ?? '');
    last = tag.lastIndex;
    if (m[3] === undefined) continue;
    if (m[2] === '/') {
      if (open.length === 1) return root.children.map((node) => [node.name, (type) => readNode(type, node)]);
      open.pop();
      continue;
    }
    const nil = /\w+:nil\s*=\s*["']true["']/.test(m[4] ?? '');
    const node: Node = { name: m[3].replace(/^.*:/, ''), nil, text: '', children: [] };
    within.children.push(node);
    if (m[5] !== '/') open.push(node);
  }
  throw failure(typeName, 'Unexpected end of file has occurred.');
}

/** A value as the data-contract reader has it. */
function readNode(type: Type, node: Node): PlainValue | undefined {
  if (node.nil) return null;
  switch (type.kind) {
    case 'scalar':
      if (type.scalar.kind !== 'text' && node.text === '') return initialOf(type);
      if (type.scalar.xmlName === 'char') return String.fromCharCode(Number(node.text));
      return type.scalar.read(type.scalar.kind === 'enum' ? node.text.replaceAll(' ', ',') : node.text) ?? undefined;
    case 'list': {
      const items = node.children.map((child) => readNode(type.of, child));
      return items.some((item) => item === undefined) ? undefined : items.filter((item) => item !== undefined);
    }
    case 'map':
      return readPairs(type, node);
    case 'object':
      return readObject(type, node);
    case 'any':
      return node.text;
  }
}

function readPairs(type: Extract<Type, { kind: 'map' }>, node: Node): PlainValue | undefined {
  const entries: [string, PlainValue][] = [];
  for (const { children: parts } of node.children) {
    const [key, value] = [parts.find(({ name }) => name === 'Key'), parts.find(({ name }) => name === 'Value')];
    const read = key === undefined ? undefined : readNode(type.key, key);
    const of = value === undefined ? null : readNode(type.of, value);
    if (typeof read !== 'string' || of === undefined) return undefined;
    entries.push([read, of]);
  }
  return Object.fromEntries(entries);
}

function readObject(type: ObjectType, node: Node): PlainObject {
  const given = type.members.flatMap((member): readonly (readonly [string, PlainValue])[] => {
    const lower = member.name.toLowerCase();
    const found = node.children.find(({ name }) => name.toLowerCase() === lower);
    const value = found === undefined ? undefined : readNode(member.type, found);
    return value === undefined ? [] : [[member.name, value]];
  });
  return objectOf(type, new Map(given));
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
