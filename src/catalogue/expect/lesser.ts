import type { Answered } from '../../model/exchange.ts';
import type { Evidence, Expectation } from '../../model/requirement.ts';
import type { PlainValue } from '../../model/value.ts';
import { isList, isObject } from '../../values/json.ts';
import { service } from '../requirement.ts';
import { bodyOf, brief, describeBody } from './body.ts';

/** What somebody is answered who is known and may not do what they ask for. */

/**
 * Why an answer to lesser credentials leaves nothing to judge: the target does not know them at all, perhaps since they have
 * ended.
 *
 * @param index of the step that presents them
 */
export const unlessUnknown =
  (index: number) =>
  (_: Answered, { steps }: Pick<Evidence, 'steps'>): string | null =>
    steps.at(index)?.status === 401
      ? 'the target does not accept the lesser credentials at all (401), so they tell nothing of roles and permissions'
      : null;

/** The caller is known, and is told that it does not suffice (RFC 9110 §15.5.4). */
export const forbidden: Expectation = {
  says: 'the status is 403',
  judge: (x) => (x.status === 403 ? [] : [service('status', '403', `${String(x.status)} with ${describeBody(x)}`)]),
};

/**
 * A refusal does not carry the data of the success that somebody else got. Members at their defaults say nothing: an error may
 * be told by the DTO of the answer.
 *
 * @param index of the step that succeeded
 */
export const notTheAnswer = (index: number): Expectation => ({
  says: `nothing of what answer ${index + 1} tells is in it`,
  judge: (x, { steps }) => {
    const granted = steps.at(index);
    if (granted === undefined || granted.status >= 300) return [];
    const data = dataOf(granted);
    const told = typeof data === 'string' ? x.text.includes(data) : holds(dataOf(x), data);
    return tells(data) && told
      ? [service('body', 'nothing of what a success answers', brief(bodyOf(x) ?? x.text))]
      : [];
  },
  unless: (_, { steps }) => {
    const granted = steps.at(index);
    return granted !== undefined && granted.status < 300 && tells(dataOf(granted))
      ? null
      : 'the answer of a user tells nothing that could be found in the refusal';
  },
});

/** What an answer tells beside how the call ended. */
function dataOf(x: Answered): PlainValue {
  const body = bodyOf(x);
  if (body === undefined) return x.text;
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'ResponseStatus'));
}

/** Whether a value says anything: it is no default of its type, and holds something that is none. */
function tells(value: PlainValue | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === '') return false;
  return typeof value === 'object' ? Object.values(value).some(tells) : true;
}

/** Whether all that a value says is said by another as well. */
function holds(all: PlainValue | undefined, part: PlainValue): boolean {
  if (!tells(part)) return true;
  if (isList(part)) return isList(all) && part.every((item, i) => holds(all[i], item));
  if (isObject(part)) return isObject(all) && Object.entries(part).every(([name, each]) => holds(all[name], each));
  return all === part;
}
