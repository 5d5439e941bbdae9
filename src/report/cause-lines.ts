import type { Report, ReportedRequirement } from '../model/report.ts';
import type { VerdictWord } from '../model/verdict.ts';
import { firstOf, groupBy, quantity, startOf } from '../values/words.ts';
import { account, caseLines, curlLines, inColour, sourceLines, type Page } from './account.ts';
import { toldCauses, type ToldCause } from './causes.ts';
import { requirementsThat } from './digest.ts';
import { labelled, wrapped } from './layout.ts';
import type { Detail } from './reporters.ts';
import { clipped, visible } from './visible.ts';

/** Causes are told in full as far as these many lines hold them, the first in any case; of the others a line for each thing. */
const LINES_IN_FULL = 30;
const GROUPS_SHOWN = 2;
const ALSO_SHOWN = 3;
const IDS_SHOWN = 27;
const REASON_SHOWN = 400;
const CURLS_SHOWN = 3;
const LABEL = 10;

/**
 * Why requirements failed, the worst cause first, in blocks of lines; what stands under no cause comes after them.
 *
 * @param wanted the requirements to tell of
 */
export function causeBlocks(
  report: Report,
  wanted: ReadonlySet<string>,
  detail: Detail,
  page: Page,
): readonly (readonly string[])[] {
  const causes = toldCauses(report).filter((c) => [c.requirement, ...c.also].some(({ id }) => wanted.has(id)));
  const told = new Set(causes.flatMap((c) => [c.requirement.id, ...c.also.map(({ id }) => id)]));
  const rest = requirementsThat(report, 'fail').filter(({ id }) => wanted.has(id) && !told.has(id));
  const shown = new Set<string>(causes.map((c) => c.requirement.id));
  let left = LINES_IN_FULL;
  return [
    ...causes.flatMap((c, i): readonly (readonly string[])[] => {
      if (detail === 'causes') {
        const full = inFull(c, page);
        left -= full.length;
        return [i === 0 || left >= 0 ? full : inShort(c, page)];
      }
      const further = c.also.filter(({ id }) => !shown.has(id));
      for (const { id } of further) shown.add(id);
      return [
        [...headOf(c.requirement, 'fail', page), ...account(c.requirement, 'fail', page), ...alsoLines(c, page)],
        ...further.map((r) => [...headOf(r, 'fail', page), ...account(r, 'fail', page)]),
      ];
    }),
    ...rest.map((r) => [...headOf(r, 'fail', page), ...account(r, 'fail', page)]),
  ];
}

function inFull(told: ToldCause, page: Page): readonly string[] {
  const { cause, requirement, groups } = told;
  const { width } = page;
  const more = cause.exchanges.length === 0 ? '' : ` (${quantity(cause.exchanges.length, 'exchange')})`;
  return [
    ...headOf(requirement, 'fail', page),
    ...wrapped(visible(requirement.why), width - 2).map((line) => `  ${line}`),
    ...labelled('where', visible(`${cause.where}${more}`), 2, LABEL, width),
    ...groups.slice(0, GROUPS_SHOWN).flatMap((group) => caseLines(group, page)),
    ...sourceLines(requirement, width).slice(0, 2),
    ...fewCurlLines(told),
    ...alsoLines(told, page),
    ...keptLines(told, page),
  ];
}

function inShort(told: ToldCause, page: Page): readonly string[] {
  const { cause, requirement, also } = told;
  const others = also.length === 0 ? '' : `; also ${idList(also)}`;
  return [
    ...headOf(requirement, 'fail', page),
    ...wrapped(clipped(visible(`${cause.where}: ${cause.says}`), REASON_SHOWN), page.width - 2).map((l) => `  ${l}`),
    ...(others === '' ? [] : wrapped(visible(others.slice(2)), page.width - 2).map((line) => `  ${line}`)),
    ...keptLines(told, page),
    ...fewCurlLines(told),
  ];
}

/** What is sent again, where it is much only how it begins and what it ends with. */
function fewCurlLines({ groups }: ToldCause): readonly string[] {
  const lines = curlLines(groups[0]);
  const left = lines.length - CURLS_SHOWN;
  if (left <= 1) return lines;
  return [
    ...lines.slice(0, CURLS_SHOWN - 1),
    `  and ${quantity(left, 'request')} that --verbose shows`,
    ...lines.slice(-1),
  ];
}

/** What fails for the same reason: a line each for the first, the ids of the others. */
function alsoLines({ also }: ToldCause, { width, paint }: Page): readonly string[] {
  if (also.length === 0) return [];
  const rest = also.slice(ALSO_SHOWN);
  return [
    `  ${paint.bold(`for the same reason ${quantity(also.length, 'more requirement')} ${also.length === 1 ? 'fails' : 'fail'}`)}`,
    ...also.slice(0, ALSO_SHOWN).map((r) => startOf(`    ${r.id}  ${r.level}  ${visible(r.title)}`, width)),
    ...(rest.length === 0 ? [] : wrapped(`and ${idList(rest)}`, width - 4).map((line) => `    ${line}`)),
  ];
}

function idList(requirements: readonly ReportedRequirement[]): string {
  return firstOf(
    requirements.map(({ id }) => id),
    IDS_SHOWN,
  );
}

/** What a failure keeps from being judged, in a line. */
function keptLines({ kept }: ToldCause, { width }: Page): readonly string[] {
  if (kept.cases === 0) return [];
  const text = `it keeps ${quantity(kept.cases, 'case')} of ${quantity(kept.requirements.length, 'requirement')} from being judged: ${clipped(visible(kept.reason), REASON_SHOWN)}`;
  return wrapped(text, width - 2).map((line) => `  ${line}`);
}

/** Requirements of one verdict, told once for each reason that they have; what stands with a cause is not told again. */
export function reasonBlocks(report: Report, word: VerdictWord, page: Page): readonly (readonly string[])[] {
  const told = new Set(toldCauses(report).flatMap(({ kept }) => kept.requirements));
  const cases = requirementsThat(report, word).flatMap((r) =>
    r.cases
      .filter((c) => c.verdict === word && !(c.because !== undefined && told.has(r.id)))
      .map((c) => ({ id: r.id, reason: c.reason ?? 'no reason was given' })),
  );
  return [...groupBy(cases, ({ reason }) => reason)].map(([reason, same]) => {
    const ids = [...new Set(same.map(({ id }) => id))];
    const head = `${word.toUpperCase()} ${quantity(ids.length, 'requirement')}, ${quantity(same.length, 'case')}`;
    return [
      inColour(word, page.paint)(head),
      ...labelled('reason', clipped(visible(reason), REASON_SHOWN), 2, LABEL, page.width),
      `  ${idLine(ids, page.width - 2)}`,
    ];
  });
}

/** As many ids as a line holds, and how many more there are. */
function idLine(ids: readonly string[], width: number): string {
  const whole = ids.join(', ');
  if (whole.length <= width) return whole;
  const fitting = ids.filter((_, i) => [...ids.slice(0, i + 1), 'and 999 more'].join(', ').length <= width);
  return `${fitting.join(', ')} and ${ids.length - fitting.length} more`;
}

/** The first line of what is told of a requirement. */
export function headOf(
  { id, level, title }: ReportedRequirement,
  word: VerdictWord,
  { paint }: Page,
): readonly string[] {
  return [`${inColour(word, paint)(`${word.toUpperCase()} ${id}`)}  ${level}  ${paint.bold(visible(title))}`];
}
