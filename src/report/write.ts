import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export type Written = { readonly ok: true } | { readonly ok: false; readonly problem: string };

/**
 * Writes a file whole or not at all: into a temporary folder beside it, then renamed over it, so that a reader
 * never sees half a report and an earlier one survives a failure.
 *
 * @param file path of the file; its folder must exist
 * @returns on failure one sentence that names the file, the reason and what to do
 */
export async function writeReport(file: string, text: string): Promise<Written> {
  let temporary: string | undefined;
  try {
    temporary = await mkdtemp(join(dirname(file), '.conform-'));
    const draft = join(temporary, basename(file));
    await writeFile(draft, text, 'utf8');
    await rename(draft, file);
    return { ok: true };
  } catch (error) {
    return { ok: false, problem: problemOf(file, error) };
  } finally {
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true });
  }
}

function problemOf(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const folder = dirname(file);
  switch (code) {
    case 'ENOENT':
      return `The report ${file} cannot be written: the folder ${folder} does not exist; create it or name another.`;
    case 'ENOTDIR':
      return `The report ${file} cannot be written: ${folder} is not a folder; name another.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The report ${file} cannot be written: no permission to write in ${folder}; name another folder.`;
    case 'EISDIR':
    case 'ENOTEMPTY':
    case 'EEXIST':
      return `The report ${file} cannot be written: it is a folder; name a file in it.`;
    case 'ENOSPC':
      return `The report ${file} cannot be written: the disk is full; free some space or name another folder.`;
    default:
      return `The report ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
