import type { PlainObject, PlainValue } from '../model/value.ts';

/** An object of JSON of which nothing more is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for an object, which a list and null are not. */
export function isObject(value: PlainValue | undefined): value is PlainObject;
export function isObject(value: unknown): value is JsonObject;
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a list; `Array.isArray` loses the type of the items of one that is read-only. */
export function isList(value: PlainValue | undefined): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** What a text holds as JSON; undefined where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Where a text stops being JSON, in words that quote nothing of it: it may be bytes of any kind, or hold a secret.
 *
 * @param error what `JSON.parse` threw
 */
export function whereNotJson(text: string, error: unknown): string {
  if (text.trim() === '') return 'it is empty';
  const message = error instanceof Error ? error.message : '';
  const [, digits] = /position (\d+)/.exec(message) ?? [];
  if (digits === undefined) return /end of JSON/i.test(message) ? 'it ends too early' : 'it does not begin like JSON';
  const before = text.slice(0, Number(digits)).split('\n');
  return `at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
