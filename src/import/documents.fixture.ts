import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Contract } from '../model/contract.ts';
import { contractFrom } from './contract.ts';
import { readDocument } from './document.ts';
import { decoded } from './elements.ts';
import { nonEmpty, type ReadDocument } from './facts.ts';

const recorded = new URL('recorded/', import.meta.url);

/** The text of a recorded document, by its name in `recorded`. */
export function recordedText(name: string): string {
  return readFileSync(new URL(name, recorded), 'utf8');
}

/** A recorded document, read. */
export function recordedDocument(name: string): ReadDocument {
  return readDocument(recordedText(name), name);
}

/** The names of recorded documents in a folder. */
export function recordedIn(folder: string): readonly string[] {
  return readdirSync(fileURLToPath(new URL(folder, recorded))).map((name) => `${folder}/${name}`);
}

/** What documents together say of an operation. */
export function contractIn(operation: string, ...documents: readonly ReadDocument[]): Contract {
  const facts = nonEmpty(documents.map((document) => document.facts(operation)));
  if (facts === null) throw new Error('no document');
  return contractFrom(facts);
}

/** The text of a page, as innerText gives it where `cell` is nothing, or as copied from a browser with tabs. */
export function textOf(page: string, cell: '' | '\t'): string {
  const html = page.replaceAll('\r\n', '\n');
  const plain = (part: string): string =>
    decoded(
      part
        .replace(/<h4>/g, cell === '' ? '' : ' ')
        .replace(/<\/h4>|<\/li>/g, '\n')
        .replace(/<[^>]*>/g, ''),
    ).trimEnd();
  const rows = (table: string): string =>
    [...table.matchAll(/<tr>(.*?)<\/tr>/gs)]
      .map(([, row = '']) =>
        [...row.matchAll(/<t[hd]>(.*?)<\/t[hd]>/gs)]
          .map(([, each = '']) => plain(each))
          .join(cell)
          .trimEnd(),
      )
      .filter((row) => row !== '')
      .join('\n');
  const tables = [...html.matchAll(/<table class='(\w+)'>\s*<caption>(.*?)<\/caption>(.*?)<\/table>/gs)];
  const shown = (kind: string): string =>
    tables
      .filter(([, name]) => name === kind)
      .map(([, , caption = '', table = '']) => `${plain(caption)}\n${rows(table)}`)
      .join('\n');
  const params = tables
    .filter(([, name]) => name === 'params' || name === 'enum')
    .map(([, , caption = '', table = '']) => `${plain(caption)}\n${rows(table)}`)
    .join('\n');
  const [, operation = ''] = /<h2>(.*?)<\/h2>/.exec(html) ?? [];
  const [, description] = /<h3 id='desc'>(.*?)<\/h3>/s.exec(html) ?? [];
  const info = [...html.matchAll(/<div class="call-info">(.*?)<\/div>/gs)]
    .map(([, each = '']) => plain(each.replaceAll('</p>', '\n')))
    .join('\n');
  const samples = [...html.matchAll(/<pre>\n(.*?)<\/pre>/gs)].map(([, each = '']) => plain(each)).join('\n');
  const [, heading = ''] = /<h3>(HTTP \+ \w+)<\/h3>/.exec(html) ?? [];
  return [
    'Workshop API',
    '<back to all web services',
    operation,
    ...(description === undefined ? [] : [plain(description)]),
    `${shown('authentication')}\n${shown('routes')}`.trim(),
    'Metadata\tC#\tJavaScript',
    params,
    info,
    heading,
    samples,
  ]
    .filter((part) => part.trim() !== '')
    .join('\n\n');
}
