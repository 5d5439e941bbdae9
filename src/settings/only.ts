import { matchesGlob } from '../values/glob.ts';
import { nameOfOne } from '../values/operation-name.ts';

/** One name of `--only`: an area, an id or a pattern, of every operation or of those that a pattern names. */
interface Wanted {
  /** A pattern; null for every operation. */
  readonly operation: string | null;
  readonly name: string;
}

function wantedIn(only: readonly string[]): readonly Wanted[] {
  return only
    .flatMap((each) => each.split(','))
    .map((text) => {
      const { operation, name } = nameOfOne(text);
      return operation === null ? { operation, name } : { operation: operation.trim(), name: name.trim() || '*' };
    });
}

/**
 * What `--only` asks for of one operation: `ReadThing:VALID-*` is `VALID-*` there and nothing elsewhere.
 *
 * @returns empty for everything; null where it asks for nothing of this operation
 */
export function onlyOf(operation: string, only: readonly string[]): readonly string[] | null {
  if (only.length === 0) return [];
  const own = wantedIn(only).filter((each) => each.operation === null || matchesGlob(operation, each.operation));
  return own.length === 0 ? null : own.map(({ name }) => name);
}

/** Patterns of operations in `--only` that fit none of those that there are. */
export function unknownOperations(operations: readonly string[], only: readonly string[]): readonly string[] {
  return wantedIn(only).flatMap(({ operation, name }) =>
    operation === null || operations.some((each) => matchesGlob(each, operation)) ? [] : [`${operation}:${name}`],
  );
}
