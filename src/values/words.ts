/** A quantity with its noun: `1 case`, `3 cases`. */
export function quantity(n: number, noun: string): string {
  return `${String(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** All there are, with their noun: `the only case`, `all 3 cases`. */
export function allOf(n: number, noun: string): string {
  return n === 1 ? `the only ${noun}` : `all ${String(n)} ${noun}s`;
}

/** The first of some names, and how many more there are: `a, b and 3 more`. */
export function firstOf(names: readonly string[], most: number): string {
  const more = names.length - most;
  return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

/** At most `limit` UTF-16 units from the start of a text, without cutting a surrogate pair in two. */
export function startOf(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

/** The start of a text that is longer than `limit`; the mark that tells where it was cut is what the redactor looks for, too. */
export function shortened(text: string, limit: number): string {
  return text.length > limit ? `${startOf(text, limit)}…` : text;
}

/** A text as a regular expression takes it for itself. */
export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Groups in the order of first appearance. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
