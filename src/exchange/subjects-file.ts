import type { StateName } from '../model/contract.ts';
import type { Subject } from '../model/exchange.ts';
import type { Member } from '../model/schema.ts';
import type { StateSource } from '../model/states.ts';
import { zeroGuid } from '../values/guid.ts';
import { isObject, jsonIn, whereNotJson } from '../values/json.ts';
import { isSent, kindIn } from '../values/members.ts';
import { allOf } from '../values/words.ts';

export type SubjectsRead =
  { readonly ok: true; readonly subjects: readonly Subject[] } | { readonly ok: false; readonly problem: string };

/**
 * Reads a list of subjects: a JSON array of objects with every member of the request.
 *
 * @param text of the file, undefined when there is no such file
 * @param fileName named in the sentence that says what is wrong
 * @param members of the request; the one in the path tells subjects apart
 * @param operation whose list it is, where the file is an object of such lists by operation
 */
export function readSubjects(
  text: string | undefined,
  fileName: string,
  members: readonly Member[],
  operation?: string,
): SubjectsRead {
  const refuse = (problem: string): SubjectsRead => ({ ok: false, problem: `${fileName} ${problem}` });
  const names = members.map((m) => m.name).join(', ');
  if (text === undefined) return refuse('does not exist; name a JSON file that lists subjects');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(`is not JSON: ${whereNotJson(text, error)}`);
  }
  const list = operation === undefined ? value : listOf(operation, value);
  if (list === null)
    return refuse(`is not an object of lists by operation; write {"${String(operation)}": [an object with ${names}]}`);
  if (!Array.isArray(list)) return refuse(`is not a list; write a JSON array of objects with ${names}`);
  if (list.length === 0) return refuse(`is an empty list; write at least one object with ${names}`);
  const subjects: Subject[] = [];
  const seen = new Map<string, number>();
  for (const [index, entry] of (list as readonly unknown[]).entries()) {
    const subject = subjectOf(entry, members);
    if (typeof subject === 'string') return refuse(`entry ${index + 1} ${subject}`);
    const id = idOf(subject, members);
    const before = seen.get(id);
    if (before !== undefined)
      return refuse(`entry ${index + 1} repeats the id ${id} of entry ${before}; each is used at most once`);
    seen.set(id, index + 1);
    subjects.push(subject);
  }
  return { ok: true, subjects };
}

/** The list of one operation; null where there is none. */
function listOf(operation: string, value: unknown): unknown {
  return isObject(value) && Object.hasOwn(value, operation) ? value[operation] : null;
}

/**
 * The operations that a file of subjects has lists for.
 *
 * @returns null where it is not an object of lists by operation
 */
export function operationsWithSubjects(text: string): readonly string[] | null {
  const value = jsonIn(text);
  return isObject(value) && Object.values(value).every((each) => Array.isArray(each)) ? Object.keys(value) : null;
}

/** What tells a subject from others: its members in the path, in lower case. */
export function idOf(subject: Subject, members: readonly Member[]): string {
  return members
    .filter((m) => m.in === 'path')
    .map((m) => subject[m.name]?.toLowerCase())
    .join(' ');
}

/** The subject that an object is, or what keeps it from being one. */
export function subjectOf(entry: unknown, members: readonly Member[]): Subject | string {
  if (!isObject(entry)) return 'is not an object';
  const subject: Record<string, string> = {};
  for (const member of members) {
    const value = Object.hasOwn(entry, member.name) ? entry[member.name] : undefined;
    if (value === undefined && member.in !== 'path' && !isSent(member)) continue;
    if (value === undefined) return `has no ${member.name}`;
    const kind = kindIn(member);
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    if (typeof text !== 'string' || (kind?.inJson === 'quoted' && typeof value !== 'string'))
      return `has a ${member.name} that is not a string`;
    if (kind === null) return `has a ${member.name}, which is composed of others and cannot be given here`;
    if (!kind.recognises(text)) return `has a ${member.name} that is not ${kind.says}`;
    if (text === zeroGuid) return `has the zero Guid as ${member.name}, which names nothing`;
    subject[member.name] = text;
  }
  return subject;
}

/**
 * A source that hands out the subjects of a list, each at most once, in order.
 *
 * @param subjects all in the state `fresh`
 * @param fresh the only state it offers
 * @param says how reports name it
 */
export function subjectsFile(subjects: readonly Subject[], fresh: StateName, says: string): StateSource {
  const queue = [...subjects];
  return {
    says,
    offers: (state) => state === fresh,
    left: () => queue.length,
    setUp: (state) => {
      if (state !== fresh)
        return Promise.resolve({
          kind: 'failed',
          reason: `${says} holds subjects in the state '${fresh}' only, not '${state}'`,
        });
      const subject = queue.shift();
      return Promise.resolve(
        subject === undefined
          ? {
              kind: 'exhausted',
              reason: `${says} is used up: ${allOf(subjects.length, 'subject')} ${subjects.length === 1 ? 'has' : 'have'} been worked on`,
            }
          : { kind: 'ready', subject },
      );
    },
    // What was spent stays spent.
    tearDown: () => Promise.resolve(),
  };
}
