/** Puts words in the place of what differs between targets and between runs. */
export type Masker = (text: string) => string;

/** Forms D and N of a Guid; B and P are form D in brackets. */
const ids = /(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-z])/gi;
const guids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/**
 * Makes a function that puts `<target>` in the place of the target's own address, plain or percent-encoded, and `<id>` in
 * the place of ids.
 *
 * @param target base URL
 */
export function maskerFor(target: URL): Masker {
  const base = target.href.replace(/\/$/, '');
  const host = new RegExp(`(?<![\\w.-])${escaped(target.host)}(?![\\w.-])`, 'gi');
  const spelled = [base, encodeURIComponent(base), target.origin, encodeURIComponent(target.origin)].map(
    (text) => new RegExp(escaped(text), 'gi'),
  );
  return (text) =>
    spelled
      .reduce((masked, spelling) => masked.replace(spelling, '<target>'), text)
      .replace(host, '<target>')
      .replace(guids, '<id>')
      .replace(ids, '<id>');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
