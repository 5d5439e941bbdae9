import { negotiatedAs } from '../../src/provider/content-faults.ts';
import { hasOwnRoutes, hasSubject } from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';
import type { RequirementId } from '../../src/model/requirement.ts';

const acceptUnheeded: Mutant = {
  name: 'format-accept-unheeded',
  says: 'the answer is in JSON, whatever the Accept header asks for',
  kills: ['FORMAT-001'],
  areas: ['formats'],
  mutate: negotiatedAs((found) =>
    found.by === 'accept' ? { ...found, format: 'json', mediaType: 'application/json; charset=utf-8' } : found,
  ),
};

/** Faults in formats, and what finds them. */
const faults: Readonly<Record<string, readonly RequirementId[]>> = {
  'format-query-unheeded-by-success': ['FORMAT-003', 'FORMAT-007'],
  'format-accept-unheeded': ['FORMAT-001'],
  'effect-query-format-breaks': ['FORMAT-005'],
  'format-accept-upper-case-unknown': ['FORMAT-008'],
  'format-csv-unquoted': ['FORMAT-009'],
  'format-other-status-in-csv': ['FORMAT-013'],
  'format-items-lost-in-xml': ['FORMAT-025'],
  'format-xml-namespace-of-errors': ['FORMAT-018'],
  'format-xml-namespace-of-success': ['FORMAT-019'],
  'type-csv-other-data': ['TYPE-002'],
  'doc-answer-in-csv-breaks': ['DOC-005'],
};

/**
 * An operation that is called by its name alone is asked for a format by its path, in classic hosting; under endpoint routing its
 * one path leaves the format to be chosen, and what can go wrong in formats goes wrong there.
 *
 * @param mutants those of operations that have routes
 */
export function namedMutants(mutants: readonly Mutant[]): readonly Mutant[] {
  return [...mutants, acceptUnheeded].flatMap(({ name, says, areas, mutate }): readonly Mutant[] => {
    const kills = faults[name];
    return kills === undefined
      ? []
      : [
          {
            name: `${name}-under-endpoints`,
            says: `under endpoint routing, ${says}`,
            kills,
            appliesTo: (contract) => !hasOwnRoutes(contract) && !hasSubject(contract),
            areas,
            under: { hosting: 'endpoints', serializer: 'system-text-json' },
            authentication: ['identity'],
            mutate,
          },
        ];
  });
}
