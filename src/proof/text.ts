import type { Area, Requirement } from '../model/requirement.ts';
import type { Fate, Judged, Suspect } from './judge.ts';
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
    ...proof.misnamed.map(outcome),
    ...(proof.unproven.length === 0 ? [] : [`unproven: no mutant is killed by ${proof.unproven.join(', ')}`]),
    ...(proof.alike.length === 0
      ? []
      : [
          `killed by the same mutants, perhaps one check too many:\n${proof.alike.map((ids) => `  ${ids.join(' ')}`).join('\n')}`,
        ]),
    proofLine(proof),
  ];
  return `${sections.join('\n\n')}\n`;
}

const cellsInRow = 6;

/** By area: its requirements, and how many mutants each was seen to kill; those that no mutant names here are left out. */
function matrix(requirements: readonly Requirement[], judged: readonly Judged[]): string {
  const killers = killersById(requirements, judged);
  const named = new Set(judged.flatMap((j) => j.suspect.kills));
  const areas = new Map<Area, string[]>();
  for (const { id, area } of requirements) {
    if (named.has(id))
      areas.set(area, [...(areas.get(area) ?? []), `${id} ${killers.get(id)?.length ?? 0}`.padEnd(14)]);
  }
  const rows = [...areas].flatMap(([area, cells]) =>
    chunks(cells, cellsInRow).map((row, i) => `${(i === 0 ? area : '').padEnd(16)}${row.join('  ')}`.trimEnd()),
  );
  return ['requirements, and how many mutants each was seen to kill', ...rows].join('\n');
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
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
    case 'misnamed':
      return `found, but the report begins with ${fate.first}, which it does not name`;
    case 'false-alarm':
      return `harmless, yet flagged by ${fate.flagged.join(', ')}`;
    case 'killed':
    case 'unharmed':
      return 'as it must be';
  }
}

/** Mutants by name, each with what it does and what it must be found by; for a person. */
export function suspectsText(suspects: readonly Suspect[]): string {
  return suspects
    .map(({ name, says, kills }) => {
      const found = kills.length === 0 ? 'harmless: nothing may fail' : `kills ${kills.join(', ')}`;
      return `${name}\n  ${says}\n  ${found}\n`;
    })
    .join('');
}
