import type { Contract, Route } from '../../model/contract.ts';
import type { Recorded } from '../../model/exchange.ts';
import type { ReportedCase, ReportedRequirement } from '../../model/report.ts';
import type { RequirementId } from '../../model/requirement.ts';
import { verdictOver } from '../../values/verdicts.ts';
import { partsOf } from '../../values/route.ts';
import { literally } from '../../values/words.ts';
import { isInItsManner } from '../send/signs.ts';

/** Where the exchanges of a run went, and what they were to find there. */
export interface Ground {
  /** Its routes as a host serves them under its profile. */
  readonly contract: Pick<Contract, 'routes' | 'formats'>;
  /** Everything before the contract's paths. */
  readonly target: URL;
}

/**
 * Takes back what was kept by a 404 alone. The framework's own unknown route is an empty 404, and so is that of whatever
 * answers in its place: it shows something only where the documented route beside it was answered in the framework's manner
 * in the same run.
 *
 * Where the loss of the route fails by itself, a requirement is still judged by the cases that show something; where nothing
 * fails for it, what was taken back keeps the requirement from being judged.
 *
 * @param requirements as judged
 * @param exchanges of the same run
 * @param ground the documented routes, and where they are
 */
export function unlessBesideNothing(
  requirements: readonly ReportedRequirement[],
  exchanges: readonly Recorded[],
  ground: Ground,
): readonly ReportedRequirement[] {
  const { routes } = ground.contract;
  const answered = new Set(routes.filter((route) => isAnswered(route, exchanges, ground)).map(({ name }) => name));
  if (answered.size === routes.length) return requirements;
  const bare = new Set(exchanges.filter((x) => isBare404(x, ground)).map(({ id }) => id));
  const lost = lossesIn(requirements);
  return requirements.map((r) => {
    const cases = r.cases.map((c) =>
      c.verdict === 'pass' && c.exchanges.some((id) => bare.has(id)) && !standsBeside(c, answered)
        ? besideNothing(c, lost)
        : c,
    );
    return { ...r, verdict: verdictOver(cases), cases };
  });
}

/** By route the first requirement that counts and fails at it. */
function lossesIn(requirements: readonly ReportedRequirement[]): ReadonlyMap<string, RequirementId> {
  const losses = new Map<string, RequirementId>();
  for (const { id, level, cases } of requirements) {
    for (const { verdict, key } of cases)
      if (level === 'MUST' && verdict === 'fail' && key.route !== undefined && !losses.has(key.route))
        losses.set(key.route, id);
  }
  return losses;
}

function standsBeside({ key: { route } }: ReportedCase, answered: ReadonlySet<string>): boolean {
  return route === undefined ? answered.size > 0 : answered.has(route);
}

function besideNothing({ key, exchanges }: ReportedCase, lost: ReadonlyMap<string, RequirementId>): ReportedCase {
  const which = key.route === undefined ? 'no documented route was' : `the documented route ${key.route} was not`;
  const reason = `answered 404, which shows nothing: ${which} answered in the framework's manner in this run`;
  const because = key.route === undefined ? undefined : lost.get(key.route);
  return { key, verdict: 'blocked', reason, ...(because && { because }), findings: [], exchanges };
}

function isBare404({ outcome }: Recorded, { contract }: Ground): boolean {
  return outcome.kind === 'response' && outcome.response.status === 404 && !isInItsManner(outcome.response, contract);
}

function isAnswered({ path }: Route, exchanges: readonly Recorded[], { contract, target }: Ground): boolean {
  const base = target.pathname.replace(/\/$/, '');
  // An address has letters beyond ASCII and braces escaped.
  const places = partsOf(path).map((part) =>
    part.kind === 'text' ? literally(encodeURI(part.text)) : part.rest ? '.*' : '[^/]+',
  );
  const pattern = new RegExp(`^${literally(base)}${places.join('')}(\\.\\w+)?$`, 'i');
  return exchanges.some(
    ({ request, outcome }) =>
      outcome.kind === 'response' &&
      pattern.test(new URL(request.url).pathname) &&
      isInItsManner(outcome.response, contract),
  );
}
