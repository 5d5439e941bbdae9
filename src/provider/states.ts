import type { StateName } from '../model/contract.ts';
import type { Subject } from '../model/exchange.ts';
import type { StateSource } from '../model/states.ts';
import type { Reply } from './behaviour.ts';
import type { Received } from './call.ts';
import type { Service } from './service.ts';
import { sampleOf } from './store.ts';
import type { OwnStore } from './store.ts';

/** Brings subjects into states, in this process and over HTTP. */
export interface States {
  readonly source: StateSource;
  /** Answers a state-change request: 200 with the subject's members, 400 for a state or a body it does not know. */
  readonly answer: (received: Received) => Reply;
}

/**
 * @param draw a source of Guids that depends on the seed alone
 */
export function createStates(service: Service, store: OwnStore, draw: () => string): States {
  const { subject } = service.contract;
  const absent = subject?.states.absent ?? null;
  const known = new Set<StateName>(
    subject === null ? [] : [subject.states.fresh, ...(absent === null ? [] : [absent])],
  );
  for (const route of service.contract.routes) if (route.leaves !== undefined) known.add(route.leaves);

  const key = service.key?.name;
  const setUp = (state: StateName): Subject => {
    const subject = Object.fromEntries(
      service.members.map((m): [string, string] => [
        m.name,
        m.kind === 'guid' ? draw() : m.kind === 'text' ? `sample ${m.words.toLowerCase()}` : sampleOf(m),
      ]),
    );
    if (state !== absent && key !== undefined) store.put(subject[key] ?? '', subject, state);
    return subject;
  };
  const tearDown = (subject: Subject): void => {
    if (key !== undefined) store.drop((subject[key] ?? '').toLowerCase());
  };
  return {
    source: {
      says: 'the embedded provider',
      offers: (state) => known.has(state),
      left: () => 'unlimited',
      setUp: (state) =>
        Promise.resolve(
          known.has(state)
            ? { kind: 'ready', subject: setUp(state) }
            : { kind: 'failed', reason: `The embedded provider does not know the state '${state}'.` },
        ),
      tearDown: (_, subject) => {
        tearDown(subject);
        return Promise.resolve();
      },
    },
    answer: (received) => {
      const wish = readWish(received);
      if (wish === null)
        return problem('The body must be JSON: {"state": …, "params": {…}, "action": "setup" | "teardown"}.');
      if (!known.has(wish.state)) return problem(`The state '${wish.state}' is not known: ${[...known].join(', ')}.`);
      if (wish.action === 'teardown') {
        tearDown(wish.params);
        return json(200, {});
      }
      return json(200, setUp(wish.state));
    },
  };
}

interface Wish {
  readonly state: StateName;
  readonly action: 'setup' | 'teardown';
  readonly params: Subject;
}

function readWish(received: Received): Wish | null {
  let body: unknown;
  try {
    body = JSON.parse(Buffer.from(received.body).toString('utf8'));
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null) return null;
  const { state, action, params } = body as Record<string, unknown>;
  if (typeof state !== 'string') return null;
  const given = typeof params === 'object' && params !== null ? Object.entries(params) : [];
  return {
    state,
    action: action === 'teardown' ? 'teardown' : 'setup',
    params: Object.fromEntries(given.filter((e): e is [string, string] => typeof e[1] === 'string')),
  };
}

function problem(message: string): Reply {
  return json(400, { error: message });
}

function json(status: number, value: object): Reply {
  const reason = status === 200 ? 'OK' : 'Bad Request';
  return { status, reason, headers: [['Content-Type', 'application/json']], body: JSON.stringify(value) };
}
