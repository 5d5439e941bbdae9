import type { NonEmpty } from '../../model/contract.ts';
import type { ExchangeId, RequestTemplate } from '../../model/exchange.ts';
import type { Plan } from './plan.ts';
import type { PlannedScript } from './planned-script.ts';
import type { ScriptKey } from './script-key.ts';

/** So many exchanges are sent in a row at most for several scripts: more would keep a run waiting for one host's answers. */
const IN_A_ROW = 24;

/**
 * Lets scripts that begin alike and change nothing share their beginning, so that it is sent once for many of them:
 * what one of them sends leaves no trace for the others to meet. A script that changes its subject keeps to itself, since
 * another that goes on differently needs a subject as fresh as the first one's.
 *
 * @param planned scripts, none the beginning of another
 */
export function shareBeginnings(planned: Plan): Plan {
  const rows: Row[] = [];
  const open = new Map<string, Row>();
  const rowOf = new Map<ScriptKey, Row>();
  for (const script of planned.scripts) {
    const known = open.get(sharedBy(script));
    const longer = known === undefined ? null : join(known.script, script);
    const row = known !== undefined && longer !== null && longer.exchanges.length <= IN_A_ROW ? known : { script };
    if (row === known && longer !== null) row.script = longer;
    else rows.push(row);
    open.set(sharedBy(script), row);
    rowOf.set(script.key, row);
  }
  return {
    ...planned,
    scripts: rows.map(({ script }) => script),
    requirements: planned.requirements.map((r) => ({
      ...r,
      cases: r.cases.map((c) => {
        if (c.disposition.kind === 'skip') return c;
        const row = rowOf.get(c.disposition.script);
        return row === undefined ? c : { ...c, disposition: { ...c.disposition, script: row.script.key } };
      }),
    })),
  };
}

/** Scripts that begin alike, as one while others join it. */
interface Row {
  script: PlannedScript;
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
