import { readFileSync } from 'node:fs';
import type { Contract } from '../model/contract.ts';
import { readContract } from '../schema/contract.ts';

/** The ten operations of the types host, as they were imported from its documents. */
export const operations: readonly Contract[] = [
  'echo-scalars',
  'echo-nullables',
  'echo-collections',
  'get-tool',
  'find-tools',
  'read-file',
  'count-tools',
  'write-log',
  'save-tool',
  'delete-tool',
].map((name) => {
  const url = new URL(`../../specs/shapes/${name}/contract.json`, import.meta.url);
  const read = readContract(JSON.parse(readFileSync(url, 'utf8')), null);
  if (!read.ok) throw new Error(read.problem);
  return read.contract;
});
