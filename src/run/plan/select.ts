import type { Catalogue, CatalogueArea } from '../../model/requirement.ts';
import { UsageError } from '../../settings/problems.ts';
import type { Settings } from '../../settings/settings.ts';
import { matchesGlob } from '../../values/glob.ts';

/**
 * Narrows a catalogue to the areas and requirements that are named.
 *
 * @param catalogue all areas
 * @param only names of areas, ids of requirements and patterns of either (`VALID-0*`), in any case, several of them with
 *   commas between; empty selects everything
 * @throws UsageError when a name is that of nothing
 */
export function selected(catalogue: Catalogue, { only }: Pick<Settings, 'only'>): Catalogue {
  if (only.length === 0) return catalogue;
  const names = only.flatMap((each) => each.split(',')).flatMap((name) => name.trim() || []);
  if (names.length === 0) throw new UsageError(`--only: names nothing; ${whatThereIs(catalogue)}`);
  const unknown = names.filter((name) => narrowed(catalogue, [name]).length === 0);
  if (unknown.length > 0)
    throw new UsageError(
      `--only ${unknown.join(', ')}: no requirement or area has that name; ${whatThereIs(catalogue)}`,
    );
  return narrowed(catalogue, names);
}

function narrowed(catalogue: Catalogue, names: readonly string[]): Catalogue {
  const wanted = (name: string): boolean => names.some((each) => matchesGlob(name, each));
  return catalogue
    .map((a): CatalogueArea => ({
      ...a,
      requirements: wanted(a.area) ? a.requirements : a.requirements.filter((r) => wanted(r.id)),
    }))
    .filter((a) => a.requirements.length > 0);
}

function whatThereIs(catalogue: Catalogue): string {
  const id = catalogue[0]?.requirements[0]?.id ?? 'VALID-001';
  return `areas are ${catalogue.map((a) => a.area).join(', ')}, and ids look like ${id}; conform explain lists all`;
}
