import type { PlainObject, PlainValue } from '../../model/value.ts';
import { offsetInXml } from '../types/times.ts';
import { frameworkTypes, memberType } from '../types/type.ts';
import type { ObjectType, Type } from '../types/type.ts';
import { isList, isObject } from './json.ts';

const instance = 'http://www.w3.org/2001/XMLSchema-instance';
const arrays = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
const system = 'http://schemas.datacontract.org/2004/07/System';

/** What in a value XML cannot write: the answer ends there, half written. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
  /** What was written before, its elements closed. */
  readonly written: string;

  constructor(message: string, written: string) {
    super(message);
    this.written = written;
  }
}

/**
 * Writes a value as the data-contract serializer does: members in alphabetical order, every one present, absent ones nil.
 *
 * @throws Unwritable for an enum value without a name
 */
export function writeXmlAs(type: Type, value: PlainValue): string {
  const namespace = type.kind === 'scalar' ? '' : namespaceOf(type);
  const writing = new Writing();
  writing.root(type, namespace === '' ? arrays : namespace, value);
  return writing.text;
}

/** Prefixes by the namespace they stand for. */
type Scope = Readonly<Record<string, string>>;

/** Every element is one deeper than what it stands in; a namespace that is new there is `d`, its depth, `p1`. */
class Writing {
  text = '<?xml version="1.0" encoding="utf-8"?>';
  readonly #open: string[] = [];

  root(type: Type, namespace: string, value: PlainValue): void {
    const attributes = ` xmlns:i="${instance}" xmlns="${namespace}"`;
    this.#enclosed(itemName(type), attributes, type, value, () => {
      this.#content(type, value, 1, { [namespace]: '' });
    });
  }

  #enclosed(tag: string, attributes: string, type: Type, value: PlainValue, content: () => void): void {
    if (isEmpty(type, value)) {
      this.text += `<${tag}${attributes} />`;
      return;
    }
    this.text += `<${tag}${attributes}>`;
    this.#open.push(tag);
    content();
    this.#open.pop();
    this.text += `</${tag}>`;
  }

  #content(type: Type, value: PlainValue, depth: number, scope: Scope): void {
    switch (type.kind) {
      case 'object':
        if (isObject(value)) this.#members(type, value, depth, scope);
        else this.#anything(value, depth, scope);
        return;
      case 'list':
        if (isList(value))
          for (const item of value)
            this.#element(itemName(type.of), itemNamespace(type.of), type.of, item, depth + 1, scope);
        else this.#anything(value, depth, scope);
        return;
      case 'map':
        if (isObject(value)) this.#entries(type, value, depth, scope);
        else this.#anything(value, depth, scope);
        return;
      case 'scalar':
        if (typeof value !== 'string') this.#anything(value, depth, scope);
        else if (isInTwo(type)) this.#inTwo(value, scope);
        else this.#scalar(type, value);
        return;
      case 'any':
        this.#anything(value, depth, scope);
    }
  }

  #members(type: ObjectType, value: PlainObject, depth: number, scope: Scope): void {
    const isPair = type.name === 'KeyValuePair';
    const known = type.members.map((member) => member.name).sort();
    // A type of the framework keeps its own order.
    const names = type.xmlNamespace === frameworkTypes ? type.members.map((member) => member.name) : known;
    for (const name of [...names, ...Object.keys(value).filter((each) => !known.includes(each))]) {
      this.#element(
        isPair ? name.toLowerCase() : name,
        type.xmlNamespace,
        memberType(type, name),
        value[name] ?? null,
        depth + 1,
        scope,
      );
    }
  }

  #entries({ key, of }: Extract<Type, { kind: 'map' }>, value: PlainObject, depth: number, scope: Scope): void {
    const entry = `KeyValueOf${itemName(key)}${itemName(of)}`;
    for (const [name, each] of Object.entries(value)) {
      const prefix = prefixed(scope[arrays] ?? '', entry);
      this.text += `<${prefix}>`;
      this.#element('Key', arrays, key, name, depth + 2, scope);
      this.#element('Value', arrays, of, each, depth + 2, scope);
      this.text += `</${prefix}>`;
    }
  }

  #element(name: string, namespace: string, type: Type, value: PlainValue, depth: number, scope: Scope): void {
    const tag = prefixed(scope[namespace] ?? '', name);
    const within = namespaceOf(type);
    const isNew = within !== '' && scope[within] === undefined;
    const declared = isNew ? ` xmlns:d${depth}p1="${within}"` : '';
    if (value === null) {
      this.text += `<${tag}${declared} i:nil="true" />`;
      return;
    }
    this.#enclosed(tag, declared, type, value, () => {
      this.#content(type, value, depth, isNew ? { ...scope, [within]: `d${depth}p1` } : scope);
    });
  }

  #scalar({ scalar }: Extract<Type, { kind: 'scalar' }>, value: string): void {
    const written = scalar.inXml(value);
    if (written === null) {
      const last = this.#open.at(-1) ?? '';
      const rest = this.#open.slice(0, -1).reverse();
      throw new Unwritable(
        `Enum value '${value}' is invalid for type '${scalar.dotnet}' and cannot be serialized. Ensure that the necessary enum values are present and are marked with EnumMemberAttribute attribute if the type has DataContractAttribute attribute.`,
        `${this.text.slice(0, -`<${last}>`.length)}<${last} />${rest.map((tag) => `</${tag}>`).join('')}`,
      );
    }
    this.text += escape(written);
  }

  /** The time in UTC, and the offset in minutes. */
  #inTwo(value: string, scope: Scope): void {
    const { utc, minutes } = offsetInXml(value);
    const [time, offset] = ['DateTime', 'OffsetMinutes'].map((name) => prefixed(scope[system] ?? '', name));
    this.text += `<${time}>${utc}</${time}><${offset}>${minutes}</${offset}>`;
  }

  #anything(value: PlainValue, depth: number, scope: Scope): void {
    if (isList(value)) for (const item of value) this.#element('string', '', { kind: 'any' }, item, depth + 1, scope);
    else if (isObject(value))
      for (const [name, each] of Object.entries(value))
        this.#element(name, '', { kind: 'any' }, each, depth + 1, scope);
    else this.text += escape(String(value));
  }
}

function prefixed(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

function isInTwo(type: Type): boolean {
  return type.kind === 'scalar' && type.scalar.xmlName === 'DateTimeOffset';
}

/** An object has all members of its type in XML. */
function isEmpty(type: Type, value: PlainValue): boolean {
  if (value === '' || (isList(value) && value.length === 0)) return true;
  if (type.kind === 'object' && type.members.length > 0) return false;
  return isObject(value) && Object.keys(value).length === 0;
}

/** What the element of an item of that type is called. */
function itemName(type: Type): string {
  switch (type.kind) {
    case 'scalar':
      return type.scalar.xmlName;
    case 'object':
      return type.name;
    case 'list':
      return `ArrayOf${itemName(type.of)}`;
    case 'map':
      return `ArrayOfKeyValueOf${itemName(type.key)}${itemName(type.of)}`;
    case 'any':
      return 'anyType';
  }
}

/** The namespace of what stands within an element of that type; '' where that is text alone. */
function namespaceOf(type: Type): string {
  switch (type.kind) {
    case 'object':
      return type.xmlNamespace;
    case 'list':
      return itemNamespace(type.of);
    case 'map':
      return arrays;
    case 'scalar':
      return isInTwo(type) ? system : '';
    case 'any':
      return '';
  }
}

function itemNamespace(type: Type): string {
  if (type.kind === 'object') return type.xmlNamespace;
  if (type.kind === 'scalar') return type.scalar.xmlNamespace;
  return type.kind === 'list' && type.of.kind === 'object' ? type.of.xmlNamespace : arrays;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}
