import type { Behaviour, Call, Destination, Reply } from './behaviour.ts';
import { askedOf, callOf } from './call.ts';
import type { Received } from './call.ts';
import type { Service } from './service.ts';
import type { OwnStore } from './store.ts';

/** One operation of a host. */
export interface Served {
  readonly service: Service;
  readonly behaviour: Behaviour;
  readonly store: OwnStore;
}

/** A call of the operation that answers it, and where it leads. */
export interface Routed {
  readonly by: Served;
  readonly call: Call;
  readonly to: Destination;
}

/**
 * Which operation of a host answers: the one whose route fits path and verb, of several the one with the fewest
 * placeholders; where none does, the first that knows the path, and else the first.
 */
export function routed(
  [first, ...others]: readonly [Served, ...Served[]],
  received: Received,
  ordinal: number,
): Routed {
  const asked = askedOf(received, ordinal);
  const ask = (by: Served): Routed => {
    const call = callOf(asked, by.service, by.store);
    return { by, call, to: by.behaviour.route(call) };
  };
  const own = ask(first);
  if (others.length === 0) return own;
  const all = [own, ...others.map(ask)];
  const operations = all.filter(({ to }) => to.kind === 'operation');
  const [best] = operations.toSorted((a, b) => placeholders(a.to) - placeholders(b.to));
  if (best !== undefined) return best;
  const refusing = all.flatMap(({ to, ...each }) => (to.kind === 'answered' ? [{ ...each, reply: to.reply }] : []));
  const [refused] = refusing;
  if (refused === undefined) return own;
  // Whoever refuses a verb names those of all operations on the path.
  const { by, call, reply } = refused;
  const replies = refusing.map((each) => each.reply);
  return { by, call, to: { kind: 'answered', reply: withVerbs(reply, replies) } };
}

function placeholders(to: Destination): number {
  return to.kind === 'operation' ? (to.route?.path ?? '').split('{').length : 0;
}

function withVerbs(reply: Reply, all: readonly Reply[]): Reply {
  const verbs = all.flatMap(({ headers }) =>
    headers.filter(([name]) => name === 'Allow').flatMap(([, v]) => v.split(', ')),
  );
  const others = reply.headers.filter(([name]) => name !== 'Allow');
  return verbs.length === 0
    ? reply
    : { ...reply, headers: [...others, ['Allow', [...new Set(verbs)].sort().join(', ')]] };
}
