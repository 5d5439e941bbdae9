import { before } from './cursor.ts';
import type { EnumName, ResponseOf } from '../model/contract.ts';
import { isObject, type JsonObject } from '../values/json.ts';
import { argument, enforces, validatorsOf, type Attribute } from './attributes.ts';
import {
  isReference,
  namesIn,
  netText,
  readNetType,
  unwrapped,
  withoutReferenceMarks,
  type NetType,
  plainName,
} from './dotnet.ts';
import { nonEmpty, unreadable, type Fact, type MemberFacts, type TypeFacts } from './facts.ts';
import { fact, get, objectAt, textAt, textsAt, listAt } from './documented-json.ts';
import type { Described } from './metadata.ts';
import { otherwise, saysSame } from './readings.ts';

/** The types of one name: a host describes the answer that all its operations share with each of them. */
export class Namesakes {
  readonly first: Described;
  /** Whether one of them is an enum. */
  isEnum = false;
  readonly #byNamespace = new Map<string | undefined, Described>();

  constructor(first: Described) {
    this.first = first;
    this.add(first);
  }

  add(described: Described): void {
    const namespace = textAt(described.json, 'Namespace');
    if (!this.#byNamespace.has(namespace)) this.#byNamespace.set(namespace, described);
    if (get(described.json, 'IsEnum') === true) this.isEnum = true;
  }

  /** The one in that namespace, or the first where there is none. */
  in(namespace: string | undefined): Described {
    return this.#byNamespace.get(namespace) ?? this.first;
  }
}

/** The types that a request and its answer speak of, in the order of the page: depth first, bases and arguments before members. */
export function reachable(
  [request, ...answered]: readonly Described[],
  response: ResponseOf,
  byName: ReadonlyMap<string, Namesakes>,
): readonly TypeFacts[] {
  const found = new Map<string, TypeFacts>();
  const isEnum = (name: string): boolean | null => {
    return byName.get(plainName(name))?.isEnum ?? null;
  };
  // Not recursive: a chain of types can be longer than the stack is deep.
  const waiting: Described[] = [];
  const follow = (described: Described): void => {
    const { type, speaksOf } = typeFacts(described, isEnum);
    const known = found.get(type.name);
    // The answer may be the request again: it is described twice.
    const isAgain = known !== undefined && described === answered[0] && isTwin(request, described);
    if (known !== undefined && !isAgain) return;
    found.set(
      type.name,
      known === undefined ? type : { ...known, otherwise: { ...known.otherwise, members: type.members } },
    );
    const next = speaksOf.flatMap((name) => {
      const its = byName.get(name.name)?.in(name.namespace);
      return its === undefined ? [] : [its];
    });
    waiting.unshift(...next);
  };
  const begin = (described: Described | undefined): void => {
    if (described === undefined) return;
    waiting.push(described);
    for (let its = waiting.shift(); its !== undefined; its = waiting.shift()) follow(its);
  };
  begin(request);
  if ('type' in response && response.kind !== 'raw') {
    const names = namesIn(readNetType(response.type, 'the response'));
    for (const name of names) {
      const own = answered.find(({ json }) => plainName(textAt(json, 'Name') ?? '') === name);
      begin(own ?? byName.get(name)?.first);
    }
  }
  return [...found.values()];
}

/** Whether two descriptions are of one type, and not the same. */
function isTwin(one: Described | undefined, other: Described): boolean {
  return (
    one !== undefined &&
    textAt(one.json, 'Name') === textAt(other.json, 'Name') &&
    textAt(one.json, 'Namespace') === textAt(other.json, 'Namespace') &&
    JSON.stringify(get(one.json, 'Properties')) !== JSON.stringify(get(other.json, 'Properties'))
  );
}

interface Mention {
  readonly name: string;
  readonly namespace?: string | undefined;
}

function typeFacts(
  { json, at }: Described,
  isEnum: (name: string) => boolean | null,
): { readonly type: TypeFacts; readonly speaksOf: readonly Mention[] } {
  const parameters = textsAt(json, 'GenericArgs');
  const own = plainName(textAt(json, 'Name') ?? unreadable(at, 'has no Name'));
  const name = parameters.length === 0 ? own : `${own}<${parameters.join(',')}>`;
  const inherits = objectAt(json, 'Inherits');
  const base = inherits === null ? null : netTypeOf(inherits, `${at}.Inherits`);
  const description = textAt(json, 'Description');
  const names = nonEmpty(enumNames(json, at));
  const isInt = get(json, 'IsEnumInt') === true;
  const attributes = attributesOf(json);
  const isFlags = isInt || attributes.some((attribute) => attribute.name === 'Flags');
  const members = listAt(json, 'Properties', at).map((property, i) =>
    memberFacts(property, `${at}.Properties[${i}]`, isEnum),
  );
  return {
    type: {
      name,
      at,
      ...(description !== undefined && { description: fact(description, `${at}.Description`) }),
      ...(base !== null && netText(base) !== 'Array' && { base: fact(netText(base), `${at}.Inherits`) }),
      ...((objectAt(json, 'DataContract') !== null || attributes.some((attribute) => attribute.name === 'Csv')) && {
        dataContract: true as const,
      }),
      ...(get(json, 'IsEnum') === true && names !== null && { enum: { names, flags: isFlags } }),
      members: members.map(({ facts }) => facts),
      ...otherwise({
        ...(isFlags && !isInt && names !== null && { enum: { names, flags: false } }),
        ...otherText(description, attributes, 'Api', `${at}.Attributes`),
      }),
    },
    speaksOf: [
      ...(base === null ? [] : namesIn(base).map((each) => ({ name: each }))),
      ...members.flatMap(({ speaksOf }) => speaksOf),
    ],
  };
}

function enumNames(json: JsonObject, at: string): readonly EnumName[] {
  const values = textsAt(json, 'EnumValues');
  const wires = textsAt(json, 'EnumMemberValues');
  return textsAt(json, 'EnumNames').map((name, i) => {
    const value = values[i] === undefined ? i : Number(values[i]);
    if (!Number.isSafeInteger(value))
      return unreadable(`${at}.EnumValues[${i}]`, 'is no whole number', String(values[i]));
    const wire = wires[i];
    return { name, ...(value !== i && { value }), ...(wire !== undefined && wire !== '' && wire !== name && { wire }) };
  });
}

function memberFacts(
  json: JsonObject,
  at: string,
  isEnum: (name: string) => boolean | null,
): { readonly facts: MemberFacts; readonly speaksOf: readonly Mention[] } {
  const property = textAt(json, 'Name') ?? unreadable(at, 'has no Name');
  if (textAt(json, 'Type') === undefined) return unreadable(at, 'has no Type', property);
  const { type, marked } = unwrapped(netTypeOf(json, at));
  const exact = netText(withoutReferenceMarks(type, isEnum));
  const attributes = attributesOf(json);
  const validate = validatorsOf(attributes);
  const dataMember = objectAt(json, 'DataMember');
  const wire = dataMember === null ? undefined : textAt(dataMember, 'Name');
  const needed = get(json, 'IsRequired') === true || (dataMember !== null && get(dataMember, 'IsRequired') === true);
  const required = enforces(validate) ? 'enforced' : needed ? 'documented' : 'no';
  const isRef = get(json, 'IsValueType') === true ? false : (isReference(exact, isEnum) ?? true);
  const place = placeIn(textAt(json, 'ParamType'));
  const allowed = textsAt(json, 'AllowableValues').filter((value) => value !== '');
  const [least, greatest] = [get(json, 'AllowableMin'), get(json, 'AllowableMax')];
  const description = textAt(json, 'Description');
  const api = attributes.find(({ name }) => name === 'ApiMember');
  const isApiNeeded = api !== undefined && argument(api, 'IsRequired')?.toLowerCase() === 'true';
  const apiPlace = api === undefined ? null : placeIn(argument(api, 'ParameterType'));
  return {
    facts: {
      shown: property,
      at,
      property,
      ...(wire !== undefined && wire !== '' && { wire }),
      type: fact({ kind: 'exact', type: exact }, `${at}.Type`),
      nullable: fact(marked || (isRef && required === 'no'), `${at}.Type`),
      required: fact(required, `${at}.IsRequired`),
      ...(place !== null && { in: fact(place, `${at}.ParamType`) }),
      ...(description !== undefined && { description: fact(description, `${at}.Description`) }),
      ...(allowed.length > 0 && { allowed: fact(allowed, `${at}.AllowableValues`) }),
      ...(typeof least === 'number' &&
        typeof greatest === 'number' && { range: fact({ least, greatest }, `${at}.AllowableMin`) }),
      ...(validate.length > 0 && { validate: fact(validate, `${at}.Attributes`) }),
      ...otherwise({
        // What a validator demands, the framework calls required besides.
        ...(required === 'enforced' && !needed && { required: fact('no' as const, `${at}.IsRequired`) }),
        ...(required === 'no' && isApiNeeded && { required: fact('documented' as const, `${at}.Attributes`) }),
        ...(apiPlace !== null && place !== null && apiPlace !== place && { in: fact(apiPlace, `${at}.Attributes`) }),
        ...otherText(description, attributes, 'ApiMember', `${at}.Attributes`),
      }),
    },
    speaksOf: namesIn(type).map((name) => ({ name, namespace: textAt(json, 'Namespace') })),
  };
}

/** The text of an attribute, where it is not the one that was made of it. */
function otherText(
  text: string | undefined,
  attributes: readonly Attribute[],
  name: string,
  at: string,
): { readonly description?: Fact<string> } {
  const attribute = attributes.find((each) => each.name === name);
  const its = attribute === undefined ? undefined : argument(attribute, 'Description');
  return text === undefined || its === undefined || saysSame(text, its) ? {} : { description: fact(its, at) };
}

/** Where a parameter is carried, as authors write it; null for a word of their own. */
export function placeIn(text: string | undefined): 'path' | 'query' | 'body' | 'form' | 'header' | null {
  switch (text?.toLowerCase()) {
    case 'path':
      return 'path';
    case 'query':
      return 'query';
    case 'body':
    case 'model':
      return 'body';
    case 'form':
    case 'formdata':
      return 'form';
    case 'header':
      return 'header';
    default:
      return null;
  }
}

/** A type by its name and its arguments, as the metadata keeps them apart. */
export function netTypeOf(json: JsonObject, at: string): NetType {
  const name = textAt(json, 'Type') ?? textAt(json, 'Name') ?? unreadable(at, 'has no Type');
  const args = textsAt(json, 'GenericArgs');
  const head = before(name, '`');
  const rest = name.includes('`') ? name.slice(head.length).replace(/^`\d+/, '') : '';
  return readNetType(args.length === 0 || name.includes('<') ? name : `${head}<${args.join(',')}>${rest}`, at);
}

/** The attributes that metadata lists of a member or a type. */
export function attributesOf(json: JsonObject): readonly Attribute[] {
  const all = get(json, 'Attributes');
  return (Array.isArray(all) ? (all as readonly unknown[]) : []).filter(isObject).map((attribute) => {
    const args = [get(attribute, 'ConstructorArgs'), get(attribute, 'Args')].flatMap((list) =>
      Array.isArray(list) ? (list as readonly unknown[]).filter(isObject) : [],
    );
    return {
      name: textAt(attribute, 'Name') ?? '',
      args: new Map(args.map((arg, i) => [textAt(arg, 'Name') ?? String(i), shownValue(get(arg, 'Value'))])),
    };
  });
}

function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
