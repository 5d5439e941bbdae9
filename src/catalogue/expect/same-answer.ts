import type { Answered, Subject } from '../../model/exchange.ts';
import type { Evidence, Expectation } from '../../model/requirement.ts';
import type { PlainValue } from '../../model/value.ts';
import type { Finding } from '../../model/verdict.ts';
import { dataShape, sameData } from '../../values/data-shape.ts';
import { inAnswer } from '../../values/answers.ts';
import { service } from '../requirement.ts';
import { whyRefusedAgain } from '../second-calls.ts';
import { bodyOf } from './body.ts';
import { isReadAlike, withoutFigures } from './same-value.ts';

/** Members that differ between answers of one kind without telling the caller anything; which call it was is one's own id for it. */
const volatile =
  /^(?:stacktrace|meta|id)$|trace|(?:request|correlation|activity|operation|error|incident|log)[-_]?id$/i;

/**
 * Two answers of a script cannot be told apart: status, media type, challenge and body agree.
 *
 * Not compared, as they tell a caller nothing: the subjects' own ids, words with figures, nonces, StackTrace and Meta. Of the
 * data of a success only members and types are, for data live: a number may have risen from one call to the next.
 *
 * @param first index of the step that sets the measure
 * @param second index of the step that is held against it
 */
export const sameAnswer = (first: number, second: number): Expectation => ({
  ...indistinguishable(first, second, kindsOfData),
  unless: whyRefusedAgain,
});

/**
 * The same with the values of data: they are compared where a third answer, to the first request sent again, has those of the
 * first. Where it has not, the data live, and nothing is judged.
 *
 * @param first index of the step that sets the measure
 * @param again index of the step that repeats it
 * @param held index of the step that is held against it
 */
export const sameAnswerWithData = (first: number, again: number, held: number): Expectation => ({
  ...indistinguishable(first, held, bodyText),
  unless: (_, { steps }) => whyLive(steps.at(first), steps.at(again)),
});

/** Why nothing is said of data that changed between two calls of one kind; null where the answers to both are one. */
export function whyLive(one: Answered | undefined, again: Answered | undefined): string | null {
  return one !== undefined && again !== undefined && one.text !== again.text
    ? 'the data are live: they differ from call to call'
    : null;
}

/** @param told what is told of a body */
const indistinguishable = (
  first: number,
  second: number,
  told: (x: Answered) => string,
): Pick<Expectation, 'says' | 'judge'> => ({
  says: `answers ${first + 1} and ${second + 1} are alike in status, media type, challenge and body`,
  judge: (_, { steps, subjects, contract }) => {
    const [measure, held] = [steps.at(first), steps.at(second)];
    if (measure === undefined || held === undefined) return [service('answers', 'both', 'one is missing')];
    // What stands as it is may be of its moment, such as a report or a picture.
    const isRaw = contract.response.kind === 'raw' && measure.status < 300 && held.status < 300;
    return inAnswer(second, unlikeIn(measure, held, subjects, isRaw && told === kindsOfData ? whetherThere : told));
  },
});

/** @param told what is told of a body */
function unlikeIn(
  a: Answered,
  b: Answered,
  subjects: readonly Subject[],
  told: (x: Answered) => string,
): readonly Finding[] {
  const featuresOf = (x: Answered): Readonly<Record<string, string>> =>
    isReadAlike(a, b) ? headOf(x, subjects) : { ...headOf(x, subjects), body: withoutIds(told(x), subjects) };
  const actual = featuresOf(b);
  return Object.entries(featuresOf(a)).flatMap(([where, value]) => {
    const other = actual[where] ?? '';
    return other === value || (where === 'body' && sameData(value, other))
      ? []
      : [service(where, value || 'none', other || 'none')];
  });
}

function headOf(x: Answered, subjects: readonly Subject[]): Readonly<Record<string, string>> {
  const challenge = (x.header('WWW-Authenticate') ?? '').replace(/\b(nonce|opaque)="[^"]*"/gi, '$1');
  return {
    status: `${x.status}`,
    'header Content-Type': x.mediaType,
    'header WWW-Authenticate': withoutIds(challenge, subjects),
  };
}

function bodyText(x: Answered): string {
  return x.decoded.kind === 'read' && x.decoded.reading.ok
    ? JSON.stringify(withoutVolatile(x.decoded.reading.value))
    : x.text;
}

const whetherThere = (x: Answered): string => (x.text === '' ? '' : 'a body');

/** Of a success the kinds of its data, of an error what it says. */
function kindsOfData(x: Answered): string {
  const body = x.status < 300 ? bodyOf(x) : undefined;
  return body === undefined ? bodyText(x) : dataShape(body, null, (status) => JSON.stringify(withoutVolatile(status)));
}

function withoutVolatile(value: PlainValue): PlainValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly PlainValue[]).map(withoutVolatile);
  const kept = Object.entries(value).filter(([name]) => !volatile.test(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutVolatile(member)]));
}

function withoutIds(text: string, subjects: readonly Subject[]): string {
  if (text === '') return text;
  const ids = subjects.flatMap((s) => Object.entries(s)).filter(([, id]) => id !== '');
  const named = ids.reduce((t, [member, id]) => replaceIgnoringCase(t, id, `{${member}}`), text);
  return withoutFigures(named);
}

/** Ids are letters, digits and dashes: nothing of them means anything in a pattern. */
function replaceIgnoringCase(text: string, part: string, by: string): string {
  if (!text.toLowerCase().includes(part.toLowerCase())) return text;
  return text.replace(new RegExp(part.replace(/\W/g, '\\$&'), 'gi'), () => by);
}

/** Statuses that may come from in front of the operation: for want of credentials, of a route, of a verb. */
const beforeTheOperation: ReadonlySet<number> = new Set([401, 403, 404, 405]);

/**
 * Whoever is not let in does not get the operation's own complaint about the request.
 *
 * @param user index of the step whose credentials are good; when it did not reach the operation, nothing is judged
 * @param other index of the same request with other credentials, or none
 */
export const notAsAdmitted = (user: number, other: number): Expectation => ({
  says: `answer ${other + 1} is not what the operation answered to a user in answer ${user + 1}`,
  judge: (x, evidence) => {
    const admitted = evidence.steps.at(user);
    if (admitted === undefined || !isComplaint(admitted.status)) return [];
    return !isSame(user, other, x, evidence) || isSaidByGet(user, other, x, evidence)
      ? []
      : [
          service(
            `answer ${other + 1}: status and body`,
            'a refusal for want of credentials',
            `the operation's own answer, ${admitted.status}`,
          ),
        ];
  },
});

const isSame = (first: number, second: number, x: Answered, evidence: Evidence): boolean =>
  sameAnswer(first, second).judge(x, evidence).length === 0;

/**
 * A HEAD has no body to tell a refusal by, so the same request by GET, two steps on, tells it: where GET refuses with the
 * status of the HEAD and in other words than to the user.
 */
function isSaidByGet(user: number, other: number, x: Answered, evidence: Evidence): boolean {
  const [byHead, byGet] = [evidence.steps.at(other), evidence.steps.at(other + 2)];
  if (byHead === undefined || byGet === undefined) return false;
  return byHead.status === byGet.status && !isSame(user + 2, other + 2, x, evidence);
}

function isComplaint(status: number): boolean {
  return status >= 400 && status < 500 && !beforeTheOperation.has(status);
}
