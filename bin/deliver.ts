import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Report } from '../src/model/report.ts';
import { comparisonReport } from '../src/report/comparison.ts';
import { githubAnnotations, githubSummary } from '../src/report/github.ts';
import { harReport } from '../src/report/har.ts';
import { htmlReport } from '../src/report/html.ts';
import { jsonReport } from '../src/report/json.ts';
import { junitReport } from '../src/report/junit.ts';
import { ledgerText } from '../src/report/ledger.ts';
import { progressLine } from '../src/report/progress.ts';
import type { FileKind, ReportRequest } from '../src/report/reporters.ts';
import { terminalReport } from '../src/report/terminal.ts';
import { writeReport } from '../src/report/write.ts';
import { UsageError } from '../src/settings/problems.ts';
import type { Console } from './console.ts';

const pipeWidth = 100;

/** What each report that goes to a file is made by. */
const files: Readonly<Record<FileKind, (report: Report) => string>> = {
  json: jsonReport,
  junit: junitReport,
  har: harReport,
  html: htmlReport,
  ledger: ledgerText,
};

/**
 * Hands a report to everyone who asked for it; the terminal comes last, so that it stands at the end.
 *
 * @throws UsageError when a file cannot be written, after all others were
 */
export async function deliver(report: Report, options: readonly ReportRequest[], console: Console): Promise<void> {
  const problems: string[] = [];
  for (const option of options) {
    if (!('file' in option)) continue;
    const written = await writeReport(resolve(console.cwd, option.file), files[option.kind](report));
    if (!written.ok) problems.push(written.problem);
  }
  for (const option of options) {
    if ('file' in option) continue;
    if (option.kind === 'github') await deliverToGithub(report, console);
    else
      console.out(
        (report.comparison === undefined ? terminalReport : comparisonReport)(report, terminalOptions(console)),
      );
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
}

/** Annotations go to the log; the summary to the file that the job names for it. */
async function deliverToGithub(report: Report, { env, out }: Console): Promise<void> {
  out(githubAnnotations(report));
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary !== undefined && summary !== '') await appendFile(summary, githubSummary(report));
}

function terminalOptions({ terminal, env }: Console): Parameters<typeof terminalReport>[1] {
  const plain = terminal === null || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return { colour: plain ? 'none' : 'ansi', width: terminal?.columns ?? pipeWidth };
}

/** Draws progress over one line of a terminal; silent where there is none. */
export function drawProgress(console: Console): (done: number, of: number) => void {
  const { terminal } = console;
  if (terminal === null) return () => undefined;
  return (done, total) => {
    console.err(done === total ? '\r\u001b[K' : `\r${progressLine({ done, total, unanswered: 0 }, terminal.columns)}`);
  };
}
