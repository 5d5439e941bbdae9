import type { Answered } from '../../model/exchange.ts';
import type { PlainObject, PlainValue } from '../../model/value.ts';
import { isObject } from '../../values/json.ts';
import { bodyOf } from './body.ts';

/** The ResponseStatus of an answer, its members in PascalCase; undefined when there is none. */
export function statusOf(x: Answered): PlainObject | undefined {
  const body = bodyOf(x);
  const status = isObject(body) ? body['ResponseStatus'] : undefined;
  return isObject(status) ? status : undefined;
}

/** The items of its Errors that are objects; empty when there are none. */
export function errorsOf(x: Answered): readonly PlainObject[] {
  const errors = statusOf(x)?.['Errors'];
  return Array.isArray(errors) ? errors.filter((item: PlainValue): item is PlainObject => isObject(item)) : [];
}
