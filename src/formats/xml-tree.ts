import { XMLParser } from 'fast-xml-parser';
import { Malformed } from './malformed.ts';
import { checkWellFormed, decodeReferences } from './xml-wellformed.ts';

/** An element as XML and its namespaces define it. */
export interface Element {
  /** Local name. */
  readonly name: string;
  /** '' when it is in none. */
  readonly namespace: string;
  /** It says `i:nil="true"`. */
  readonly nil: boolean;
  readonly children: readonly Element[];
  /** Its own text, references replaced; '' when it has only children. */
  readonly text: string;
  /** Where its tag starts: a 0-based offset. */
  readonly position: number;
}

const instance = 'http://www.w3.org/2001/XMLSchema-instance';

type Scope = ReadonlyMap<string, string>;
/** What fast-xml-parser makes of a node with `preserveOrder`: the tag's name over its content, attributes under ':@'. */
type Node = Readonly<Record<string, unknown>>;

/**
 * Reads a document into its root element (XML 1.0, Namespaces in XML 1.0).
 *
 * @throws Malformed where the document is not well-formed or declares a document type
 */
export function parseXml(text: string): Element {
  checkWellFormed(text);
  const root = nodesOf(text).find((node) => tagOf(node) !== undefined);
  if (root === undefined) throw new Malformed('expected a root element', text.length);
  return elementOf(root, new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]));
}

function nodesOf(text: string): readonly Node[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    // References are decoded by us: the parser would decode those of a CDATA section too, or miss unknown ones.
    processEntities: false,
    cdataPropName: '#cdata',
    captureMetaData: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    onDangerousProperty: (name) => name,
  });
  try {
    return asNodes(parser.parse(text));
  } catch (error) {
    throw new Malformed(error instanceof Error ? error.message : String(error), 0);
  }
}

function elementOf(node: Node, outer: Scope): Element {
  const tag = tagOf(node) ?? '';
  const position = at(node);
  const attributes = attributesOf(node);
  const scope = withDeclared(outer, attributes);
  const { name, namespace } = resolve(tag, scope, position);
  const nil = attributes.some(([attribute, value]) => {
    if (!attribute.includes(':') || attribute.startsWith('xmlns:')) return false;
    const resolved = resolve(attribute, scope, position);
    return resolved.name === 'nil' && resolved.namespace === instance && (value === 'true' || value === '1');
  });
  const content = asNodes(node[tag]);
  const children = content.filter((child) => tagOf(child) !== undefined).map((child) => elementOf(child, scope));
  const text = ownText(content);
  const mixed = children.length > 0 && text.trim() !== '';
  if (mixed) throw new Malformed(`<${tag}> mixes text and elements`, position);
  if (nil && (children.length > 0 || text !== '')) throw new Malformed(`<${tag}> is nil and has content`, position);
  return { name, namespace, nil, children, text: children.length > 0 ? '' : text, position };
}

function withDeclared(outer: Scope, attributes: readonly (readonly [string, string])[]): Scope {
  const declared = attributes.filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  if (declared.length === 0) return outer;
  return new Map([...outer, ...declared.map(([name, value]) => [name.slice(6), value] as const)]);
}

function resolve(tag: string, scope: Scope, position: number): { name: string; namespace: string } {
  const colon = tag.indexOf(':');
  const prefix = colon < 0 ? '' : tag.slice(0, colon);
  const namespace = scope.get(prefix);
  if (namespace === undefined && prefix !== '') throw new Malformed(`the prefix ${prefix} is not declared`, position);
  return { name: tag.slice(colon + 1), namespace: namespace ?? '' };
}

function tagOf(node: Node): string | undefined {
  return Object.keys(node).find((key) => key !== ':@' && key !== '#text' && key !== '#cdata');
}

function attributesOf(node: Node): readonly (readonly [string, string])[] {
  const attributes = node[':@'];
  if (typeof attributes !== 'object' || attributes === null) return [];
  return Object.entries(attributes).map(([name, value]) => [name, decodeReferences(String(value))] as const);
}

function ownText(content: readonly Node[]): string {
  return content
    .map((node) => {
      if (typeof node['#text'] === 'string') return decodeReferences(node['#text']);
      return asNodes(node['#cdata'])
        .map((part) => String(part['#text']))
        .join('');
    })
    .join('');
}

function asNodes(content: unknown): readonly Node[] {
  return Array.isArray(content)
    ? content.filter((node: unknown): node is Node => typeof node === 'object' && node !== null)
    : [];
}

/** Where the node's tag starts, which the parser notes under a symbol. */
function at(node: Node): number {
  const [metadata] = Object.getOwnPropertySymbols(node).map((symbol): unknown => Reflect.get(node, symbol));
  return typeof metadata === 'object' && metadata !== null && 'startIndex' in metadata
    ? Number(metadata.startIndex)
    : 0;
}
