import { open, readFile, type FileHandle } from 'node:fs/promises';
import type { Subject } from '../model/exchange.ts';
import type { StateSource } from '../model/states.ts';

/** The subjects that runs have worked on, in a file that only grows: one line of JSON for each. */
export interface Spent {
  readonly isSpent: (id: string) => boolean;
  /**
   * Writes a subject down and waits until it is on the disk.
   *
   * @returns false when another run has written it down before
   */
  readonly spend: (id: string) => Promise<boolean>;
}

export type SpentRead = { readonly ok: true; readonly spent: Spent } | { readonly ok: false; readonly problem: string };

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly run: string;
}

/** A line whose end is missing. Whether its subject was used, nobody knows, so it counts as spent. */
interface CutEntry {
  /** In lower case; the whole id or its beginning. */
  readonly beginning: string;
}

/**
 * Opens the list in a file, which need not exist yet.
 *
 * @param file to read and to append to
 * @param run names this run among others that use the same file
 * @param now for the reader of the file
 */
export async function openSpent(file: string, run: string, now: () => Date): Promise<SpentRead> {
  const text = await contentOf(file);
  if (typeof text !== 'string')
    return {
      ok: false,
      problem: `${file}: cannot be read (${text.reason}), so it is not known which subjects are spent`,
    };
  const broken = text.split('\n').findIndex((line) => line.trim() !== '' && !line.startsWith('{'));
  if (broken !== -1)
    return { ok: false, problem: `${file}: line ${broken + 1} is not one that a run wrote; mend or remove it` };
  const spent = new Set(entriesIn(text).map(({ id }) => id));
  const cut = linesOf(text).flatMap((line) => (entryOf(line) === null ? (cutEntryOf(line) ?? []) : []));
  return {
    ok: true,
    spent: {
      isSpent: (id) => spent.has(key(id)) || cut.some(({ beginning }) => key(id).startsWith(beginning)),
      spend: async (id) => {
        await append(file, { id: key(id), at: now().toISOString(), run });
        spent.add(key(id));
        // Two runs may have appended it at the same time: the first line counts, for both.
        const after = await contentOf(file);
        return typeof after === 'string' && entriesIn(after).find((entry) => entry.id === key(id))?.run === run;
      },
    },
  };
}

/**
 * A source whose subjects are written down as spent before they are handed out.
 *
 * @param source of subjects, each handed out at most once
 * @param spent where they are written down
 * @param idOf what tells subjects apart
 */
export function spendFrom(source: StateSource, spent: Spent, idOf: (subject: Subject) => string): StateSource {
  return {
    ...source,
    setUp: async (state) => {
      for (;;) {
        const made = await source.setUp(state);
        if (made.kind !== 'ready') return made;
        try {
          if (await spent.spend(idOf(made.subject))) return made;
        } catch (error) {
          return {
            kind: 'failed',
            reason: `the subject could not be written down as spent, so it was not used: ${error instanceof Error ? error.message : String(error)}`,
          };
        }
      }
    },
  };
}

async function append(file: string, entry: Entry): Promise<void> {
  const handle = await open(file, 'a+');
  try {
    // One write of a short line to a file opened for appending is not torn apart by another run's.
    await handle.write(`${(await endsInALine(handle)) ? '' : '\n'}${JSON.stringify(entry)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function endsInALine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return true;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === '\n';
}

async function contentOf(file: string): Promise<string | { readonly reason: string }> {
  try {
    const bytes = await readFile(file);
    const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    // Lines are added in UTF-8, which within another encoding nobody could read.
    if (isWide) return { reason: 'it is in UTF-16; save it in UTF-8' };
    return bytes.toString('utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return code === 'ENOENT' ? '' : { reason: code };
  }
}

function key(id: string): string {
  return id.toLowerCase();
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function entriesIn(text: string): readonly Entry[] {
  return linesOf(text).flatMap((line) => entryOf(line) ?? []);
}

/** Null where not even the beginning of an id is left. */
function cutEntryOf(line: string): CutEntry | null {
  const [, beginning = ''] = /^\{\s{0,9}"id"\s{0,9}:\s{0,9}"([^"]+)/.exec(line) ?? [];
  return beginning === '' ? null : { beginning: key(beginning) };
}

function entryOf(line: string): Entry | null {
  try {
    const value = JSON.parse(line) as Partial<Entry> | null;
    return typeof value?.id === 'string' && typeof value.at === 'string' && typeof value.run === 'string'
      ? { id: value.id, at: value.at, run: value.run }
      : null;
  } catch {
    return null;
  }
}
