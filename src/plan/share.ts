import type { ExchangeId, RequestTemplate } from '../model/exchange.ts';
import type { NonEmpty } from '../model/contract.ts';
import type { Plan, PlannedScript } from './plan.ts';
import type { ScriptKey } from './script-key.ts';

/**
 * Lets scripts that begin alike and change nothing share their beginning, so that each of their exchanges is sent once:
 * what one of them sends leaves no trace for the others to meet. A script that changes its subject keeps to itself, since
 * another that goes on differently needs a subject as fresh as the first one's.
 *
 * @param planned scripts, none the beginning of another
 */
export function shareBeginnings(planned: Plan): Plan {
  const shared = new Map<ExchangeId, PlannedScript>();
  const carriers = new Map<ScriptKey, PlannedScript>();
  const kept = planned.scripts.flatMap((script) => {
    const [root] = script.exchanges;
    if (script.effect === 'own' || root === undefined) return [script.key];
    const known = shared.get(root);
    const joined = known === undefined ? script : join(known, script);
    shared.set(root, joined);
    return known === undefined ? [script.key] : [];
  });
  for (const script of planned.scripts) {
    const [root] = script.exchanges;
    carriers.set(script.key, script.effect === 'own' || root === undefined ? script : (shared.get(root) ?? script));
  }
  return {
    scripts: kept.flatMap((key) => carriers.get(key) ?? []),
    requirements: planned.requirements.map((r) => ({
      ...r,
      cases: r.cases.map((c) => {
        if (c.disposition.kind === 'skip') return c;
        const carrier = carriers.get(c.disposition.script);
        return carrier === undefined ? c : { ...c, disposition: { ...c.disposition, script: carrier.key } };
      }),
    })),
  };
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
