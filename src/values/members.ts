import type { Member } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import { drawnNumber, kindOf, type Kind } from './kinds.ts';
import { textFor } from './pattern.ts';
import { lengthsOf, rangeOf, rulesOf, type Bound } from './rules.ts';
import { isList } from './json.ts';
import { onceFor } from './once.ts';

/** In the order that ServiceStack's own binding was recorded to refuse them; none where any text is a value. */
const decimal = { least: '-79228162514264337593543950335', greatest: '79228162514264337593543950335' };

/**
 * What is known of the values of one member: its kind by the .NET type, where the contract tells it, else by the schema. Every
 * case asks for the kinds of its members.
 *
 * @returns null for what is composed of others
 */
export const kindIn = onceFor((member: Member): Kind | null => {
  const { net, type } = member;
  const its = member.enum;
  if (its !== undefined && type.kind !== 'list' && type.kind !== 'map')
    return its.flags ? flags(member) : named(member);
  const kind = kindOf(type);
  if (kind === null) return null;
  switch (net) {
    case 'Char':
      return { ...kind, says: 'one character', draw: (...key) => letters.charAt(drawnNumber(...key) % letters.length) };
    case 'Uri':
      // What has no scheme is no address to a host that reads it as one.
      return {
        ...kind,
        says: 'an address',
        draw: (...key) => `urn:${kind.draw(...key)}`,
        malformed: { 'with spaces': 'not a uri' },
      };
    case 'TimeSpan':
    case 'TimeOnly':
      return { ...kind, malformed: { 'no time': 'x' } };
    case 'Byte[]':
      return { ...kind, malformed: { 'no base64': '***', 'cut off': 'AQI' } };
    case 'Guid':
      return { ...kind, malformed: { 'no Guid': 'x' } };
    case 'DateTime':
      return { ...kind, malformed: { 'no date': 'x', 'a day too many': '2020-02-30' } };
    case 'DateTimeOffset':
    case 'DateOnly':
      return { ...kind, malformed: { 'no date': 'x' } };
    case 'Boolean':
      return { ...kind, malformed: { 'no boolean': 'x' } };
    case 'Single':
    case 'Double':
      return { ...kind, malformed: { 'no number': 'x' } };
    case 'Decimal':
      return {
        ...kind,
        malformed: { 'no number': 'x', 'beyond the greatest': '79228162514264337593543950336' },
        bounds: decimal,
      };
    default:
      return kind.bounds !== null && type.kind === 'integer'
        ? { ...kind, malformed: { ...kind.malformed, 'no number': 'x', 'a fraction': '1.5' } }
        : kind;
  }
});

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** A name that an enum does not have, whatever its names. */
function noNameOf({ enum: its }: Member): string {
  const names = new Set(its?.names.flatMap(({ name, wire }) => [name.toLowerCase(), (wire ?? name).toLowerCase()]));
  return ['Purple', 'third', 'no-such-name'].find((name) => !names.has(name.toLowerCase())) ?? 'no-such-name';
}

function named(member: Member): Kind {
  const names = member.enum?.names ?? [];
  return {
    says: `one of ${names.map(({ name, wire }) => wire ?? name).join(', ')}`,
    inJson: 'quoted',
    draw: (...key) => {
      const { name = '', wire = name } = names[drawnNumber(...key) % Math.max(1, names.length)] ?? {};
      return wire;
    },
    recognises: (text) =>
      names.some(({ name, wire }) => [name, wire].some((each) => each?.toLowerCase() === text.toLowerCase())),
    malformed: { 'no name of it': noNameOf(member) },
    bounds: null,
  };
}

/** Flags are written as numbers, and System.Text.Json reads nothing else. */
function flags(member: Member): Kind {
  const numbers = (member.enum?.names ?? []).map((each, i) => numberOf(each, i)).filter((value) => value !== 0);
  return {
    says: `a sum of ${numbers.join(', ')}`,
    inJson: 'bare',
    draw: (...key) => String(numbers[drawnNumber(...key) % Math.max(1, numbers.length)] ?? 0),
    recognises: (text) => /^\d+$/.test(text),
    malformed: { 'no name of it': noNameOf(member) },
    bounds: null,
  };
}

/** The number of a name of an enum: its own, else its place. */
export function numberOf({ value }: { readonly value?: number }, place: number): number {
  return value ?? place;
}

/** Whether a valid request has to carry a member that no path binds: it is called required, or what stands in its place is refused. */
export function isSent(member: Member): boolean {
  if (member.required || member.enforced === true) return true;
  if (member.example !== undefined || member.kept !== undefined) return true;
  const isText = member.type.kind === 'string' && member.net === 'String';
  return member.nullable === false && !isText && rulesOf(member.validate ?? []).length > 0;
}

/**
 * Whether a request without a member is refused: what asks that a value is there finds one in the default of a value type, and
 * what no document tells the type of may be of one.
 */
export function isRefusedWithout({ enforced, validate, nullable, type, net }: Member): boolean {
  const isValue =
    nullable === false && !(type.kind === 'string' && (net === 'String' || net === 'Uri' || net === 'Byte[]'));
  const isUntold = net === undefined && type.kind === 'any';
  const asksForMore = validate === undefined || validate.some((each) => each.includes('NotEmpty'));
  return enforced === true && (asksForMore || !(isValue || isUntold));
}

/**
 * A value of a member: a person's example, one of those that its documents name, one by its type within its validators.
 *
 * @param seed with `key` decides which
 * @returns null for what is composed of others
 */
export function drawn(member: Member, seed: number, ...key: readonly string[]): string | null {
  const { example, kept, allowed, net } = member;
  if (example !== undefined) return example;
  if (kept !== undefined) return kept;
  const kind = kindIn(member);
  if (kind === null) return null;
  const choice = (): number => drawnNumber(seed, ...key);
  if (allowed !== undefined) return allowed[choice() % allowed.length] ?? allowed[0];
  const rules = rulesOf(member.validate ?? []);
  if (member.type.kind === 'integer' || member.type.kind === 'number') {
    const { least, greatest } = within(member);
    if (least !== null || greatest !== null)
      return numberWithin(least, greatest, net === undefined || isWhole(net), choice(), kind.bounds);
  }
  if (net === 'String' || (net === undefined && member.type.kind === 'string')) {
    const pattern = rules.find((rule) => rule.kind === 'pattern');
    const fitting =
      pattern === undefined ? null : textFor(pattern.pattern, (nth) => drawnNumber(seed, ...key, `${nth}`));
    if (fitting !== null) return fitting;
    if (rules.some((rule) => rule.kind === 'email')) return `${kind.draw(seed, ...key)}@example.org`;
    return fittingLength(kind.draw(seed, ...key), lengthsOf(rules), choice());
  }
  return kind.draw(seed, ...key);
}

function isWhole(net: string): boolean {
  return /^U?Int(?:16|32|64)$|^S?Byte$/.test(net);
}

/** Where the values of a member lie: what its validators leave, else what its documents say. */
function within({ validate, range }: Member): { readonly least: Bound | null; readonly greatest: Bound | null } {
  const left = rangeOf(rulesOf(validate ?? []));
  return {
    least: left.least ?? (range === undefined ? null : { value: range.least, open: false }),
    greatest: left.greatest ?? (range === undefined ? null : { value: range.greatest, open: false }),
  };
}

function numberWithin(
  least: Bound | null,
  greatest: Bound | null,
  whole: boolean,
  choice: number,
  ofType: Kind['bounds'],
): string {
  const from = least === null ? null : least.open ? Math.floor(least.value) + 1 : Math.ceil(least.value);
  const to = greatest === null ? null : greatest.open ? Math.ceil(greatest.value) - 1 : Math.floor(greatest.value);
  const start = Math.max(from ?? (to ?? 0) - 100, Number(ofType?.least ?? -Infinity));
  const end = Math.min(to ?? start + 100, Number(ofType?.greatest ?? Infinity));
  if (start <= end) return String(start + (choice % Math.min(end - start + 1, 1000)));
  // No whole number lies between: half way does, for what is none.
  return whole || least === null || greatest === null ? String(start) : String((least.value + greatest.value) / 2);
}

function fittingLength(text: string, { least, greatest }: ReturnType<typeof lengthsOf>, choice: number): string {
  const length = Math.max(least, Math.min(text.length, greatest));
  const filled = text.length >= length ? text : text + choice.toString(36).repeat(Math.ceil(length / 4));
  // From its end: what all drawn texts begin with tells nothing apart.
  return filled
    .slice(Math.max(0, filled.length - length))
    .replace(/^-/, 'x')
    .padEnd(Math.min(least, greatest), 'x');
}

/** A text as JSON holds a value of its member: a number or a boolean bare, what is composed of others as it is written in JSON. */
export function asJson(member: Member, text: string): PlainValue {
  const kind = kindIn(member);
  if (kind?.inJson === 'quoted') return text;
  try {
    const value = JSON.parse(text) as PlainValue;
    return typeof value === 'number' && String(value) !== text ? numeral(text) : value;
  } catch {
    return kind === null && member.type.kind === 'list' ? text.split(',') : text;
  }
}

/** A number as it stands, however many digits it has: what writes JSON puts it there without quotes. */
export function numeral(text: string): string {
  return `\uE000${text}\uE001`;
}

/** JSON with the numerals in it as they stand. */
export function withNumerals(json: string): string {
  return json.replace(/"\uE000([^"\uE001]*)\uE001"/g, '$1');
}

/** Members with the numerals among them as texts, for what tells no number from a text. */
export function plainNumerals(value: PlainValue): PlainValue {
  if (typeof value === 'string') return value.replace(/^\uE000(.*)\uE001$/, '$1');
  if (value === null || typeof value !== 'object') return value;
  if (isList(value)) return value.map(plainNumerals);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainNumerals(each)]));
}
