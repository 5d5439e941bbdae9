import type { PlainValue } from '../model/value.ts';

/**
 * Follows member names into a decoded body, whatever their casing: the casing of responses is judged elsewhere.
 *
 * @param value a decoded body
 * @param path member names, outermost first
 * @returns the value found, or undefined where there is none
 */
export function memberOf(value: PlainValue | undefined, ...path: readonly string[]): PlainValue | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const found = Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return memberOf(found?.[1], ...rest);
}
