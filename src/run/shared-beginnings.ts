import type { NonEmpty } from '../model/contract.ts';
import type { ExchangeId, RequestTemplate } from '../model/exchange.ts';
import type { Plan, PlannedScript } from './plan.ts';

/**
 * Lets scripts that begin alike and change nothing share their beginning, so that each of their exchanges is sent once:
 * what one of them sends leaves no trace for the others to meet. Where they come to very many in a row, some begin once
 * more. A script that changes its subject keeps to itself, since another that goes on differently needs a subject as fresh
 * as the first one's.
 *
 * @param planned scripts, none the beginning of another
 */
export function shareBeginnings(planned: Plan): Plan {
  const joined = new Map<string, readonly PlannedScript[]>();
  for (const script of planned.scripts) {
    const alike = joined.get(sharedBy(script)) ?? [];
    const last = alike.at(-1);
    const both = last === undefined ? script : join(last, script);
    joined.set(
      sharedBy(script),
      last === undefined || both.script.steps.length > LONGEST ? [...alike, script] : [...alike.slice(0, -1), both],
    );
  }
  const all = [...joined.values()].flat();
  const carries = new Map(all.map((script) => [script, new Set(script.exchanges)]));
  const carrierOf = new Map(
    planned.scripts.map((script) => {
      const alike = joined.get(sharedBy(script)) ?? [];
      return [script.key, alike.find((each) => script.exchanges.every((id) => carries.get(each)?.has(id)))] as const;
    }),
  );
  return {
    ...planned,
    scripts: all,
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

/** In requests: more in a row would keep a run waiting for its last script. */
const LONGEST = 24;

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
