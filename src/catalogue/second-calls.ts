import type { Answered } from '../model/exchange.ts';
import type { Evidence } from '../model/requirement.ts';

/** Statuses by which a service says that what it was asked for was done before: that it is there, or is gone. */
const doneBefore: ReadonlySet<number> = new Set([404, 409]);

/**
 * Why calls of one case cannot be held against each other: the first was carried out, and a later one is refused for it, as by
 * a name that is taken or a thing that is gone; null where that is not so. Of an operation with subjects each case has its own.
 */
export function whyRefusedAgain(
  _: Answered,
  { steps, contract: { effect, subject } }: Pick<Evidence, 'steps' | 'contract'>,
): string | null {
  const [first, ...later] = steps;
  if (effect !== 'changes' || subject !== null || first.status >= 300) return null;
  const again = later.find(
    ({ status, text, request }) => doneBefore.has(status) && (text !== '' || request.method === 'HEAD'),
  );
  return again === undefined
    ? null
    : `the first call changed something, and a later one is refused for that (${String(again.status)}): say in said.json what a call works on, as subject`;
}
