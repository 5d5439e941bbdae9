import picocolors from 'picocolors';
import type { ChangedAnswers, ComparedCase, Comparison, OneSided } from '../model/comparison.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import type { VerdictWord } from '../model/verdict.ts';
import { firstOf, groupBy, quantity } from '../values/words.ts';
import { account, type Page } from './account.ts';
import { comparedGroups } from './compared.ts';
import { causeBlocks } from './cause-lines.ts';
import { failedByCause } from './causes.ts';
import { exchangesById, profileInWords } from './digest.ts';
import { labelled, wrapped } from './layout.ts';
import type { Detail } from './reporters.ts';
import { objections, pageWidth, type TerminalOptions } from './terminal.ts';
import { clipped, visible } from './visible.ts';

const CASES_SHOWN = 6;
const REQUESTS_SHOWN = 4;
const REQUEST_SHOWN = 160;
const VALUE_SHOWN = 300;
const LABEL = 10;

/**
 * A run held against another, for a person at a terminal: what regressed with what reproduces it, what is answered
 * otherwise, what stands on one side alone, and last the verdict.
 *
 * @param report of the run; without a comparison there is nothing to tell
 * @returns text that ends in a line break; nothing a target sent can steer the terminal
 */
export function comparisonReport(report: Redacted<Report>, options: TerminalOptions): string {
  const { comparison } = report;
  if (comparison === undefined) return '';
  const page: Page = {
    paint: picocolors.createColors(options.colour === 'ansi'),
    width: pageWidth(options.width),
    exchanges: exchangesById(report),
  };
  const sections = [
    headline(report, comparison, page),
    ...regressed(report, comparison, options.detail, page),
    changed(comparison.changed, page),
    oneSided('No longer exercised', comparison.notExercised, page),
    oneSided('No longer exercised, and waived', comparison.waived, page),
    cases('Fixed', comparison.fixed, page),
    oneSided('New', comparison.new, page),
    oneSided('Gone', comparison.gone, page),
    objections(report, page),
    verdict(report, page),
  ];
  return `${sections
    .filter((s) => s.length > 0)
    .map((s) => s.join('\n'))
    .join('\n\n')}\n`;
}

function headline(report: Report, { against, accepted }: Comparison, { paint, width }: Page): readonly string[] {
  const row = (label: string, text: string): readonly string[] => labelled(label, visible(text), 2, 16, width);
  return [
    paint.bold(visible(`${report.suite.operation} against ${report.target.url}`)),
    ...row('held against', against),
    ...(accepted === null ? [] : row('accepted', `${accepted.at.slice(0, 10)}: ${accepted.reason}`)),
    ...row('profile', profileInWords(report)),
    ...row('authentication', report.target.authentication),
    ...row('sent', quantity(report.summary.exchanges, 'exchange')),
  ];
}

/** What passed then and does not now: its causes, and in a line what else regressed. */
function regressed(report: Report, comparison: Comparison, detail: Detail, page: Page): readonly (readonly string[])[] {
  if (detail === 'causes') {
    const failed = new Set<string>(comparison.regressed.filter((c) => c.is === 'fail').map((c) => c.requirement));
    return [...causeBlocks(report, failed, detail, page), regressedLines(report, comparison.regressed, page)];
  }
  const byRequirement = groupBy(comparison.regressed, (c) => `${c.requirement} ${c.is ?? ''}`);
  return [...byRequirement.values()].map((same) => {
    const [first] = same;
    const requirement = report.requirements.find((r) => r.id === first?.requirement);
    if (first === undefined || requirement === undefined) return [];
    const head = `${page.paint.red(`REGRESSED ${first.requirement}`)}  ${requirement.level}  ${page.paint.bold(visible(requirement.title))}`;
    const word: VerdictWord = first.is ?? 'fail';
    return [
      head,
      ...wrapped(`passed then, ${word} now: ${caseList(same)}`, page.width - 2).map((l) => `  ${l}`),
      ...account(requirement, word, page),
    ];
  });
}

/** Which requirements regressed, told once for each way in which they did. */
function regressedLines(report: Report, found: readonly ComparedCase[], { paint, width }: Page): readonly string[] {
  const order = failedByCause(report).map(({ id }) => id);
  return [...groupBy(found, (c) => JSON.stringify([c.is, c.reason ?? '']))].flatMap(([, same]) => {
    const [first] = same;
    if (first === undefined) return [];
    const ids = [...new Set(same.map((c) => c.requirement))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const reason = first.reason === undefined ? '' : `; ${clipped(visible(first.reason), VALUE_SHOWN)}`;
    const text = `REGRESSED ${ids.join(', ')}: ${quantity(same.length, 'case')} passed then, ${first.is ?? 'none'} now${reason}`;
    return wrapped(text, width - 2).map((line, i) => (i === 0 ? paint.red(line) : `  ${line}`));
  });
}

function changed(groups: readonly ChangedAnswers[], page: Page): readonly string[] {
  if (groups.length === 0) return [];
  return [
    page.paint.bold(page.paint.yellow('Answered otherwise')),
    ...groups.flatMap((group) => changedLines(group, page)),
  ];
}

function changedLines({ changes, exchanges }: ChangedAnswers, { paint, width }: Page): readonly string[] {
  const shown = exchanges
    .slice(0, REQUESTS_SHOWN)
    .map(({ id, request }) => paint.cyan(`  ${id}  ${clipped(visible(request), REQUEST_SHOWN)}`));
  const more = exchanges.length - REQUESTS_SHOWN;
  const row = (label: string, text: string | null): readonly string[] =>
    labelled(label, text === null ? 'none' : clipped(visible(text), VALUE_SHOWN), 4, LABEL, width);
  return [
    ...shown,
    ...(more > 0 ? [`  and ${quantity(more, 'more exchange')}`] : []),
    ...changes.flatMap(({ aspect, was, is }) => [...row('where', aspect), ...row('was', was), ...row('is', is)]),
  ];
}

function oneSided(title: string, side: OneSided, page: Page): readonly string[] {
  const { exchanges } = side;
  const listed = caseLines(side.cases, page);
  if (listed.length === 0 && exchanges.length === 0) return [];
  const ids =
    exchanges.length === 0
      ? []
      : wrapped(
          `${quantity(exchanges.length, 'exchange')}: ${exchanges.slice(0, CASES_SHOWN).join(', ')}${exchanges.length > CASES_SHOWN ? ', …' : ''}`,
          page.width - 2,
        );
  return [page.paint.bold(title), ...listed, ...ids.map((line) => `  ${line}`)];
}

function cases(title: string, compared: readonly ComparedCase[], page: Page): readonly string[] {
  return compared.length === 0 ? [] : [page.paint.bold(title), ...caseLines(compared, page)];
}

function caseLines(compared: readonly ComparedCase[], { width }: Page): readonly string[] {
  return comparedGroups(compared).flatMap(({ first, cases: same, requirements }) => {
    const { requirement, title, was, is, reason } = first;
    const change = `${was ?? 'none'} then, ${is ?? 'none'} now`;
    const text =
      requirements.length === 1
        ? `${requirement} (${change}) ${title ?? ''}: ${caseList(same)}`
        : `${quantity(same.length, 'case')} of ${quantity(requirements.length, 'requirement')} (${change}): ${firstOf(requirements, CASES_SHOWN)}`;
    return wrapped(visible(`${text}${reason === undefined ? '' : `; ${reason}`}`), width - 2).map(
      (line) => `  ${line}`,
    );
  });
}

function caseList(same: readonly ComparedCase[]): string {
  const more = same.length - CASES_SHOWN;
  return `${same
    .slice(0, CASES_SHOWN)
    .map((c) => visible(c.case))
    .join(', ')}${more > 0 ? ` and ${quantity(more, 'more case')}` : ''}`;
}

function verdict({ says, exitCode }: Report, { paint }: Page): readonly string[] {
  const colour = exitCode === 0 ? paint.green : exitCode === 1 ? paint.red : paint.yellow;
  return [paint.bold(colour(visible(says)))];
}
