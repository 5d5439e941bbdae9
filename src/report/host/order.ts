import type { CauseInShort, HostReport, OperationInShort } from '../../model/host-report.ts';
import { groupBy } from '../../values/words.ts';

/** How bad it is that an operation ended so, the worst first. */
const WORST_FIRST: readonly OperationInShort['exitCode'][] = [130, 1, 3, 2, 0];

/** Operations with the worst first: by how they ended, then by how many promises are broken, then by name. */
export function worstFirst(operations: readonly OperationInShort[]): readonly OperationInShort[] {
  const place = ({ exitCode }: OperationInShort): number => WORST_FIRST.indexOf(exitCode);
  return operations.toSorted((a, b) => place(a) - place(b) || b.summary.fail - a.summary.fail);
}

/** The worst of exit codes: 130, then 1, 3, 2, 0. */
export function worstExit(codes: readonly OperationInShort['exitCode'][]): OperationInShort['exitCode'] {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? 0;
}

/** A cause that operations have in common: the same requirement says it of each. */
export interface CommonCause {
  /** As the first of them has it. */
  readonly first: CauseInShort;
  readonly operations: readonly string[];
}

/** Why requirements fail, each requirement once: MUST first, then what most operations have in common. */
export function commonCauses({ operations }: Pick<HostReport, 'operations'>): readonly CommonCause[] {
  const all = worstFirst(operations).flatMap(({ operation, causes }) =>
    causes.map((cause) => ({ operation, cause, id: plainId(cause.requirement) })),
  );
  return [...groupBy(all, ({ id }) => id).values()]
    .flatMap((same): readonly CommonCause[] => {
      const [one] = same;
      return one === undefined
        ? []
        : [{ first: one.cause, operations: [...new Set(same.map(({ operation }) => operation))] }];
    })
    .sort(
      (a, b) =>
        Number(b.first.level === 'MUST') - Number(a.first.level === 'MUST') ||
        b.operations.length - a.operations.length,
    );
}

/** The id of the catalogue: `VALID-003` of `ReadThing:VALID-003`. */
function plainId(id: string): string {
  return id.slice(id.lastIndexOf(':') + 1);
}
