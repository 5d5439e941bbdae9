import type { PlainObject, PlainValue } from '../model/value.ts';
import { isList } from '../values/json.ts';

const instance = 'http://www.w3.org/2001/XMLSchema-instance';
const arrays = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';

/**
 * Writes a request as a .NET data contract: members in ordinal order of their names, null as `i:nil`.
 *
 * @param root local name of the root element
 * @param members what stands in it
 * @param namespace of the root and its members
 * @throws Error when a name or a text holds what XML cannot carry
 */
export function formatDataContract(root: string, members: PlainObject, namespace: string): string {
  const open = `<${checkedName(root)} xmlns:i="${instance}" xmlns="${escape(namespace)}">`;
  return `${open}${formatMembers(members)}</${root}>`;
}

function formatMembers(members: PlainObject): string {
  return Object.keys(members)
    .sort(ordinal)
    .map((name) => formatElement(checkedName(name), members[name] ?? null))
    .join('');
}

function formatElement(name: string, value: PlainValue): string {
  if (value === null) return `<${name} i:nil="true" />`;
  if (typeof value !== 'object') return `<${name}>${escape(String(value))}</${name}>`;
  if (!isList(value)) return `<${name}>${formatMembers(value)}</${name}>`;
  const items = value.map((item) => formatElement('a:anyType', item));
  return `<${name} xmlns:a="${arrays}">${items.join('')}</${name}>`;
}

function checkedName(name: string): string {
  if (/^[\p{L}_][\p{L}\p{M}\p{N}_.-]*$/u.test(name)) return name;
  throw new Error(`${JSON.stringify(name)} cannot be the name of an XML element; send it in another format.`);
}

function escape(text: string): string {
  const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(text);
  if (illegal !== null) {
    throw new Error(
      `XML cannot carry the character at ${illegal.index} of ${JSON.stringify(text)}; send it in another format.`,
    );
  }
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#xD;');
}

function ordinal(a: string, b: string): number {
  return a < b ? -1 : 1;
}
