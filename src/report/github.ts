// One report for one reader: the summary and the annotations of a job.

import type { Annotation } from '../model/host-report.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report, ReportedExchange, ReportedRequirement } from '../model/report.ts';
import type { VerdictWord } from '../model/verdict.ts';
import { caseName, VERDICTS } from '../values/verdicts.ts';
import { quantity } from '../values/words.ts';
import { failedByCause, toldCauses } from './causes.ts';
import { comparedGroups } from './compared.ts';
import {
  areaRows,
  caseGroups,
  documentationErrors,
  exchangesById,
  profileInWords,
  requirementsThat,
  skipGroups,
} from './digest.ts';
import { clipped, visible } from './visible.ts';

type Exchanges = ReadonlyMap<string, ReportedExchange>;

type Level = Annotation['level'];

/** GitHub shows ten annotations of each level per step; the last is kept to name what is left out. */
const ANNOTATIONS_SHOWN = 9;
const TEXT_SHOWN = 400;
/** A job summary may have 1 MiB; a failure takes at most 10 kB. */
const FAILURES_SHOWN = 50;

/**
 * Annotations for GitHub Actions, as workflow commands for standard output: a MUST that fails or cannot be judged,
 * or an objection, is an error, a SHOULD a warning, an error of the documentation a notice.
 *
 * @returns one command per line; no text of a target can add another
 */
export function githubAnnotations(report: Redacted<Report>): string {
  return annotationCommands(annotationsOf(report));
}

/** Everything that may be annotated of a report, the worst first. */
export function annotationsOf(report: Redacted<Report>): readonly Annotation[] {
  const exchanges = exchangesById(report);
  return [
    ...failedByCause(report).map((r) => annotation(r, 'fail', exchanges)),
    ...requirementsThat(report, 'error').map((r) => annotation(r, 'error', exchanges)),
    ...(report.verdict === 'differs'
      ? [{ level: 'error', title: `${report.suite.operation} differs`, message: report.says } as const]
      : []),
    ...(report.objections ?? []).map(({ kind, requirement, says }): Annotation => ({
      level: 'error',
      title: `${requirement} ${OBJECTION[kind]}`,
      message: says,
    })),
    ...documentationErrors(report).map(({ requirements, finding }): Annotation => ({
      level: 'notice',
      title: `${requirements.join(', ')} error of the documentation`,
      message: difference(finding),
    })),
  ];
}

/** As many of them as GitHub shows, as workflow commands. */
export function annotationCommands(all: readonly Annotation[]): string {
  const kept = (['error', 'warning', 'notice'] as const).flatMap((level) =>
    firstOf(
      level,
      all.filter((a) => a.level === level),
    ),
  );
  return kept.map(({ level, title, message }) => `::${level} title=${property(title)}::${data(message)}\n`).join('');
}

/**
 * The report as Markdown for a job summary: the verdict, areas by verdict, failures, what was not exercised.
 * Text that a target may have sent is written as character references, so that none of it is markup.
 */
export function githubSummary(report: Redacted<Report>): string {
  return [
    `## ${SYMBOL[{ conforms: 'pass', differs: 'fail', 'does-not-conform': 'fail', inconclusive: 'error' }[report.verdict] as VerdictWord]} ${text(report.suite.operation)}: ${report.verdict.replaceAll('-', ' ')}`,
    '',
    text(report.says),
    '',
    `Target ${code(report.target.url)}, ${text(profileInWords(report))}, authentication: ${text(report.target.authentication)}, seed ${String(report.suite.seed)}.`,
    '',
    ...(report.target.notes ?? []).flatMap((note) => [`Note: ${text(note)}.`, '']),
    ...causeSection(report),
    ...comparisonSection(report),
    ...areaTable(report),
    ...verdictSection(report, 'fail', 'Failures'),
    ...verdictSection(report, 'error', 'Could not be judged'),
    ...verdictSection(report, 'blocked', 'Blocked'),
    ...verdictSection(report, 'waived', 'Waived'),
    ...documentationSection(report),
    ...skipSection(report),
    ...objectionSection(report),
  ].join('\n');
}

/** How the run compares with what it is held against, in a line for each thing that counts. */
function comparisonSection({ comparison }: Report): readonly string[] {
  if (comparison === undefined) return [];
  const { against, regressed, changed, notExercised } = comparison;
  const lines = [
    ...(
      [
        ['Regressed', regressed],
        ['No longer exercised', notExercised.cases],
      ] as const
    ).flatMap(([word, cases]) =>
      comparedGroups(cases).map(({ first, cases: same, requirements }) => {
        const title = requirements.length === 1 ? ` ${text(first.title ?? '')}` : '';
        const reason = first.reason === undefined ? '' : `; ${text(clipped(first.reason, TEXT_SHOWN))}`;
        return `- ${word}: <b>${text(requirements.join(', '))}</b>${title}: ${quantity(same.length, 'case')}, ${first.was ?? 'none'} then, ${first.is ?? 'none'} now${reason}`;
      }),
    ),
    ...changed.map(({ changes, exchanges }) => {
      const what = changes.map(
        ({ aspect, was, is }) => `${text(aspect)} was ${code(was ?? 'none')}, is ${code(is ?? 'none')}`,
      );
      return `- Answered otherwise: ${quantity(exchanges.length, 'exchange')}, ${what.join('; ')}`;
    }),
  ];
  return lines.length === 0 ? [] : [`### Compared with ${text(against)}`, '', ...lines.slice(0, FAILURES_SHOWN), ''];
}

/** Why requirements failed, in a line each. */
function causeSection(report: Report): readonly string[] {
  const causes = toldCauses(report);
  if (causes.length === 0) return [];
  return [
    '### Causes',
    '',
    ...causes.map(({ cause, requirement, also }) => {
      const others = also.length === 0 ? '' : `; ${quantity(also.length, 'more requirement')} for the same reason`;
      return `- ${SYMBOL.fail} <b>${text(requirement.id)}</b> ${requirement.level} ${text(requirement.title)}: ${text(cause.where)}: ${code(cause.says)}${others}`;
    }),
    '',
  ];
}

function annotation(requirement: ReportedRequirement, word: 'fail' | 'error', exchanges: Exchanges): Annotation {
  const [group] = caseGroups(requirement, word, exchanges);
  const keys = group?.keys ?? [];
  const [key] = keys;
  const more = keys.length > 1 ? ` and ${quantity(keys.length - 1, 'more case')}` : '';
  const [finding] = group?.findings ?? [];
  const what = finding === undefined ? (group?.reason ?? 'no reason was given') : difference(finding);
  return {
    level: requirement.level === 'MUST' ? 'error' : 'warning',
    title: `${requirement.id} ${requirement.title}`,
    message: `${key === undefined ? '' : `${visible(caseName(key))}${more}: `}${what}`,
  };
}

function difference({
  where,
  expected,
  actual,
}: {
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
}): string {
  return `${where}: expected ${clipped(visible(expected), TEXT_SHOWN)}, actual ${clipped(visible(actual), TEXT_SHOWN)}`;
}

function firstOf(level: Level, found: readonly Annotation[]): readonly Annotation[] {
  if (found.length <= ANNOTATIONS_SHOWN + 1) return found;
  const rest = found.slice(ANNOTATIONS_SHOWN);
  return [
    ...found.slice(0, ANNOTATIONS_SHOWN),
    { level, title: `${String(rest.length)} more`, message: rest.map((a) => a.title).join('; ') },
  ];
}

/** Escapes the data of a workflow command, as the runner reads it. */
function data(message: string): string {
  return visible(message).replaceAll('%', '%25');
}

/** Escapes a property of a workflow command, where colons and commas would end it. */
function property(value: string): string {
  return data(clipped(value, TEXT_SHOWN)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function areaTable(report: Report): readonly string[] {
  const shown = [...VERDICTS].reverse();
  return [
    `| Area | ${shown.map((v) => `${SYMBOL[v]} ${v}`).join(' | ')} |`,
    `| --- |${' ---: |'.repeat(shown.length)}`,
    ...areaRows(report).map(
      ({ area, counts }) =>
        `| ${text(area)} | ${shown.map((v) => (counts[v] === 0 ? '' : String(counts[v]))).join(' | ')} |`,
    ),
    '',
  ];
}

function verdictSection(report: Report, word: VerdictWord, title: string): readonly string[] {
  const found = word === 'fail' ? failedByCause(report) : requirementsThat(report, word);
  const exchanges = exchangesById(report);
  if (found.length === 0) return [];
  const rest = found.slice(FAILURES_SHOWN);
  return [
    `### ${title}`,
    '',
    ...found.slice(0, FAILURES_SHOWN).flatMap((r) => requirementLines(r, word, exchanges)),
    ...(rest.length === 0
      ? []
      : [`And ${quantity(rest.length, 'more requirement')}: ${rest.map((r) => text(r.id)).join(', ')}`, '']),
  ];
}

function requirementLines(
  requirement: ReportedRequirement,
  word: VerdictWord,
  exchanges: Exchanges,
): readonly string[] {
  const { id, level, title, why, cites } = requirement;
  const groups = caseGroups(requirement, word, exchanges);
  const [cite] = cites;
  return [
    `<details><summary>${SYMBOL[word]} <b>${text(id)}</b> ${level} ${text(title)}</summary>`,
    '',
    text(why),
    '',
    ...groups.slice(0, 3).flatMap((group) => {
      const keys = group.keys.slice(0, 3).map((key) => code(caseName(key)));
      const more = group.keys.length - keys.length;
      return [
        `- ${keys.join(', ')}${more > 0 ? ` and ${quantity(more, 'more case')}` : ''}${group.reason === undefined ? '' : `: ${text(group.reason)}`}`,
        ...group.findings
          .slice(0, 5)
          .map((f) => `  - ${code(f.where)}: expected ${code(f.expected)}, actual ${code(f.actual)}`),
      ];
    }),
    '',
    ...(cite === undefined
      ? []
      : [`Source: ${text(cite.title ?? cite.source)}, ${text(cite.at)}: “${text(cite.quote)}”`, '']),
    '</details>',
    '',
  ];
}

function documentationSection(report: Report): readonly string[] {
  const errors = documentationErrors(report);
  if (errors.length === 0) return [];
  const line = ({ requirements, finding: f }: (typeof errors)[number]): string =>
    `- ${text(requirements.join(', '))}: ${code(f.where)}: expected ${code(f.expected)}, actual ${code(f.actual)}`;
  return [
    '### Errors of the documentation (not held against the service)',
    '',
    ...errors.slice(0, FAILURES_SHOWN).map(line),
    '',
  ];
}

function skipSection(report: Report): readonly string[] {
  const groups = skipGroups(report);
  if (groups.length === 0) return [];
  return [
    '### Not exercised',
    '',
    ...groups.map(({ reason, exercise, requirements, cases }) => {
      const how = exercise === undefined ? '' : `; to exercise: ${code(exercise)}`;
      return `- ${quantity(cases, 'case')} of ${quantity(requirements.length, 'requirement')}: ${text(reason)}${how}`;
    }),
    '',
  ];
}

function objectionSection({ objections = [] }: Report): readonly string[] {
  if (objections.length === 0) return [];
  return [
    '### Fails the run, though it is no broken promise',
    '',
    ...objections.slice(0, FAILURES_SHOWN).map(({ says }) => `- ${text(says)}`),
    '',
  ];
}

const OBJECTION = {
  waiver: 'has a waiver that does not hold',
  incomplete: 'was not exercised',
  unavailable: 'was unavailable too often',
} as const;

/** What stands for a verdict. */
export const SYMBOL: Readonly<Record<VerdictWord, string>> = {
  pass: '✅',
  fail: '❌',
  error: '❗',
  blocked: '🚧',
  skip: '⏭️',
  waived: '🩹',
};

/** In Markdown a character reference is always text, never markup (CommonMark §2.5). */
export function text(value: string): string {
  return clipped(visible(value), TEXT_SHOWN).replace(/[^\p{L}\p{N} ]/gu, (c) => `&#${String(c.codePointAt(0))};`);
}

/** The same as code. */
export function code(value: string): string {
  return `<code>${text(value)}</code>`;
}
