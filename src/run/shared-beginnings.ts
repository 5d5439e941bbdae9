import { createHash } from 'node:crypto';
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
  const sent = new Map([...joined].map(([beginning, alike]) => [beginning, alike.map(sentAs)]));
  const carrierOf = new Map(
    planned.scripts.map((script) => {
      const alike = sent.get(sharedBy(script)) ?? [];
      return [script.key, alike.find(({ ids }) => script.exchanges.every((id) => ids.has(id)))] as const;
    }),
  );
  return {
    ...planned,
    scripts: [...sent.values()].flat().map(({ script }) => script),
    requirements: planned.requirements.map((r) => ({
      ...r,
      cases: r.cases.map((c) => {
        if (c.disposition.kind === 'skip') return c;
        const carrier = carrierOf.get(c.disposition.script);
        if (carrier === undefined) return c;
        const exchanges = c.disposition.exchanges.map((id) => carrier.ids.get(id) ?? id);
        return { ...c, disposition: { ...c.disposition, script: carrier.script.key, exchanges } };
      }),
    })),
  };
}

/** A script as it is sent, with the ids that its exchanges have there, by those that they have on their own. */
interface SentAs {
  readonly script: PlannedScript;
  readonly ids: ReadonlyMap<ExchangeId, ExchangeId>;
}

/** The first of those that begin alike keeps its ids; what another sends once more are exchanges of their own. */
function sentAs(script: PlannedScript, nth: number, alike: readonly PlannedScript[]): SentAs {
  const before = new Set(alike.slice(0, nth).flatMap(({ exchanges }) => exchanges));
  const ids = new Map(script.exchanges.map((id) => [id, before.has(id) ? onceMore(id, nth) : id]));
  return { script: { ...script, exchanges: [...ids.values()] }, ids };
}

function onceMore(id: ExchangeId, nth: number): ExchangeId {
  return createHash('sha256').update(`${id} ${nth}`).digest('hex').slice(0, 12) as ExchangeId;
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
