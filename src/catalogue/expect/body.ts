import type { Contract } from '../../model/contract.ts';
import type { Answered } from '../../model/exchange.ts';
import type { PlainValue, Reading } from '../../model/value.ts';
import { listedDto } from '../../values/contract.ts';
import { isObject } from '../../values/json.ts';

/** The members of the framework's own DTOs; they are written in one casing and read in any. */
const frameworkMembers = ['ResponseStatus', 'ErrorCode', 'Message', 'StackTrace', 'Errors', 'FieldName', 'Meta'];

const pascalNames: ReadonlyMap<string, string> = new Map(frameworkMembers.map((name) => [name.toLowerCase(), name]));

/** True for what the formats write where there is nothing: null, nil, an empty cell, an absent member. */
export function isNothing(value: PlainValue | undefined): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

/** The name that a member has in PascalCase, whatever the service's casing. */
export function pascal(name: string): string {
  return pascalNames.get(name.toLowerCase()) ?? name.charAt(0).toUpperCase() + name.slice(1);
}

/** The value with its members renamed to PascalCase; the keys of a Meta map are data and stay as they are. */
export function canonical(value: PlainValue): PlainValue {
  if (Array.isArray(value)) return value.map((item: PlainValue) => canonical(item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [pascal(name), pascal(name) === 'Meta' ? member : canonical(member)]),
  );
}

/** Many requirements look at one body. */
const canonicals = new WeakMap<Reading, PlainValue>();

/** The decoded body, its members named as in the contract; undefined when the answer has none that can be read. */
export function bodyOf(x: Answered): PlainValue | undefined {
  const { decoded } = x;
  if (decoded.kind !== 'read' || !decoded.reading.ok) return undefined;
  if (x.named !== undefined) return x.named(decoded.reading.value);
  const value = canonicals.get(decoded.reading) ?? canonical(decoded.reading.value);
  canonicals.set(decoded.reading, value);
  return value;
}

/** What stands in place of a body that cannot be read, in words for a finding. */
export function describeBody(x: Answered): string {
  const { decoded } = x;
  switch (decoded.kind) {
    case 'empty':
      return 'an empty body';
    case 'foreign':
      return decoded.mediaType === '' ? 'a body without a Content-Type' : `a body of type ${decoded.mediaType}`;
    case 'read':
      return decoded.reading.ok
        ? brief(decoded.reading.value)
        : `${decoded.format} that cannot be read: ${decoded.reading.problem} at ${String(decoded.reading.position)}`;
  }
}

/** Whether a success is in no format, whichever was asked for: what is answered raw, an empty answer, an empty list in jsonl. */
export function hasNoFormat(
  x: Answered,
  { response, success, formats, types }: Pick<Contract, 'response' | 'success' | 'formats' | 'types'>,
): boolean {
  if (x.status >= 300 || success !== undefined) return false;
  // How csv writes values without members, and jsonl a map, was never recorded.
  if (hasNoRows({ response, types }) && formats.some((f) => f.name === 'csv' && f.mediaType === x.mediaType))
    return true;
  if (isMap(response) && formats.some((f) => f.name === 'jsonl' && f.mediaType === x.mediaType)) return true;
  return response.kind === 'raw' || (x.status === 204 && x.text === '') || isEmptyLines(x, { response, formats });
}

/** Whether a success is a value without members, or a list of such. */
export function hasNoRows({ response, types }: Pick<Contract, 'response' | 'types'>): boolean {
  return response.kind === 'scalar' || (response.kind === 'list' && listedDto({ response, types }) === null);
}

/** Whether a success is a map: nobody has recorded whether jsonl has a line for each of its pairs. */
export function isMap(response: Contract['response']): boolean {
  return response.kind === 'scalar' && /^I?(?:\w*Dictionary|Hashtable)\b/.test(response.type);
}

/**
 * Whether an answer is an error of a query in csv or jsonl, which write the results of a query alone: nobody has recorded what
 * they make of an error, which has none.
 */
export function isErrorWithoutRows(x: Answered, { response }: Pick<Contract, 'response'>): boolean {
  const isOfRows = x.decoded.kind === 'read' && ['csv', 'jsonl'].includes(x.decoded.format);
  return x.status >= 300 && isOfRows && response.kind === 'dto' && /^QueryResponse\b/.test(response.type);
}

/** Whether a success is an empty list, or the answer of a query without results, where a format has a line for each: an empty body. */
export function isEmptyLines(x: Answered, { response, formats }: Pick<Contract, 'response' | 'formats'>): boolean {
  const lines = formats.filter(({ name }) => name === 'jsonl' || name === 'csv').map(({ mediaType }) => mediaType);
  const isList = response.kind === 'list' || (response.kind === 'dto' && /^QueryResponse\b/.test(response.type));
  return x.status === 200 && x.text === '' && isList && lines.includes(x.mediaType);
}

/**
 * Whether a success in XML breaks off where ServiceStack cannot write a value, with an error behind it: an enum without a
 * name for its number, a type that nobody declared (recorded; source forms, 6).
 */
export function isBrokenByTypes(x: Answered, { types }: Pick<Contract, 'types'>): boolean {
  // A Char that nobody has set is written as a NUL, which csv has no place for.
  if (x.text.includes('\0') && types.some(({ members }) => members.some(({ type }) => type === 'Char'))) return true;
  const canBe = types.some(
    (type) =>
      type.enum?.names.some(({ value }) => value !== undefined) === true ||
      type.members.some((member) => /\bObject\b|^unknown$/.test(member.type)),
  );
  return (
    canBe &&
    x.status < 300 &&
    /xml/.test(x.mediaType) &&
    /<ErrorResponse\b/.test(x.text) &&
    !/^(?:<\?[^>]*>)?\s*<ErrorResponse\b/.test(x.text)
  );
}

/** A value as a finding shows it: JSON, cut where it gets long. */
export function brief(value: PlainValue | undefined): string {
  return beginningOf(value === undefined ? 'absent' : JSON.stringify(value), 160);
}

/** The first so many characters of a text; a mark tells where it was cut, which the redactor looks for, too. */
export function beginningOf(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
