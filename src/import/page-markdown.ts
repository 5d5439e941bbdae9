import { parseFragment } from 'parse5';
import { cellsIn, decoded, elementsIn, textOf } from './elements.ts';
import { unreadable, verbNames } from './facts.ts';
import type { Line } from './page-text.ts';

const tableRow = /^\s*\|.*\|\s*$/;
const underline = /^(?:=+|-{2,})$/;
const fence = /^ {0,3}(?:`{3,}|~{3,})/;
/** Code and messages that are marked by standing further in. */
const indented =
  /^(?: {4}|\t)(?=import |from \w|using |namespace |\/\/|export |@dataclass|class |public |[A-Z]+ \S+ HTTP\/|HTTP\/)/;
const caption =
  /^(?:Requires Authentication|The following routes are available\b.*|(?:[\w.<>, ]+ )?(?:Parameters|Enum):)$/;
const demand = /^(?:Required (?:role|permission)s?|Requires (?:the|any of the) (?:role|permission)s?):/;

/** Whether the text of a page is Markdown; comments of Python begin as its headings do. */
export function isMarkdown(text: string): boolean {
  return text
    .split('\n')
    .some((line) => tableRow.test(line) || fence.test(line) || /^#{1,6} HTTP \S+ \w+|\[.{0,10}back to all/.test(line));
}

/**
 * An operation page in Markdown, as extensions of browsers and fetchers make it, as the plain text of that page. Most of
 * them lose what stands above a table; only what a row tells of itself is put in its place.
 *
 * @param where its file or address
 * @throws UnreadableSource where a table does not tell what it is of
 */
export function plainPage(text: string, where: string): readonly Line[] {
  return captioned(paired(unmarked(text, where), where), where);
}

interface MarkedLine extends Line {
  /** Of a table, with its cells parted by tabs. */
  readonly isRow: boolean;
}

function unmarked(text: string, where: string): readonly MarkedLine[] {
  const lines: MarkedLine[] = [];
  let isFenced = false;
  let isIndented = false;
  const all = text.split('\n');
  const open = openRows(all);
  for (const [i, raw] of all.entries()) {
    const number = i + 1;
    if (fence.test(raw)) {
      isFenced = !isFenced;
      continue;
    }
    if (lines.at(-1)?.text.trim() === '' && indented.test(raw)) isIndented = true;
    else if (/^\S/.test(raw)) isIndented = false;
    if (isIndented) {
      lines.push(...messageLines(raw.replace(/^(?: {4}|\t)/, ''), number));
      continue;
    }
    if (isFenced) {
      lines.push(...messageLines(raw, number));
      continue;
    }
    if (/<table\b/i.test(raw)) {
      lines.push(...tableLines(raw, number, where));
      continue;
    }
    if (tableRow.test(raw) || open.has(i)) {
      const cells = cellsOf(raw);
      // Below a head stands a line of dashes; a table without a head is given an empty one.
      if (!cells.every((cell) => /^(?::?-+:?)?$/.test(cell)))
        lines.push({ text: cells.map((cell) => inline(cell)).join('\t'), number, isRow: true });
      continue;
    }
    if (/^\s*\|/.test(raw))
      return unreadable(
        `${where}:${number}`,
        'is a row of a table that goes on over several lines: save the page itself',
        raw,
      );
    const last = lines.at(-1);
    if (underline.test(raw.trim())) {
      if (last !== undefined && last.text !== '' && last.number === number - 1)
        lines[lines.length - 1] = { ...last, heading: raw.trim().startsWith('=') ? 1 : 2 };
      continue;
    }
    const [, marks, title] = /^ {0,3}(#{1,6}) ([^@].*)$/.exec(raw) ?? [];
    const heading = marks === undefined ? {} : { heading: marks.length };
    const read = inline(title?.trim() ?? raw);
    lines.push(...messageLines(read, number).map((line) => ({ ...line, ...heading })));
  }
  return lines;
}

/** A table that a converter has left as it is in the page: one line of HTML. */
function tableLines(html: string, number: number, where: string): readonly MarkedLine[] {
  const elements = elementsIn(parseFragment(html), where);
  const tables = elements.filter(({ tagName }) => tagName === 'table');
  const [table] = tables;
  if (table === undefined || tables.length > 1 || !/<\/table>\s*$/i.test(html))
    return unreadable(`${where}:${number}`, 'is no whole table of HTML: save the page itself', html);
  const above = elements.filter(({ tagName }) => tagName === 'caption').map((each) => textOf(each).trim());
  const cells = elements
    .filter(({ tagName }) => tagName === 'tr')
    .map((row) => cellsIn(row).map((cell) => textOf(cell).replace(/\s+/g, ' ').trim()));
  return [
    ...above.map((text) => ({ text, number, isRow: false })),
    ...cells.filter((row) => row.length > 0).map((row) => ({ text: row.join('\t'), number, isRow: true })),
    { text: '', number, isRow: false },
  ];
}

/** Lines of tables that are written without bars at their ends: those around a line of dashes. */
function openRows(lines: readonly string[]): ReadonlySet<number> {
  const rows = new Set<number>();
  for (const [i, line] of lines.entries()) {
    const cells = line.trim().split('|');
    if (cells.length < 2 || line.trim().startsWith('|') || !cells.every((cell) => /^\s*:?-+:?\s*$|^\s*$/.test(cell)))
      continue;
    rows.add(i - 1).add(i);
    for (let next = i + 1; lines[next]?.includes('|') === true; next += 1) rows.add(next);
  }
  return rows;
}

function cellsOf(row: string): readonly string[] {
  const inner = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\t/g, ' '));
}

/** A text without the marks of emphasis, links and escapes, as it is read. */
function inline(text: string): string {
  const unlinked = text
    .replace(/\[([^[\]]{0,1000})\]\([^()]{0,2000}\)/g, '$1')
    .replace(/^\s{0,10}[*+-] (?=\S)/, '')
    .replace(/\*\*([^*]{1,2000})\*\*/g, '$1')
    .replace(/^(__|_|\*)([^_*]{1,2000})\1$/, '$2')
    .replace(/`([^`]{1,2000})`/g, '$1')
    .replace(/<br {0,2}\/?>/gi, ' ');
  return decoded(unlinked.replace(/\\([\\`*_{}[\]()#+\-.!|<>~])/g, '$1'));
}

/** A message that was brought onto one line, in the lines that it had; any other line is left as it is. */
function messageLines(text: string, number: number): readonly MarkedLine[] {
  const line = (each: string): MarkedLine => ({ text: each, number, isRow: false });
  const [first] =
    /^\s*(?:[A-Z]+ \S+ HTTP\/1\.1|HTTP\/1\.1 \d{3}(?: OK)?)(?= +(?:Host|Accept|Content-Type|Content-Length):)/.exec(
      text,
    ) ?? [];
  if (first === undefined) return [line(text)];
  const lines = [first.trim()];
  let rest = text.slice(first.length).trim();
  for (let header = headerIn(rest); header !== null; header = headerIn(rest)) {
    lines.push(header);
    rest = rest.slice(header.length).trim();
  }
  const answered = rest.search(/(?:^| )HTTP\/1\.1 \d{3}(?: OK)? +Content-Type:/);
  const body = (answered === -1 ? rest : rest.slice(0, answered)).trim();
  const answer = answered === -1 ? [] : messageLines(rest.slice(answered).trim(), number);
  return [...[...lines, ...(body === '' ? [] : ['', body])].map(line), ...answer];
}

/** The header that a text begins with: the pages print these, and none of them has a space in its value but for its charset. */
function headerIn(text: string): string | null {
  return /^(?:Host|Accept|Content-Type|Content-Length): ?[^\s;]+(?:; ?charset=[\w-]+)?/.exec(text)?.[0] ?? null;
}

/* ---- routes whose cells stand on lines of their own ---- */

const routesCaption = 'The following routes are available for this service:';

/** Routes of which verbs and path each have become a paragraph, as rows. */
function paired(lines: readonly MarkedLine[], where: string): readonly MarkedLine[] {
  const at = lines.findIndex(({ text }) => text.trim() === routesCaption);
  const said = lines.slice(at + 1).filter(({ text }) => text.trim() !== '');
  if (at === -1 || said[0] === undefined || said[0].isRow || !areVerbs(said[0].text.trim())) return lines;
  const rows: MarkedLine[] = [];
  let next = 0;
  for (; next < said.length; next += 2) {
    const [verbs, path] = [said[next], said[next + 1]];
    if (verbs === undefined || isNextPart(verbs)) break;
    if (!areVerbs(verbs.text.trim()) || path?.text.trim().startsWith('/') !== true)
      return unreadable(
        `${where}:${verbs.number}`,
        'stands on a line of its own among routes, and can be a summary or notes: save the page itself',
        verbs.text,
      );
    rows.push({ text: `${verbs.text.trim()}\t${path.text.trim()}`, number: verbs.number, isRow: true });
  }
  const blank: MarkedLine = { text: '', number: rows.at(-1)?.number ?? 1, isRow: false };
  const after = said[next];
  const rest = after === undefined ? [] : lines.slice(lines.indexOf(after));
  return [...lines.slice(0, at + 1), ...rows, blank, ...rest];
}

function isNextPart({ text, isRow, heading }: MarkedLine): boolean {
  const words = text.trim();
  return (
    isRow || heading !== undefined || caption.test(words) || /^(?:Metadata\b|To override the Content-type)/.test(words)
  );
}

/* ---- what stands above a table ---- */

function captioned(lines: readonly MarkedLine[], where: string): readonly Line[] {
  const written: Line[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i];
    if (line === undefined) continue;
    const begins = line.isRow && lines[i - 1]?.isRow !== true;
    if (begins) written.push(...missing(line, written, where));
    written.push(line);
  }
  return written;
}

/** What has to stand above a table that begins here, where that is lost. */
function missing(row: Line, before: readonly Line[], where: string): readonly Line[] {
  const above = before.findLast(({ text }) => text.trim() !== '')?.text.trim() ?? '';
  if (caption.test(above)) return [];
  const stands = (text: string): readonly Line[] => [{ text, number: row.number }];
  const [first = '', second = ''] = row.text.split('\t');
  if (demand.test(first)) return stands('Requires Authentication');
  if (second.startsWith('/') && areVerbs(first)) return stands(routesCaption);
  return unreadable(
    `${where}:${row.number}`,
    'begins a table of members whose caption is lost, so that nothing tells which type it is of: save the page itself',
    row.text,
  );
}

function areVerbs(cell: string): boolean {
  return cell === 'All Verbs' || cell.split(/[ ,]+/).every((word) => verbNames.some((verb) => verb === word));
}
