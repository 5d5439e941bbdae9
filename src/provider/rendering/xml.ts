import type { PlainObject, PlainValue } from '../../model/value.ts';
import { isList, isObject } from './json.ts';

const instance = 'http://www.w3.org/2001/XMLSchema-instance';
const frameworkTypes = 'http://schemas.servicestack.net/types';
const arrays = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';
const statusMembers = ['ErrorCode', 'Message', 'StackTrace', 'Errors', 'Meta'];
const itemMembers = ['ErrorCode', 'FieldName', 'Message', 'Meta'];

/**
 * Writes a response DTO as the data-contract serializer does: every member present, absent ones nil.
 *
 * @param root the DTO's name
 * @param namespace its data-contract namespace
 * @param members the DTO's members
 */
export function writeXml(root: string, namespace: string, members: readonly string[], value: PlainObject): string {
  const names = inOrder([...members].sort(), value);
  const inside = names.map((name) => topMember(name, value[name] ?? null)).join('');
  return `<?xml version="1.0" encoding="utf-8"?><${root} xmlns:i="${instance}" xmlns="${namespace}">${inside}</${root}>`;
}

/** Writes the framework's own ErrorResponse, which stands in for the DTO where there was no request yet. */
export function writeErrorResponse(status: PlainObject): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?><ErrorResponse xmlns:i="${instance}" xmlns="${frameworkTypes}">` +
    `<ResponseStatus>${statusContent(status, '')}</ResponseStatus></ErrorResponse>`
  );
}

/** Writes a list of response DTOs, the answer to a batch. */
export function writeXmlList(
  root: string,
  namespace: string,
  members: readonly string[],
  values: readonly PlainObject[],
): string {
  const items = values.map((value) => {
    const inside = inOrder([...members].sort(), value).map((name) => topMember(name, value[name] ?? null));
    return `<${root}>${inside.join('')}</${root}>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?><ArrayOf${root} xmlns:i="${instance}" xmlns="${namespace}">${items.join('')}</ArrayOf${root}>`;
}

function topMember(name: string, value: PlainValue): string {
  if (name !== 'ResponseStatus') return element(name, '', value, '');
  const declared = ` xmlns:d2p1="${frameworkTypes}"`;
  if (!isObject(value)) return element(name, '', value, declared);
  return `<${name}${declared}>${statusContent(value, 'd2p1:')}</${name}>`;
}

function statusContent(status: PlainObject, prefix: string): string {
  return inOrder(statusMembers, status)
    .map((name) => {
      const value = status[name] ?? null;
      if (name === 'Errors') return errorsElement(value, prefix);
      return name === 'Meta' ? metaElement(value, prefix, 'd3p1') : element(name, prefix, value, '');
    })
    .join('');
}

function errorsElement(value: PlainValue, prefix: string): string {
  if (!isList(value)) return element('Errors', prefix, value, '');
  if (value.length === 0) return `<${prefix}Errors />`;
  const items = value.map((item) => {
    if (!isObject(item)) return element('ResponseError', prefix, item, '');
    const inside = inOrder(itemMembers, item).map((name) =>
      name === 'Meta' ? metaElement(item[name] ?? null, prefix, 'd5p1') : element(name, prefix, item[name] ?? null, ''),
    );
    return `<${prefix}ResponseError>${inside.join('')}</${prefix}ResponseError>`;
  });
  return `<${prefix}Errors>${items.join('')}</${prefix}Errors>`;
}

function metaElement(value: PlainValue, prefix: string, own: string): string {
  const declared = ` xmlns:${own}="${arrays}"`;
  if (!isObject(value)) return element('Meta', prefix, value, declared);
  const entry = `${own}:KeyValueOfstringstring`;
  const entries = Object.entries(value).map(
    ([key, text]) =>
      `<${entry}>${element('Key', `${own}:`, key, '')}${element('Value', `${own}:`, text, '')}</${entry}>`,
  );
  return `<${prefix}Meta${declared}>${entries.join('')}</${prefix}Meta>`;
}

function element(name: string, prefix: string, value: PlainValue, declared: string): string {
  if (value === null) return `<${prefix}${name}${declared} i:nil="true" />`;
  const content = isObject(value)
    ? Object.entries(value)
        .map(([n, v]) => element(n, prefix, v, ''))
        .join('')
    : isList(value)
      ? value.map((item) => element('string', prefix, item, '')).join('')
      : escape(String(value));
  return content === ''
    ? `<${prefix}${name}${declared} />`
    : `<${prefix}${name}${declared}>${content}</${prefix}${name}>`;
}

function inOrder(known: readonly string[], value: PlainObject): readonly string[] {
  return [...known, ...Object.keys(value).filter((name) => !known.includes(name))];
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}
