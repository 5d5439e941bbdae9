import type { StateName } from '../src/model/contract.ts';
import type { Subject } from '../src/model/exchange.ts';
import type { Member } from '../src/model/schema.ts';
import type { SetUp, StateSource } from '../src/model/states.ts';
import { readSubjects, subjectsFile } from '../src/exchange/subjects-file.ts';

/** The states that a connection can be brought into, as pacts and specs name them. */
export const states = {
  active: 'an active connection',
  cancelled: 'a cancelled connection',
  removed: 'a removed connection',
  absent: 'no such connection',
} as const satisfies Record<string, StateName>;

export type ConnectionsRead =
  { readonly ok: true; readonly connections: readonly Subject[] } | { readonly ok: false; readonly problem: string };

/**
 * Reads a list of active connections: `[{"ConnectionId", "ContactId", "ContactTypeId", "RoleId"}, …]`.
 *
 * @param text of the file, undefined when there is none
 * @param fileName named in the sentence that says what is wrong
 * @param members of the request
 */
export function readConnections(
  text: string | undefined,
  fileName: string,
  members: readonly Member[],
): ConnectionsRead {
  const read = readSubjects(text, fileName, members);
  return read.ok ? { ok: true, connections: read.subjects } : read;
}

/** A source of the active connections of a list, each handed out at most once. */
export function connectionsFile(connections: readonly Subject[], fileName = 'connections.json'): StateSource {
  return subjectsFile(connections, states.active, `the file ${fileName}`);
}

/** What sets up and clears away one state. */
export interface StateHandler {
  readonly setUp: () => Promise<SetUp>;
  readonly tearDown: (subject: Subject) => Promise<void>;
}

/**
 * The handler of every state of this operation: existing connections come from the source, the absent one is drawn.
 *
 * @param source of connections
 * @param draw makes up a connection that exists nowhere
 */
export function stateHandlers(source: StateSource, draw: () => Subject): ReadonlyMap<StateName, StateHandler> {
  const existing = [states.active, states.cancelled, states.removed].map(
    (state): readonly [StateName, StateHandler] => [
      state,
      { setUp: () => source.setUp(state), tearDown: (subject) => source.tearDown(state, subject) },
    ],
  );
  return new Map([
    ...existing,
    [
      states.absent,
      { setUp: () => Promise.resolve({ kind: 'ready', subject: draw() }), tearDown: () => Promise.resolve() },
    ],
  ]);
}
