import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { unreadable } from './facts.ts';

/** Pages are 8 elements deep; what is deeper than this was made to exhaust its reader. */
const deepest = 400;

/** An element with its place in the source. */
export type Element = Tree.Element;
type Node = Tree.ChildNode;

/** All elements of a page in its order, refused where they are nested too deep. */
export function elementsIn(root: { readonly childNodes: readonly Node[] }, where: string): readonly Element[] {
  const found: Element[] = [];
  const waiting: (readonly [node: Node, depth: number])[] = root.childNodes.map((node) => [node, 0] as const);
  waiting.reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, depth] = next;
    if (!('tagName' in node)) continue;
    if (depth > deepest) unreadable(`${where}:${lineOf(node)}`, `has elements nested deeper than ${deepest}`);
    found.push(node);
    for (let i = node.childNodes.length - 1; i >= 0; i -= 1) {
      const child = node.childNodes[i];
      if (child !== undefined) waiting.push([child, depth + 1]);
    }
  }
  return found;
}

/** All elements within one, in their order. */
export function elementsWithin(element: Element): readonly Element[] {
  return elementsIn(element, '');
}

/** Rows that hold cells of their own, without those of a head. */
export function rowsIn(table: Element): readonly Element[] {
  return elementsWithin(table).filter(
    (row) =>
      row.tagName === 'tr' &&
      cellsIn(row).length > 0 &&
      !(row.parentNode !== null && 'tagName' in row.parentNode && row.parentNode.tagName === 'thead'),
  );
}

/** The cells of a row, those of a head included. */
export function cellsIn(row: Element): readonly Element[] {
  return row.childNodes.filter(
    (node): node is Element => 'tagName' in node && (node.tagName === 'td' || node.tagName === 'th'),
  );
}

/** The text of an element as it is read: a line break for each `<br>`. */
export function textOf(root: { readonly childNodes: readonly Node[] }): string {
  let text = '';
  const waiting = [...root.childNodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.nodeName === '#text' && 'value' in node) text += node.value;
    else if (node.nodeName === 'br') text += '\n';
    else if ('childNodes' in node) waiting.push(...[...node.childNodes].reverse());
  }
  return text;
}

/** The HTML between the tags of an element, as it stands in the page. */
export function sourceOf(element: Element, html: string): string {
  const location = element.sourceCodeLocation;
  const start = location?.startTag?.endOffset;
  if (start === undefined) return textOf(element);
  return html.slice(start, location?.endTag?.startOffset ?? location?.endOffset ?? start);
}

/** What an author wrote, who is free to write HTML. */
export function innerText(element: Element, html: string): string {
  return sourceOf(element, html).trim();
}

/** The value of an attribute; undefined where it is not there. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name)?.value;
}

/** The line of the source that an element begins in, from 1. */
export function lineOf(element: Element): number {
  return element.sourceCodeLocation?.startLine ?? 1;
}

/** How many lines a text has. */
export function lineCount(text: string): number {
  return text.split('\n').length;
}

/** A text with the five references of XML resolved. */
export function decoded(text: string): string {
  return text.replace(
    /&(lt|gt|quot|#34|#39|apos|amp);/g,
    (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'", apos: "'", amp: '&' })[name] ?? '',
  );
}
