import type { Identity } from '../exchange/credentials.ts';
import { createRedactor, type Redactor } from '../exchange/redact.ts';
import type { Suite } from '../model/suite.ts';
import type { AddedHeader } from '../settings/added-headers.ts';

/** The redactor of a run: it knows what is presented, what every request carries, and the secrets of the way there. */
export function redactorOf(
  suite: Suite,
  { secrets, secretHeaders, madeUp }: Pick<Identity, 'secrets' | 'secretHeaders' | 'madeUp'>,
  added: readonly AddedHeader[] = [],
  further: readonly string[] = [],
): Redactor {
  return createRedactor({
    secrets: [...secrets, ...further, ...added.flatMap((each) => each.secrets)],
    headerNames: [
      ...secretHeaders,
      ...added.flatMap(({ header: [name], secrets: own }) => (own.length === 0 ? [] : [name])),
    ],
    permitted: madeUp,
    own: ownTexts(suite),
  });
}

/** Everything that reports say in the suite's own words: a secret that is one of these words cannot be told from them. */
export function ownTexts({ contract, catalogue }: Pick<Suite, 'contract' | 'catalogue'>): readonly string[] {
  const { operation, request, routes, types, subject, formats } = contract;
  return [
    JSON.stringify([operation, request, routes, types, subject, formats]),
    ...catalogue.flatMap((area) => area.requirements.flatMap(({ title, why }) => [title, why])),
  ];
}
