import picocolors from 'picocolors';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import { VERDICTS } from '../values/verdicts.ts';
import { quantity } from '../values/words.ts';
import { account, findingLines, inColour, keyList } from './account.ts';
import { causeBlocks, headOf, reasonBlocks } from './cause-lines.ts';
import type { Page, Paint } from './account.ts';
import {
  areaRows,
  documentationErrors,
  exchangesById,
  isObstructed,
  profileInWords,
  requirementsThat,
  skipGroups,
  type SkipGroup,
  unjudgedTogether,
} from './digest.ts';
import { labelled, table, wrapped } from './layout.ts';
import { ledgerInShort, ledgerOf } from './ledger.ts';
import type { Detail } from './reporters.ts';
import { visible } from './visible.ts';

const OBJECTIONS_SHOWN = 10;

export interface TerminalOptions {
  readonly colour: 'none' | 'ansi';
  /** Columns of the terminal; 0 where it cannot tell. */
  readonly width: number;
  readonly detail: Detail;
}

/**
 * The report for a person at a terminal: what was run, areas by verdict, each failure with what reproduces it,
 * what was not judged or not exercised and why, and last the verdict.
 *
 * @returns text that ends in a line break; nothing a target sent can steer the terminal
 */
export function terminalReport(report: Redacted<Report>, options: TerminalOptions): string {
  const page: Page = {
    paint: picocolors.createColors(options.colour === 'ansi'),
    width: pageWidth(options.width),
    exchanges: exchangesById(report),
  };
  const sections = isObstructed(report) ? obstructed(report, page) : told(report, options.detail, page);
  return `${sections
    .filter((s) => s.length > 0)
    .map((s) => s.join('\n'))
    .join('\n\n')}\n`;
}

/** An obstacle kept everything from being judged: it is all there is to tell. */
function obstructed(report: Report, page: Page): readonly (readonly string[])[] {
  return [headline(report, page), objections(report, page), verdict(report, page)];
}

function told(report: Report, detail: Detail, page: Page): readonly (readonly string[])[] {
  return [
    headline(report, page),
    areas(report, page),
    ledger(report, page),
    ...causeBlocks(report, new Set(report.requirements.map((r) => r.id)), detail, page),
    ...(['error', 'blocked', 'waived'] as const).flatMap((word) => others(report, word, detail, page)),
    detail === 'everything' ? documentation(report, page) : documentationInShort(report, page),
    skips(report, detail, page),
    objections(report, page),
    verdict(report, page),
  ];
}

/** Columns to write in: a terminal that cannot tell how wide it is has those of the oldest ones. */
export function pageWidth(columns: number): number {
  return columns === 0 ? 80 : Math.max(40, columns);
}

function headline(report: Report, { paint, width }: Page): readonly string[] {
  const { suite, target } = report;
  const kind = target.kind === 'embedded' ? 'the embedded reference provider' : 'a live target';
  const row = (label: string, text: string): readonly string[] => labelled(label, visible(text), 2, 16, width);
  return [
    paint.bold(visible(`${suite.operation} against ${target.url}`)),
    ...row('target', kind),
    ...row('profile', `${profileInWords(report)}, XML namespace ${report.profile.xmlNamespace}`),
    ...switchedOff(report).flatMap((text, i) => row(i === 0 ? 'switches off' : '', text)),
    ...row('authentication', target.authentication),
    ...(target.notes ?? []).flatMap((note) => row('note', note)),
    ...row('seed', String(suite.seed)),
    ...row(
      'sent',
      `${quantity(report.summary.exchanges, 'exchange')} in ${seconds(report.durationMs)}${report.repetitions === undefined ? '' : `, everything ${report.repetitions} times`}`,
    ),
  ];
}

function switchedOff(report: Report): readonly string[] {
  const groups = skipGroups(report).filter((g) => g.cause === 'profile');
  const ids = new Set(groups.flatMap((g) => g.requirements));
  return groups.length === 0
    ? ['nothing']
    : [`${folded(groups.map((g) => g.reason))} (${quantity(ids.size, 'requirement')})`];
}

/** Sentences that begin and end alike, in one: what is alike is said once. */
function folded(texts: readonly string[]): string {
  const split = texts.map((each) => each.split(' '));
  const [first = []] = split;
  const shortest = Math.min(...split.map((words) => words.length));
  const isShared = (at: (words: readonly string[]) => string | undefined): boolean =>
    split.every((words) => at(words) === at(first));
  let start = 0;
  while (start < shortest - 1 && isShared((words) => words[start])) start += 1;
  let end = 0;
  while (end < shortest - start - 1 && isShared((words) => words.at(-1 - end))) end += 1;
  const middles = split.map((words) => words.slice(start, words.length - end).join(' '));
  // A comma before what is alike is said once, too.
  const listed = middles.every((each) => each.endsWith(','))
    ? `${middles.map((each) => each.slice(0, -1)).join('; ')},`
    : middles.join('; ');
  return [...first.slice(0, start), listed, ...first.slice(first.length - end)].join(' ');
}

function areas(report: Report, { paint }: Page): readonly string[] {
  const shown = [...VERDICTS].reverse();
  const rows = areaRows(report);
  if (rows.length === 0) return [];
  const total = shown.map((v) => String(report.summary[v]));
  const cells = [
    ['area', ...shown],
    ...rows.map(({ area, counts }) => [
      visible(area),
      ...shown.map((v) => (counts[v] === 0 ? '·' : String(counts[v]))),
    ]),
    ['all', ...total],
  ];
  return table(cells, (cell, y, x) => {
    const word = shown[x - 1];
    if (y === 0) return paint.dim(cell);
    if (word === undefined) return cell;
    return cell.trim() === '·' || cell.trim() === '0' ? paint.dim(cell) : inColour(word, paint)(cell);
  }).map((line) => `  ${line}`);
}

/** Of each requirement at each route, verb and format: what is known. */
function ledger(report: Report, { width }: Page): readonly string[] {
  return report.requirements.length === 0 ? [] : labelled('ledger', ledgerInShort(ledgerOf(report)), 2, 16, width);
}

/** Those of another verdict: by what kept them from being judged, or each by itself. */
function others(
  report: Report,
  word: 'error' | 'blocked' | 'waived',
  detail: Detail,
  page: Page,
): readonly (readonly string[])[] {
  if (detail === 'causes') return reasonBlocks(report, word, page);
  return word === 'waived'
    ? requirementsThat(report, word).map((r) => [...headOf(r, word, page), ...account(r, word, page)])
    : unjudged(report, word, page);
}

function documentationInShort(report: Report, { width }: Page): readonly string[] {
  const errors = documentationErrors(report);
  if (errors.length === 0) return [];
  const text = `${quantity(errors.length, 'known error')} of the page, not held against the service; --verbose tells them`;
  return labelled('page', text, 2, 16, width);
}

/** What many requirements were not judged for, once; then the others, one by one. */
function unjudged(report: Report, word: 'error' | 'blocked', page: Page): readonly (readonly string[])[] {
  const together = unjudgedTogether(report, word);
  const told = new Set(together.flatMap(({ requirements }) => requirements));
  return [
    ...together.map(({ reason, requirements }) => [
      `${inColour(word, page.paint)(word.toUpperCase())} ${page.paint.bold(quantity(requirements.length, 'requirement'))}`,
      ...wrapped(visible(reason), page.width - 2).map((line) => `  ${line}`),
    ]),
    ...requirementsThat(report, word)
      .filter((r) => !told.has(r))
      .map((r) => [...headOf(r, word, page), ...account(r, word, page)]),
  ];
}

function documentation(report: Report, { paint, width }: Page): readonly string[] {
  const errors = documentationErrors(report);
  if (errors.length === 0) return [];
  return [
    paint.bold('Errors of the documentation (not held against the service)'),
    ...errors.flatMap(({ requirements, finding, keys }) => [
      ...wrapped(`${requirements.join(', ')}: ${keyList(keys)}`, width - 2).map((line) => `  ${line}`),
      ...findingLines(finding, width),
    ]),
  ];
}

function skips(report: Report, detail: Detail, { paint, width }: Page): readonly string[] {
  // What the profile switches off stands at the top already.
  const groups = skipGroups(report).filter((g) => detail === 'everything' || g.cause !== 'profile');
  const isFolded = ({ cause }: SkipGroup): boolean => detail !== 'everything' && cause === 'contract';
  const inapplicable = new Set(groups.filter(isFolded).flatMap(({ requirements }) => requirements));
  if (groups.length === 0) return [];
  const told = (text: string): readonly string[] => wrapped(text, width - 2).map((line) => `  ${line}`);
  return [
    paint.bold('Not exercised'),
    ...groups
      .filter((group) => !isFolded(group))
      .flatMap(({ reason, exercise, requirements, cases }) => [
        ...told(`${quantity(cases, 'case')} of ${quantity(requirements.length, 'requirement')}: ${visible(reason)}`),
        ...(exercise === undefined ? [] : [`    ${visible(exercise)}`]),
      ]),
    ...(inapplicable.size === 0
      ? []
      : told(`${quantity(inapplicable.size, 'requirement')}: nothing here that they speak of; --verbose tells why`)),
  ];
}

/** What fails the run besides broken promises, in lines. */
export function objections({ objections: found = [] }: Report, page: Page): readonly string[] {
  return objectionLines(
    found.map(({ says }) => says),
    OBJECTIONS_SHOWN,
    page,
  );
}

/**
 * What fails a run besides broken promises.
 *
 * @param most so many are told
 */
export function objectionLines(
  found: readonly string[],
  most: number,
  { paint, width }: Pick<Page, 'paint' | 'width'>,
): readonly string[] {
  if (found.length === 0) return [];
  const rest = found.length - most;
  return [
    paint.bold('Fails the run, though it is no broken promise'),
    ...found.slice(0, most).flatMap((says) => wrapped(visible(says), width - 2).map((line) => `  ${line}`)),
    ...(rest > 0 ? [`  and ${quantity(rest, 'more objection')}: see the JSON or HTML report`] : []),
  ];
}

/** The last line, in the colour of the verdict. Not wrapped: it may end in a command that is there to be copied. */
export function verdictLine({ verdict, says }: Pick<Report, 'verdict' | 'says'>, paint: Paint): string {
  const colour = {
    conforms: paint.green,
    differs: paint.red,
    'does-not-conform': paint.red,
    inconclusive: paint.yellow,
  }[verdict];
  return paint.bold(colour(visible(says)));
}

function verdict(report: Report, { paint }: Page): readonly string[] {
  const line = verdictLine(report, paint);
  return report.interrupted
    ? [paint.yellow('The run was interrupted: the verdict speaks of what was judged until then.'), line]
    : [line];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
