import type { Requirement, RequirementId } from '../model/requirement.ts';
import type { Judged } from './judge.ts';

export interface Proof {
  readonly requirements: number;
  readonly cited: number;
  readonly mutants: number;
  readonly killed: number;
  readonly survived: readonly Judged[];
  readonly harmless: number;
  readonly falseAlarms: readonly Judged[];
  /** Mutants that are found under a name that is not theirs. */
  readonly misnamed: readonly Judged[];
  /** Requirements that no mutant kills by name, of those that the operation gives something to. */
  readonly unproven: readonly RequirementId[];
  /** Groups of requirements that exactly the same mutants kill: perhaps one check too many. */
  readonly alike: readonly (readonly RequirementId[])[];
}

/**
 * Sums up what the mutants prove of a catalogue.
 *
 * @param requirements all of the catalogue
 * @param judged every mutant that was run
 */
export function prove(requirements: readonly Requirement[], judged: readonly Judged[]): Proof {
  const faults = judged.filter((j) => j.suspect.kills.length > 0);
  const killers = killersById(requirements, faults);
  const harmless = judged.filter((j) => j.suspect.kills.length === 0);
  return {
    requirements: requirements.length,
    cited: requirements.filter((r) => r.cites.length > 0).length,
    mutants: faults.length,
    killed: faults.filter((j) => j.fate.kind !== 'survived').length,
    survived: faults.filter((j) => j.fate.kind === 'survived'),
    harmless: harmless.length,
    falseAlarms: judged.filter((j) => j.fate.kind === 'false-alarm' || j.fate.kind === 'astray'),
    misnamed: judged.filter((j) => j.fate.kind === 'misnamed'),
    unproven: requirements.filter((r) => (killers.get(r.id) ?? []).length === 0).map((r) => r.id),
    alike: alike(killers),
  };
}

/** The mutants that name a requirement and were found by it. */
export function killersById(
  requirements: readonly Requirement[],
  judged: readonly Judged[],
): ReadonlyMap<RequirementId, readonly string[]> {
  return new Map(
    requirements.map(({ id }) => [
      id,
      judged.filter((j) => j.suspect.kills.includes(id) && j.autopsy.failed.includes(id)).map((j) => j.suspect.name),
    ]),
  );
}

function alike(killers: ReadonlyMap<RequirementId, readonly string[]>): readonly (readonly RequirementId[])[] {
  const groups = new Map<string, RequirementId[]>();
  for (const [id, names] of killers) {
    if (names.length === 0) continue;
    const key = names.toSorted().join(' ');
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups.values()].filter((ids) => ids.length > 1);
}

/** True when nothing survived, nothing harmless was flagged, nothing goes under a wrong name and every requirement is proven. */
export function holds(proof: Proof): boolean {
  const { survived, falseAlarms, misnamed, unproven } = proof;
  return [survived, falseAlarms, misnamed, unproven].every((found) => found.length === 0);
}

/** The one line that the README carries. */
export function proofLine(p: Proof): string {
  return [
    `${p.requirements} requirements`,
    `${p.cited} cited`,
    `${p.mutants} mutants`,
    `${p.killed} killed`,
    `${p.survived.length} survived`,
    `${p.harmless} harmless`,
    `${p.falseAlarms.length} false alarms`,
    `${p.unproven.length} unproven`,
  ].join(' · ');
}
