import { parse } from 'parse5';
import type { ContractSource } from '../model/contract.ts';
import { unreadable, type Fact, type ReadDocument, type RouteFacts } from './facts.ts';
import {
  pageDocument,
  pageLanguage,
  pageRoute,
  type PageCode,
  type PageParts,
  type PageSample,
  type PageTable,
  type ParameterRow,
} from './page-parts.ts';
import { hasMembers } from './page-text.ts';
import { urlOf } from '../values/url.ts';
import {
  type Element,
  elementsIn,
  elementsWithin,
  rowsIn,
  cellsIn,
  textOf,
  sourceOf,
  innerText,
  attribute,
  lineOf,
  lineCount,
  decoded,
} from './elements.ts';

/**
 * Reads an operation page as ServiceStack has written it since 4.0.44.
 *
 * @param html of the page
 * @param where its file or address
 * @throws UnreadableSource when it is no such page, or cut off
 */
export function readPage(html: string, where: string): ReadDocument {
  const source: ContractSource = { kind: 'page', where };
  const document = parse(html, { sourceCodeLocationInfo: true });
  const all = elementsIn(document, where);
  return pageDocument(partsOf(html, all, source));
}

function partsOf(html: string, all: readonly Element[], source: ContractSource): PageParts {
  const { where } = source;
  const place = (element: Element): string => `${where}:${lineOf(element)}`;
  const heading = all.find(({ tagName }) => tagName === 'h2');
  const examples = all.find(
    ({ tagName, childNodes }) => tagName === 'h3' && textOf({ childNodes }).startsWith('HTTP + '),
  );
  if (heading === undefined)
    return unreadable(where, 'is HTML, but no operation page of ServiceStack: it has no heading of an operation');
  const operation = textOf(heading).trim();
  if (!/^[\p{L}\p{M}\p{N}_.]+$/u.test(operation))
    return unreadable(place(heading), 'is no name of an operation', operation);
  const request = preIn(all, 'request');
  if (examples === undefined || request === null)
    return unreadable(`${where}:${lineCount(html)}`, 'the page ends before its sample: it is cut off');
  if (!/<\/(?:body|html)\s*>/i.test(html))
    return unreadable(`${where}:${lineCount(html)}`, 'the page has no end: it is cut off');
  const response = preIn(all, 'response');
  const described = all.find((element) => element.tagName === 'h3' && attribute(element, 'id') === 'desc');
  const routes = all.find((element) => element.tagName === 'table' && attribute(element, 'class') === 'routes');
  const authentication = all.find(
    (element) => element.tagName === 'table' && attribute(element, 'class') === 'authentication',
  );
  refuseStrayText(all, where);
  const tables = all.filter(({ tagName }) => tagName === 'table').flatMap((table) => tableOf(table, html, where));
  const code = codeIn(all, where);
  if (tables.length === 0 && code === null && hasMembers(request.text))
    return unreadable(
      place(heading),
      'the page shows neither tables nor code of its DTOs in a language that is read here: open it as Metadata, C#, TypeScript or Python',
    );
  return {
    source,
    operation,
    description: described === undefined ? null : { value: innerText(described, html), at: place(described) },
    authentication: authenticationOf(authentication, html, all, place),
    demands: authentication === undefined ? [] : demandsIn(authentication),
    routes: routes === undefined ? [] : routesIn(routes, html, where),
    hidesEnums: !hasParts(all, ['types-nav', 'tags', 'enum']),
    routesLine: routes === undefined ? lineOf(heading) : lineOf(routes),
    prefix: prefixIn(all, place),
    tables,
    code,
    sample: { request, response, suffix: suffixIn(all) },
    open: [],
  };
}

/** Before 4.0.44 no page stated it, so that its absence says "none" only on a page that is known to be younger. */
function authenticationOf(
  table: Element | undefined,
  html: string,
  all: readonly Element[],
  place: (element: Element) => string,
): Fact<'required' | 'none'> | null {
  if (table !== undefined) return { value: 'required', at: place(table) };
  const isYounger = /<h3>\s*HTTP \+ [^<]*<\/h3>/.test(html) || hasParts(all, ['types-nav', 'tags', 'enum']);
  const heading = all.find(({ tagName }) => tagName === 'h2');
  return isYounger && heading !== undefined ? { value: 'none', at: place(heading) } : null;
}

/** Whether a page has parts that only a younger one has. */
function hasParts(all: readonly Element[], classes: readonly string[]): boolean {
  return all.some((element) => classes.includes(attribute(element, 'class') ?? ''));
}

function demandsIn(table: Element): PageParts['demands'] {
  return rowsIn(table).flatMap((row) => {
    const [label, value] = cellsIn(row);
    return label === undefined || value === undefined
      ? []
      : [{ label: textOf(label).trim(), value: textOf(value).trim(), line: lineOf(row) }];
  });
}

function routesIn(table: Element, html: string, where: string): readonly RouteFacts[] {
  return rowsIn(table).map((row) => {
    const [verbs, path, summary, notes] = cellsIn(row);
    const at = `${where}:${lineOf(row)}`;
    if (verbs === undefined || path === undefined)
      return unreadable(at, 'is no row of the table of routes', textOf(row));
    const italic =
      notes === undefined
        ? undefined
        : (notes.childNodes.find((node): node is Element => 'tagName' in node && node.tagName === 'i') ?? notes);
    return pageRoute(
      textOf(verbs),
      textOf(path).trim(),
      summary === undefined ? '' : innerText(summary, html),
      italic === undefined ? '' : innerText(italic, html),
      at,
    );
  });
}

/** The way back to the index shows the address of the host, and so the prefix. */
function prefixIn(all: readonly Element[], place: (element: Element) => string): Fact<string> | null {
  const link = all.find((element) => element.tagName === 'a' && textOf(element).includes('back to all web services'));
  const href = link === undefined ? undefined : attribute(link, 'href');
  if (link === undefined || href === undefined || urlOf(href) === null) return null;
  const [, prefix] = /^(.*)\/metadata\/?$/.exec(new URL(href).pathname) ?? [];
  return prefix === undefined ? null : { value: prefix, at: place(link) };
}

function tableOf(table: Element, html: string, where: string): readonly PageTable[] {
  const caption = elementsWithin(table).find(({ tagName }) => tagName === 'caption');
  if (caption === undefined) return [];
  const says = textOf({ childNodes: caption.childNodes }).trim();
  const line = lineOf(table);
  const at = `${where}:${line}`;
  const named = nameIn(caption, html);
  if (/Enum:$/.test(says)) {
    if (named === null) return unreadable(at, 'is an enum without a name', says);
    const rows = rowsIn(table).map((row) => cellsIn(row).map((cell) => textOf(cell).trim()));
    const hasValues = elementsWithin(table).some(
      ({ tagName, childNodes }) => tagName === 'th' && textOf({ childNodes }).trim() === 'Value',
    );
    return [{ kind: 'enum', type: named, rows, hasValues, line }];
  }
  if (!/Parameters:$/.test(says)) return [];
  return [{ kind: 'params', type: named, rows: rowsIn(table).map((row) => parameterRow(row, html, where)), line }];
}

/** The name of a type in a caption, whose angle brackets are not escaped: `<b>Page<T></b> Parameters:`. */
function nameIn(caption: Element, html: string): string | null {
  const [, name] = /<b>(.*)<\/b>/s.exec(sourceOf(caption, html)) ?? [];
  return name === undefined
    ? null
    : decoded(name)
        .replace(/<\/[^>]*>/g, '')
        .replace(/\s+/g, '')
        .replace(/`\d+$/, '');
}

function parameterRow(row: Element, html: string, where: string): ParameterRow {
  const line = lineOf(row);
  const at = `${where}:${line}`;
  const [name, place, type, required, described, ...more] = cellsIn(row);
  if (
    name === undefined ||
    place === undefined ||
    type === undefined ||
    required === undefined ||
    described === undefined ||
    more.length > 0
  )
    return unreadable(at, `is no row of a table of members: it has ${cellsIn(row).length} cells, not 5`, textOf(row));
  const needed = textOf(required).trim();
  if (needed !== 'Yes' && needed !== 'No')
    return unreadable(at, 'says neither Yes nor No of being required', textOf(row));
  return {
    name: textOf(name).trim(),
    place: textOf(place).trim(),
    type: textOf(type).trim(),
    required: needed === 'Yes',
    ...describedIn(described, html),
    line,
  };
}

/** A cell of a description: the author's own HTML, then what the framework adds. */
function describedIn(cell: Element, html: string): Pick<ParameterRow, 'description' | 'allowed' | 'range'> {
  const text = sourceOf(cell, html);
  const at = text.search(/<h4>(?:Allowable Values|Valid Range: )/);
  const added = at === -1 ? '' : text.slice(at);
  const [, least, greatest] = /<h4>Valid Range: (-?[\d.]+) - (-?[\d.]+)<\/h4>/.exec(added) ?? [];
  return {
    description: (at === -1 ? text : text.slice(0, at)).trim(),
    allowed: [...added.matchAll(/<li>([^<]*)<\/li>/g)].map(([, value = '']) => decoded(value)),
    range: least === undefined || greatest === undefined ? null : { least: Number(least), greatest: Number(greatest) },
  };
}

function codeIn(all: readonly Element[], where: string): PageCode | null {
  const code = all.find((element) => element.tagName === 'code' && attribute(element, 'lang') !== undefined);
  if (code === undefined) return null;
  const name = attribute(code, 'lang') ?? '';
  const before = lineOf(code) - 1;
  const at = (line: number): string => `${where}:${line + before}`;
  const language = pageLanguage(name, ({ kind }) => kind === name, at(1));
  const text = textOf(code);
  const [exception] = /^.*Exception\b.*$/m.exec(text) ?? [];
  if (exception !== undefined && !/\b(?:class|enum)\s/.test(text))
    return unreadable(at(1), 'shows an exception in place of code', exception);
  return { language, file: language.read(text, at), before };
}

function preIn(all: readonly Element[], name: string): PageSample['request'] | null {
  const block = all.find((element) => element.tagName === 'div' && attribute(element, 'class') === name);
  const pre = block === undefined ? undefined : elementsWithin(block).find(({ tagName }) => tagName === 'pre');
  return pre === undefined ? null : { text: textOf(pre), line: lineOf(pre) };
}

function suffixIn(all: readonly Element[]): string | null {
  const info = all.find((element) => attribute(element, 'class') === 'call-info');
  return info === undefined ? null : (/\.(\w+)\s+suffix/.exec(textOf(info).replace(/\s+/g, ' '))?.[1] ?? null);
}

/** A description with `</table>` ends the table that it stands in: what follows is no cell any more but bare text. */
function refuseStrayText(all: readonly Element[], where: string): void {
  const holders = new Set(all.filter(({ tagName }) => tagName === 'table').map(({ parentNode }) => parentNode));
  for (const element of all.filter((each) => holders.has(each))) {
    const stray = element.childNodes.find(
      (node) => node.nodeName === '#text' && 'value' in node && node.value.trim() !== '',
    );
    if (stray !== undefined && 'value' in stray)
      unreadable(
        `${where}:${stray.sourceCodeLocation?.startLine ?? 1}`,
        'stands outside every table: a description has ended its own',
        stray.value,
      );
  }
}
