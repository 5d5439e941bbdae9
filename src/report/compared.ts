import type { ComparedCase } from '../model/comparison.ts';
import { groupBy } from '../values/words.ts';

/** Cases that changed alike: of one requirement, or of many that changed for one reason. */
export interface ComparedGroup {
  readonly first: ComparedCase;
  readonly cases: readonly ComparedCase[];
  /** Ids, each once; more than a few are told in one line. */
  readonly requirements: readonly string[];
}

/** So many requirements that changed alike are told one by one. */
const TOLD_ONE_BY_ONE = 3;

/** Cases that were so then, are so now and for one reason; of few requirements, a group each. */
export function comparedGroups(compared: readonly ComparedCase[]): readonly ComparedGroup[] {
  return [...groupBy(compared, (c) => JSON.stringify([c.was, c.is, c.reason ?? ''])).values()].flatMap((alike) => {
    const byRequirement = groupBy(alike, (c) => c.requirement);
    return byRequirement.size > TOLD_ONE_BY_ONE ? groupOf(alike) : [...byRequirement.values()].flatMap(groupOf);
  });
}

function groupOf(cases: readonly ComparedCase[]): readonly ComparedGroup[] {
  const [first] = cases;
  return first === undefined ? [] : [{ first, cases, requirements: [...new Set(cases.map((c) => c.requirement))] }];
}
