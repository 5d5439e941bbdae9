import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { HostReport, OperationInShort } from '../src/model/host-report.ts';
import type { Redacted } from '../src/model/redacted.ts';
import type { Report } from '../src/model/report.ts';
import { filesInParts } from '../src/report/host/files.ts';
import { hostAnnotations, hostSummary } from '../src/report/host/github.ts';
import { inShort } from '../src/report/host/in-short.ts';
import { keyed } from '../src/report/host/keyed.ts';
import { pagesFolder, pagesInParts, reportInParts, type ReportInParts } from '../src/report/host/parts.ts';
import { hostTerminal } from '../src/report/host/terminal.ts';
import type { FileKind, ReportRequest } from '../src/report/reporters.ts';
import { writeReport } from '../src/report/write.ts';
import { UsageError } from '../src/settings/problems.ts';
import type { Console } from './console.ts';
import { checkFile, checkOutputs } from '../src/settings/outputs.ts';
import { tell, type ReportTexts } from './deliver.ts';

/** Takes in the reports of operations one by one, and hands over what all of them come to. */
export interface HostDelivery {
  /** Takes in a report; its ids may name the operation already. */
  readonly add: (report: Redacted<Report>) => Promise<OperationInShort>;
  /** @throws UsageError when a file cannot be written, after all others were */
  readonly end: (host: HostReport) => Promise<void>;
  /** Takes away what was drafted; to be called in any case. */
  readonly discard: () => Promise<void>;
}

/**
 * Makes sure that every report can be written, and opens them.
 *
 * @param requests of `--report`
 * @throws UsageError when one cannot be written
 */
export async function openHostDelivery(requests: readonly ReportRequest[], console: Console): Promise<HostDelivery> {
  await checkOutputs(requests, console);
  const draft = await mkdtemp(join(tmpdir(), 'conform-'));
  const parts: ReportInParts[] = [];
  for (const [i, request] of requests.entries())
    if ('to' in request) parts.push(await openPart(request, join(draft, String(i)), console));
  return {
    add: async (report) => {
      const own = keyed(report);
      for (const part of parts) await part.add(own);
      return inShort(own);
    },
    end: async (host) => {
      const problems: string[] = [];
      for (const part of parts) {
        const written = await part.end(host);
        if (!written.ok) problems.push(written.problem);
      }
      const texts: ReportTexts = {
        annotations: () => hostAnnotations(host),
        summary: () => hostSummary(host),
        terminal: (options) => hostTerminal(host, options),
      };
      problems.push(...(await tell(texts, requests, console)));
      if (problems.length > 0) throw new UsageError(problems.join('\n'));
    },
    discard: async () => {
      for (const part of parts) await part.discard();
      await rm(draft, { recursive: true, force: true });
    },
  };
}

type FileRequest = Extract<ReportRequest, { readonly kind: FileKind }>;

async function openPart(request: FileRequest, spool: string, console: Console): Promise<ReportInParts> {
  const { cwd, out, redactor } = console;
  const { assembled } = redactor;
  if (request.kind !== 'html')
    return reportInParts(filesInParts[request.kind], spool, assembled, async (pieces) => {
      if (request.to === 'file') return writeReport(resolve(cwd, request.file), pieces);
      for await (const piece of pieces) out(piece);
      return { ok: true };
    });
  if (request.to !== 'file')
    throw new UsageError('--report html=-: with --contracts there is a page for each operation; give it a file');
  const file = resolve(cwd, request.file);
  await checkFile(join(pagesFolder(file), 'page.html'));
  return pagesInParts(file, assembled);
}
