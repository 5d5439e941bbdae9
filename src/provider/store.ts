import type { StateName } from '../model/contract.ts';
import type { Subject } from '../model/exchange.ts';
import type { Entry, Store } from './behaviour.ts';
import type { Service, ServiceMember } from './service.ts';

/** The store with what only the provider itself may do. */
export interface OwnStore extends Store {
  readonly put: (id: string, subject: Subject, state: StateName) => void;
  readonly drop: (id: string) => void;
  /** Forgets everything and starts again from the seed. */
  readonly reset: () => void;
  /** How many times a call has named the subject, this time included. */
  readonly countCall: (id: string) => number;
}

/**
 * The subjects of an operation in memory.
 *
 * @param seed those to begin with, in the fresh state
 */
export function createStore(service: Service, seed: readonly Subject[]): OwnStore {
  const key = service.key?.name ?? '';
  const fresh = service.contract.subject?.states.fresh ?? '';
  const entries = new Map<string, Entry>();
  const calls = new Map<string, number>();
  const put = (id: string, subject: Subject, state: StateName): void => {
    entries.set(id, { subject, state, changes: 0 });
  };
  const reset = (): void => {
    entries.clear();
    calls.clear();
    for (const subject of seed) put((subject[key] ?? '').toLowerCase(), subject, fresh);
  };
  reset();
  return {
    find: (id) => entries.get(id),
    ids: () => [...entries.keys()],
    change: (id, state) => {
      const entry = entries.get(id);
      if (entry !== undefined) entries.set(id, { ...entry, state, changes: entry.changes + 1 });
    },
    put,
    drop: (id) => void entries.delete(id),
    reset,
    countCall: (id) => {
      const n = (calls.get(id) ?? 0) + 1;
      calls.set(id, n);
      return n;
    },
  };
}

/** The subject of the recorded host with that number, two digits: the key counts, the other members are the same in all. */
function recordedSubject(service: Service, number: string): Subject {
  const entries = service.members.map((member, i): [string, string] => {
    if (member.kind === 'text') return [member.name, `sample ${member.words.toLowerCase()}`];
    if (member.kind !== 'guid') return [member.name, sampleOf(member)];
    const digit = `${i + 1}`.repeat(8).slice(0, 8);
    const last = member === service.key ? number : i === 1 ? '01' : '02';
    return [member.name, `${digit}-${digit.slice(4)}-4${digit.slice(5)}-8${digit.slice(5)}-${last.padStart(12, '0')}`];
  });
  return Object.fromEntries(entries);
}

/** A value of a member, as a query would say it; nothing of what is more than one value. */
export function sampleOf({ type }: ServiceMember): string {
  return type.kind === 'scalar' ? type.scalar.inJsv(type.scalar.sample) : '';
}

/** Subjects 01 to 40 of the recorded host. */
export function recordedSubjects(service: Service): readonly Subject[] {
  return Array.from({ length: 40 }, (_, i) => recordedSubject(service, `${i + 1}`.padStart(2, '0')));
}
