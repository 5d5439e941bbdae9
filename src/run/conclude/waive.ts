import { createAjv } from '../../schema/ajv.ts';
import { whereNotJson } from '../../values/json.ts';
import waiversSchema from '../../../schemas/files/waivers.schema.json' with { type: 'json' };
import type { Objection, ReportedCase, ReportedRequirement } from '../../model/report.ts';
import type { Catalogue } from '../../model/requirement.ts';
import type { Waiver } from '../../model/waiver.ts';
import { isSameName, nameOfOne } from '../../values/operation-name.ts';
import { caseName, isSwitchedOff, verdictOver } from '../../values/verdicts.ts';

/** Requirements with what is waived of them, and the waivers that do not hold. */
export interface Waived {
  readonly requirements: readonly ReportedRequirement[];
  readonly objections: readonly Objection[];
}

/**
 * Lets waivers have their say over what was judged: a failing case that one names becomes `waived` and keeps its findings.
 * An objection is made to each waiver that has expired, that names nothing of the plan, or whose cases all pass.
 *
 * @param judged requirements, as the record was judged
 * @param waivers of requirements that this run has selected, or that do not exist
 * @param today the day of the run in UTC: `2026-11-24`
 */
export function applyWaivers(
  judged: readonly ReportedRequirement[],
  waivers: readonly Waiver[],
  today: string,
): Waived {
  const holding = waivers.filter((w) => holds(w, today));
  return {
    requirements: holding.length === 0 ? judged : judged.map((r) => waive(r, holding)),
    objections: waivers.flatMap((w) => objectionTo(w, judged, today)),
  };
}

function waive(requirement: ReportedRequirement, waivers: readonly Waiver[]): ReportedRequirement {
  const cases = requirement.cases.map((c): ReportedCase => {
    const reason = c.verdict === 'fail' ? excuse(waivers, requirement.id, caseName(c.key)) : undefined;
    return reason === undefined ? c : { ...c, verdict: 'waived', reason };
  });
  return { ...requirement, verdict: verdictOver(cases), cases };
}

/**
 * Whether a waiver holds on a day.
 *
 * @param at the day or a time of it, in UTC: `2026-11-24`, `2026-11-24T10:00:00Z`
 */
export function holds(waiver: Waiver, at: string): boolean {
  return waiver.until >= at.slice(0, 10);
}

/** What a waiver says of a case of its requirement, in words; undefined where there is none. */
export function excuse(waivers: readonly Waiver[], id: string, caseNamed: string): string | undefined {
  const waiver = waivers.find((w) => w.id === id && names(w, caseNamed));
  return waiver === undefined ? undefined : excuseOf(waiver);
}

function excuseOf({ reason, owner, until }: Waiver): string {
  return `${reason} (${owner}, until ${until})`;
}

function names(waiver: Waiver, caseNamed: string): boolean {
  return waiver.case === undefined || waiver.case === caseNamed;
}

function objectionTo(waiver: Waiver, judged: readonly ReportedRequirement[], today: string): readonly Objection[] {
  const subject = waiverName(waiver);
  const objection = (says: string): readonly Objection[] => [{ kind: 'waiver', requirement: waiver.id, says }];
  const requirement = judged.find((r) => r.id === waiver.id);
  if (requirement === undefined)
    return objection(`The waiver of ${subject} matches nothing: there is no such requirement; remove it.`);
  const named = requirement.cases.filter((c) => names(waiver, caseName(c.key)) && !isSwitchedOff(c));
  if (named.length === 0)
    return objection(`The waiver of ${subject} matches nothing: ${whyNothing(requirement)}; remove it.`);
  if (named.every((c) => c.verdict === 'pass')) {
    return objection(
      `The waiver of ${subject} is not needed: ${named.length === 1 ? 'its case passes' : `all of its ${named.length} cases pass`}; remove it.`,
    );
  }
  return holds(waiver, today)
    ? []
    : objection(
        `The waiver of ${subject} has expired (${waiver.owner}, until ${waiver.until}): repair what it excuses, or renew it with conform waive.`,
      );
}

function whyNothing({ cases }: ReportedRequirement): string {
  if (cases.every(isSwitchedOff)) return `it is ${cases[0]?.reason ?? 'switched off'}`;
  return `the requirement has no such case, but ${examples(cases)}`;
}

function examples(cases: readonly ReportedCase[]): string {
  const shown = cases
    .slice(0, 2)
    .map((c) => `'${caseName(c.key)}'`)
    .join(' and ');
  return cases.length > 2 ? `${cases.length} others, such as ${shown}` : shown;
}

/** Of a requirement with its case: `VALID-003 'cancel POST json'`. */
export function waiverName(waiver: Pick<Waiver, 'operation' | 'id' | 'case'>): string {
  return waiver.case === undefined ? keyOfWaiver(waiver) : `${keyOfWaiver(waiver)} '${waiver.case}'`;
}

export type ReadWaivers =
  { readonly ok: true; readonly waivers: readonly Waiver[] } | { readonly ok: false; readonly problem: string };

/**
 * Reads a file of waivers; `schemas/files/waivers.schema.json` describes it.
 *
 * @returns its waivers, or what is wrong and where, to stand behind the file's name
 */
export function readWaiverFile(text: string): ReadWaivers {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `not JSON (${whereNotJson(text, error)})` };
  }
  const ajv = createAjv({});
  const validate = ajv.compile<{ readonly waivers: readonly Waiver[] }>(waiversSchema);
  if (!validate(value)) {
    const [first] = validate.errors ?? [];
    const place = first === undefined || first.instancePath === '' ? 'at its root' : `at ${first.instancePath}`;
    return {
      ok: false,
      problem: `${place} it ${first?.message ?? 'is wrong'}${hint(first?.instancePath ?? '')}; schemas/files/waivers.schema.json describes the file`,
    };
  }
  const waivers = value.waivers.map(withOperation);
  const names = waivers.map(waiverName);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  return twice === undefined
    ? { ok: true, waivers }
    : { ok: false, problem: `it waives ${twice} twice; keep one of them` };
}

/** In a file the operation stands before the id: `ReadThing:VALID-003`. */
function withOperation({ id, ...rest }: Waiver): Waiver {
  const { operation, name } = nameOfOne(id);
  return operation === null ? { id, ...rest } : { operation, id: name, ...rest };
}

/** How a waiver is named in its file: `VALID-003`, `ReadThing:VALID-003`. */
export function keyOfWaiver({ operation, id }: Pick<Waiver, 'operation' | 'id'>): string {
  return operation === undefined ? id : `${operation}:${id}`;
}

function hint(place: string): string {
  if (place.endsWith('/id')) return ' (one requirement each, no wildcards)';
  return place.endsWith('/until') ? ' (YYYY-MM-DD)' : '';
}

/** Waivers as the text of their file, sorted, so that two people who add some can merge them. */
export function waiverFileText(waivers: readonly Waiver[]): string {
  const sorted = [...waivers].sort(
    (a, b) => compared(keyOfWaiver(a), keyOfWaiver(b)) || compared(a.case ?? '', b.case ?? ''),
  );
  const ordered = sorted.map(({ operation, id, case: of, reason, owner, until }) => ({
    id: keyOfWaiver({ id, ...(operation !== undefined && { operation }) }),
    ...(of !== undefined && { case: of }),
    reason,
    owner,
    until,
  }));
  return `${JSON.stringify({ waivers: ordered }, null, 2)}\n`;
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The waivers with one more; it takes the place of an earlier one of the same. */
export function withWaiver(waivers: readonly Waiver[], waiver: Waiver): readonly Waiver[] {
  return [...waivers.filter((w) => waiverName(w) !== waiverName(waiver)), waiver];
}

/** Those that speak of an operation: those that name it, and those that name none. */
export function waiversOf(operation: string, waivers: readonly Waiver[]): readonly Waiver[] {
  return waivers.filter((w) => w.operation === undefined || isSameName(w.operation, operation));
}

/** Those that speak of what is selected, and those that speak of nothing at all. */
export function waiversFor(waivers: readonly Waiver[], selected: Catalogue, all: Catalogue): readonly Waiver[] {
  const idsOf = (catalogue: Catalogue): ReadonlySet<string> =>
    new Set(catalogue.flatMap((a) => a.requirements.map((r) => r.id)));
  const [wanted, known] = [idsOf(selected), idsOf(all)];
  return waivers.filter((w) => wanted.has(w.id) || !known.has(w.id));
}
