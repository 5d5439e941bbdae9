import type { Member } from '../../model/schema.ts';
import type { Answered } from '../../model/exchange.ts';
import type { Evidence, Expectation, Point } from '../../model/requirement.ts';
import type { PlainValue } from '../../model/value.ts';
import type { Finding } from '../../model/verdict.ts';
import { errorOf } from '../../values/contract.ts';
import { isObject } from '../../values/json.ts';
import { service } from '../requirement.ts';
import { bodyOf, brief, describeBody } from './body.ts';
import { namedIn, namesOf } from './field-names.ts';
import { errorsOf, statusOf } from './errors.ts';
import { isEmptyRows } from './rows.ts';
import { whyLive } from './same-answer.ts';
import { sayTheSame } from './same-data.ts';

/** A case about one member. */
interface MemberPoint extends Point {
  readonly member: Member;
}

const names = (x: Answered, member: Member): boolean => namesOf(member).some((name) => namedIn(x).includes(name));

/** Errors names the member, where an error of the operation tells anything. */
const unnamed = (x: Answered, { point: { member }, contract }: Evidence<MemberPoint>): readonly Finding[] =>
  names(x, member) || errorOf(contract).status !== 'ResponseStatus'
    ? []
    : [service('body ResponseStatus.Errors', `an item with FieldName ${member.name}`, describeBody(x))];

const byName = (expected: string, isIt: (status: number) => boolean): Expectation<MemberPoint> => ({
  says: `the status is ${expected}, and Errors names the member`,
  judge: (x, evidence) =>
    isIt(x.status)
      ? unnamed(x, evidence)
      : [service('status', expected, `${String(x.status)} with ${describeBody(x)}`)],
});

/** The request was refused with 400, and Errors names the member. */
export const refusedByName = byName('400', (status) => status === 400);

/** The request was refused as a mistake of the caller, and Errors names the member: a service may have a status of its own for it. */
export const turnedDownByName = byName('4xx', (status) => status >= 400 && status < 500);

/** What the framework calls a value that it could not read. */
const unreadable: ReadonlySet<string> = new Set([
  'SerializationException',
  'RequestBindingException',
  'FormatException',
]);

/** The value was read: whatever the service says of it, it is not that it could not be. */
export const bound: Expectation<MemberPoint> = {
  says: 'the value is read: no error of binding',
  judge: (x, { point: { member } }) => {
    const code = statusOf(x)?.['ErrorCode'];
    const isBinding = x.status === 400 && typeof code === 'string' && unreadable.has(code);
    return isBinding && (names(x, member) || errorsOf(x).length === 0)
      ? [service('body ResponseStatus', `no error of binding ${member.name}`, describeBody(x))]
      : [];
  },
};

/** The member is not among those that are refused. */
export const notAtFault: Expectation<MemberPoint> = {
  says: 'Errors does not name the member',
  judge: (x, { point: { member } }) =>
    x.status >= 400 && names(x, member)
      ? [service('body ResponseStatus.Errors', `no item with FieldName ${member.name}`, describeBody(x))]
      : [],
};

/**
 * The answer says the same as that of another step in another format, each value by its type. Where a third answer, in the
 * format of the first, says something else than that, the data are live, and nothing is judged.
 */
export const sameDataAs = (measure: number, again: number): Expectation => ({
  says: `the data are those of answer ${measure + 1}, each value by its type`,
  judge: (_, { steps, contract }) => {
    const [first, held] = [steps.at(measure), steps.at(measure + 1)];
    const [a, b] = [first, held].map((x) => (x === undefined ? undefined : isEmptyRows(x, contract) ? [] : bodyOf(x)));
    if (held === undefined) return [service('answers', 'both', 'one is missing')];
    if (first?.status !== held.status) return [service('status', String(first?.status), String(held.status))];
    // What cannot be read is judged where a body is to be well formed.
    if (held.decoded.kind === 'read' && !held.decoded.reading.ok) return [];
    return sayTheSame(a, b, contract).map(({ at, expected, actual }) => service(`body ${at}`, expected, actual));
  },
  unless: (_, { steps }) => whyLive(steps.at(measure), steps.at(again)),
});

/** The results of a query: those of a QueryResponse, or the rows of one. */
function resultsOf(x: Answered): readonly PlainValue[] | null {
  const body = bodyOf(x);
  const results = isObject(body) ? body['Results'] : body;
  return Array.isArray(results) ? (results as readonly PlainValue[]) : null;
}

/** A query brings so many results at most. */
export const atMost = (count: number): Expectation => ({
  says: `there are ${count} results at most`,
  judge: (x) => {
    const results = resultsOf(x);
    return results !== null && results.length > count
      ? [service('body Results', `${count} at most`, String(results.length))]
      : [];
  },
});

/** The results of a query rise, or fall, by a member of theirs. */
export const ordered = (member: string, way: 'rising' | 'falling'): Expectation => ({
  says: `the results are ${way} by ${member}`,
  judge: (x) => {
    const numbers = (resultsOf(x) ?? []).flatMap((each) => {
      const value = isObject(each) ? each[member] : undefined;
      return typeof value === 'number' ? [way === 'rising' ? value : -value] : [];
    });
    const at = numbers.findIndex((value, i) => i > 0 && value < (numbers[i - 1] ?? value));
    return at < 0
      ? []
      : [service(`body Results[${String(at)}].${member}`, `${way} from the one before`, brief(numbers.map(Math.abs)))];
  },
});
