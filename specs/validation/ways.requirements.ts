import { success } from '../../src/catalogue/expect/response.ts';
import { noServerError, refused } from '../../src/catalogue/expect/status.ts';
import { allButTheLast, requirement } from '../../src/catalogue/requirement.ts';
import { calledIn, everyWay, inWords, refusedThenValid, type Way } from '../../src/catalogue/ways.ts';
import { allThenValid, togetherByVerb, type RefusalsPoint } from '../../src/catalogue/refusals.ts';
import type { RequestTemplate, Script } from '../../src/model/exchange.ts';
import type { Composer, Requirement } from '../../src/model/requirement.ts';
import type { Member } from '../../src/model/schema.ts';
import { badRequest, guid, required } from './cites.ts';
import { neededGuids } from './members.requirements.ts';
import { everyThreeWrong } from './wrong.ts';

/** Every way of calling, each about one of these members. */
function everyWayWithout(
  members: readonly Member[],
  c: Composer,
  of: 'each' | 'in turn' = 'in turn',
): ReturnType<typeof everyWay<Member>> {
  const [first, ...others] = members;
  return first === undefined ? [] : everyWay(c, [first, ...others], of);
}

/** What works on nothing is asked less: nobody could tell what was done. */
const isAskedLess = (c: Composer): boolean => c.contract.subject === null;

type WrongPoint = RefusalsPoint | ReturnType<typeof everyWay<Member>>[number];

const sendWrong =
  (request: (way: Way, member: Member, c: Composer) => RequestTemplate) =>
  (point: WrongPoint, c: Composer): Script =>
    'refusals' in point ? allThenValid(point, c) : refusedThenValid(point, (way, member) => request(way, member, c), c);

const malformedInWay = (way: Way, member: Member, c: Composer): RequestTemplate =>
  calledIn(way, c.sample.with(member, 'not-a-guid'), c);

/** What each member may be, in every way to send a request. */
export const validatedInEveryWay: readonly Requirement[] = [
  requirement('validation', {
    id: 'VALID-030',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a request without a required member is refused by every verb, however written and answered',
    why: 'Whether an incomplete request is carried out depends on its verb and format together.',
    cites: [required],
    each: (c): readonly WrongPoint[] =>
      isAskedLess(c) ? everyWayWithout(c.requiredMembers, c, 'each') : togetherByVerb(everyThreeWrong('missing', c)),
    send: sendWrong((way, member, c) => calledIn(way, c.sample.without(member), c)),
    refuses: 'all but the last',
    expect: [allButTheLast(refused), success],
  }),
  requirement('validation', {
    id: 'VALID-031',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a malformed Guid is refused by every verb, however written and answered',
    why: 'Whether a mistyped id is taken for another depends on the verb and format of a request together.',
    cites: [guid, badRequest],
    each: (c): readonly WrongPoint[] =>
      isAskedLess(c) ? everyWayWithout(neededGuids(c), c) : togetherByVerb(everyThreeWrong('malformed', c)),
    send: sendWrong(malformedInWay),
    refuses: 'all but the last',
    expect: [allButTheLast(refused), success],
  }),
  requirement('validation', {
    id: 'VALID-032',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a malformed Guid on an unknown subject breaks the service by no verb, however it is written',
    why: 'A mistyped id brings the service down, and a run that may change nothing would not see it.',
    cites: [guid, badRequest],
    each: (c) =>
      everyWayWithout(neededGuids(c), c).flatMap(({ ways }, i) =>
        // However it is written by the first verb; what reads a request is the same for the others, or looks at the verb alone.
        ways
          .slice(0, i === 0 ? ways.length : 3)
          .map(([way, member]) => ({ route: way.route, verb: way.by.verb, member, variant: inWords(way), way })),
      ),
    send: ({ way, member }, c) => c.onAbsent(malformedInWay(way, member, c)),
    expect: [noServerError],
  }),
];
