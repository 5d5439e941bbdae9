import type { RouteFacts } from './facts.ts';

/**
 * Short, unique names for routes: the last literal of each, with more of its path where that is not unique.
 *
 * @returns as many names, in the same order
 */
export function routeNames(routes: readonly RouteFacts[]): readonly string[] {
  const candidates = routes.map((route) => [short(route), long(route), `${long(route)}-${verbsText(route)}`]);
  const unique = (level: number): boolean => new Set(candidates.map((each) => each[level])).size === candidates.length;
  return candidates.map((names, i) => {
    const level = names.findIndex((name, at) => candidates.every((other, j) => i === j || other[at] !== name));
    return names[level] ?? (unique(2) ? (names[2] ?? '') : `${names[2] ?? ''}-${i + 1}`);
  });
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

function short({ path }: RouteFacts): string {
  const parts = partsOf(path);
  const literal = parts.findLastIndex((part) => !part.startsWith('{'));
  return slug(parts.slice(Math.max(literal, 0)));
}

function long({ path }: RouteFacts): string {
  return slug(partsOf(path));
}

function slug(parts: readonly string[]): string {
  return (
    parts
      .map((part) => part.replace(/[^\p{L}\p{M}\p{N}_]+/gu, ''))
      .filter((part) => part !== '')
      .join('-') || 'root'
  );
}

function verbsText({ verbs }: RouteFacts): string {
  return verbs === 'any' ? 'any' : verbs.join('-');
}
