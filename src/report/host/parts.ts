import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { HostReport } from '../../model/host-report.ts';
import type { Redacted } from '../../model/redacted.ts';
import type { Report } from '../../model/report.ts';
import { htmlReport } from '../html.ts';
import { makeFolder } from '../make-folder.ts';
import { writeReport, type Written } from '../write.ts';
import type { FileInParts } from './files.ts';
import { hostIndex, pageName } from './html.ts';

/**
 * One report of several operations, which takes them in one by one: what it has of an operation by then is on the disk. The
 * file comes whole in the end, or not at all.
 */
export interface ReportInParts {
  readonly add: (report: Redacted<Report>) => Promise<void>;
  readonly end: (host: HostReport) => Promise<Written>;
  /** Takes away what was drafted. */
  readonly discard: () => Promise<void>;
}

/** Vouches for what is put together of redacted reports. */
type Assemble = (text: string) => Redacted<string>;

/**
 * @param spool absolute path of a file for the parts
 * @param write takes the whole in the end, piece by piece
 */
export function reportInParts(
  format: FileInParts,
  spool: string,
  assembled: Assemble,
  write: (pieces: AsyncIterable<Redacted<string>>) => Promise<Written>,
): ReportInParts {
  let isFirst = true;
  // Opened with the first part: there are as many as operations.
  let file: FileHandle | null = null;
  const close = async (): Promise<void> => {
    await file?.close();
    file = null;
  };
  async function* pieces(host: HostReport): AsyncGenerator<Redacted<string>> {
    yield assembled(format.before(host));
    if (!isFirst) for await (const chunk of createReadStream(spool, 'utf8')) yield assembled(String(chunk));
    yield assembled(format.after);
  }
  return {
    add: async (report) => {
      const text = format.part(report);
      if (text === '') return;
      file ??= await open(spool, 'a');
      await file.appendFile(isFirst ? text : `${format.between}${text}`, 'utf8');
      isFirst = false;
    },
    end: async (host) => {
      await close();
      return write(pieces(host));
    },
    discard: async () => {
      await close();
      await rm(spool, { force: true });
    },
  };
}

/** The folder of the pages of operations, beside the page that lists them. */
export function pagesFolder(file: string): string {
  return join(dirname(file), `${basename(file).replace(/\.html?$/i, '')}.operations`);
}

/**
 * A page for each operation, and one that lists them.
 *
 * @param file absolute path of the latter
 */
export async function pagesInParts(file: string, assembled: Assemble): Promise<ReportInParts> {
  const folder = pagesFolder(file);
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
        await makeFolder(folder);
        for (const page of pages) await rename(join(draft, page), join(folder, page));
        // Pages of operations that an earlier run had.
        for (const other of await readdir(folder))
          if (other.endsWith('.html') && !pages.includes(other)) await rm(join(folder, other));
      } catch (error) {
        return { ok: false, problem: `The pages in ${folder} cannot be written: ${String(error)}.` };
      }
      return writeReport(file, assembled(hostIndex(host, encodeURIComponent(basename(folder)))));
    },
    discard: () => rm(draft, { recursive: true, force: true }),
  };
}
