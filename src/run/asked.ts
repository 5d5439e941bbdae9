import type { ExchangeId } from '../model/exchange.ts';
import type { Ability, Plan } from './plan.ts';

/** What a run could do that lacks nothing: planned with it, a catalogue tells all that it asks for. */
export const boundless: Ability = {
  changesRefused: null,
  stateRefused: () => null,
  credentialRefused: () => null,
  subjects: 'unlimited',
  exhausted: { cause: 'subjects', reason: 'there is no subject left' },
};

/** Every exchange of a plan with how many requirements judge it. */
export function askedBy(planned: Plan): ReadonlyMap<ExchangeId, number> {
  const asked = new Map(planned.scripts.flatMap((s) => s.exchanges.map((id): [ExchangeId, number] => [id, 0])));
  for (const { cases } of planned.requirements) {
    for (const { disposition } of cases) {
      if (disposition.kind === 'skip') continue;
      for (const id of disposition.exchanges) asked.set(id, (asked.get(id) ?? 0) + 1);
    }
  }
  return asked;
}
