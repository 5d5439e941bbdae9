import picocolors from 'picocolors';
import type { Report, ReportedExchange, ReportedRequirement } from '../model/report.ts';
import type { CaseKey } from '../model/requirement.ts';
import type { Finding, VerdictWord } from '../model/verdict.ts';
import { caseName, countVerdicts, VERDICTS } from '../values/verdicts.ts';
import { quantity } from '../values/words.ts';
import { caseGroups, exchangesById } from './digest.ts';
import type { CaseGroup } from './digest.ts';
import { labelled, wrapped } from './layout.ts';
import { clipped, visible } from './visible.ts';

export type Paint = ReturnType<typeof picocolors.createColors>;

export interface Page {
  readonly paint: Paint;
  /** In characters. */
  readonly width: number;
  readonly exchanges: ReadonlyMap<string, ReportedExchange>;
}

const GROUPS_SHOWN = 3;
const KEYS_SHOWN = 6;
const TEXT_SHOWN = 400;
const CURL_SHOWN = 4000;
const LABEL = 10;

/**
 * What became of a requirement, in lines: its cases of that verdict with their findings, equal ones folded, where
 * it is promised and the command lines that show it again.
 *
 * @param word the verdict whose cases are told
 */
export function account(requirement: ReportedRequirement, word: VerdictWord, page: Page): readonly string[] {
  const { width } = page;
  const groups = caseGroups(requirement, word, page.exchanges);
  const rest = groups.slice(GROUPS_SHOWN).reduce((n, g) => n + g.keys.length, 0);
  return [
    ...wrapped(visible(requirement.why), width - 2).map((line) => `  ${line}`),
    ...groups.slice(0, GROUPS_SHOWN).flatMap((group) => caseLines(group, page)),
    ...(rest === 0 ? [] : [`  ${quantity(rest, 'more case')} with other findings: see the JSON or HTML report`]),
    ...otherCases(requirement, word),
    ...sourceLines(requirement, width),
    ...curlLines(groups[0]),
  ];
}

function otherCases(requirement: ReportedRequirement, word: VerdictWord): readonly string[] {
  const counts = countVerdicts(requirement.cases);
  const others = VERDICTS.filter((v) => v !== word && counts[v] > 0).map((v) => `${String(counts[v])} ${v}`);
  return others.length === 0 ? [] : [`  its other cases: ${others.join(', ')}`];
}

/** Cases that say the same: which they are, and what they say. */
export function caseLines(group: CaseGroup, { paint, width }: Page): readonly string[] {
  return [
    ...wrapped(keyList(group.keys), width - 2).map((line) => `  ${paint.cyan(line)}`),
    ...(group.reason === undefined
      ? []
      : labelled('reason', clipped(visible(group.reason), TEXT_SHOWN), 4, LABEL, width)),
    ...group.findings.flatMap((finding) => findingLines(finding, width)),
  ];
}

/** A finding as where, expected and actual, one below the other. */
export function findingLines({ where, expected, actual }: Finding, width: number): readonly string[] {
  const row = (label: string, text: string): readonly string[] =>
    labelled(label, clipped(visible(text), TEXT_SHOWN), 4, LABEL, width);
  return [...row('where', where), ...row('expected', expected), ...row('actual', actual)];
}

/** The first keys in words, and how many more there are. */
export function keyList(keys: readonly CaseKey[]): string {
  const more = keys.length - KEYS_SHOWN;
  const shown = keys.slice(0, KEYS_SHOWN).map((key) => visible(caseName(key)));
  return `${shown.join(', ')}${more > 0 ? ` and ${quantity(more, 'more case')}` : ''}`;
}

/** On whose word it is promised. */
export function sourceLines({ cites }: ReportedRequirement, width: number): readonly string[] {
  return cites.flatMap((cite) => [
    ...labelled('source', visible(`${cite.title ?? cite.source}, ${cite.at}: “${cite.quote}”`), 2, LABEL, width),
    ...labelled('', visible(cite.url), 2, LABEL, width),
  ]);
}

/** What sends the first of the cases again. */
export function curlLines(group: CaseGroup | undefined): readonly string[] {
  const sent = group?.sent ?? [];
  // Not wrapped: the line is there to be copied.
  return sent.map(
    ({ curl }, i) => `  ${(i === 0 ? 'again' : 'then').padEnd(LABEL)}${clipped(visible(curl), CURL_SHOWN)}`,
  );
}

/** The colour of a verdict. */
export function inColour(word: VerdictWord, paint: Paint): (text: string) => string {
  const { green, red, yellow, cyan, magenta } = paint;
  return { pass: green, fail: red, error: magenta, blocked: yellow, skip: cyan, waived: yellow }[word];
}

/**
 * One requirement in plain lines, as the message of an error that a test runner prints.
 *
 * @param requirement one that did not pass
 * @param report the report it stands in, for its exchanges
 */
export function describeFailure(requirement: ReportedRequirement, report: Report): string {
  const { id, level, title, verdict } = requirement;
  const page = { paint: picocolors.createColors(false), width: 100, exchanges: exchangesById(report) };
  return [`${verdict}: ${id} ${level} ${visible(title)}`, ...account(requirement, verdict, page)].join('\n');
}
