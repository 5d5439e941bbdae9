import { openReportFiles, type ReportFiles } from '../src/host/report-files.ts';
import type { HostReport } from '../src/model/host-report.ts';
import { hostAnnotations, hostSummary } from '../src/report/host/github.ts';
import { hostTerminal } from '../src/report/host/terminal.ts';
import type { ReportRequest } from '../src/report/reporters.ts';
import { UsageError } from '../src/settings/problems.ts';
import type { Console } from './console.ts';
import { tell, type ReportTexts } from './deliver.ts';

/** Takes in the reports of operations one by one, and hands over what all of them come to. */
export interface HostDelivery extends Pick<ReportFiles, 'add' | 'discard'> {
  /** @throws UsageError when a file cannot be written, after all others were */
  readonly end: (host: HostReport) => Promise<void>;
}

/**
 * Makes sure that every report can be written, and opens them.
 *
 * @param requests of `--report`
 * @throws UsageError when one cannot be written
 */
export async function openHostDelivery(requests: readonly ReportRequest[], console: Console): Promise<HostDelivery> {
  const { add, end, discard } = await openReportFiles(requests, console, console.out);
  return {
    add,
    discard,
    end: async (host) => {
      const texts: ReportTexts = {
        annotations: () => hostAnnotations(host),
        summary: () => hostSummary(host),
        terminal: (options) => hostTerminal(host, options),
      };
      const problems = [...(await end(host)), ...(await tell(texts, requests, console))];
      if (problems.length > 0) throw new UsageError(problems.join('\n'));
    },
  };
}
