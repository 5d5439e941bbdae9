import type { Area, Requirement, RequirementId } from '../model/requirement.ts';
import type { Fate, Judged } from './judge.ts';
import { killersById, proofLine, type Proof } from './proof.ts';

/**
 * The proof for a person: mutants by area of what they kill, then everything that does not hold, then the line.
 *
 * @param requirements all of the catalogue
 * @param judged every mutant that was run
 * @param proof what they come to
 */
export function proofText(requirements: readonly Requirement[], judged: readonly Judged[], proof: Proof): string {
  const sections = [
    matrix(requirements, judged),
    ...proof.survived.map(outcome),
    ...proof.falseAlarms.map(outcome),
    ...(proof.unproven.length === 0 ? [] : [`unproven: no mutant is killed by ${proof.unproven.join(', ')}`]),
    ...(proof.alike.length === 0 ? [] : [`killed by the same mutants, perhaps one check too many:\n${proof.alike.map((ids) => `  ${ids.join(' ')}`).join('\n')}`]),
    proofLine(proof),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** One row per area: its requirements, how many mutants each names, the least first to catch the eye. */
function matrix(requirements: readonly Requirement[], judged: readonly Judged[]): string {
  const killers = killersById(requirements, judged);
  const areas = new Map<Area, Requirement[]>();
  for (const r of requirements) areas.set(r.area, [...(areas.get(r.area) ?? []), r]);
  const rows = [...areas].map(([area, all]) => `${area.padEnd(16)}${all.map((r) => cell(r.id, killers)).join('  ')}`);
  return `requirements and how many mutants each was seen to kill by name\n${rows.join('\n')}`;
}

function cell(id: RequirementId, killers: ReadonlyMap<RequirementId, readonly string[]>): string {
  return `${id} ${killers.get(id)?.length ?? 0}`;
}

function outcome({ suspect, fate }: Judged): string {
  return `${fate.kind}  ${suspect.name}: ${suspect.says}\n  ${because(fate)}`;
}

function because(fate: Fate): string {
  switch (fate.kind) {
    case 'survived':
      return `not found by ${fate.missing.join(', ')}, which it names`;
    case 'astray':
      return `also reported by ${fate.stray.join(', ')}, outside the areas it names`;
    case 'false-alarm':
      return `harmless, yet flagged by ${fate.flagged.join(', ')}`;
    case 'killed':
    case 'unharmed':
      return 'as it must be';
  }
}
