import type { Catalogue, Composer, Requirement } from '../model/requirement.ts';
import type { CitedSources } from '../model/source.ts';
import { caseName } from '../values/verdicts.ts';
import { conditionsIn } from './requirement.ts';

/** A mutant that a requirement must find. */
export interface Proof {
  readonly name: string;
  readonly says: string;
}

/**
 * What a requirement says, why, on whose word, what is sent and expected, and what proves it; for a person.
 *
 * @param requirement to explain
 * @param composer of the contract and the profile that it is explained under
 * @param sources of the citations
 * @param proofs the mutants that name it
 */
export function explanation(
  { id, level, basis, area, title, why, when, cites, cases: casesOf, standing }: Requirement,
  composer: Composer,
  sources: CitedSources,
  proofs: readonly Proof[],
): string {
  const cases = casesOf(composer);
  const [first] = cases;
  const says = standing?.map((e) => e.says) ?? first?.says ?? [];
  const cited = cites.map(({ source, at, quote }) => {
    const { title: name = source, url = '' } = sources[source] ?? {};
    return `  ${name}, ${at}: “${quote}”\n    ${url}`;
  });
  const conditions = conditionsIn(when ?? {}).map(({ name, values }) => `${name} ${values.join(' or ')}`);
  const sends = (first?.script.steps ?? []).map((s) => `  ${s.method} ${s.path}  (credentials: ${s.credentials})`);
  return `${[
    `${id} · ${level} · ${basis} · ${area}`,
    `  ${title}`,
    `  why       ${why}`,
    ...(when === undefined ? [] : [`  under     ${conditions.join(', ')}`]),
    'cited',
    ...cited,
    standing === undefined
      ? `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}${first === undefined ? ' under this profile' : `, the first ${caseName(first.key)}`}`
      : 'sends nothing of its own: judged over everything that a run records',
    ...sends,
    ...(says.length === 0 ? [] : ['expected', ...says.map((s) => `  ${s}`)]),
    proofs.length === 0 ? 'unproven: no mutant names it' : 'proven by; conform serve --mutant NAME shows each',
    ...proofs.map(({ name, says }) => `  ${name}: ${says}`),
  ].join('\n')}\n`;
}

/** Every requirement by its id, level and title, area by area; for a person. */
export function contentsOf(catalogue: Catalogue): string {
  const sections = catalogue.map(({ area, says, requirements }) =>
    [
      `${area}: ${says}`,
      ...requirements.map(({ id, level, title }) => `  ${id.padEnd(12)} ${level.padEnd(6)}  ${title}`),
    ].join('\n'),
  );
  return `${sections.join('\n\n')}\n`;
}
