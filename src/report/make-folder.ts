import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are not there. Node's own `recursive` never ends where a file system says of a
 * folder that is there that it is not, as /proc does of what cannot be made in it.
 *
 * @param folder absolute path
 * @returns the outermost folder that was made; null where all were there
 * @throws Error with a code, as `mkdir`
 */
export async function makeFolder(folder: string): Promise<string | null> {
  if (existsSync(folder)) return null;
  const above = dirname(folder) === folder ? null : await makeFolder(dirname(folder));
  await mkdir(folder).catch((error: unknown) => {
    // Another run may have made it in the meantime.
    if (!existsSync(folder)) throw error;
  });
  return above ?? folder;
}
