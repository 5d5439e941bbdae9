import type { Answered } from '../../model/exchange.ts';
import type { Expectation } from '../../model/requirement.ts';
import type { PlainValue } from '../../model/value.ts';
import type { Finding } from '../../model/verdict.ts';
import { service } from '../requirement.ts';
import { bodyOf, brief, isObject } from './body.ts';
import { normalise } from './normalise.ts';
import { withoutFigures } from './volatile.ts';

/**
 * The answer carries the same value as that of another step, whatever the formats of the two.
 *
 * Null, nil, empty and absent are one and the same. StackTrace is not compared, nor are words with figures and white space
 * within texts.
 *
 * @param index the step that sets the measure
 */
export const sameValueAs = (index: number): Expectation => ({
  says: `status and value are those of answer ${index + 1}`,
  judge: (x, { steps }) => {
    const measure = steps.at(index);
    if (measure === undefined) return [service(`answer ${index + 1}`, 'an answer', 'none')];
    if (measure.status !== x.status) return [service('status', `${measure.status}`, `${x.status}`)];
    return differences(valueOf(measure), valueOf(x), 'body');
  },
});

function valueOf(x: Answered): PlainValue {
  const body = bodyOf(x);
  return body === undefined ? x.text : normalise(steady(body));
}

/** The value without what may tell the time, the request or the build. */
function steady(value: PlainValue): PlainValue {
  if (typeof value === 'string') return masked(value);
  if (Array.isArray(value)) return value.map((item: PlainValue) => steady(item));
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([name]) => name !== 'StackTrace');
  return Object.fromEntries(members.map(([name, member]) => [name, steady(member)]));
}

function masked(text: string): string {
  return withoutFigures(text).replace(/\s+/g, ' ').trim();
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
