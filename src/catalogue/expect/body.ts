import type { Contract, ContractMember } from '../../model/contract.ts';
import type { Answered } from '../../model/exchange.ts';
import type { PlainValue, Reading } from '../../model/value.ts';
import { errorOf } from '../../values/contract.ts';
import { appliedOf } from '../../values/dto-name.ts';
import { isObject } from '../../values/json.ts';
import { formatNamed, isEmptyRows, isErrorWithoutRows, isRecordedIn } from './rows.ts';
import { shortened } from '../../values/words.ts';
import { onceFor } from '../../values/once.ts';
import { identifiersIn } from '../../values/identifiers.ts';

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
const canonicalOf = onceFor(({ value }: Reading & { readonly ok: true }) => canonical(value));

/** The decoded body, its members named as in the contract; undefined when the answer has none that can be read. */
export function bodyOf(x: Answered): PlainValue | undefined {
  const { decoded } = x;
  if (decoded.kind !== 'read' || !decoded.reading.ok) return undefined;
  if (x.named !== undefined) return x.named(decoded.reading.value);
  return canonicalOf(decoded.reading);
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

/** Whether an answer is null, which is 204 without a body, whatever the type of a success (source forms, 6). */
export function isNullAnswer({ status, text }: Pick<Answered, 'status' | 'text'>): boolean {
  return status === 204 && text === '';
}

/** Whether a success is in no format that is known, whichever was asked for: what is answered raw, null, no rows in jsonl. */
export function hasNoFormat(
  x: Answered,
  contract: Pick<Contract, 'response' | 'request' | 'success' | 'formats' | 'types'>,
): boolean {
  if (x.status >= 300 || contract.success !== undefined) return false;
  const named = formatNamed(x, contract);
  return (
    (named !== undefined && !isRecordedIn(named, contract)) ||
    contract.response.kind === 'raw' ||
    isPerhapsRaw(x, contract) ||
    isNullAnswer(x) ||
    (contract.response.kind === 'none' && x.text === '') ||
    isEmptyRows(x, contract)
  );
}

/** Whether an answer may be a text that stands as it is, whatever was asked for: nobody tells its type, and no format reads it. */
function isPerhapsRaw({ decoded }: Pick<Answered, 'decoded'>, { response }: Pick<Contract, 'response'>): boolean {
  return response.kind === 'unknown' && !(decoded.kind === 'read' && decoded.reading.ok);
}

/** Whether a body need not read in any format: it is in none, or breaks off as ServiceStack is known to let it. */
export function needNotRead(x: Answered, contract: Contract): boolean {
  return hasNoFormat(x, contract) || isBrokenByTypes(x, contract) || isErrorWithoutRows(x, contract);
}

/**
 * Whether an error has no place where it could tell its ErrorCode: HEAD has no body, its DTO has no ResponseStatus, or what it is
 * written in has no room for one.
 */
export function tellsNoErrorCode(x: Answered, contract: Contract): boolean {
  return (
    x.request.method === 'HEAD' ||
    isErrorWithoutRows(x, contract) ||
    isBrokenByTypes(x, contract) ||
    (errorOf(contract).status !== 'ResponseStatus' && typeof bodyOf(x) === 'object')
  );
}

/**
 * Whether an answer in XML breaks off where ServiceStack cannot write a value, with an error behind it: an enum without a
 * name for its number, a DTO of a type that nobody declared in the place of its base (recorded; source forms, 6).
 */
export function isBrokenByTypes(x: Answered, { types }: Pick<Contract, 'types'>): boolean {
  // A Char that nobody has set is written as a NUL, which csv has no place for.
  if (x.text.includes('\0') && types.some(({ members }) => members.some(canBeChar))) return true;
  const dtos = new Set(types.filter((type) => type.enum === undefined).map(({ name }) => appliedOf(name).name));
  const canBeAnother = (type: string): boolean =>
    type === 'unknown' ||
    identifiersIn(type).some(
      (name) => name === 'Object' || (dtos.has(name) && !/^Response(?:Status|Error)$/.test(name)),
    );
  const canBe = types.some(
    ({ enum: its, members }) => its !== undefined || members.some(({ type }) => canBeAnother(type)),
  );
  return (
    canBe &&
    /xml/.test(x.mediaType) &&
    /<ErrorResponse\b/.test(x.text) &&
    !/^(?:<\?[^>]*>)?\s*<ErrorResponse\b/.test(x.text)
  );
}

/** Whether a member is a Char, or a text of which no document tells that it is none. */
function canBeChar({ type, json }: ContractMember): boolean {
  return type === 'Char' || (type === 'unknown' && json === 'text');
}

/** A value as a finding shows it: JSON, cut where it gets long. */
export function brief(value: PlainValue | undefined): string {
  return shortened(value === undefined ? 'absent' : JSON.stringify(value), 160);
}
