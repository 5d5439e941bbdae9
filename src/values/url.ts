/**
 * A URL, or null for what is none. Not by `URL.canParse`: once it is compiled, Node 20 takes texts beyond Latin-1 for none.
 *
 * @param base of a relative one
 */
export function urlOf(text: string, base?: string | URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
