/**
 * Whether a name matches a pattern in which `*` stands for any run of characters and `?` for one.
 *
 * @param name the whole name
 * @param glob the pattern; other characters stand for themselves
 */
export function matchesGlob(name: string, glob: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(name);
}
