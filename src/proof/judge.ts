import type { Report } from '../model/report.ts';
import type { Area, RequirementId } from '../model/requirement.ts';

/** What proving needs to know of a mutant; the fault itself is the provider's business. */
export interface Suspect {
  readonly name: string;
  readonly says: string;
  readonly kills: readonly RequirementId[];
  /** Whether all that are named must find it, or any. */
  readonly foundBy: 'all' | 'any';
  readonly areas: readonly Area[];
}

/** What a run against one mutant came to, small enough to travel between threads. */
export interface Autopsy {
  readonly name: string;
  /** Requirements that failed with a finding. */
  readonly failed: readonly RequirementId[];
  /** Requirements that ended in error or blocked: never a kill. */
  readonly unjudged: readonly RequirementId[];
  /** Requirements that passed. */
  readonly passed: readonly RequirementId[];
  /** The requirement that the report names first, if any failed. */
  readonly first: RequirementId | null;
}

export type Fate =
  /** A fault, found by every requirement that names it. */
  | { readonly kind: 'killed' }
  /** A fault that some requirement named for it did not find. */
  | { readonly kind: 'survived'; readonly missing: readonly RequirementId[] }
  /** A fault found, but also reported where nothing is wrong. */
  | { readonly kind: 'astray'; readonly stray: readonly RequirementId[] }
  /** A fault found, but the report would begin with a requirement that does not name it. */
  | { readonly kind: 'misnamed'; readonly first: RequirementId }
  /** A harmless variation that stayed green. */
  | { readonly kind: 'unharmed' }
  /** A harmless variation that was flagged, or that kept something from being judged. */
  | { readonly kind: 'false-alarm'; readonly flagged: readonly RequirementId[] };

export interface Judged {
  readonly suspect: Suspect;
  readonly autopsy: Autopsy;
  readonly fate: Fate;
}

/** Reduces verdicts to what proving looks at. */
export function autopsyOf(name: string, { requirements, causes }: Pick<Report, 'requirements' | 'causes'>): Autopsy {
  const of = (...verdicts: readonly string[]): readonly RequirementId[] =>
    requirements.filter((r) => verdicts.includes(r.verdict)).map((r) => r.id);
  return {
    name,
    failed: of('fail'),
    unjudged: of('error', 'blocked'),
    passed: of('pass'),
    first: causes[0]?.requirement ?? null,
  };
}

/**
 * Holds a run against what its mutant says must and may fail.
 *
 * @param suspect the mutant
 * @param autopsy what the run came to
 * @param areaOf the area of each requirement; null for one that faults of any area show in
 */
export function judgeMutant(suspect: Suspect, autopsy: Autopsy, areaOf: (id: RequirementId) => Area | null): Judged {
  return { suspect, autopsy, fate: fateOf(suspect, autopsy, areaOf) };
}

function fateOf(suspect: Suspect, autopsy: Autopsy, areaOf: (id: RequirementId) => Area | null): Fate {
  if (suspect.kills.length === 0) {
    const flagged = [...autopsy.failed, ...autopsy.unjudged];
    return flagged.length === 0 ? { kind: 'unharmed' } : { kind: 'false-alarm', flagged };
  }
  const missing = suspect.kills.filter((id) => !autopsy.failed.includes(id));
  const enough = suspect.foundBy === 'all' ? missing.length === 0 : missing.length < suspect.kills.length;
  if (!enough) return { kind: 'survived', missing };
  const stray = autopsy.failed.filter((id) => {
    const area = areaOf(id);
    return !suspect.kills.includes(id) && area !== null && !suspect.areas.includes(area);
  });
  if (stray.length > 0) return { kind: 'astray', stray };
  const { first } = autopsy;
  const isNamed = first === null || suspect.foundBy === 'any' || suspect.kills.includes(first);
  return isNamed ? { kind: 'killed' } : { kind: 'misnamed', first };
}
