import picocolors from 'picocolors';
import type { Report, ReportedRequirement } from '../model/report.ts';
import type { VerdictWord } from '../model/verdict.ts';
import { VERDICTS } from '../values/verdicts.ts';
import { quantity } from '../values/words.ts';
import { account, findingLines, inColour, keyList } from './account.ts';
import type { Page } from './account.ts';
import {
  areaRows,
  documentationErrors,
  exchangesById,
  isObstructed,
  profileInWords,
  requirementsThat,
  skipGroups,
  unjudgedTogether,
} from './digest.ts';
import { labelled, table, wrapped } from './layout.ts';
import { ledgerInShort, ledgerOf } from './ledger.ts';
import { visible } from './visible.ts';

const OBJECTIONS_SHOWN = 10;

export interface TerminalOptions {
  readonly colour: 'none' | 'ansi';
  /** Columns of the terminal. */
  readonly width: number;
}

/**
 * The report for a person at a terminal: what was run, areas by verdict, each failure with what reproduces it,
 * what was not judged or not exercised and why, and last the verdict.
 *
 * @returns text that ends in a line break; nothing a target sent can steer the terminal
 */
export function terminalReport(report: Report, options: TerminalOptions): string {
  const page: Page = {
    paint: picocolors.createColors(options.colour === 'ansi'),
    width: Math.max(40, options.width),
    exchanges: exchangesById(report),
  };
  const sections = isObstructed(report) ? obstructed(report, page) : told(report, page);
  return `${sections
    .filter((s) => s.length > 0)
    .map((s) => s.join('\n'))
    .join('\n\n')}\n`;
}

/** An obstacle kept everything from being judged: it is all there is to tell. */
function obstructed(report: Report, page: Page): readonly (readonly string[])[] {
  return [headline(report, page), objections(report, page), verdict(report, page)];
}

function told(report: Report, page: Page): readonly (readonly string[])[] {
  return [
    headline(report, page),
    areas(report, page),
    ledger(report, page),
    ...requirementsThat(report, 'fail').map((r) => judged(r, 'fail', page)),
    ...unjudged(report, 'error', page),
    ...unjudged(report, 'blocked', page),
    ...requirementsThat(report, 'waived').map((r) => judged(r, 'waived', page)),
    documentation(report, page),
    skips(report, page),
    objections(report, page),
    verdict(report, page),
  ];
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
  return groups.length === 0
    ? ['nothing']
    : groups.map((g) => `${g.reason} (${quantity(g.requirements.length, 'requirement')})`);
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

function judged(requirement: ReportedRequirement, word: VerdictWord, page: Page): readonly string[] {
  const { paint } = page;
  const { id, level, title } = requirement;
  const head = `${inColour(word, paint)(`${word.toUpperCase()} ${id}`)}  ${level}  ${paint.bold(visible(title))}`;
  return [head, ...account(requirement, word, page)];
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
      .map((r) => judged(r, word, page)),
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

function skips(report: Report, { paint, width }: Page): readonly string[] {
  const groups = skipGroups(report);
  if (groups.length === 0) return [];
  return [
    paint.bold('Not exercised'),
    ...groups.flatMap(({ reason, exercise, requirements, cases }) => [
      ...wrapped(
        `${quantity(cases, 'case')} of ${quantity(requirements.length, 'requirement')}: ${visible(reason)}`,
        width - 2,
      ).map((l) => `  ${l}`),
      ...(exercise === undefined ? [] : [`    ${visible(exercise)}`]),
    ]),
  ];
}

/** What fails the run besides broken promises, in lines. */
export function objections({ objections: found = [] }: Report, { paint, width }: Page): readonly string[] {
  if (found.length === 0) return [];
  const rest = found.length - OBJECTIONS_SHOWN;
  return [
    paint.bold('Fails the run, though it is no broken promise'),
    ...found
      .slice(0, OBJECTIONS_SHOWN)
      .flatMap(({ says }) => wrapped(visible(says), width - 2).map((line) => `  ${line}`)),
    ...(rest > 0 ? [`  and ${quantity(rest, 'more objection')}: see the JSON or HTML report`] : []),
  ];
}

function verdict(report: Report, { paint }: Page): readonly string[] {
  const colour = { conforms: paint.green, 'does-not-conform': paint.red, inconclusive: paint.yellow }[report.verdict];
  // Not wrapped: it ends in a command that is there to be copied.
  const line = paint.bold(colour(visible(report.says)));
  return report.interrupted
    ? [paint.yellow('The run was interrupted: the verdict speaks of what was judged until then.'), line]
    : [line];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
