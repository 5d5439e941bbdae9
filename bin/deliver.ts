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
import { progressLine } from '../src/report/progress.ts';
import { takesOutput, type Detail, type FileKind, type ReportRequest } from '../src/report/reporters.ts';
import { terminalReport, type TerminalOptions } from '../src/report/terminal.ts';
import { appendReport, destinationOf, tryWriting, writeReport } from '../src/report/write.ts';
import { startOf, visible } from '../src/report/visible.ts';
import { quantity } from '../src/values/words.ts';
import { UsageError } from '../src/settings/problems.ts';
import type { Console } from './console.ts';

/** How often a log is told how far a run is. */
const PIPE_INTERVAL_MS = 10_000;
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
 * Makes sure, before anything is sent, that every report can be written: makes folders, leaves all else as it is.
 *
 * @param requests of `--report`
 * @throws UsageError when one cannot be written, or two would go to one place
 */
export async function checkOutputs(
  requests: readonly ReportRequest[],
  { cwd, env, redactor }: Pick<Console, 'cwd' | 'env' | 'redactor'>,
): Promise<void> {
  const [first, second] = requests.filter((r) => takesOutput(r) || r.kind === 'github');
  if (first !== undefined && second !== undefined)
    throw new UsageError(
      `--report ${first.kind} and ${second.kind} both go to standard output; give one of them a file`,
    );
  const seen = new Map<string, FileKind>();
  for (const request of requests) {
    if (!('file' in request)) continue;
    const file = resolve(cwd, request.file);
    await checkFile(file);
    const destination = await destinationOf(file);
    const other = seen.get(destination);
    if (other !== undefined && !destination.startsWith('/dev/'))
      throw new UsageError(`--report ${other} and ${request.kind} both go to ${file}; give each a file of its own`);
    seen.set(destination, request.kind);
  }
  const summary = summaryFile(requests, env);
  const tried = summary === null ? null : await appendReport(summary, redactor.text(''));
  if (tried?.ok === false) throw new UsageError(`GITHUB_STEP_SUMMARY: ${tried.problem}`);
}

/** Where a job of GitHub Actions keeps its summary; null where none is wanted. */
function summaryFile(requests: readonly ReportRequest[], env: Console['env']): string | null {
  const file = env['GITHUB_STEP_SUMMARY'] ?? '';
  return file === '' || !requests.some((r) => r.kind === 'github') ? null : file;
}

/**
 * Makes sure that a file can be written, as `writeReport` will.
 *
 * @param file absolute path
 * @throws UsageError when it cannot
 */
export async function checkFile(file: string): Promise<void> {
  const tried = await tryWriting(file);
  if (!tried.ok) throw new UsageError(tried.problem);
}

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

/** Draws progress over one line of the terminal that standard error is; in a log a line every ten seconds. */
export function drawProgress(console: Console): (done: number, of: number) => void {
  const { errorTerminal, redactor } = console;
  if (errorTerminal === null) {
    let told = console.elapsed();
    return (done, total) => {
      const now = console.elapsed();
      if (now - told < PIPE_INTERVAL_MS || done === total) return;
      told = now;
      console.err(redactor.say`conform: ${done} of ${total} sent\n`);
    };
  }
  return (done, total) => {
    const line = progressLine({ done, total, unanswered: 0 }, errorTerminal.columns);
    console.err(done === total ? redactor.say`\r\u001b[K` : redactor.say`\r${line}`);
  };
}

/** The same over operations: one line that is drawn over, in a log a line every ten seconds. */
export function drawProgressOfOperations(console: Console): (done: number, of: number, operation: string) => void {
  const { errorTerminal, redactor } = console;
  let told = console.elapsed();
  return (done, total, operation) => {
    const text = `${String(done)} of ${quantity(total, 'operation')}, ${visible(operation)} under way`;
    if (errorTerminal !== null) {
      const line = startOf(text, errorTerminal.columns);
      console.err(done === total ? redactor.say`\r\u001b[K` : redactor.say`\r\u001b[K${line}`);
      return;
    }
    const now = console.elapsed();
    if (now - told < PIPE_INTERVAL_MS || done === total) return;
    told = now;
    console.err(redactor.say`conform: ${text}\n`);
  };
}
