import type { Observation } from '../../model/comparison.ts';
import type { ExchangeId, Recorded } from '../../model/exchange.ts';
import type { ReportedCase, ReportedRequirement } from '../../model/report.ts';
import type { RequirementId } from '../../model/requirement.ts';
import { placeOf } from '../../values/answers.ts';
import { dashedGuid } from '../../values/guid.ts';
import { verdictOver } from '../../values/verdicts.ts';

/** A request that came first to a subject that nothing was done to, and the requirement that failed by its answer. */
interface Control {
  /** What a client could see of the answer. */
  readonly observed: string;
  readonly requirement: RequirementId;
}

/**
 * Holds a request that others come before, or after, against the same request alone.
 *
 * That something was done unasked is taken back where the answer afterwards, which is to show it, is what that request is
 * answered alone: then it is that request which fails, and another requirement says so. A case that could not be judged since
 * its first request failed names the requirement by which that request fails alone.
 *
 * @param requirements as judged
 * @param exchanges of the same run
 * @param observe what a client can see of an exchange
 */
export function heldAgainstControls(
  requirements: readonly ReportedRequirement[],
  exchanges: readonly Recorded[],
  observe: (x: Recorded) => Observation,
): readonly ReportedRequirement[] {
  const byId = new Map(exchanges.map((x) => [x.id, x]));
  const controls = new Map<string, Control[]>();
  const seen = (x: Recorded): string => JSON.stringify(observe(x));
  for (const [x, requirement] of failedAlone(requirements, byId)) {
    const words = wordsOf(x);
    controls.set(words, [...(controls.get(words) ?? []), { observed: seen(x), requirement }]);
  }
  if (controls.size === 0) return requirements;
  const controlOf = (id: ExchangeId | undefined): RequirementId | undefined => {
    const x = id === undefined ? undefined : byId.get(id);
    const alone = x === undefined ? undefined : controls.get(wordsOf(x));
    return x === undefined ? undefined : alone?.find(({ observed }) => observed === seen(x))?.requirement;
  };
  return requirements.map((r) => {
    const cases = r.cases.map((c) => {
      const { verdict, exchanges: sent } = c;
      if (verdict === 'blocked' && c.because === undefined) {
        const because = controlOf(sent[0]);
        return because === undefined ? c : { ...c, because };
      }
      const because = verdict === 'fail' && showsLater(r) && isOfTheLast(c) ? controlOf(sent.at(-1)) : undefined;
      return because === undefined ? c : doesNotShow(c, because);
    });
    return { ...r, verdict: verdictOver(cases), cases };
  });
}

/** Requests that were all that their case sent to a subject of its own, and by which it failed. */
function failedAlone(
  requirements: readonly ReportedRequirement[],
  byId: ReadonlyMap<ExchangeId, Recorded>,
): readonly (readonly [Recorded, RequirementId])[] {
  return requirements
    .filter((r) => r.level === 'MUST')
    .flatMap(({ id: requirement, cases }) =>
      cases.flatMap(({ verdict, exchanges: [id, ...others] }) => {
        const x = id === undefined ? undefined : byId.get(id);
        return verdict === 'fail' && others.length === 0 && x?.effect === 'own' ? [[x, requirement] as const] : [];
      }),
    );
}

/** What was done shows in what is sent afterwards. */
function showsLater({ breaks }: ReportedRequirement): boolean {
  return breaks === 'executed' || breaks === 'changed';
}

/** A finding of an earlier answer stands whatever the last one is. */
function isOfTheLast({ exchanges, findings }: ReportedCase): boolean {
  return (
    exchanges.length > 1 && findings.every((finding) => placeOf(finding, exchanges.length).at === exchanges.length - 1)
  );
}

/** A request whatever the subject that it names. */
function wordsOf({ request: { method, url, headers, body } }: Recorded): string {
  return JSON.stringify([method, url, headers, body]).replace(new RegExp(dashedGuid, 'g'), '<id>');
}

function doesNotShow({ key, exchanges }: ReportedCase, because: RequirementId): ReportedCase {
  const reason = `what was done before does not show: the last request is answered the same on a subject that nothing was done to, which ${because} tells`;
  return { key, verdict: 'blocked', reason, because, findings: [], exchanges };
}
