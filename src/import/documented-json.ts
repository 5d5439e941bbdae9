import { isObject, type JsonObject } from '../values/json.ts';
import { unreadable, type Fact } from './facts.ts';

/** What is stated, with its place. */
export function fact<T>(value: T, at: string): Fact<T> {
  return { value, at };
}

/** A member by its name in PascalCase, as it is or in camelCase: a host that writes camelCase writes its metadata so, too. */
export function get(json: JsonObject, name: string): unknown {
  if (Object.hasOwn(json, name)) return json[name];
  const camel = name.charAt(0).toLowerCase() + name.slice(1);
  return Object.hasOwn(json, camel) ? json[camel] : undefined;
}

/** A member that is an object; null for anything else. */
export function objectAt(json: JsonObject, name: string): JsonObject | null {
  const value = get(json, name);
  return isObject(value) ? value : null;
}

/** A member that is a text; undefined for anything else. */
export function textAt(json: JsonObject, name: string): string | undefined {
  const value = get(json, name);
  return typeof value === 'string' ? value : undefined;
}

/** The texts and numbers of a member that is a list, as texts. */
export function textsAt(json: JsonObject, name: string): readonly string[] {
  const value = get(json, name);
  return Array.isArray(value)
    ? (value as readonly unknown[]).flatMap((each) =>
        typeof each === 'string' || typeof each === 'number' ? [String(each)] : [],
      )
    : [];
}

/** The objects of a member that is a list; none where it is not there, and refused where it is anything else. */
export function listAt(json: JsonObject, name: string, at: string): readonly JsonObject[] {
  const value = get(json, name);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return unreadable(`${at}.${name}`, 'is no list');
  return (value as readonly unknown[]).map((each, i) =>
    isObject(each) ? each : unreadable(`${at}.${name}[${i}]`, 'is no object'),
  );
}
