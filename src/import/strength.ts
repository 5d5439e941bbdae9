import type { ContractSource, Disagreement } from '../model/contract.ts';
import type { Fact, OperationFacts } from './facts.ts';

/** The stronger a kind of document, the smaller: where two disagree, the stronger counts (source forms, 1). */
const strength: Readonly<Record<ContractSource['kind'], number>> = {
  hand: 0,
  metadata: 1,
  app: 2,
  page: 3,
  text: 4,
  csharp: 5,
  typescript: 6,
  python: 7,
  schema: 8,
};

/** Of types alone, C# is stronger than a page, whose author may have written something else into the cell. */
export const typeStrength: Readonly<Record<ContractSource['kind'], number>> = { ...strength, csharp: 2.5 };

/** Documents by their strength, the strongest first. */
export function byStrength(all: readonly OperationFacts[]): readonly OperationFacts[] {
  return [...all].sort((a, b) => strength[a.source.kind] - strength[b.source.kind]);
}

/** One thing that a document says. */
export interface Said<T> extends Fact<T> {
  readonly kind: ContractSource['kind'];
}

/** Takes the strongest of what documents say, and keeps what the others say differently. */
export class Chooser {
  readonly disagreements: Disagreement[] = [];

  /**
   * @param said the strongest first
   * @param path of the place in the contract
   * @param shown how a value is compared and written down; equal values of two documents are no disagreement
   */
  choose<T>(said: readonly Said<T>[], path: string, shown: (value: T) => string): Said<T> | undefined {
    const [first] = said;
    if (first === undefined) return undefined;
    const others = said.filter(({ value }) => comparable(shown(value)) !== comparable(shown(first.value)));
    if (others.length > 0) {
      const values = [first, ...others].map(({ value, kind, at }) => ({ value: shown(value), source: kind, at }));
      this.disagreements.push({ path, values });
    }
    return first;
  }
}

/** Texts as documents share them: a page resolves no reference, its text has no markup, a comment knows no newline. */
export function comparable(text: string): string {
  return text
    .replace(/<br ?\/?>/g, ' ')
    .replace(/<\/?(?:a|b|code|em|i|li|p|span|strong|u|ul)(?: [^<>]{0,500})?>/gi, '')
    .replace(
      /&(lt|gt|quot|#34|#39|apos|amp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'", apos: "'", amp: '&' })[name] ?? '',
    )
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * What documents say of one field, the strongest first.
 *
 * @param all by their strength
 */
export function saidBy<T>(
  all: readonly OperationFacts[],
  of: (facts: OperationFacts) => Fact<T> | undefined,
): readonly Said<T>[] {
  return all.flatMap((facts) => {
    const its = of(facts);
    return its === undefined ? [] : [{ ...its, kind: facts.source.kind }];
  });
}
