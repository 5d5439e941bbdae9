import { refusedToScripts } from '../../src/catalogue/expect/format.ts';
import { noServerError, notASuccess, unauthorizedOrRedirected } from '../../src/catalogue/expect/status.ts';
import type { RequestPoint } from '../../src/catalogue/points.ts';
import { guarded } from '../../src/catalogue/provoke.ts';
import {
  allThenValid,
  togetherByVerb,
  everyThreeToRefuse,
  inPieces,
  type RefusalsPoint,
  type ToRefuse,
} from '../../src/catalogue/refusals.ts';
import { step } from '../../src/catalogue/requirement.ts';
import type { Answered, Script } from '../../src/model/exchange.ts';
import type { Composer, Evidence, Expectation } from '../../src/model/requirement.ts';
import type { Finding } from '../../src/model/verdict.ts';
import { carriesBody } from '../../src/values/http.ts';

/** What a stranger may try on something that exists: every three of what is chosen, and of how the path is spelt, stand together. */
export function strangersInThrees(c: Composer): readonly RefusalsPoint[] {
  if (guarded(c).length === 0 || c.contract.subject === null) return [];
  return togetherByVerb(
    everyThreeToRefuse(c, {
      kinds: ['a stranger'],
      sent: () => ({ credentials: 'none' }),
      paths: ['as documented', 'with a slash behind', 'in capitals'],
    }),
  );
}

/** Bad credentials of one kind, in several calls. */
export interface ImpostorsPoint extends RefusalsPoint {
  readonly kind: LookedInto;
}

/** The same of each with the choices of a caller: every three of them stand together in some call. */
export function impostorsInThrees(c: Composer, of: readonly LookedInto[] = lookedInto): readonly ImpostorsPoint[] {
  if (guarded(c).length === 0 || c.contract.subject === null) return [];
  const refusals = everyThreeToRefuse(c, {
    kinds: lookedInto,
    isWanted: (kind) => of.includes(kind),
    sent: (credentials) => ({ credentials }),
    carriers: [
      ...(['query', 'json', 'form'] as const),
      ...c.bodyFormats.map(({ name }) => name).filter((name) => name === 'xml'),
    ],
  });
  return of.flatMap((kind) =>
    inPieces(refusals.filter((each) => each.kind === kind)).map((piece, i) => ({
      kind,
      route: piece[0].choice.route,
      variant: `${kind} in every way${i === 0 ? '' : `, ${String(i + 1)}`}`,
      refusals: piece,
    })),
  );
}

/** Credentials that a service has to look into; a user whom it does not know, since one whom it knows may be locked out. */
const lookedInto = ['garbage-token', 'unknown-user', 'expired-token', 'tampered-signature'] as const;
type LookedInto = (typeof lookedInto)[number];

/** How a stranger is refused who chooses so; a script can read nothing but a 200. */
function refusalOf({ choice: { answer, carrier, verb }, path }: ToRefuse): Expectation {
  if (answer === 'a callback') return refusedToScripts;
  const isDocumented = path === 'as documented' && (carrier === 'query' || carriesBody(verb));
  return isDocumented ? unauthorizedOrRedirected : turnedAway;
}

/** One call, or several on something that exists. */
export type OneOrSeveral = RequestPoint | RefusalsPoint;

export const sendOneOrSeveral = (point: OneOrSeveral, c: Composer): Script =>
  'refusals' in point ? allThenValid(point, c) : c.onAbsent(point.request);

/** Of one call what is expected of it; of several, that each is refused as it asks to be told. */
export const oneOrEach = (expected: Expectation): Expectation<OneOrSeveral> => ({
  says: expected.says,
  judge: (x, evidence) => {
    const { point } = evidence;
    return 'refusals' in point ? eachTurnedAway(x, evidence, point) : expected.judge(x, evidence);
  },
});

/** What nobody documents is no success, and does not break the service. */
const turnedAway: Expectation = {
  says: 'the status is neither 2xx nor 5xx, but for 501',
  judge: (x, evidence) => [
    ...notASuccess.judge(x, evidence),
    ...(x.status === 501 ? [] : noServerError.judge(x, evidence)),
  ],
};

/** What is wrong with the answers to calls that must be refused: to those of a script, whatever comes behind them. */
function eachTurnedAway(x: Answered, evidence: Evidence, { refusals }: RefusalsPoint): readonly Finding[] {
  return refusals.flatMap((each, i) => step(i, refusalOf(each)).judge(x, evidence));
}
