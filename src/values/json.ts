import type { PlainObject, PlainValue } from '../model/value.ts';

/** An object of JSON of which nothing more is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for an object, which a list and null are not. */
export function isObject(value: PlainValue | undefined): value is PlainObject;
export function isObject(value: unknown): value is JsonObject;
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
