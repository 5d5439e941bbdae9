import type { Behaviour, Destination, Reply } from './behaviour.ts';
import { callOf } from './call.ts';
import type { Received } from './call.ts';
import type { Service } from './service.ts';
import type { OwnStore } from './store.ts';

/** One operation of a host. */
export interface Served {
  readonly service: Service;
  readonly behaviour: Behaviour;
  readonly store: OwnStore;
}

/**
 * Which operation of a host answers: the one whose route fits path and verb, of several the one with the fewest
 * placeholders; where none does, the first that knows the path, and else the first.
 */
export function servedBy(served: readonly [Served, ...Served[]], received: Received, ordinal: number): Served {
  if (served.length === 1) return served[0];
  const found = served.map((each) => {
    const call = callOf(each.service, received, ordinal, each.store);
    return { each, to: each.behaviour.route(call) };
  });
  const operations = found.filter(({ to }) => to.kind === 'operation');
  const [best] = operations.toSorted((a, b) => placeholders(a.to) - placeholders(b.to));
  if (best !== undefined) return best.each;
  const answered = found.flatMap(({ each, to }) => (to.kind === 'answered' ? [{ each, to }] : []));
  const [refused] = answered;
  if (refused === undefined) return served[0];
  // Whoever refuses a verb names those of all operations on the path.
  const reply = withVerbs(
    refused.to.reply,
    answered.map(({ to }) => to.reply),
  );
  return {
    ...refused.each,
    behaviour: { ...refused.each.behaviour, route: () => ({ kind: 'answered', reply }) },
  };
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
