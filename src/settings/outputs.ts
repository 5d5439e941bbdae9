import { resolve } from 'node:path';
import { takesOutput, type FileKind, type ReportRequest } from '../report/reporters.ts';
import { appendReport, destinationOf, tryWriting } from '../report/write.ts';
import { UsageError } from './problems.ts';
import type { World } from './world.ts';

/**
 * Makes sure, before anything is sent, that every report can be written: makes folders, leaves all else as it is.
 *
 * @param requests of `--report`
 * @throws UsageError when one cannot be written, or two would go to one place
 */
export async function checkOutputs(
  requests: readonly ReportRequest[],
  { cwd, env, redactor }: Pick<World, 'cwd' | 'env' | 'redactor'>,
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
export function summaryFile(requests: readonly ReportRequest[], env: World['env']): string | null {
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
