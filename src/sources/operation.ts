import { nonEmpty, type OperationFacts, type ReadDocument } from '../import/facts.ts';
import { operationsIn, readOperation, type Answer } from '../import/host.ts';
import type { NonEmpty } from '../model/contract.ts';
import { visible } from '../report/visible.ts';
import { UsageError } from '../settings/problems.ts';
import type { Say, Source } from './sources.ts';

/** The answers of the first source that has them. */
export function answersOf(sources: readonly Source[]): { readonly app: Answer; readonly types: Answer } {
  const found = (of: (source: Source) => Answer): Answer =>
    sources.map(of).find((answer) => answer.kind === 'answer') ?? {
      kind: 'none',
      reason: 'it is not among the sources',
    };
  return { app: found((source) => source.app), types: found((source) => source.types) };
}

/**
 * The operations that sources speak of: the one that is wanted, or all.
 *
 * @param wanted null for all
 * @param names of the sources, as they were given
 */
export function operationsToImport(
  documents: readonly ReadDocument[],
  sources: readonly Source[],
  wanted: string | null,
  names: readonly string[],
): readonly string[] {
  // Pages of a host are asked for by name, so that a host without metadata can still show one.
  if (
    wanted !== null &&
    !documents.some(({ spelling }) => spelling(wanted) !== undefined) &&
    documents.every(({ operations }) => operations.length === 0) &&
    sources.some(({ host }) => host !== null)
  )
    return [wanted];
  return operationsIn(documents, wanted, names.join(', '));
}

/**
 * What all sources say of an operation; of hosts, its pages are asked for.
 *
 * @throws UsageError where nothing speaks of it
 */
export async function factsOf(
  operation: string,
  sources: readonly Source[],
  say: Say,
): Promise<NonEmpty<OperationFacts>> {
  const documents = sources.flatMap((source) => source.documents);
  const all = [...documents];
  for (const { host } of sources) {
    if (host === null) continue;
    const read = await readOperation(host.ask, host.base, operation, documents);
    all.push(...read.documents);
    say('not read', read.notes);
  }
  const facts = nonEmpty(
    all.flatMap((document) => {
      const name = document.spelling(operation);
      return name === undefined ? [] : [document.facts(name)];
    }),
  );
  if (facts === null)
    throw new UsageError(
      `nothing that could be read speaks of ${visible(operation)}: give its name as the metadata page lists it, or save a page and name the file`,
    );
  return facts;
}
