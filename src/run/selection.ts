import type { Catalogue, CatalogueArea } from '../model/requirement.ts';

export type Selection =
  { readonly ok: true; readonly catalogue: Catalogue } | { readonly ok: false; readonly problem: string };

/**
 * Narrows a catalogue to the areas and requirement ids that are named.
 *
 * @param catalogue all areas
 * @param only area names and requirement ids; empty selects everything
 */
export function select(catalogue: Catalogue, only: readonly string[]): Selection {
  if (only.length === 0) return { ok: true, catalogue };
  const areas = new Set<string>(catalogue.map((a) => a.area));
  const ids = new Set<string>(catalogue.flatMap((a) => a.requirements.map((r) => r.id)));
  const unknown = only.filter((name) => !areas.has(name) && !ids.has(name));
  if (unknown.length > 0) {
    return {
      ok: false,
      problem: `--only ${unknown.join(', ')}: no requirement or area has that name; areas are ${[...areas].join(', ')}, and ids look like ${[...ids][0] ?? 'VALID-001'}`,
    };
  }
  const wanted = new Set(only);
  const narrowed = catalogue
    .map((a): CatalogueArea => ({
      ...a,
      requirements: wanted.has(a.area) ? a.requirements : a.requirements.filter((r) => wanted.has(r.id)),
    }))
    .filter((a) => a.requirements.length > 0);
  return { ok: true, catalogue: narrowed };
}
