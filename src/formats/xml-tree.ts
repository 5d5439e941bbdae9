import type * as saxesModule from 'saxes';
import type { SaxesTagNS } from 'saxes';
import { library } from '../values/library.ts';
import { deepest, Malformed, most } from './malformed.ts';

const saxesIn = library('saxes') as () => typeof saxesModule;

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

/** An element whose end has not been read yet. */
interface Open {
  readonly tag: SaxesTagNS;
  readonly position: number;
  readonly children: Element[];
  readonly texts: string[];
}

/**
 * Reads a document into its root element (XML 1.0, Namespaces in XML 1.0).
 *
 * @throws Malformed where the document is not well-formed, declares a document type, or is in another encoding than UTF-8
 */
export function parseXml(text: string): Element {
  const { SaxesParser } = saxesIn();
  const parser = new SaxesParser({ xmlns: true, position: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const open: Open[] = [];
  let root: Element | undefined;
  let values = 0;
  let start = 0;
  const refuse = (problem: string, position = parser.position): never => {
    throw new Malformed(problem, Math.min(position, text.length));
  };

  parser.on('error', ({ message }) => {
    const unclosed = message.includes('unclosed tag') ? open.at(-1) : undefined;
    const ampersand = text.lastIndexOf('&');
    if (unclosed !== undefined && ampersand > text.lastIndexOf(';')) refuse("'&' begins no reference", ampersand);
    // The parser stands behind the character that it takes exception to.
    refuse(
      message.replace(/^\d+:\d+: /, '').replace(/\.$/, ''),
      unclosed?.position ?? Math.max(0, parser.position - 1),
    );
  });
  parser.on('doctype', () => refuse('a document type declaration is refused', text.indexOf('<!DOCTYPE')));
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version?.startsWith('1.') !== true || (encoding !== undefined && encoding.toLowerCase() !== 'utf-8'))
      refuse('the XML declaration is not that of an XML 1.0 document in UTF-8', 0);
  });
  parser.on('opentagstart', () => {
    // A name holds no '<', so the nearest one begins the tag.
    start = text.lastIndexOf('<', parser.position - 1);
    if (open.length >= deepest) refuse(`nested deeper than ${deepest} levels`, start);
  });
  parser.on('attribute', () => {
    if ((values += 1) > most) refuse(`more than ${most} elements and attributes`, start);
  });
  parser.on('opentag', (tag) => {
    if ((values += 1) > most) refuse(`more than ${most} elements and attributes`, start);
    open.push({ tag, position: start, children: [], texts: [] });
  });
  const addText = (piece: string): void => {
    open.at(-1)?.texts.push(piece);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const ended = open.pop();
    if (ended === undefined) return;
    const element = elementOf(ended);
    const outer = open.at(-1);
    if (outer === undefined) root = element;
    else outer.children.push(element);
  });

  parser.write(text).close();
  return root ?? refuse('expected a root element', text.length);
}

function elementOf({ tag, position, children, texts }: Open): Element {
  const text = texts.join('');
  const nil = Object.values(tag.attributes).some(
    ({ uri, local, value }) => uri === instance && local === 'nil' && /^\s*(?:true|1)\s*$/.test(value),
  );
  if (children.length > 0 && /[^ \t\r\n]/.test(text))
    throw new Malformed(`<${tag.name}> mixes text and elements`, position);
  if (nil && (children.length > 0 || text !== ''))
    throw new Malformed(`<${tag.name}> is nil and has content`, position);
  return { name: tag.local, namespace: tag.uri, nil, children, text: children.length > 0 ? '' : text, position };
}
