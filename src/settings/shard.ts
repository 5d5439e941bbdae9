import { createHash } from 'node:crypto';
import type { Shard } from '../model/host-report.ts';
import { UsageError } from './problems.ts';
import { placeOf, settled } from './reading.ts';
import type { Effective } from './layers.ts';

/** A CI system runs no more jobs than that for one matrix. */
const MOST = 1000;

/**
 * The part of the operations that is to be run; null for all of them.
 *
 * @throws UsageError when it is none
 */
export function shardIn(effective: readonly Effective[]): Shard | null {
  const said = settled(effective).text('shard');
  if (said === null) return null;
  const [, index = '', of = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(said.value) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (of === '' || shard.of < 1 || shard.of > MOST || shard.index < 1 || shard.index > shard.of)
    throw new UsageError(`${placeOf(said)}: takes a part and how many there are, such as 2/5, up to ${MOST}`);
  return shard;
}

/**
 * The operations of a shard. Every name is in one shard of those of a seed, all shards are of one size but for one
 * operation, and which it is depends on the names and the seed alone.
 *
 * @param names of all operations, in any order
 * @returns those of the shard, sorted
 */
export function inShard(names: readonly string[], { index, of }: Shard, seed: number): readonly string[] {
  const drawn = (name: string): string => createHash('sha256').update(`${seed}:${name}`).digest('hex');
  return names
    .map((name) => ({ name, place: drawn(name) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .filter((_, i) => i % of === index - 1)
    .map(({ name }) => name)
    .sort();
}
