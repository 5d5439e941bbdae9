import type { Identity } from '../../exchange/credentials.ts';
import type { Redactor } from '../../exchange/redact.ts';
import type { Catalogue } from '../../model/requirement.ts';
import type { Suite } from '../../model/suite.ts';
import type { AddedHeader } from '../../settings/added-headers.ts';
import type { World } from '../../settings/world.ts';
import { onceFor } from '../../values/once.ts';

/** The redactor, told of a run: what is presented, what every request carries, and the secrets of the way there. */
export function redactorOf(
  { redactor }: Pick<World, 'redactor'>,
  suite: Suite,
  { secrets, secretHeaders, madeUp }: Pick<Identity, 'secrets' | 'secretHeaders' | 'madeUp'>,
  added: readonly AddedHeader[] = [],
  further: readonly string[] = [],
): Redactor {
  redactor.know({
    secrets: [...secrets, ...further, ...added.flatMap((each) => each.secrets)],
    headerNames: [
      ...secretHeaders,
      ...added.flatMap(({ header: [name], secrets: own }) => (own.length === 0 ? [] : [name])),
    ],
    permitted: madeUp,
    own: ownTexts(suite),
  });
  return redactor;
}

/** Everything that reports say in the suite's own words: a secret that is one of these words cannot be told from them. */
export function ownTexts({ contract, catalogue }: Pick<Suite, 'contract' | 'catalogue'>): readonly string[] {
  const { operation, request, routes, types, subject, formats } = contract;
  return [JSON.stringify([operation, request, routes, types, subject, formats]), textOf(catalogue)];
}

/** The operations of a host have one catalogue; each of its words is said once. */
const textOf = onceFor((catalogue: Catalogue): string => {
  const texts = catalogue.flatMap((area) => area.requirements.flatMap(({ title, why }) => [title, why]));
  return [...new Set(texts.flatMap((text) => text.split(/[^A-Za-z]+/)))].join(' ');
});
