import type { Contract, StateName } from '../model/contract.ts';
import type { Subject } from '../model/exchange.ts';
import type { SetUp, StateSource } from '../model/states.ts';

/** The state of an operation that works on nothing which exists: it tells no more than how to sign in. */
export const signedIn: StateName = 'a caller who is signed in';

/** What sets up and clears away one state. */
export interface StateHandler {
  readonly setUp: () => Promise<SetUp>;
  readonly tearDown: (subject: Subject) => Promise<void>;
}

/**
 * The handler of every state that the contract speaks of: what exists comes from the source, what does not is drawn. Where it
 * speaks of none, that somebody is signed in is one.
 *
 * @param contract its subject and routes name the states
 * @param source of subjects; null where the run has none
 * @param draw makes up a subject that exists nowhere
 */
export function stateHandlers(
  { subject, routes }: Pick<Contract, 'subject' | 'routes'>,
  source: StateSource | null,
  draw: () => Subject,
): ReadonlyMap<StateName, StateHandler> {
  const nothing: StateHandler = {
    setUp: () => Promise.resolve({ kind: 'ready', subject: {} }),
    tearDown: () => Promise.resolve(),
  };
  if (subject === null) return new Map([[signedIn, nothing]]);
  const { fresh, absent } = subject.states;
  const existing = [fresh, ...routes.flatMap(({ leaves }) => leaves ?? [])].map(
    (state): readonly [StateName, StateHandler] => [state, fromSource(source, state)],
  );
  const drawn: StateHandler = {
    setUp: () => Promise.resolve({ kind: 'ready', subject: draw() }),
    tearDown: () => Promise.resolve(),
  };
  return new Map([...existing, ...(absent === null ? [] : [[absent, drawn] as const])]);
}

function fromSource(source: StateSource | null, state: StateName): StateHandler {
  if (source === null) {
    return {
      setUp: () => Promise.resolve({ kind: 'failed', reason: 'there is no source of subjects' }),
      tearDown: () => Promise.resolve(),
    };
  }
  return { setUp: () => source.setUp(state), tearDown: (subject) => source.tearDown(state, subject) };
}
