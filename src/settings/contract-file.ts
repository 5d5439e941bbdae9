import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Contract } from '../model/contract.ts';
import { readContract } from '../schema/contract.ts';
import { readTextFile } from './files.ts';
import { withFiles } from './given-values.ts';
import { UsageError } from './problems.ts';
import type { World } from './world.ts';

/**
 * The contract in a file or in the folder of an operation, with what a person adds in said.json beside it.
 *
 * @param place that names it, for the message
 * @throws UsageError when it cannot be read as one
 */
export function readContractFile(place: string, name: string, world: Pick<World, 'cwd'>): Contract {
  const path = resolve(world.cwd, name);
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'contract.json') : path;
  const added = join(dirname(file), 'said.json');
  const read = readContract(jsonIn(place, file, world), existsSync(added) ? jsonIn(place, added, world) : null);
  if (!read.ok) throw new UsageError(`${place}: ${read.problem}`);
  const { values } = read.contract;
  if (values === undefined) return read.contract;
  const texts = Object.entries(values).map(([member, text]) => [member, withFiles(text, dirname(file))] as const);
  return { ...read.contract, values: Object.fromEntries(texts) };
}

function jsonIn(place: string, file: string, world: Pick<World, 'cwd'>): unknown {
  const text = readTextFile(place, file, world);
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${place}: ${basename(file)} is not JSON`);
  }
}
