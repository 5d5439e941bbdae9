/**
 * Whether a name matches a pattern in which `*` stands for any run of characters and `?` for one; case means nothing.
 *
 * @param name the whole name
 * @param glob the pattern; other characters stand for themselves
 */
export function matchesGlob(name: string, glob: string): boolean {
  let pattern = read.get(glob);
  if (pattern === undefined) {
    pattern = patternOf(glob);
    if (read.size >= MOST_READ) read.clear();
    read.set(glob, pattern);
  }
  return pattern.test(name);
}

/** A selection is held against every requirement of every operation: each pattern is read once. */
const read = new Map<string, RegExp>();
const MOST_READ = 1000;

function patternOf(glob: string): RegExp {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`, 'i');
}
