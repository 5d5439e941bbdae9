import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from './problems.ts';
import type { World } from './world.ts';

/**
 * Reads a file that a person wrote, in UTF-8 or UTF-16, with a byte-order mark or without.
 *
 * @param place that names the file, for the message
 * @throws UsageError when the file cannot be read, or holds what is no text
 */
export function readTextFile(place: string, name: string, world: Pick<World, 'cwd'>): string {
  try {
    const bytes = readFileSync(resolve(world.cwd, name));
    const text = decodeText(bytes);
    const line = lineOfOtherBytes(bytes, text);
    if (line === null) return text;
    throw new UsageError(`${place} ${name}:${line}: holds bytes that are no text in UTF-8; save it in UTF-8`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`${place} ${name}: cannot be read (${code === 'ENOENT' ? 'there is no such file' : code})`);
  }
}

/**
 * The text of a file as editors and shells write it: PowerShell's `>` writes UTF-16, Notepad a byte-order mark, which is
 * not part of the text (RFC 8259 §8.1 lets a reader ignore it).
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** The line of the first bytes that stand for no character of the encoding; null where all do. */
function lineOfOtherBytes(bytes: Uint8Array, text: string): number | null {
  const at = text.indexOf('\ufffd');
  if (at === -1) return null;
  try {
    new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    // Somebody has written that character.
    return null;
  } catch {
    return text.slice(0, at).split('\n').length;
  }
}

/** No text that is read here begins with NUL, so that one tells UTF-16 that says nothing of itself. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== undefined)) return 'utf-16be';
  return 'utf-8';
}
