// One reader: the text of a page, with tabs between its cells or glued.

import type { ContractSource } from '../model/contract.ts';
import { unreadable, type OperationFacts, type ReadDocument, type RouteFacts } from './facts.ts';
import { pageDocument, pageLanguage, pageRoute, type PageCode, type PageParts, type PageSample } from './page-parts.ts';
import { isMarkdown, plainPage } from './page-markdown.ts';
import { messageIn } from './page-samples.ts';
import { isCaption, tablesIn } from './page-text-tables.ts';

const back = /back to all web services/;
const heading = /^HTTP \+ (\w+)\s*$/;
const status = /HTTP\/1\.1 \d{3}(?: [A-Za-z ]*)?$/m;

/** Whether a text is that of an operation page. */
export function isPageText(text: string): boolean {
  return back.test(text.slice(0, 4000)) || /^(?:#+ )?HTTP \\?\+ \w+\s*$/m.test(text);
}

export interface Line {
  readonly text: string;
  readonly number: number;
  /** The level of a heading, where the text tells one. */
  readonly heading?: number;
}

/**
 * Reads the text of an operation page: as innerText gives it, with cells glued together, as copied from a browser, with
 * tabs between them, or as Markdown. A glued row counts only where it can be read in one way.
 *
 * @param where its file or address
 * @throws UnreadableSource when it is no such text, cut off, or has two readings
 */
export function readPageText(text: string, where: string): ReadDocument {
  const source: ContractSource = { kind: 'text', where };
  const parts = isMarkdown(text) ? markdownParts(text, source) : partsOf(numbered(text), source);
  return pageDocument(parts);
}

function numbered(text: string): readonly Line[] {
  return text.split('\n').map((each, i): Line => ({ text: each, number: i + 1 }));
}

/** In Markdown headings tell a description from tags; what stands above a table may be lost, or a table that has no row. */
function markdownParts(text: string, source: ContractSource): PageParts {
  const lines = plainPage(text, source.where);
  const parts = partsOf(lines, source);
  const isHeading = lines.some(
    ({ heading: level, text: each, number }) =>
      level === 3 && each.trim() === parts.description?.value && parts.description.at === `${source.where}:${number}`,
  );
  const isUntold = parts.authentication?.value === 'none';
  return {
    ...parts,
    description: isHeading ? parts.description : null,
    authentication: isUntold ? null : parts.authentication,
    open: [
      ...parts.open,
      ...(isUntold
        ? [{ path: 'authentication', why: 'Markdown loses "Requires Authentication" where no row stands below it' }]
        : []),
    ],
  };
}

function partsOf(lines: readonly Line[], source: ContractSource): PageParts {
  const { where } = source;
  const at = (line: Line | undefined): string => `${where}:${line?.number ?? lines.length}`;
  const begin = lines.findIndex((line) => back.test(line.text));
  const rest = lines.slice(begin + 1);
  const first = rest.findIndex((line) => line.text.trim() !== '');
  const named = rest[first];
  const operation = named?.text.trim() ?? '';
  if (begin === -1 || !/^[\w.]+$/.test(operation))
    return unreadable(
      at(named),
      'is no name of an operation, which stands below "back to all web services"',
      named?.text,
    );
  const sampled = rest.findIndex((line) => heading.test(line.text.trim()));
  if (sampled === -1) return unreadable(at(lines.at(-1)), 'the text ends before its sample: it is cut off');
  const sample = sampleIn(rest.slice(sampled), rest.slice(0, sampled), where);
  const body = rest.slice(first + 1, sampled);
  const isMark = (line: Line): boolean =>
    /^(?:Requires Authentication|The following routes are available)/.test(line.text.trim()) ||
    isCodeStart(line.text) ||
    isCaption(line.text) ||
    isNavigation(line.text) ||
    /^To override the Content-type/.test(line.text.trim());
  const mark = body.findIndex(isMark);
  const description = describedIn(mark === -1 ? body : body.slice(0, mark));
  const required = body.find((line) => line.text.trim() === 'Requires Authentication');
  const routesAt = body.findIndex((line) => /^The following routes are available/.test(line.text.trim()));
  const [, path = ''] = /^[A-Z]+\s+(\S+)\s+HTTP\//.exec(sample.request.text.trim()) ?? [];
  const { routes, open, next } = routesIn(body, routesAt, path, where);
  if (routes.length === 0 && path !== '' && !/^\/\w+\/(?:reply|oneway)\/\w+$/i.test(path))
    return unreadable(
      `${where}:${sample.request.line}`,
      'is sent to a route, and no table of routes can be read above it',
      sample.request.text.split('\n')[0],
    );
  const remaining = body.slice(Math.max(next, required === undefined ? 0 : body.indexOf(required) + 1));
  const code = codeIn(remaining, operation, where);
  const tables = code === null ? tablesIn(remaining, operation, sample, where) : [];
  if (code === null && tables.length === 0 && hasMembers(sample.request.text))
    return unreadable(at(body[0]), 'the text shows neither tables nor code of its DTOs');
  const isYoung =
    code !== null || tables.some(({ kind }) => kind === 'enum') || body.some((line) => isNavigation(line.text));
  const prefix = assumedPrefix(routes);
  return {
    source,
    operation,
    description: description === null ? null : { value: description.text.trim(), at: at(description) },
    authentication:
      required !== undefined
        ? { value: 'required', at: at(required) }
        : isYoung
          ? { value: 'none', at: at(named) }
          : null,
    demands: demandsIn(body),
    routes,
    hidesEnums: !isYoung,
    routesLine: body[routesAt]?.number ?? named?.number ?? 1,
    prefix: prefix === null ? null : { value: prefix, at: at(body[routesAt]) },
    tables,
    code,
    sample,
    open: [
      ...open,
      ...(routes.length === 0
        ? [
            {
              path: 'routes',
              why: 'it has none of its own, and the text does not tell what stands before the predefined one',
            },
          ]
        : []),
      prefix === null
        ? { path: 'prefix', why: 'the text of a page does not tell it from the routes' }
        : {
            path: 'prefix',
            why: `the text of a page does not tell it from the routes; ${prefix}, the usual one, begins them all`,
          },
    ],
  };
}

/** The usual handler path, where every route begins with it: a text has lost the link that would tell. */
function assumedPrefix(routes: readonly RouteFacts[]): string | null {
  const [, segment] = /^(\/api)\//i.exec(routes[0]?.path ?? '') ?? [];
  return segment !== undefined && routes.every(({ path }) => path.startsWith(`${segment}/`)) ? segment : null;
}

/** Tags stand glued on a line of their own, without a blank one behind them; a description has one. */
function describedIn(lines: readonly Line[]): Line | null {
  const [first, second] = lines.filter((line) => line.text.trim() !== '');
  if (first === undefined) return null;
  const isTag = lines[lines.indexOf(first) + 1]?.text.trim() !== '';
  if (second !== undefined) return isTag ? second : first;
  // Where nothing follows but the end of the head, a blank line tells a description.
  return isTag ? null : first;
}

function demandsIn(body: readonly Line[]): PageParts['demands'] {
  return body.flatMap((line) => {
    const text = line.text.trim();
    const colon = text.indexOf(':');
    const label = text.slice(0, colon + 1);
    const value = text.slice(colon + 1).trim();
    if (
      !/^(?:Required (?:role|permission)s?|Requires (?:the (?:role|permission)|any of the (?:roles|permissions))):$/.test(
        label,
      )
    )
      return [];
    return [{ label, value, line: line.number }];
  });
}

/* ---- routes ---- */

function routesIn(
  body: readonly Line[],
  at: number,
  samplePath: string,
  where: string,
): { readonly routes: readonly RouteFacts[]; readonly open: OperationFacts['open']; readonly next: number } {
  if (at === -1) return { routes: [], open: [], next: 0 };
  const routes: RouteFacts[] = [];
  const open: { path: string; why: string }[] = [];
  let next = at + 1;
  for (; next < body.length; next += 1) {
    const line = body[next];
    if (line === undefined) break;
    const text = line.text.trim();
    if (text === '') {
      if (routes.length > 0) break;
      continue;
    }
    const slash = text.indexOf('/');
    const verbs = text.slice(0, Math.max(slash, 0)).trim();
    const rest = text.slice(slash);
    if (!/^(?:All Verbs|[A-Za-z ,]+)$/.test(verbs)) break;
    const place = `${where}:${line.number}`;
    if (line.text.includes('\t')) {
      const [path = '', summary = '', notes = ''] = rest.split('\t').map((cell) => cell.trim());
      routes.push(pageRoute(verbs, path, summary, notes, place));
      continue;
    }
    const { path, more } = gluedPath(rest, samplePath, place);
    routes.push(pageRoute(verbs, path, '', '', place));
    if (more !== '')
      open.push({ path: `routes ${path}`, why: `its summary and notes stand glued together: ${JSON.stringify(more)}` });
  }
  if (routes.length === 0)
    return unreadable(
      `${where}:${body[next]?.number ?? body[at]?.number ?? 1}`,
      'is no route that can be read',
      body[next]?.text,
    );
  return { routes, open, next };
}

/** A path with a summary glued to it, split only where one reading is left. */
function gluedPath(text: string, samplePath: string, where: string): { readonly path: string; readonly more: string } {
  if (text === samplePath) return { path: text, more: '' };
  const closed = text.lastIndexOf('}');
  const behind = closed === -1 ? '' : text.slice(closed + 1);
  if (samplePath !== '' && text.startsWith(samplePath) && !/^[/.]/.test(text.slice(samplePath.length)))
    return { path: samplePath, more: text.slice(samplePath.length).trim() };
  if (closed !== -1 && behind !== '' && !/^[/.]/.test(behind))
    return { path: text.slice(0, closed + 1), more: behind.trim() };
  const tail = text.slice(text.lastIndexOf('/') + 1);
  if (/\s/.test(text) || /[a-z\d][A-Z]/.test(tail))
    return unreadable(where, 'a path and a summary stand glued together, and can be parted in two ways', text);
  return { path: text, more: '' };
}

/* ---- code ---- */

function isCodeStart(text: string): boolean {
  return /^(?:import |from \w+ import|using |namespace |\/\/ ?@ts-|export |@dataclass|class |public |""" Options|\/\* Options)/.test(
    text.trim(),
  );
}

function isNavigation(text: string): boolean {
  const words = text.replace(/\t/g, ' ').trim();
  return (
    /^Metadata ?C#/.test(words) ||
    /^(?:Metadata|C#|JavaScript|TypeScript|Dart|Java|Kotlin|Python|PHP|Swift|VB\.NET|F#|Go|Rust|Ruby|Zig)$/.test(words)
  );
}

function codeIn(lines: readonly Line[], operation: string, where: string): PageCode | null {
  const end = lines.findIndex(
    (line) =>
      /^(?:C#|[A-Z][\w.#]*) \S+ DTOs$/.test(line.text.trim()) && line.text.trim().endsWith(` ${operation} DTOs`),
  );
  const last = lines[end];
  if (end === -1 || last === undefined) {
    const begun = lines.find((line) => isCodeStart(line.text));
    return begun === undefined
      ? null
      : unreadable(
          `${where}:${begun.number}`,
          `begins code that does not end with "… ${operation} DTOs": the text is cut off`,
          begun.text,
        );
  }
  const name = last.text.trim().slice(0, -` ${operation} DTOs`.length);
  const start = lines.findIndex((line, i) => i < end && line.text.trim() !== '' && !isNavigation(line.text));
  const first = lines[start];
  const language = pageLanguage(name, ({ says }) => says === name, `${where}:${last.number}`);
  if (first === undefined) return unreadable(`${where}:${last.number}`, 'shows no code', last.text);
  const code = lines.slice(start, end);
  const before = first.number - 1;
  const exception = code.find((line) => /Exception\b/.test(line.text));
  if (exception !== undefined && !code.some((line) => /\b(?:class|enum)\s/.test(line.text)))
    return unreadable(`${where}:${exception.number}`, 'shows an exception in place of code', exception.text);
  return {
    language,
    file: language.read(code.map((line) => line.text).join('\n'), (line) => `${where}:${line + before}`),
    before,
  };
}

/* ---- the sample ---- */

function sampleIn(lines: readonly Line[], before: readonly Line[], where: string): PageSample {
  const begun = lines.findIndex((line) => /^[A-Z]+ \S+ HTTP\/1\.1\s*$/.test(line.text.trim()));
  const first = lines[begun];
  if (begun === -1 || first === undefined)
    return unreadable(
      `${where}:${lines.at(-1)?.number ?? 1}`,
      'the text ends before its sample: it is cut off',
      lines.at(-1)?.text,
    );
  const answered = lines.findIndex(
    (line, i) => i > begun && status.test(line.text.trim()) && line.text.trim().startsWith('HTTP/1.1'),
  );
  const request = lines.slice(begun, answered === -1 ? undefined : answered);
  const answer = answered === -1 ? [] : lines.slice(answered);
  const asText = (all: readonly Line[]): string =>
    withoutRule(
      all
        .map((line) => line.text)
        .join('\n')
        .trimEnd(),
    );
  const info = before.find((line) => /suffix or/.test(line.text));
  const [, suffix] = info === undefined ? [] : (/\.(\w+)\s+suffix/.exec(info.text) ?? []);
  const [head] = answer;
  const sample = {
    request: { text: asText(request), line: first.number },
    response: head === undefined ? null : { text: asText(answer), line: head.number },
    suffix: suffix ?? null,
  };
  if (sample.response !== null && messageIn(sample.response.text).body === '')
    return unreadable(
      `${where}:${lines.at(-1)?.number ?? 1}`,
      'the sample answer has no body: the text is cut off',
      lines.at(-1)?.text,
    );
  return sample;
}

/** A line of dashes ends a saved text and belongs to no body. */
function withoutRule(text: string): string {
  let end = text.length;
  while (text.charAt(end - 1) === '-') end -= 1;
  return text.length - end >= 5 ? text.slice(0, end).trimEnd() : text;
}

/** Whether a sample request carries any member. */
export function hasMembers(request: string): boolean {
  const { body } = messageIn(request);
  return /^\{\s*[^\s}]/.test(body) || /^<[^>]*>\s*<[^/]/.test(body);
}
