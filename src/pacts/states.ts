import type { Contract, StateName } from '../model/contract.ts';
import type { Subject } from '../model/exchange.ts';
import type { SetUp, StateSource } from '../model/states.ts';

/** What sets up and clears away one state. */
export interface StateHandler {
  readonly setUp: () => Promise<SetUp>;
  readonly tearDown: (subject: Subject) => Promise<void>;
}

/**
 * The handler of every state that the contract speaks of: what exists comes from the source, what does not is drawn.
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
  if (subject === null) return new Map();
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
