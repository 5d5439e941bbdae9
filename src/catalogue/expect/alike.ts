import type { Answered, Subject } from '../../model/exchange.ts';
import type { Evidence, Expectation } from '../../model/requirement.ts';
import type { PlainObject, PlainValue } from '../../model/value.ts';
import type { Finding } from '../../model/verdict.ts';
import { dataShape, sameData } from '../../values/data-shape.ts';
import { isList, isObject } from '../../values/json.ts';
import { isDate } from '../../values/spelling.ts';
import { service } from '../requirement.ts';
import { whyRefusedAgain } from '../second-calls.ts';
import { hasData } from '../typed.ts';
import { bodyOf, brief } from './body.ts';
import { errorsOf, statusOf } from './response-status.ts';
import { holdsResultsAlone } from './rows.ts';

/** Members that differ between answers of one kind without telling the caller anything. */
const volatile: ReadonlySet<string> = new Set(['stacktrace', 'meta']);

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
  says: `answers ${first + 1} and ${second + 1} are alike in status, media type, challenge and body`,
  judge: (_, { steps, subjects }) => {
    const [measure, held] = [steps.at(first), steps.at(second)];
    if (measure === undefined || held === undefined) return [service('answers', 'both', 'one is missing')];
    return unlikeIn(measure, held, subjects, kindsOfData).map((f) => ({
      ...f,
      where: `answer ${second + 1}: ${f.where}`,
    }));
  },
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
  says: `answers ${first + 1} and ${held + 1} are alike in status, media type, challenge and body`,
  judge: (_, { steps, subjects }) => {
    const [measure, other] = [steps.at(first), steps.at(held)];
    if (measure === undefined || other === undefined) return [service('answers', 'both', 'one is missing')];
    return unlikeIn(measure, other, subjects, bodyText).map((f) => ({ ...f, where: `answer ${held + 1}: ${f.where}` }));
  },
  unless: (_, { steps }) => (isLive(steps.at(first), steps.at(again)) ? live : null),
});

/** Why nothing is said of data that changed between two calls of one kind. */
export const live = 'the data are live: they differ from call to call';

/** Whether two answers to one request differ, as where data live. */
export function isLive(one: Answered | undefined, again: Answered | undefined): boolean {
  return one !== undefined && again !== undefined && one.text !== again.text;
}

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

/** Whether two answers say the same, as nothing else decides how a body is read: megabytes that answers share are not gone through for each two. */
function isReadAlike(a: Answered, b: Answered): boolean {
  return a.status === b.status && a.mediaType === b.mediaType && a.text === b.text;
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

/** Of a success the kinds of its data, of an error what it says. */
function kindsOfData(x: Answered): string {
  const body = x.status < 300 ? bodyOf(x) : undefined;
  return body === undefined ? bodyText(x) : dataShape(body, null, (status) => JSON.stringify(withoutVolatile(status)));
}

function withoutVolatile(value: PlainValue): PlainValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly PlainValue[]).map(withoutVolatile);
  const kept = Object.entries(value).filter(([name]) => !volatile.has(name.toLowerCase()));
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutVolatile(member)]));
}

function withoutIds(text: string, subjects: readonly Subject[]): string {
  const ids = subjects.flatMap((s) => Object.entries(s)).filter(([, id]) => id !== '');
  const named = ids.reduce((t, [member, id]) => replaceIgnoringCase(t, id, `{${member}}`), text);
  return withoutFigures(named);
}

/** Ids are letters, digits and dashes: nothing of them means anything in a pattern. */
function replaceIgnoringCase(text: string, part: string, by: string): string {
  return text.replace(new RegExp(part.replace(/\W/g, '\\$&'), 'gi'), () => by);
}

/** The answer says the same as that of another step: same status, same ErrorCode. */
export const answeredLike = (index: number): Expectation => ({
  says: `status and ErrorCode are those of answer ${index + 1}`,
  judge: (x, { steps }) => {
    const measure = steps.at(index);
    return measure === undefined ? [service(`answer ${index + 1}`, 'an answer', 'none')] : unlike(measure, x);
  },
  unless: whyRefusedAgain,
});

/**
 * All answers from a step on agree in status, media type and ErrorCode.
 *
 * A 429 is left out: that a service limits its callers is no contradiction.
 *
 * @param from index of the first step compared
 */
export const allAlike = (from = 0): Expectation => ({
  says: from === 0 ? 'all answers agree' : `all answers from the ${from + 1}th on agree`,
  judge: (_, { steps }) => {
    const compared = steps
      .map((x, i) => ({ x, i }))
      .slice(from)
      .filter(({ x }) => x.status !== 429);
    const [first, ...rest] = compared;
    if (first === undefined) return [];
    return rest.flatMap(({ x, i }) =>
      [...unlike(first.x, x), ...unlikeType(first.x, x)].map((f) => ({ ...f, where: `answer ${i + 1}: ${f.where}` })),
    );
  },
});

/**
 * Wherever the second request of a script is sent again, whatever came in between, it is answered as before: status, media
 * type and ErrorCode agree.
 */
export const secondAnsweredAlike: Expectation = {
  says: 'wherever its second request is sent again, the answer agrees with the second',
  judge: (_, { steps }) => {
    const measure = steps[1];
    if (measure === undefined) return [service('answer 2', 'an answer', 'none')];
    return steps.flatMap((x, i) =>
      i > 1 && isSameRequest(x, measure) && x.status !== 429
        ? [...unlike(measure, x), ...unlikeType(measure, x)].map((f) => ({
            ...f,
            where: `answer ${i + 1}: ${f.where}`,
          }))
        : [],
    );
  },
};

function isSameRequest({ request: a }: Answered, { request: b }: Answered): boolean {
  return a.method === b.method && a.url === b.url && a.body === b.body && sameHeaders(a.headers, b.headers);
}

function sameHeaders(a: Answered['headers'], b: Answered['headers']): boolean {
  return a.length === b.length && a.every(([name, value], i) => b[i]?.[0] === name && b[i][1] === value);
}

function unlike(a: Answered, b: Answered): readonly Finding[] {
  if (a.status !== b.status) return [service('status', `${a.status}`, `${b.status}`)];
  const [expected, actual] = [a, b].map((x) => brief(statusOf(x)?.['ErrorCode'] ?? null));
  return expected === actual ? [] : [service('body ResponseStatus.ErrorCode', expected ?? '', actual ?? '')];
}

function unlikeType(a: Answered, b: Answered): readonly Finding[] {
  return a.mediaType === b.mediaType
    ? []
    : [service('header Content-Type', a.mediaType || 'none', b.mediaType || 'none')];
}

/**
 * The answer carries the same value as that of another step, whatever the formats of the two.
 *
 * Null, nil, empty and absent are one and the same. StackTrace is not compared, nor are words with figures and white space
 * within texts; nor are data, which differ from subject to subject and from call to call.
 *
 * @param index the step that sets the measure
 */
export const sameValueAs = (index: number): Expectation => ({
  says: `status and value are those of answer ${index + 1}`,
  judge: (x, { steps, contract }) => {
    const measure = steps.at(index);
    if (measure === undefined) return [service(`answer ${index + 1}`, 'an answer', 'none')];
    if (measure.status !== x.status) return [service('status', `${measure.status}`, `${x.status}`)];
    const told = hasData(contract) ? statusAlone : valueOf;
    return isReadAlike(measure, x) ? [] : differences(told(measure), told(x), 'body');
  },
});

/** The answer has the status of that of another step. */
export const sameStatusAs = (index: number): Expectation => ({
  says: `the status is that of answer ${index + 1}`,
  judge: (x, { steps }) => {
    const measure = steps.at(index);
    if (measure === undefined) return [service(`answer ${index + 1}`, 'an answer', 'none')];
    return measure.status === x.status ? [] : [service('status', `${measure.status}`, `${x.status}`)];
  },
  unless: whyRefusedAgain,
});

/**
 * The answer is the same error as that of another step, whatever the formats of the two: the same status and ErrorCode, and
 * the same members at fault. Texts may differ, but not be missing; Meta and further members are not compared.
 *
 * @param index the step that sets the measure
 */
export const sameErrorAs = (index: number): Expectation => ({
  says: `status, ErrorCode and the members at fault are those of answer ${index + 1}`,
  judge: (x, evidence) => {
    const measure = evidence.steps.at(index);
    if (measure === undefined || measure.status !== x.status) return sameStatusAs(index).judge(x, evidence);
    if (holdsResultsAlone(x, evidence.contract)) return [];
    // An operation without subjects has nothing to refuse.
    if (x.status < 400) return sameValueAs(index).judge(x, evidence);
    return differences(errorIn(measure), errorIn(x), 'body ResponseStatus');
  },
  unless: whyRefusedAgain,
});

function errorIn(x: Answered): PlainValue {
  const status = statusOf(x);
  return status === undefined ? null : normalise({ ...told(status), Errors: errorsOf(x).map(told) });
}

/** What an error, or an item of its Errors, says to a program. */
function told({ ErrorCode = null, FieldName = null, Message }: PlainObject): PlainObject {
  return { ErrorCode, FieldName, Message: typeof Message === 'string' && Message.trim() !== '' ? 'a text' : null };
}

/** What is said of how a call ended. */
function statusAlone(x: Answered): PlainValue {
  const body = bodyOf(x);
  return isObject(body) ? normalise(steady({ ResponseStatus: body['ResponseStatus'] ?? null })) : null;
}

function valueOf(x: Answered): PlainValue {
  const body = bodyOf(x);
  return body === undefined ? x.text : normalise(steady(body));
}

/** The value without what may tell the time, the request or the build. */
function steady(value: PlainValue): PlainValue {
  // Formats of one host spell a date differently.
  if (typeof value === 'string') return isDate(value) ? '#' : masked(value);
  if (Array.isArray(value)) return value.map((item: PlainValue) => steady(item));
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name]) => name !== 'StackTrace');
  return Object.fromEntries(members.map(([name, member]) => [name, steady(member)]));
}

function masked(text: string): string {
  return withoutFigures(text).trim().split(/\s+/).join(' ');
}

function differences(a: PlainValue | undefined, b: PlainValue | undefined, place: string): readonly Finding[] {
  if (isObject(a) && isObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].flatMap((name) => differences(a[name], b[name], `${place}.${name}`));
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.flatMap((item: PlainValue, i) => differences(item, b[i] as PlainValue, `${place}[${i}]`));
  }
  return JSON.stringify(a) === JSON.stringify(b) ? [] : [service(place, brief(a), brief(b))];
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

/**
 * Drops the members that say nothing: null, the empty text, list and object, and what becomes empty by that.
 * Two answers that are equal afterwards say the same, whichever formats they came in.
 *
 * Items of a list are normalised but kept, for their number counts.
 */
export function normalise(value: PlainValue): PlainValue {
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(normalise);
  const members = Object.entries(value).map(([name, member]) => [name, normalise(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => !saysNothing(member)));
}

function saysNothing(value: PlainValue): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

/**
 * A text without what may tell the time, the request or the build: every word with a figure in it is `#`, so that ids,
 * dates, trace ids and line numbers of two answers do not count as differences.
 */
export function withoutFigures(text: string): string {
  return text.replace(/[\w:.+-]+/g, (piece) => {
    const figure = piece.search(/\d/);
    if (figure < 0) return piece;
    const start = Math.max(...[':', '.', '+'].map((mark) => piece.lastIndexOf(mark, figure))) + 1;
    return `${piece.slice(0, start)}#`;
  });
}
