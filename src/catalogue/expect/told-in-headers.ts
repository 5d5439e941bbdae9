import type { Answered } from '../../model/exchange.ts';
import type { Evidence, Expectation } from '../../model/requirement.ts';
import type { Finding } from '../../model/verdict.ts';
import { valuesOf } from '../../values/http.ts';
import { service } from '../requirement.ts';
import { withoutFigures } from './same-value.ts';

/** What is compared with the body, or has the length and the time of each answer. */
const lookedAtElsewhere: ReadonlySet<string> = new Set(['content-length', 'content-type', 'date', 'www-authenticate']);

/**
 * Neither a header nor the reason tells answers about one thing from those about another: none says the same in all of the one
 * kind, and something else in all of the other kind. What comes by chance, or with whichever node answers, does not tell.
 *
 * @param isOfOne whether a step is about the one thing, by its index; there should be many of both, in no order that turns repeat
 */
export const headersAlike = (isOfOne: (step: number) => boolean): Expectation => ({
  says: 'no header, and no reason, is the same in all answers about the one and another in all about the other',
  judge: (_, { steps, subjects }) => {
    // Another status comes with headers of its own, and is judged by itself.
    if (new Set(steps.map(({ status }) => status)).size > 1) return [];
    const ones = steps.filter((__, i) => isOfOne(i));
    const others = steps.filter((__, i) => !isOfOne(i));
    const told = (where: string, read: (x: Answered) => string): readonly Finding[] => {
      const [one, other] = [saidInAll(ones, read, subjects), saidInAll(others, read, subjects)];
      return one === null || other === null || one === other
        ? []
        : [service(where, `${one || 'none'}, as in all answers about the other`, other || 'none')];
    };
    return [
      ...told('reason', ({ reason }) => reason),
      ...namesIn(steps).flatMap((name) => told(`header ${name}`, ({ headers }) => valuesOf(headers, name).join(', '))),
    ];
  },
});

function namesIn(steps: readonly Answered[]): readonly string[] {
  const names = steps.flatMap(({ headers }) => headers.map(([name]) => name.toLowerCase()));
  return [...new Set(names)].filter((name) => !lookedAtElsewhere.has(name));
}

/** What all answers say, without ids and figures; null where they say now this, now that. */
function saidInAll(
  answers: readonly Answered[],
  read: (x: Answered) => string,
  subjects: Evidence['subjects'],
): string | null {
  const ids = subjects.flatMap((subject) => Object.values(subject)).filter((id) => id !== '');
  const [only, ...more] = new Set(
    answers.map((x) => withoutFigures(ids.reduce((text, id) => text.replaceAll(id, '#'), read(x)))),
  );
  return more.length === 0 ? (only ?? null) : null;
}
