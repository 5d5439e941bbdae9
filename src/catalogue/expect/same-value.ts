import type { Answered } from '../../model/exchange.ts';
import type { Expectation } from '../../model/requirement.ts';
import type { PlainObject, PlainValue } from '../../model/value.ts';
import type { Finding } from '../../model/verdict.ts';
import { isList, isObject } from '../../values/json.ts';
import { isDate } from '../../values/spelling.ts';
import { hasData } from '../data.ts';
import { againstStep, service } from '../requirement.ts';
import { whyRefusedAgain } from '../second-calls.ts';
import { unlikeStatus } from './alike.ts';
import { bodyOf, brief, isBrokenByTypes } from './body.ts';
import { errorsOf, statusOf } from './errors.ts';
import { holdsResultsAlone } from './rows.ts';

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
  judge: againstStep(index, (measure, x, { contract }) => {
    if (measure.status !== x.status) return unlikeStatus(measure, x);
    const isRaw = contract.response.kind === 'raw' && x.status < 300;
    const told = isRaw ? isThere : hasData(contract) ? statusAlone : valueOf;
    return isReadAlike(measure, x) ? [] : differences(told(measure), told(x), 'body');
  }),
});

/**
 * The answer is the same error as that of another step, whatever the formats of the two: the same status and ErrorCode, and
 * the same members at fault. Texts may differ, but not be missing; Meta and further members are not compared.
 *
 * @param index the step that sets the measure
 */
export const sameErrorAs = (index: number): Expectation => ({
  says: `status, ErrorCode and the members at fault are those of answer ${index + 1}`,
  judge: againstStep(index, (measure, x, evidence) => {
    if (measure.status !== x.status) return unlikeStatus(measure, x);
    if (holdsResultsAlone(x, evidence.contract) || isBrokenByTypes(x, evidence.contract)) return [];
    // An operation without subjects has nothing to refuse.
    if (x.status < 400) return sameValueAs(index).judge(x, evidence);
    return differences(errorIn(measure), errorIn(x), 'body ResponseStatus');
  }),
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

/** Whether a body is there: what stands as it is may be of its moment, such as a report or a picture. */
const isThere = (x: Answered): PlainValue => x.text !== '';

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

/** Whether two answers say the same, as nothing else decides how a body is read: megabytes that answers share are not gone through for each two. */
export function isReadAlike(a: Answered, b: Answered): boolean {
  return a.status === b.status && a.mediaType === b.mediaType && a.text === b.text;
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
