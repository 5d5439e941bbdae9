import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { baselineOf, baselineText, openBaseline } from '../../src/gate/baseline.ts';
import { hold } from '../../src/gate/hold.ts';
import { runOperations } from '../../src/host/run-host.ts';
import type { Acceptance } from '../../src/model/comparison.ts';
import { worstExit } from '../../src/report/host/order.ts';
import { observedIn } from '../../src/run/run-catalogue.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { stagedFiles } from '../../src/sources/staged.ts';
import { firstOf, quantity } from '../../src/values/words.ts';
import type { Console } from '../console.ts';
import type { Contracts } from '../../src/host/contracts.ts';
import { drawProgressOfOperations } from '../deliver.ts';
import { embedded } from '../embedded.ts';
import { reportOperations } from './run-host.ts';

/** The baseline of an operation in a folder of them. */
function baselineName(operation: string): string {
  return `${operation.replace(/[^\w.-]/g, '_')}.json`;
}

/**
 * `conform gate --contracts`: holds every operation against its own baseline.
 *
 * @param folder of baselines, as `conform accept --contracts` writes it
 * @returns the exit code
 * @throws UsageError when an operation has none, or one cannot be read
 */
export async function gateOperations(
  contracts: Contracts,
  { folder, strict }: { readonly folder: string; readonly strict: boolean },
  console: Console,
): Promise<number> {
  const { operations, names } = contracts;
  const fileOf = (operation: string): string => join(folder, baselineName(operation));
  const without = operations.map(({ name }) => name).filter((name) => !existsSync(resolve(console.cwd, fileOf(name))));
  if (without.length > 0)
    throw new UsageError(
      `--baseline ${folder}: has none of ${firstOf(without, 3)}; make it with conform accept --contracts DIR --baseline ${folder} --reason TEXT`,
    );
  const known = new Set(names.map(baselineName));
  const stray = readdirSync(resolve(console.cwd, folder)).find((file) => file.endsWith('.json') && !known.has(file));
  if (stray !== undefined)
    throw new UsageError(
      `--baseline ${folder}: ${basename(stray, '.json')} is no operation of the contracts any more; remove its file`,
    );
  for (const { name, open } of operations) {
    const { suite, settings } = open();
    openBaseline(fileOf(name), suite, settings, console);
  }
  return reportOperations(contracts, console, async (run, waivers) => {
    const { suite, settings } = run;
    const file = fileOf(suite.operation);
    const whole = openBaseline(file, suite, settings, console);
    return hold(await observedIn(run, waivers), { whole, against: file, strict, waivers }, run);
  });
}

/**
 * `conform accept --contracts`: makes the present behaviour of every operation that could be judged its baseline.
 *
 * @returns the exit code: 3 where one could not be judged; what it had stays
 * @throws UsageError when nothing can be written there, or what is there is no baseline
 */
export async function acceptOperations(
  { operations }: Contracts,
  { folder, reason }: { readonly folder: string; readonly reason: string },
  console: Console,
): Promise<number> {
  const earlier = new Map<string, readonly Acceptance[]>();
  for (const { name, open } of operations) {
    const file = join(folder, baselineName(name));
    if (!existsSync(resolve(console.cwd, file))) continue;
    const { suite, settings } = open();
    earlier.set(name, openBaseline(file, suite, settings, console).accepted);
  }
  const { redactor } = console;
  const staged = await stagedFiles(resolve(console.cwd, folder));
  try {
    const reports = runOperations({
      operations,
      world: console,
      host: embedded(),
      run: async (opened) => (await observedIn(opened, [])).report,
      progress: drawProgressOfOperations(console),
    });
    const left: string[] = [];
    for await (const report of reports) {
      const { operation, version } = report.suite;
      if (report.interrupted || report.verdict === 'inconclusive') {
        left.push(`${operation}: ${report.says}`);
        continue;
      }
      const accepted: Acceptance = { at: report.startedAt, reason: redactor.text(reason), suite: version };
      const baseline = baselineOf(report, [accepted, ...(earlier.get(operation) ?? [])]);
      await staged.write(baselineName(operation), baselineText(baseline));
    }
    if (console.signal.aborted) {
      console.err(redactor.say`Nothing was accepted: the run was interrupted.\n`);
      return 130;
    }
    const count = await staged.commit();
    console.out(redactor.say`Accepted: ${quantity(count, 'operation')}, written to ${folder}.\n`);
    for (const each of left) console.err(redactor.say`Not accepted: ${each}\n`);
    return worstExit(left.length > 0 ? [3] : [0]);
  } finally {
    await staged.discard();
  }
}
