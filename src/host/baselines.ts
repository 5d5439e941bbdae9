import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { baselineOf, baselineText, openBaseline } from '../gate/baseline.ts';
import { hold } from '../gate/hold.ts';
import type { Acceptance } from '../model/comparison.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import type { Waiver } from '../model/waiver.ts';
import { observedIn } from '../run/run-catalogue.ts';
import type { Run } from '../run/run.ts';
import { UsageError } from '../settings/problems.ts';
import type { World } from '../settings/world.ts';
import { stagedFiles } from '../sources/staged.ts';
import { firstOf } from '../values/words.ts';
import type { Contracts } from './contracts.ts';
import { runOperations, type HostRun } from './run-host.ts';

/** The baseline of an operation in a folder of them. */
function baselineName(operation: string): string {
  return `${operation.replace(/[^\w.-]/g, '_')}.json`;
}

/**
 * What holds a run of an operation against its own baseline.
 *
 * @param folder of baselines, as `conform accept --contracts` writes it
 * @param strict whether behaviour that changed fails, though nobody promised it
 * @throws UsageError when an operation has none, one of no operation is there, or one cannot be read
 */
export function holdingBaselines(
  { operations, names }: Pick<Contracts, 'operations' | 'names'>,
  { folder, strict }: { readonly folder: string; readonly strict: boolean },
  world: World,
): (run: Run, waivers: readonly Waiver[]) => Promise<Redacted<Report>> {
  const fileOf = (operation: string): string => join(folder, baselineName(operation));
  const without = operations.map(({ name }) => name).filter((name) => !existsSync(resolve(world.cwd, fileOf(name))));
  if (without.length > 0)
    throw new UsageError(
      `--baseline ${folder}: has none of ${firstOf(without, 3)}; make it with conform accept --contracts DIR --baseline ${folder} --reason TEXT`,
    );
  const known = new Set(names.map(baselineName));
  const stray = readdirSync(resolve(world.cwd, folder)).find((file) => file.endsWith('.json') && !known.has(file));
  if (stray !== undefined)
    throw new UsageError(
      `--baseline ${folder}: ${basename(stray, '.json')} is no operation of the contracts any more; remove its file`,
    );
  for (const { name, open } of operations) {
    const { suite, settings } = open();
    openBaseline(fileOf(name), suite, settings, world);
  }
  return async (run, waivers) => {
    const { suite, settings } = run;
    const file = fileOf(suite.operation);
    const whole = openBaseline(file, suite, settings, world);
    return hold(await observedIn(run, waivers), { whole, against: file, strict, waivers }, run);
  };
}

/** What came of making the present behaviour of several operations their baselines. */
export type Accepted =
  | { readonly kind: 'interrupted' }
  /** `left`: what is told of operations that could not be judged, whose earlier baselines stay. */
  | { readonly kind: 'written'; readonly count: number; readonly left: readonly string[] };

/**
 * Makes the present behaviour of every operation that could be judged its baseline; none where the run is interrupted.
 *
 * @param folder of baselines
 * @param reason why the present behaviour is right
 * @throws UsageError when nothing can be written there, or what is there is no baseline
 */
export async function acceptBaselines(
  { operations }: Pick<Contracts, 'operations'>,
  { folder, reason }: { readonly folder: string; readonly reason: string },
  { world, host, progress }: Pick<HostRun, 'world' | 'host' | 'progress'>,
): Promise<Accepted> {
  const earlier = new Map<string, readonly Acceptance[]>();
  for (const { name, open } of operations) {
    const file = join(folder, baselineName(name));
    if (!existsSync(resolve(world.cwd, file))) continue;
    const { suite, settings } = open();
    earlier.set(name, openBaseline(file, suite, settings, world).accepted);
  }
  const { redactor } = world;
  const staged = await stagedFiles(resolve(world.cwd, folder));
  try {
    const left: string[] = [];
    const run = async (opened: Run): Promise<Redacted<Report>> => (await observedIn(opened, [])).report;
    for await (const report of runOperations({ operations, world, host, run, progress })) {
      const { operation, version } = report.suite;
      if (report.interrupted || report.verdict === 'inconclusive') {
        left.push(`${operation}: ${report.says}`);
        continue;
      }
      const accepted: Acceptance = { at: report.startedAt, reason: redactor.text(reason), suite: version };
      const baseline = baselineOf(report, [accepted, ...(earlier.get(operation) ?? [])]);
      // Made of the report and of the reason alone.
      await staged.write(baselineName(operation), redactor.assembled(baselineText(baseline)));
    }
    if (world.signal.aborted) return { kind: 'interrupted' };
    return { kind: 'written', count: await staged.commit(), left };
  } finally {
    await staged.discard();
  }
}
