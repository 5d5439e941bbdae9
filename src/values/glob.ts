/**
 * Whether a name matches a pattern in which `*` stands for any run of characters and `?` for one; case means nothing.
 *
 * @param name the whole name
 * @param glob the pattern; other characters stand for themselves
 */
export function matchesGlob(name: string, glob: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 'i').test(name);
}
