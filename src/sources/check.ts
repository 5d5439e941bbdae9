import { differences } from '../import/compare.ts';
import type { Difference } from '../model/published.ts';
import { readContractFile } from '../settings/contract-file.ts';
import { documented } from '../values/contract.ts';
import { factsOf } from './operation.ts';
import { readSources, type Reaching } from './sources.ts';

/**
 * What documents no longer promise as a contract does.
 *
 * @param file the contract, as it was given
 * @param names of the sources: paths and base URLs
 * @throws UsageError, InconclusiveError, UnreadableSource when the contract or a source cannot be read
 */
export async function differencesFrom(
  file: string,
  names: readonly string[],
  reaching: Reaching,
): Promise<readonly Difference[]> {
  const contract = documented(readContractFile(`--check ${file}`, file, reaching.world));
  const sources = await readSources(names, contract.operation, reaching);
  return differences(contract, await factsOf(contract.operation, sources, reaching.say));
}
