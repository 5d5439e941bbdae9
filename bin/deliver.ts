import { resolve } from 'node:path';
import type { Redacted } from '../src/model/redacted.ts';
import type { Report } from '../src/model/report.ts';
import { comparisonReport } from '../src/report/comparison.ts';
import { githubAnnotations, githubSummary } from '../src/report/github.ts';
import { harReport } from '../src/report/har.ts';
import { htmlReport } from '../src/report/html.ts';
import { jsonReport } from '../src/report/json.ts';
import { junitReport } from '../src/report/junit.ts';
import { ledgerText } from '../src/report/ledger.ts';
import { progressOf } from '../src/report/progress.ts';
import { takesOutput, type Detail, type FileKind, type ReportRequest } from '../src/report/reporters.ts';
import { terminalReport, type TerminalOptions } from '../src/report/terminal.ts';
import { appendReport, writeReport } from '../src/report/write.ts';
import { summaryFile } from '../src/settings/outputs.ts';
import { UsageError } from '../src/settings/problems.ts';
import type { Console } from './console.ts';

const pipeWidth = 100;

/** What each report that goes to a file is made by. */
const files: Readonly<Record<FileKind, (report: Redacted<Report>) => string>> = {
  json: jsonReport,
  junit: junitReport,
  har: harReport,
  html: htmlReport,
  ledger: ledgerText,
};

/**
 * Hands a report to everyone who asked for it; the terminal comes last, so that it stands at the end, and on standard
 * error where another report takes standard output.
 *
 * @throws UsageError when a file cannot be written, after all others were
 */
export async function deliver(
  report: Redacted<Report>,
  requests: readonly ReportRequest[],
  console: Console,
): Promise<void> {
  // Made of the report alone, which is redacted.
  const { assembled } = console.redactor;
  const problems: string[] = [];
  for (const request of requests) {
    if (!('to' in request)) continue;
    const text = assembled(files[request.kind](report));
    if (request.to === 'standard output') console.out(text);
    else {
      const written = await writeReport(resolve(console.cwd, request.file), text);
      if (!written.ok) problems.push(written.problem);
    }
  }
  const texts: ReportTexts = {
    annotations: () => githubAnnotations(report),
    summary: () => githubSummary(report),
    terminal: (options) => (report.comparison === undefined ? terminalReport : comparisonReport)(report, options),
  };
  problems.push(...(await tell(texts, requests, console)));
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
}

/** What a report says where it goes to no file of its own; made of what is redacted. */
export interface ReportTexts {
  readonly annotations: () => string;
  readonly summary: () => string;
  readonly terminal: (options: TerminalOptions) => string;
}

/**
 * Hands over what is read as it comes: annotations to the log, the summary to the file that the job names for it, and last
 * what is for a terminal.
 *
 * @returns what could not be written
 */
export async function tell(
  { annotations, summary, terminal }: ReportTexts,
  requests: readonly ReportRequest[],
  console: Console,
): Promise<readonly string[]> {
  const { assembled } = console.redactor;
  if (requests.some((r) => r.kind === 'github')) console.out(assembled(annotations()));
  const file = summaryFile(requests, console.env);
  const written = file === null ? null : await appendReport(file, assembled(summary()));
  const free = !requests.some(takesOutput);
  for (const request of requests) {
    if (request.kind !== 'terminal') continue;
    const options = terminalOptions(free ? console.terminal : console.errorTerminal, request.detail, console);
    (free ? console.out : console.err)(assembled(terminal(options)));
  }
  return written?.ok === false ? [`GITHUB_STEP_SUMMARY: ${written.problem}`] : [];
}

function terminalOptions(
  terminal: Console['terminal'],
  detail: Detail,
  { env }: Pick<Console, 'env'>,
): TerminalOptions {
  const plain = terminal === null || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return { colour: plain ? 'none' : 'ansi', width: terminal?.columns ?? pipeWidth, detail };
}

/** Tells on standard error how far a run is; `now` is the operation that is under way, where there are several. */
export function drawProgress(
  { errorTerminal, elapsed, err, redactor }: Console,
  what: 'exchanges' | 'operations' = 'exchanges',
): (done: number, of: number, now?: string) => void {
  const progress = progressOf(what, errorTerminal?.columns ?? null, elapsed);
  return (done, of, now = '') => {
    const text = progress(done, of, now);
    // An operation may have any name.
    if (text !== null) err(redactor.text(text));
  };
}
