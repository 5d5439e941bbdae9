/** One way to do the same work. */
export interface Contender {
  readonly name: string;
  /** Does the work once. */
  readonly work: () => void | Promise<void>;
}

/**
 * Measures contenders in turn, so that a machine that gets busy slows them all down, and prints how the median of each
 * stands to that of the first, by the clock and by the CPU of this process. Only ratios of one run say anything: the machine
 * cancels out.
 *
 * @param title of the table
 * @param rounds how often each does its work; one more round warms up
 */
export async function compare(
  title: string,
  rounds: number,
  contenders: readonly [Contender, ...Contender[]],
): Promise<void> {
  const times = contenders.map((): number[] => []);
  const cpus = contenders.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, { work }] of contenders.entries()) {
      const began = performance.now();
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      if (round === 0) continue;
      times[index]?.push(performance.now() - began);
      cpus[index]?.push(user + system);
    }
  }
  const besideFirst = (all: readonly (readonly number[])[], index: number): string =>
    `${(median(all[index] ?? []) / median(all[0] ?? [])).toFixed(2).padStart(6)} ×`;
  const width = Math.max(...contenders.map(({ name }) => name.length));
  process.stdout.write(
    `${title}\n${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, median of ${rounds} rounds\n`,
  );
  for (const [index, { name }] of contenders.entries()) {
    process.stdout.write(`  ${name.padEnd(width)}  ${besideFirst(times, index)}, CPU ${besideFirst(cpus, index)}\n`);
  }
  process.stdout.write('\n');
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
