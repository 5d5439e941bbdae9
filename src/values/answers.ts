import type { Finding } from '../model/verdict.ts';

/** Findings placed in the answer of a step, by its index. */
export function inAnswer(index: number, findings: readonly Finding[]): readonly Finding[] {
  return findings.map((found) => ({ ...found, where: `answer ${index + 1}: ${found.where}` }));
}

/**
 * Which answer of a case a finding speaks of, and where in it.
 *
 * @param answers how many the case has; a finding that names none speaks of the last
 * @returns the index of the answer, and the place without its number
 */
export function placeOf({ where }: Finding, answers: number): { readonly at: number; readonly where: string } {
  const last = answers - 1;
  const [, answer, place] = /^answer (\d+): (.*)$/s.exec(where) ?? [];
  return place === undefined ? { at: last, where } : { at: Math.min(Number(answer) - 1, last), where: place };
}
