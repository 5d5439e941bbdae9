import type { PlainObject, PlainValue } from '../../model/value.ts';

/**
 * Drops the members that say nothing: null, the empty text, list and object, and what becomes empty by that.
 * Two answers that are equal afterwards say the same, whichever formats they came in.
 *
 * Items of a list are normalised but kept, for their number counts.
 */
export function normalise(value: PlainValue): PlainValue {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(normalise);
  const members = Object.entries(value).map(([name, member]) => [name, normalise(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => !saysNothing(member)));
}

function saysNothing(value: PlainValue): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

function isList(value: readonly PlainValue[] | PlainObject): value is readonly PlainValue[] {
  return Array.isArray(value);
}
