import type { Report, ReportedCase, ReportedExchange, ReportedRequirement } from '../model/report.ts';
import type { HostProfile } from '../model/profile.ts';
import type { CaseKey } from '../model/requirement.ts';
import type { Finding, SkipCause, VerdictWord } from '../model/verdict.ts';
import { dashedGuid } from '../values/guid.ts';
import { answeredWith, countVerdicts } from '../values/verdicts.ts';
import { placeOf } from '../values/answers.ts';
import { groupBy } from '../values/words.ts';

export interface AreaRow {
  readonly area: string;
  /** Requirements by verdict. */
  readonly counts: Readonly<Record<VerdictWord, number>>;
}

const ids = new RegExp(dashedGuid, 'g');

/** Cases of one requirement that say exactly the same. */
export interface CaseGroup {
  readonly keys: readonly CaseKey[];
  readonly reason: string | undefined;
  readonly findings: readonly Finding[];
  /** What was sent in the first of them, in order, up to the first answer that a finding speaks of: it shows them again. */
  readonly sent: readonly ReportedExchange[];
}

/** Cases, over all requirements, that were not exercised for one and the same reason. */
export interface SkipGroup {
  readonly cause: SkipCause | undefined;
  readonly reason: string;
  readonly exercise: string | undefined;
  readonly requirements: readonly string[];
  readonly cases: number;
}

export interface DocumentationError {
  readonly requirements: readonly string[];
  readonly finding: Finding;
  readonly keys: readonly CaseKey[];
}

/** One row per area, in the order of the report. */
export function areaRows(report: Report): readonly AreaRow[] {
  return [...groupBy(report.requirements, (r) => r.area)].map(([area, rs]) => ({ area, counts: countVerdicts(rs) }));
}

/** Requirements of that verdict, MUST before SHOULD, else in the order of the report. */
export function requirementsThat(report: Report, verdict: VerdictWord): readonly ReportedRequirement[] {
  const found = report.requirements.filter((r) => r.verdict === verdict);
  return [...found.filter((r) => r.level === 'MUST'), ...found.filter((r) => r.level !== 'MUST')];
}

/**
 * Folds the cases of one verdict that have the same reason and the same findings about the service.
 *
 * @param requirement whose cases are folded
 * @param verdict the verdict of the cases wanted
 * @param exchanges of the report: what was found is told with the status of the answer that it was found in
 */
export function caseGroups(
  requirement: ReportedRequirement,
  verdict: VerdictWord,
  exchanges: ReadonlyMap<string, ReportedExchange>,
): readonly CaseGroup[] {
  const cases = requirement.cases
    .filter((c) => c.verdict === verdict)
    .map((c) => ({ reported: c, findings: serviceFindings(c).map((f) => withStatus(f, c, exchanges)) }));
  return [
    // Texts that name other subjects say the same.
    ...groupBy(cases, (c) =>
      JSON.stringify([c.reported.reason ?? '', c.findings.map(findingKey)]).replace(ids, '<id>'),
    ).values(),
  ].flatMap((same) => {
    const [example] = same;
    if (example === undefined) return [];
    const { reported, findings } = example;
    const { length } = reported.exchanges;
    const end = Math.min(length, ...findings.map((finding) => placeOf(finding, length).at + 1));
    return [
      {
        keys: same.map((c) => c.reported.key),
        reason: reported.reason,
        findings,
        sent: reported.exchanges.slice(0, end).flatMap((id) => exchanges.get(id) ?? []),
      },
    ];
  });
}

/** Whether nothing was judged for one reason, which the verdict tells. */
export function isObstructed(report: Report): boolean {
  const reasons = new Set(
    report.requirements.flatMap((r) => r.cases.filter((c) => c.verdict !== 'skip').map((c) => c.reason)),
  );
  const [reason] = reasons;
  return reasons.size === 1 && reason !== undefined && report.says.includes(reason);
}

/** Requirements that were not judged for one and the same reason, too many to tell it at each of them. */
export interface Unjudged {
  readonly reason: string;
  readonly requirements: readonly ReportedRequirement[];
}

const TOLD_ONE_BY_ONE = 2;

/**
 * Reasons that keep many requirements from being judged: an obstacle is told once, not at each requirement.
 *
 * @param verdict the verdict of the requirements wanted
 */
export function unjudgedTogether(report: Report, verdict: 'error' | 'blocked'): readonly Unjudged[] {
  const reasonsOf = (r: ReportedRequirement): readonly string[] => [
    ...new Set(r.cases.filter((c) => c.verdict === verdict).map((c) => c.reason ?? '')),
  ];
  const alike = report.requirements.filter((r) => r.verdict === verdict && reasonsOf(r).length === 1);
  return [...groupBy(alike, (r) => reasonsOf(r).join(''))].flatMap(([reason, requirements]) =>
    requirements.length > TOLD_ONE_BY_ONE ? [{ reason, requirements }] : [],
  );
}

function withStatus(
  finding: Finding,
  { exchanges: ids }: ReportedCase,
  exchanges: ReadonlyMap<string, ReportedExchange>,
): Finding {
  const { at } = placeOf(finding, ids.length);
  return { ...finding, actual: answeredWith(finding.actual, exchanges.get(ids[at] ?? '')) };
}

/** What was deliberately not exercised, by cause and reason. */
export function skipGroups(report: Report): readonly SkipGroup[] {
  const skipped = report.requirements.flatMap((r) =>
    r.cases.filter((c) => c.verdict === 'skip').map((c) => ({ id: r.id, c })),
  );
  const groups = groupBy(skipped, ({ c }) => JSON.stringify([c.cause ?? '', c.reason ?? '', c.exercise ?? '']));
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { cause, reason = 'no reason was given', exercise } = first.c;
    return [{ cause, reason, exercise, requirements: [...new Set(same.map(({ id }) => id))], cases: same.length }];
  });
}

/** Findings about the page, whatever the verdict of the case that made them. */
export function documentationErrors(report: Report): readonly DocumentationError[] {
  const found = report.requirements.flatMap((r) =>
    r.cases.flatMap((c) =>
      c.findings.filter((f) => f.class === 'documentation').map((finding) => ({ id: r.id, key: c.key, finding })),
    ),
  );
  return [...groupBy(found, ({ finding }) => findingKey(finding)).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return [
      {
        requirements: [...new Set(same.map(({ id }) => id))],
        finding: first.finding,
        keys: same.map(({ key }) => key),
      },
    ];
  });
}

/** The exchanges of a report by id. */
export function exchangesById(report: Report): ReadonlyMap<string, ReportedExchange> {
  return new Map(report.exchanges.map((x) => [x.id, x]));
}

/** The profile in words: `classic hosting, pascal casing, servicestack serializer, dashed Guids, dates iso, debug off`. */
export function profileInWords({ profile }: { readonly profile: HostProfile }): string {
  const { hosting, casing, serializer, guids, dates, debug, frameworkVersion } = profile;
  const host = `${hosting} hosting, ${casing} casing, ${serializer} serializer, ${guids} Guids, dates ${dates}`;
  return `${host}, debug ${debug ? 'on' : 'off'}${frameworkVersion === undefined ? '' : `, ServiceStack ${frameworkVersion}`}`;
}

function serviceFindings(reported: ReportedCase): readonly Finding[] {
  return reported.findings.filter((f) => f.class === 'service');
}

function findingKey({ class: about, where, expected, actual }: Finding): string {
  return JSON.stringify([about, where, expected, actual]);
}
