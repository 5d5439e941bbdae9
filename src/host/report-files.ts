import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { HostReport, OperationInShort } from '../model/host-report.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import { filesInParts } from '../report/host/files.ts';
import { inShort } from '../report/host/in-short.ts';
import { keyed } from '../report/host/keyed.ts';
import { pagesFolder, pagesInParts, reportInParts, type ReportInParts } from '../report/host/parts.ts';
import type { FileKind, ReportRequest } from '../report/reporters.ts';
import { writeReport } from '../report/write.ts';
import { checkFile, checkOutputs } from '../settings/outputs.ts';
import { UsageError } from '../settings/problems.ts';
import type { World } from '../settings/world.ts';

/** The files that tell of all operations of a host; no more than one operation's report is held. */
export interface ReportFiles {
  /** Takes in a report; its ids may name the operation already. */
  readonly add: (report: Redacted<Report>) => Promise<OperationInShort>;
  /** @returns what could not be written */
  readonly end: (host: HostReport) => Promise<readonly string[]>;
  /** Takes away what was drafted; to be called in any case. */
  readonly discard: () => Promise<void>;
}

/**
 * Makes sure that every report can be written, and opens those that go to files or to standard output.
 *
 * @param requests of `--report`
 * @param out takes pieces of what goes to standard output
 * @throws UsageError when one cannot be written
 */
export async function openReportFiles(
  requests: readonly ReportRequest[],
  world: World,
  out: (text: Redacted<string>) => void,
): Promise<ReportFiles> {
  await checkOutputs(requests, world);
  const draft = await mkdtemp(join(tmpdir(), 'conform-'));
  const parts: ReportInParts[] = [];
  const discard = async (): Promise<void> => {
    for (const part of parts) await part.discard();
    await rm(draft, { recursive: true, force: true });
  };
  try {
    for (const [i, request] of requests.entries())
      if ('to' in request) parts.push(await openPart(request, join(draft, String(i)), world, out));
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    add: async (report) => {
      const own = keyed(report);
      // What one has made is written while the next one is made.
      await Promise.all(parts.map((part) => part.add(own)));
      return inShort(own);
    },
    end: async (host) => {
      const problems: string[] = [];
      for (const part of parts) {
        const written = await part.end(host);
        if (!written.ok) problems.push(written.problem);
      }
      return problems;
    },
    discard,
  };
}

type FileRequest = Extract<ReportRequest, { readonly kind: FileKind }>;

async function openPart(
  request: FileRequest,
  spool: string,
  { cwd, redactor }: Pick<World, 'cwd' | 'redactor'>,
  out: (text: Redacted<string>) => void,
): Promise<ReportInParts> {
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
  const pages = pagesFolder(file);
  // Where it is not there it is made beside the report, which was tried.
  if (existsSync(pages)) await checkFile(join(pages, 'page.html'));
  return pagesInParts(file, assembled);
}
