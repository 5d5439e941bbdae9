// What requests of typed members are made of: one idea, and most requirements of the area `types` need it.

import type { Route, Verb } from '../model/contract.ts';
import type { RequestTemplate } from '../model/exchange.ts';
import type { Composer, MemberValues, Payload, Point, RequestOptions } from '../model/requirement.ts';
import type { Member } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import { appliedOf } from '../values/dto-name.ts';
import { isGuid, zeroGuid } from '../values/guid.ts';
import { carriesBody } from '../values/http.ts';
import { itemKind, netOfItems } from '../values/composed.ts';
import { kindIn, numberOf, numeral } from '../values/members.ts';
import { asForm } from './payloads.ts';
import { binds, isAt, partsOf } from '../values/route.ts';
import { lengthsOf, rangeOf, rulesOf } from '../values/rules.ts';

/** Where a request carries a value that is looked at. */
export type Carrier = 'query' | 'form' | 'path';

/** One value of one member, where a route carries it. */
export interface TypedPoint extends Point {
  readonly route: Route;
  readonly verb: Verb;
  readonly member: Member;
  readonly carrier: Carrier;
  readonly value: string;
}

/** One value of one member in a JSON body. */
export interface JsonPoint extends Point {
  readonly route: Route;
  readonly verb: Verb;
  readonly member: Member;
  readonly value: PlainValue;
}

/** Texts by what they are. */
export type Texts = Readonly<Record<string, string>>;

/** Members whose values are typed: of Guids the area `validation` speaks. */
export const typedMembers = (c: Composer): readonly Member[] => c.members.filter((member) => !isGuid(member));

/** Every route by every member in each place that can carry it; on routes but the first the first text alone. */
export function everyText(
  c: Composer,
  textsOf: (member: Member) => Texts,
  ...carriers: readonly Carrier[]
): readonly TypedPoint[] {
  return c.routes.flatMap((route, nth) =>
    typedMembers(c).flatMap((member) =>
      carriers.flatMap((carrier) => {
        const verb = verbFor(route, member, carrier, c);
        const texts = Object.entries(textsOf(member));
        return verb === null
          ? []
          : texts
              .slice(0, nth === 0 || carrier === 'path' ? texts.length : 1)
              .map(([what, value]) => ({ route, verb, member, carrier, value, variant: `${carrier}: ${what}` }));
      }),
    ),
  );
}

/** The verb that carries a member there; null where the route does not. */
function verbFor(route: Route, member: Member, carrier: Carrier, c: Composer): Verb | null {
  const verbs = c.verbsOf(route);
  const isBound = binds(route.path, member);
  switch (carrier) {
    case 'path':
      return isBound && verbs[0] !== 'HEAD' && takesAny(route, member, c) ? verbs[0] : null;
    case 'query':
      return isBound ? null : (verbs.find((verb) => verb === 'GET') ?? verbs[0]);
    case 'form':
      return isBound ? null : (verbs.find(carriesBody) ?? null);
  }
}

/** Whether any text in the place of a member leads to the route: the rest of a path does, and a constraint of endpoints does not. */
function takesAny({ path }: Route, member: Member, { profile }: Composer): boolean {
  const part = partsOf(path).find((each) => each.kind === 'member' && isAt(each.name, member));
  return part?.kind === 'member' && !part.rest && (profile.hosting === 'classic' || !path.includes(':'));
}

/**
 * The sample with one value in its place.
 *
 * @param others what else the request is sent with; a verb among them counts
 */
export function withText(
  { route, verb, member, carrier, value }: TypedPoint,
  c: Composer,
  others: RequestOptions = {},
): RequestTemplate {
  const options: RequestOptions = { verb, ...others };
  switch (carrier) {
    case 'path':
      return c.request(route, { ...options, pathMembers: { [member.name]: encodeURIComponent(value) } });
    case 'query':
      return c.request(route, { ...options, payload: { in: 'query', members: c.sample.with(member, value) } });
    case 'form':
      return c.request(route, { ...options, payload: asForm(c.sample.with(member, value)) });
  }
}

/** Several values of one name in the query string. */
export function withTexts(
  route: Route,
  verb: Verb,
  member: Member,
  values: readonly string[],
  c: Composer,
): RequestTemplate {
  const members = c.sample.without(member);
  const options: RequestOptions = { verb, query: values.map((value) => [member.name, value] as const) };
  return c.request(route, { ...options, payload: { in: 'query', members } });
}

/** The sample in JSON with one value in it. */
export function withJson({ route, verb, member, value }: JsonPoint, c: Composer): RequestTemplate {
  const payload: Payload = { in: 'body', as: 'json', members: c.sample.with(member, value) };
  return c.request(route, { verb, payload });
}

/** Every route that reads a body, by every member that it carries there. */
export function everyJson(c: Composer, valuesOf: (member: Member) => MemberValues): readonly JsonPoint[] {
  return c.routes.flatMap((route) => {
    const verb = c.verbsOf(route).find(carriesBody);
    if (verb === undefined) return [];
    return c.bodyMembers
      .filter((member) => !isGuid(member))
      .flatMap((member) =>
        Object.entries(valuesOf(member)).map(([variant, value]) => ({ route, verb, member, variant, value })),
      );
  });
}

/** Texts that a query, a form and a path refuse as a value of a member, by what is wrong with them. */
export function malformedTexts(member: Member): Texts {
  const kind = kindIn(member);
  if (kind !== null) return kind.malformed;
  const { type } = member;
  const [item] = Object.values(itemKind(member)?.malformed ?? {});
  switch (type.kind) {
    case 'list':
      return item === undefined ? {} : { 'a bad item': item };
    case 'map':
      return { 'no map': 'x', ...(item !== undefined && { 'a bad value': `{a:${item}}` }) };
    // Whether an object is of an abstract type no contract tells, and what cannot be made into one is not known to be refused.
    case 'reference':
    case 'any':
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
    case 'enum':
      return {};
  }
}

/** The .NET types that System.Text.Json reads leniently (recorded; source forms, 6). */
const lenient: ReadonlySet<string> = new Set(['TimeSpan', 'TimeOnly', 'Uri', 'Object', 'String']);

/** Malformed values as JSON holds them: numbers that do not fit bare, other texts between quotes. */
export function malformedJson(member: Member): MemberValues {
  const kind = kindIn(member);
  const isNumber = kind?.inJson === 'bare';
  return Object.fromEntries(
    Object.entries(malformedTexts(member)).map(([what, text]) => [
      what,
      isNumber && /^-?\d+(?:\.\d+)?$/.test(text) ? numeral(text) : text,
    ]),
  );
}

/** The same, as far as System.Text.Json refuses them. */
export const strictJson = (member: Member): MemberValues =>
  lenient.has(member.net ?? '') ? {} : malformedJson(member);

/** The least and the greatest value of a type. */
export function boundTexts(member: Member): Texts {
  const { bounds = null } = kindIn(member) ?? {};
  return bounds === null ? {} : { 'the least': bounds.least, 'the greatest': bounds.greatest };
}

/** An enum by its name as it is written, in other casings, as the code names it, by its number. */
export function enumTexts(member: Member): Texts {
  const names = member.enum?.names ?? [];
  const place = Math.min(1, names.length - 1);
  const it = names[place];
  if (it === undefined || member.enum?.flags === true || member.type.kind === 'list' || member.type.kind === 'map')
    return {};
  const wire = it.wire ?? it.name;
  return {
    'its name': wire,
    'lower case': wire.toLowerCase(),
    'upper case': it.name.toUpperCase(),
    ...(it.wire !== undefined && { 'the name in the code': it.name }),
    'its number': String(numberOf(it, place)),
  };
}

/** Two items of a list; null where nothing is known of them. */
export function itemsOf(member: Member): readonly [string, string] | null {
  if (member.type.kind !== 'list') return null;
  const kind = itemKind(member);
  if (kind === null) return null;
  const { of } = member.type;
  // A text of which no document tells more may be that of a Guid, a date or of bytes.
  if (of.kind === 'string' && of.format === undefined && member.net === undefined) return null;
  if (of.kind === 'string' && of.format === 'uuid') return [zeroGuid, zeroGuid];
  const isOfAddresses = netOfItems(member.net) === 'Uri';
  if (of.kind === 'string' && of.format === undefined && member.enum === undefined && !isOfAddresses) return ['a', 'b'];
  if (of.kind === 'integer' || of.kind === 'number') return ['1', '2'];
  if (of.kind === 'string' && (of.format === 'date-time' || of.format === 'date')) return ['2020-01-01', '2021-01-01'];
  return [kind.draw(1, 'first'), kind.draw(2, 'second')];
}

/** A map as JSV, as JSON and as bare pairs; nothing where its keys or values are of other kinds than text and number. */
export function mapTexts(member: Member): Texts {
  if (member.type.kind === 'reference') return { 'an object in JSV': '{}' };
  const { type } = member;
  if (type.kind !== 'map') return {};
  const [key, held] = appliedOf(member.net ?? '').args;
  const isNumber = type.of.kind === 'integer';
  const value = isNumber ? '1' : 'b';
  if (key !== 'String' || (!isNumber && held !== 'String')) return {};
  return { JSV: `{a:${value}}`, JSON: `{"a":${isNumber ? value : `"${value}"`}}`, pairs: `a:${value}` };
}

/** Values just beyond what the validators of a member take. */
export function beyondTexts(member: Member): Texts {
  const rules = rulesOf(member.validate ?? []);
  const { least, greatest } = rangeOf(rules);
  const lengths = lengthsOf(rules.filter(({ kind }) => kind === 'length'));
  const isText = member.net === 'String';
  return {
    ...(least !== null && fits(member, least.open ? least.value : least.value - 1)('below the range')),
    ...(greatest !== null && fits(member, greatest.open ? greatest.value : greatest.value + 1)('above the range')),
    ...(isText && lengths.least > 1 && { 'too short': 'x'.repeat(lengths.least - 1) }),
    ...(isText && lengths.greatest < 10_000 && { 'too long': 'x'.repeat(lengths.greatest + 1) }),
    ...(isText && rules.some(({ kind }) => kind === 'email') && { 'no address': 'x' }),
    ...(isText && rules.some((rule) => rule.kind === 'pattern' && refuses(rule.pattern, '~')) && { 'no match': '~' }),
  };
}

/** The last values that the validators of a member take. */
export function insideTexts(member: Member): Texts {
  const rules = rulesOf(member.validate ?? []);
  if (rules.some(({ kind }) => kind === 'email' || kind === 'pattern' || kind === 'other')) return {};
  const { least, greatest } = rangeOf(rules);
  const lengths = lengthsOf(rules);
  const isText = member.net === 'String' && rules.some(({ kind }) => kind === 'length');
  return {
    ...(least !== null && fits(member, least.open ? least.value + 1 : least.value)('the least in range')),
    ...(greatest !== null &&
      fits(member, greatest.open ? greatest.value - 1 : greatest.value)('the greatest in range')),
    ...(isText && lengths.least > 0 && { 'the shortest': 'x'.repeat(lengths.least) }),
    ...(isText && lengths.greatest < 10_000 && { 'the longest': 'x'.repeat(lengths.greatest) }),
  };
}

/** A number as a text of a member, where the type of that has such. */
function fits(member: Member, value: number): (what: string) => Texts {
  return (what) => (kindIn(member)?.recognises(String(value)) === true ? { [what]: String(value) } : {});
}

function refuses(pattern: string, text: string): boolean {
  try {
    return !new RegExp(pattern, 'u').test(text);
  } catch {
    return false;
  }
}
