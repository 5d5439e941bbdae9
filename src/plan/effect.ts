import type { Contract } from '../model/contract.ts';
import type { Effect, Script } from '../model/exchange.ts';

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const zero = '00000000-0000-0000-0000-000000000000';

/** Methods that a service promises to be read-only (RFC 9110 §9.2.1). */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Tells what a script can do to a target: a script whose subjects are all drawn from the seed can change nothing,
 * even on a service that has lost its authentication.
 *
 * @param script the requests, ids still symbolic
 * @param contract the operation they are for
 */
export function effectOf(script: Script, contract: Contract): Effect {
  if (contract.states.fresh === undefined) {
    return script.steps.every((s) => safeMethods.has(s.method) || s.credentials !== 'valid') ? 'none' : 'own';
  }
  return script.subjects.every((state) => state === contract.states.absent) ? 'none' : 'own';
}

/**
 * Finds ids that a script types out instead of drawing them: only the zero Guid may be.
 *
 * @returns the offending ids; a script with any must never be sent
 */
export function literalIds(script: Script): readonly string[] {
  return script.steps.flatMap((s) =>
    [s.path, s.body ?? '', ...s.headers.map(([, value]) => value)].flatMap((text) =>
      [...text.matchAll(guid)].map(([id]) => id).filter((id) => id !== zero),
    ),
  );
}
