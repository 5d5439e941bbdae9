import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Redacted } from '../model/redacted.ts';
import { makeFolder } from '../report/make-folder.ts';
import { UsageError } from '../settings/problems.ts';

/** Files that come to their folder all together or not at all. */
export interface StagedFiles {
  /** @param name below the folder */
  readonly write: (name: string, text: Redacted<string>) => Promise<void>;
  /** Moves all files to where they belong, and takes away schemas of a former import that it no longer has. */
  readonly commit: () => Promise<number>;
  readonly discard: () => Promise<void>;
}

/**
 * Files for a folder, drafted beside it.
 *
 * @param out the folder, which need not be there
 * @throws UsageError when nothing can be written there
 */
export async function stagedFiles(out: string): Promise<StagedFiles> {
  let made: string | null;
  let draft: string;
  try {
    made = await makeFolder(dirname(out));
    draft = await mkdtemp(join(dirname(out), `.${basename(out)}-`));
  } catch (error) {
    throw cannot(out, error);
  }
  const names: string[] = [];
  const folders = new Map<string, { readonly made: Promise<unknown>; readonly files: Set<string> }>();
  let isDone = false;
  return {
    write: async (name, text) => {
      const folder = dirname(name);
      const known = folders.get(folder) ?? {
        made: makeFolder(join(draft, folder)),
        files: new Set<string>(),
      };
      folders.set(folder, known);
      known.files.add(basename(name));
      await known.made;
      await writeFile(join(draft, name), text, 'utf8');
      names.push(name);
    },
    commit: async () => {
      try {
        await makeFolder(out);
        // A folder that is new comes in one piece; the files of the outermost one come last.
        for (const [folder, { files }] of [...folders].sort(([a], [b]) => b.length - a.length)) {
          const place = join(out, folder);
          if (folder !== '.' && !(await isFolder(place))) {
            await makeFolder(dirname(place));
            await rename(join(draft, folder), place);
            continue;
          }
          await removeStale(place, files);
          for (const file of files) await rename(join(draft, folder, file), join(place, file));
        }
      } catch (error) {
        throw cannot(out, error);
      }
      isDone = true;
      return names.length;
    },
    discard: async () => {
      await rm(draft, { recursive: true, force: true });
      if (!isDone && made !== null) await rm(made, { recursive: true, force: true });
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (it) => it.isDirectory(),
    () => false,
  );
}

/** Schemas that an earlier import wrote for types that are gone. */
async function removeStale(folder: string, names: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.schema.json') || names.has(name)) continue;
    const text = await readFile(join(folder, name), 'utf8');
    if (text.includes(`"$id": "https://platform-api.example/schemas/${name}"`)) await rm(join(folder, name));
  }
}

function cannot(out: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new UsageError(`--out ${out}: cannot be written (${code})`);
}
