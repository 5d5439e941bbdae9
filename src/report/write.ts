import {
  access,
  appendFile,
  chmod,
  chown,
  constants,
  mkdtemp,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Redacted } from '../model/redacted.ts';
import { makeFolder } from './make-folder.ts';

export type Written = { readonly ok: true } | { readonly ok: false; readonly problem: string };

/** A text, or the pieces of one. */
type Text = Redacted<string> | AsyncIterable<Redacted<string>>;

/** How a text gets to where it belongs. */
type Way =
  /** Whole or not at all: a draft beside the file, then renamed over it. */
  | { readonly kind: 'replace'; readonly file: string; readonly present: Stats | null }
  /** Into what stands there: a device or a pipe must not be replaced, nor a file that has a second name. */
  | { readonly kind: 'through'; readonly file: string };

/**
 * Writes a file whole or not at all, so that a reader never sees half a report and an earlier one survives a failure.
 * Its folder is made, a link is followed, the mode of a file that is there is kept; a device or a pipe is written into.
 *
 * @param file path of the file
 * @param text whole, or in pieces that are made as they are written
 * @returns on failure one sentence that names the file, the reason and what to do
 */
export async function writeReport(file: string, text: Text): Promise<Written> {
  try {
    const way = await wayTo(file);
    if (way.kind === 'through') await writeFile(way.file, text, 'utf8');
    else await replace(way.file, text, way.present);
    return { ok: true };
  } catch (error) {
    return { ok: false, problem: problemOf(file, error) };
  }
}

/**
 * Whether a file could be written, found out by making its folder and a draft in it: what is there is not touched.
 *
 * @param file path of the file
 * @returns what `writeReport` would return
 */
export async function tryWriting(file: string): Promise<Written> {
  try {
    const way = await wayTo(file);
    if (way.kind === 'through') await access(way.file, constants.W_OK);
    else await withDraft(way.file, () => Promise.resolve());
    return { ok: true };
  } catch (error) {
    return { ok: false, problem: problemOf(file, error) };
  }
}

/**
 * Adds to the end of a file, which is made where it is not there.
 *
 * @param file path of the file
 * @param text what is added
 * @returns on failure one sentence, as `writeReport`
 */
export async function appendReport(file: string, text: Redacted<string>): Promise<Written> {
  try {
    await appendFile(file, text, 'utf8');
    return { ok: true };
  } catch (error) {
    return { ok: false, problem: problemOf(file, error) };
  }
}

/** As many as Linux follows. */
const LINKS_FOLLOWED = 40;

/**
 * Where a path leads when links are followed, also where nothing stands there yet.
 *
 * @throws Error with code ELOOP when links lead in a circle
 */
export async function destinationOf(file: string, links = LINKS_FOLLOWED): Promise<string> {
  if (links === 0) throw Object.assign(new Error('its links lead in a circle'), { code: 'ELOOP' });
  try {
    return await realpath(file);
  } catch {
    const next = await readlink(file).catch(() => null);
    if (next !== null) return destinationOf(resolve(dirname(file), next), links - 1);
    const folder = dirname(file);
    return folder === file ? file : join(await destinationOf(folder, links), basename(file));
  }
}

async function wayTo(file: string): Promise<Way> {
  const whole = resolve(file);
  const present = await statusOf(whole);
  // What these name belongs to the system, even where it looks like a file: a redirected output, for one.
  const ofTheSystem = /^\/(dev|proc)\//.test(whole);
  if (present?.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  if (present !== null && (ofTheSystem || !present.isFile() || present.nlink > 1))
    return { kind: 'through', file: whole };
  const destination = await destinationOf(whole);
  await makeFolder(dirname(destination));
  return { kind: 'replace', file: destination, present };
}

async function statusOf(file: string): Promise<Stats | null> {
  try {
    return await stat(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

async function replace(file: string, text: Text, present: Stats | null): Promise<void> {
  await withDraft(file, async (draft) => {
    await writeFile(draft, text, 'utf8');
    if (present !== null) await keep(present, draft);
    await rename(draft, file);
  });
}

/** The draft gets the mode of what it replaces, and its owner, where that may be given away. */
async function keep({ mode, uid, gid }: Stats, draft: string): Promise<void> {
  await chown(draft, uid, gid).catch(() => undefined);
  await chmod(draft, mode & 0o7777);
}

async function withDraft(file: string, use: (draft: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(dirname(file), '.conform-'));
  try {
    await use(join(folder, basename(file)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function problemOf(file: string, error: unknown): string {
  const folder = dirname(file);
  switch (codeOf(error)) {
    case 'ENOENT':
      return `The report ${file} cannot be written: the folder ${folder} cannot be made; name another.`;
    case 'ENOTDIR':
    case 'EEXIST':
      return `The report ${file} cannot be written: ${folder} is not a folder; name another.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `The report ${file} cannot be written: no permission to write in ${folder}; name another folder.`;
    case 'EISDIR':
    case 'ENOTEMPTY':
      return `The report ${file} cannot be written: it is a folder; name a file in it.`;
    case 'ELOOP':
      return `The report ${file} cannot be written: its links lead in a circle; name another.`;
    case 'ENOSPC':
      return `The report ${file} cannot be written: the disk is full; free some space or name another folder.`;
    default:
      return `The report ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
