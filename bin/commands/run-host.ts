import { hostReportOf } from '../../src/host/host-report.ts';
import { runOperations } from '../../src/host/run-host.ts';
import type { OperationInShort } from '../../src/model/host-report.ts';
import type { Redacted } from '../../src/model/redacted.ts';
import type { Report } from '../../src/model/report.ts';
import type { Run } from '../../src/run/run.ts';
import { openWaivers } from '../../src/run/conclude/waiver-file.ts';
import type { Waiver } from '../../src/model/waiver.ts';
import type { Console } from '../console.ts';
import { headWith, type Contracts } from '../../src/host/contracts.ts';
import { drawProgress } from '../deliver.ts';
import { openHostDelivery } from '../deliver-host.ts';
import { embedded } from '../../src/embedded/embedded.ts';

/**
 * Runs all operations of a folder and reports.
 *
 * @param run what is done of an operation that is open, with the waivers of all
 * @returns the exit code
 * @throws UsageError when settings or files are wrong
 */
export async function reportOperations(
  contracts: Contracts,
  console: Console,
  run: (opened: Run, waivers: readonly Waiver[]) => Promise<Redacted<Report>>,
): Promise<Report['exitCode']> {
  const { settings, operations } = contracts;
  const waivers = openWaivers(settings.waivers, console);
  const head = headWith(waivers, contracts);
  const delivery = await openHostDelivery(settings.reports, console);
  try {
    const began = console.now().toISOString();
    const ended: OperationInShort[] = [];
    const reports = runOperations({
      operations,
      world: console,
      host: embedded(),
      run: (opened) => run(opened, waivers),
      progress: drawProgress(console, 'operations'),
    });
    for await (const report of reports) ended.push(await delivery.add(report));
    const host = hostReportOf(head, ended, { began, interrupted: console.signal.aborted });
    await delivery.end(host);
    return host.exitCode;
  } finally {
    await delivery.discard();
  }
}
