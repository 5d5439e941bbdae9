import { createReadStream } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import type { HostReport, OperationInShort } from '../src/model/host-report.ts';
import type { Redacted } from '../src/model/redacted.ts';
import type { Report } from '../src/model/report.ts';
import { filesInParts, type FileInParts } from '../src/report/host/files.ts';
import { hostAnnotations, hostSummary } from '../src/report/host/github.ts';
import { hostIndex, pageName } from '../src/report/host/html.ts';
import { inShort } from '../src/report/host/in-short.ts';
import { keyed } from '../src/report/host/keyed.ts';
import { hostTerminal } from '../src/report/host/terminal.ts';
import { htmlReport } from '../src/report/html.ts';
import type { FileKind, ReportRequest } from '../src/report/reporters.ts';
import { writeReport, type Written } from '../src/report/write.ts';
import { UsageError } from '../src/settings/problems.ts';
import type { Console } from './console.ts';
import { checkFile, checkOutputs, tell, type ReportTexts } from './deliver.ts';

/**
 * Takes in the reports of operations one by one, and hands over what all of them come to. What it has of an operation by
 * then is on the disk; files come whole in the end, or not at all.
 */
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
  const parts = await Promise.all(
    requests.flatMap((request, i) => {
      if (!('to' in request)) return [];
      if (request.kind === 'html') return [pagesOf(request, console)];
      const spool = join(draft, String(i));
      return [Promise.resolve(inParts(filesInParts[request.kind], spool, request, console))];
    }),
  );
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

/** One report, taking in operations. */
interface Part {
  readonly add: (report: Redacted<Report>) => Promise<void>;
  readonly end: (host: HostReport) => Promise<Written>;
  readonly discard: () => Promise<void>;
}

type FileRequest = Extract<ReportRequest, { readonly kind: FileKind }>;

function inParts(format: FileInParts, spool: string, request: FileRequest, console: Console): Part {
  let isFirst = true;
  const { assembled } = console.redactor;
  async function* pieces(host: HostReport): AsyncGenerator<Redacted<string>> {
    yield assembled(format.before(host));
    if (!isFirst) for await (const chunk of createReadStream(spool, 'utf8')) yield assembled(String(chunk));
    yield assembled(format.after);
  }
  return {
    add: async (report) => {
      const text = format.part(report);
      if (text === '') return;
      await appendFile(spool, isFirst ? text : `${format.between}${text}`, 'utf8');
      isFirst = false;
    },
    end: async (host) => {
      if (request.to === 'file') return writeReport(resolve(console.cwd, request.file), pieces(host));
      for await (const piece of pieces(host)) console.out(piece);
      return { ok: true };
    },
    discard: () => Promise.resolve(),
  };
}

/** A page for each operation, in a folder beside the page that lists them. */
async function pagesOf(request: FileRequest, console: Console): Promise<Part> {
  if (request.to !== 'file')
    throw new UsageError('--report html=-: with --contracts there is a page for each operation; give it a file');
  const file = resolve(console.cwd, request.file);
  const name = `${basename(file).replace(/\.html?$/i, '')}.operations`;
  const folder = join(dirname(file), name);
  await checkFile(join(folder, 'page.html'));
  const draft = await mkdtemp(join(dirname(file), '.conform-'));
  const pages: string[] = [];
  return {
    add: async (report) => {
      const page = pageName(report.suite.operation);
      pages.push(page);
      await writeFile(join(draft, page), htmlReport(report, `../${encodeURIComponent(basename(file))}`), 'utf8');
    },
    end: async (host) => {
      try {
        await mkdir(folder, { recursive: true });
        for (const page of pages) await rename(join(draft, page), join(folder, page));
        // Pages of operations that an earlier run had.
        for (const other of await readdir(folder))
          if (other.endsWith('.html') && !pages.includes(other)) await rm(join(folder, other));
      } catch (error) {
        return { ok: false, problem: `The pages in ${folder} cannot be written: ${String(error)}.` };
      }
      return writeReport(file, console.redactor.assembled(hostIndex(host, encodeURIComponent(name))));
    },
    discard: () => rm(draft, { recursive: true, force: true }),
  };
}
