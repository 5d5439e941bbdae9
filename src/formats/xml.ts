import type { Shape } from '../model/schema.ts';
import type { PlainObject, PlainValue } from '../model/value.ts';
import { Malformed } from './malformed.ts';
import { memberShape, scalar } from './shape.ts';
import { parseXml, type Element } from './xml-tree.ts';

/** The root that the framework uses where no response DTO was made: binding and credential errors. */
const errorRoot = 'ErrorResponse';

/**
 * Reads an XML document as a .NET data contract: elements by local name, `i:nil` as null,
 * a list as elements of one name, a map as elements with a Key and a Value.
 *
 * @param text the whole document
 * @param shape what is expected; an object's name is that of the root, unless the root is ErrorResponse
 * @throws Malformed where the document is not well-formed or not laid out as a data contract
 */
export function parseDataContract(text: string, shape: Shape): PlainValue {
  const root = parseXml(text);
  if (shape.kind === 'object' && !root.name.startsWith(beforeArguments(shape.name)) && root.name !== errorRoot) {
    throw new Malformed(`expected the root element ${shape.name} or ${errorRoot}, found ${root.name}`, root.position);
  }
  return valueOf(root, shape);
}

/** `PageOf` of `PageOfPart`: XML has names and a hash of its own for the arguments of a generic type. */
function beforeArguments(name: string): string {
  return /^.+?Of(?=[A-Z])/.exec(name)?.[0] ?? name;
}

/**
 * Local name and namespace of a document's root element.
 *
 * @returns undefined when the document is not well-formed
 */
export function xmlRoot(text: string): { readonly name: string; readonly namespace: string } | undefined {
  try {
    const { name, namespace } = parseXml(text);
    return { name, namespace };
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** The start tag of a root element, as it is written. */
export interface RootTag {
  /** '' when it has none. */
  readonly prefix: string;
  /** Local name. */
  readonly name: string;
  /** '' when none is declared in the tag. */
  readonly namespace: string;
}

const longestTag = 16_384;

/**
 * The start tag of a document's root element, whether or not all of the document can be read.
 *
 * @returns undefined when nothing in the text is one, or when it is longer than 16 Ki characters
 */
export function rootTag(text: string): RootTag | undefined {
  for (let from = text.indexOf('<'); from >= 0; from = text.indexOf('<', from + 1)) {
    const named = tagName.exec(text.slice(from, from + longestTag));
    if (named === null) continue;
    const [, prefix = '', name = ''] = named;
    const attributes = attributesIn(text.slice(from + named[0].length, from + longestTag));
    return attributes === undefined
      ? undefined
      : { prefix, name, namespace: attributes.get(prefix === '' ? 'xmlns' : `xmlns:${prefix}`) ?? '' };
  }
  return undefined;
}

const tagName = /^<(?:([\p{L}_][\p{L}\p{M}\p{N}_.-]{0,255}):)?([\p{L}_][\p{L}\p{M}\p{N}_.-]{0,255})(?=[\s/>])/u;
const attribute = /\s*([^\s=<>"'/]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

/** The attributes up to the end of a tag, later ones of a name passed over; undefined where it has no end. */
function attributesIn(text: string): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  attribute.lastIndex = 0;
  let end = 0;
  for (let each = attribute.exec(text); each !== null; each = attribute.exec(text)) {
    const [, name = '', double, single = ''] = each;
    if (!found.has(name)) found.set(name, double ?? single);
    end = attribute.lastIndex;
  }
  return /^\s*\/?>/.test(text.slice(end)) ? found : undefined;
}

function valueOf(element: Element, shape: Shape | undefined): PlainValue {
  if (element.nil) return null;
  switch (shape?.kind) {
    case 'object':
      return hasOnlyText(element) ? element.text : objectOf(element, shape);
    case 'list':
      return hasOnlyText(element) ? element.text : listOf(element, shape.of);
    case 'map':
      return hasOnlyText(element) ? element.text : mapOf(element, shape.of);
    case 'text':
    case 'number':
    case 'boolean':
    case undefined:
      return element.children.length > 0 ? unshaped(element) : scalar(element.text, shape);
  }
}

function hasOnlyText(element: Element): boolean {
  return element.children.length === 0 && element.text.trim() !== '';
}

function objectOf(element: Element, shape: Shape | undefined): PlainObject {
  return membersOf(
    element.children.map((child) => [child, child.name, () => valueOf(child, memberShape(shape, child.name))]),
  );
}

function mapOf(element: Element, of: Shape | undefined): PlainObject {
  return membersOf(
    element.children.map((entry) => {
      const [key, value, more] = entry.children;
      if (key?.name !== 'Key' || value?.name !== 'Value' || more !== undefined) {
        throw new Malformed(`expected a Key and a Value in ${entry.name}`, entry.position);
      }
      return [entry, keyText(key), () => valueOf(value, of)];
    }),
  );
}

/** A key that is a DateTimeOffset is two elements: the time in UTC, and the minutes of its offset (source forms, 6). */
function keyText({ text, children }: Element): string {
  const [time, offset, more] = children;
  return time?.name === 'DateTime' && offset?.name === 'OffsetMinutes' && more === undefined ? time.text : text;
}

function membersOf(entries: readonly (readonly [at: Element, name: string, value: () => PlainValue])[]): PlainObject {
  const members = new Map<string, PlainValue>();
  for (const [at, name, value] of entries) {
    if (members.has(name)) throw new Malformed(`the member ${JSON.stringify(name)} stands twice`, at.position);
    members.set(name, value());
  }
  return Object.fromEntries(members);
}

function listOf(element: Element, of: Shape | undefined): readonly PlainValue[] {
  const [first] = element.children;
  return element.children.map((item) => {
    if (item.name !== first?.name) {
      throw new Malformed(`expected a list of ${first?.name ?? ''}, found ${item.name}`, item.position);
    }
    return valueOf(item, of);
  });
}

/** A member that the shape does not know: a map of its entries, a list where names repeat, else an object. */
function unshaped(element: Element): PlainValue {
  if (element.children.every(({ name }) => name.startsWith('KeyValueOf'))) return mapOf(element, undefined);
  const names = new Set(element.children.map((child) => child.name));
  return names.size < element.children.length ? listOf(element, undefined) : objectOf(element, undefined);
}

/** The text of an element, with the element's local name. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Every text of a document, whatever it is about; where it is not well-formed, what is wrong. */
export function readXmlTexts(
  text: string,
): { readonly ok: true; readonly texts: readonly NamedText[] } | { readonly ok: false; readonly problem: string } {
  const textsOf = ({ name, text: own, children }: Element): readonly NamedText[] => [
    { name, text: own },
    ...children.flatMap(textsOf),
  ];
  try {
    return { ok: true, texts: textsOf(parseXml(text)) };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, problem: error.message };
    throw error;
  }
}
