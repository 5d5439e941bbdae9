import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contractFrom } from '../import/contract.ts';
import { emptySaid, filesOf } from '../import/files.ts';
import { learnt, showsGuid } from '../import/learn.ts';
import type { Contract } from '../model/contract.ts';
import { answersOf, factsOf, operationsToImport } from './operation.ts';
import { readSources, type Reaching, type Say, type Source } from './sources.ts';
import { stagedFiles } from './staged.ts';

/** What an import wrote. */
export interface Imported {
  readonly files: number;
  readonly operations: number;
}

/**
 * Writes the contract of an operation with its schemas and DTOs, or those of all operations, each in a folder of its own,
 * and the profile that the sources tell: all of it or nothing. What a person has added beside a contract stays.
 *
 * @param out the folder, an absolute path
 * @param names of the sources: paths and base URLs
 * @param wanted the operation; null for all
 * @throws UsageError, InconclusiveError, UnreadableSource when a source cannot be read or the folder not be written
 */
export async function importInto(
  out: string,
  names: readonly string[],
  wanted: string | null,
  reaching: Reaching,
): Promise<Imported> {
  const { say, world } = reaching;
  const { text } = world.redactor;
  const staged = await stagedFiles(out);
  try {
    const sources = await readSources(names, wanted, reaching);
    const documents = sources.flatMap((source) => source.documents);
    const operations = operationsToImport(documents, sources, wanted, names);
    let telling: Contract | null = null;
    for (const operation of operations) {
      const contract = await importOne(operation, sources, say);
      const folder = wanted === null ? operation : '.';
      await Promise.all([...filesOf(contract)].map(([file, made]) => staged.write(join(folder, file), text(made))));
      if (!existsSync(join(out, folder, 'said.json'))) await staged.write(join(folder, 'said.json'), text(emptySaid));
      // The first operation tells of the host what any does, but for Guids, which few samples show.
      if (telling === null || (!showsGuid(telling) && showsGuid(contract))) telling = contract;
      if (wanted !== null) tell(contract, say);
    }
    if (telling !== null) {
      const probed = learnt(telling, answersOf(sources));
      await staged.write('profile.json', text(`${JSON.stringify(probed.profile, null, 2)}\n`));
      say('learnt', probed.learnt);
      say('not learnt', probed.notLearnt);
    }
    return { files: await staged.commit(), operations: operations.length };
  } finally {
    await staged.discard();
  }
}

async function importOne(operation: string, sources: readonly Source[], say: Say): Promise<Contract> {
  const facts = await factsOf(operation, sources, say);
  const targets = sources.flatMap(({ host }) => (host === null ? [] : [host.name]));
  return contractFrom(facts, targets);
}

/** What a person should know of a contract before they use it. */
function tell({ disagreements, unknown, operation }: Contract, say: Say): void {
  for (const { path, values } of disagreements) {
    const [first, ...others] = values;
    if (first !== undefined)
      say('differs', [
        `${operation} ${path}: ${first.value} (${first.at}) counts, not ${others.map(({ value, at }) => `${value} (${at})`).join(', ')}`,
      ]);
  }
  say(
    'unknown',
    unknown.map(({ path, why }) => `${path}: ${why}`),
  );
}
