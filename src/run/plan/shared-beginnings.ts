import type { NonEmpty } from '../../model/contract.ts';
import type { ExchangeId, RequestTemplate } from '../../model/exchange.ts';
import type { Plan } from './plan.ts';
import type { PlannedScript } from './planned-script.ts';

/**
 * Lets scripts that begin alike and change nothing share their beginning, so that each of their exchanges is sent once:
 * what one of them sends leaves no trace for the others to meet. A script that changes its subject keeps to itself, since
 * another that goes on differently needs a subject as fresh as the first one's.
 *
 * @param planned scripts, none the beginning of another
 */
export function shareBeginnings(planned: Plan): Plan {
  const joined = new Map<string, PlannedScript>();
  for (const script of planned.scripts) {
    const known = joined.get(sharedBy(script));
    joined.set(sharedBy(script), known === undefined ? script : join(known, script));
  }
  const carrierOf = new Map(planned.scripts.map((script) => [script.key, joined.get(sharedBy(script)) ?? script]));
  return {
    ...planned,
    scripts: [...joined.values()],
    requirements: planned.requirements.map((r) => ({
      ...r,
      cases: r.cases.map((c) => {
        if (c.disposition.kind === 'skip') return c;
        const carrier = carrierOf.get(c.disposition.script);
        return carrier === undefined ? c : { ...c, disposition: { ...c.disposition, script: carrier.key } };
      }),
    })),
  };
}

/** What scripts that may share have in common: their first exchange; a script that changes something has all of itself. */
function sharedBy({ effect, key, exchanges: [first] }: PlannedScript): string {
  return effect === 'own' ? key : (first ?? key);
}

/** The first script with those steps of the second that it has not. */
function join(first: PlannedScript, second: PlannedScript): PlannedScript {
  const has = new Set(first.exchanges);
  const added = second.script.steps.flatMap((step, i): readonly (readonly [ExchangeId, RequestTemplate])[] => {
    const id = second.exchanges[i];
    return id === undefined || has.has(id) ? [] : [[id, step]];
  });
  const steps: NonEmpty<RequestTemplate> = [...first.script.steps, ...added.map(([, step]) => step)];
  return {
    ...first,
    exchanges: [...first.exchanges, ...added.map(([id]) => id)],
    script: { ...first.script, steps },
    weight: first.weight + second.weight,
  };
}
