import type { PlainObject, PlainValue } from '../model/value.ts';
import type { Call, Refusal } from './behaviour.ts';
import { refusal } from './errors.ts';
import { isList, isObject } from './rendering/json.ts';
import type { Service, ServiceMember } from './service.ts';
import { order } from './types/numbers.ts';

/** What a validator says of a value: nothing, or what is wrong with further facts. */
interface Objection {
  readonly message: string;
  /** Facts that stand before the member's name and value. */
  readonly meta?: Readonly<Record<string, string>>;
}

/** A validator: what it says of a value, which is null where there is none. */
type Validator = (value: PlainValue, words: string, args: readonly string[]) => Objection | null;

/** Every member is held against its validators: all at fault are named, code and message repeat the first. */
export function validate(service: Service, call: Call): Refusal | null {
  const errors = service.members.flatMap((member) => objectionsTo(service, member, call.request[member.name] ?? null));
  const [first] = errors;
  if (first === undefined) return null;
  return refusal('validation', 400, first.code, first.message, { Errors: errors.map(({ item }) => item) });
}

interface Told {
  readonly code: string;
  readonly message: string;
  /** One item of `Errors`. */
  readonly item: PlainObject;
}

function objectionsTo(service: Service, member: ServiceMember, value: PlainValue): readonly Told[] {
  return member.rules.flatMap((rule) => {
    const { code, args } = ruleOf(rule);
    const objection = validators[code]?.(
      isInitial(member, value) && /^Not/.test(code) ? null : value,
      member.words,
      args,
    );
    if (objection === undefined || objection === null) return [];
    const meta = { ...objection.meta, PropertyName: member.words, ...propertyValue(service, value) };
    const item = { ErrorCode: code, FieldName: member.name, Message: objection.message, Meta: meta };
    return [{ code, message: objection.message, item }];
  });
}

/** ServiceStack.Text leaves out what is null. */
function propertyValue({ profile }: Service, value: PlainValue): PlainObject {
  if (value === null) return profile.serializer === 'servicestack' ? {} : { PropertyValue: null };
  return { PropertyValue: textIn(value) };
}

/** `Length(3,10)` is Length, with 3 and 10; what stands in quotes is one argument. */
function ruleOf(rule: string): { readonly code: string; readonly args: readonly string[] } {
  const found = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/s.exec(rule);
  const inside = found?.[2] ?? '';
  const args = [...inside.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|[^,\s][^,]*/g)].map(
    (m) => m[1] ?? m[2] ?? m[0].trim(),
  );
  return { code: found?.[1] ?? rule, args };
}

/** What a value type holds where nobody has sent one counts as empty. */
function isInitial({ type }: ServiceMember, value: PlainValue): boolean {
  return type.kind === 'scalar' && !type.nullable && value === type.scalar.initial;
}

const must = (holds: boolean, message: string, meta?: Readonly<Record<string, string>>): Objection | null =>
  holds ? null : { message, ...(meta !== undefined && { meta }) };

/** Validators but the first two have nothing to say of what is not there. */
const ofValues =
  (validator: Validator): Validator =>
  (value, words, args) =>
    value === null ? null : validator(value, words, args);

const compared = (holds: (order: number) => boolean, says: string): Validator =>
  ofValues((value, name, [other = '0']) =>
    must(holds(order(textIn(value), other)), `'${name}' must be ${says} '${other}'.`, {
      ComparisonValue: other,
      ComparisonProperty: '',
    }),
  );

const between = (within: (least: number, greatest: number) => boolean, says: string): Validator =>
  ofValues((value, name, [from = '0', to = '0']) =>
    must(
      within(order(textIn(value), from), order(textIn(value), to)),
      `'${name}' must be between ${from} and ${to}${says}. You entered ${textIn(value)}.`,
      { From: from, To: to, Value: textIn(value) },
    ),
  );

const ofLength = (
  fits: (length: number, args: readonly number[]) => boolean,
  says: (words: string, args: readonly string[]) => string,
): Validator =>
  ofValues((value, words, args) => {
    const { length } = textIn(value);
    const [least = '0', greatest = least] = args;
    return must(fits(length, args.map(Number)), `${says(words, args)} You entered ${length} characters.`, {
      MinLength: least,
      MaxLength: greatest,
      TotalLength: String(length),
    });
  });

const validators: Readonly<Record<string, Validator>> = {
  NotEmpty: (value, words) => must(!isEmpty(value), `'${words}' must not be empty.`),
  NotNull: (value, words) => must(value !== null, `'${words}' must not be empty.`),
  Empty: (value, words) => must(isEmpty(value), `'${words}' must be empty.`),
  Null: (value, words) => must(value === null, `'${words}' must be empty.`),
  Length: ofLength(
    (length, [least = 0, greatest = length]) => length >= least && length <= greatest,
    (words, [least = '', greatest = '']) => `'${words}' must be between ${least} and ${greatest} characters.`,
  ),
  ExactLength: ofLength(
    (length, [exact = length]) => length === exact,
    (words, [exact = '']) => `'${words}' must be ${exact} characters in length.`,
  ),
  MinimumLength: ofLength(
    (length, [least = 0]) => length >= least,
    (words, [least = '']) => `The length of '${words}' must be at least ${least} characters.`,
  ),
  MaximumLength: ofLength(
    (length, [greatest = length]) => length <= greatest,
    (words, [greatest = '']) => `The length of '${words}' must be ${greatest} characters or fewer.`,
  ),
  GreaterThan: compared((order) => order > 0, 'greater than'),
  GreaterThanOrEqual: compared((order) => order >= 0, 'greater than or equal to'),
  LessThan: compared((order) => order < 0, 'less than'),
  LessThanOrEqual: compared((order) => order <= 0, 'less than or equal to'),
  Equal: compared((order) => order === 0, 'equal to'),
  NotEqual: compared((order) => order !== 0, 'not equal to'),
  InclusiveBetween: between((least, greatest) => least >= 0 && greatest <= 0, ''),
  ExclusiveBetween: between((least, greatest) => least > 0 && greatest < 0, ' (exclusive)'),
  Email: ofValues((value, words) =>
    must(/^[^@]+@[^@]+$/.test(textIn(value)), `'${words}' is not a valid email address.`),
  ),
  CreditCard: ofValues((value, words) =>
    must(isCardNumber(textIn(value)), `'${words}' is not a valid credit card number.`),
  ),
  RegularExpression: ofValues((value, words, [pattern = '']) =>
    must(fits(pattern, textIn(value)), `'${words}' is not in the correct format.`, { RegularExpression: pattern }),
  ),
};

function isEmpty(value: PlainValue): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

function textIn(value: PlainValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A pattern that is none in this language objects to nothing. */
function fits(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}

/** By its check digit (ISO/IEC 7812). */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/[- ]/g, '');
  if (!/^\d+$/.test(digits)) return false;
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, i) => {
      const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
