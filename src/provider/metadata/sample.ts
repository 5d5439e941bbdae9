import type { ContractType, DocumentedExchange, Format, ResponseOf, Verb } from '../../model/contract.ts';
import type { PlainObject, PlainValue } from '../../model/value.ts';
import { escapeHtml } from '../rendering/html.ts';
import { zeroOf } from '../rendering/spelling.ts';
import type { Service } from '../service.ts';
import { applied, isListType, isMapType, substituted } from './dotnet.ts';

/** How often a type that contains itself is written within itself. */
const deepest = 4;

/** The sample that a page prints: the documented one, else one made from the types as the framework makes it. */
export function sampleOf(
  service: Service,
  format: Format,
): Omit<DocumentedExchange, 'response'> & { readonly response: DocumentedExchange['response'] | null } {
  const { contract } = service;
  const documented = contract.exchanges.find((each) => each.format === format.name);
  if (documented !== undefined) return documented;
  const { method, path } = lineOf(service, format);
  const type = format.printed.mediaType;
  const carries = method === 'POST' || method === 'PUT' || method === 'PATCH';
  const asked = objectOf(service, contract.request, 0);
  const answered = answerOf(service, contract.response);
  return {
    format: format.name,
    page: '',
    request: {
      method,
      path,
      headers: { Accept: type, ...(carries && { 'Content-Type': type }) },
      body: carries ? written(service, format, contract.request, asked) : '',
    },
    response:
      answered === null
        ? null
        : {
            status: 200,
            headers: { 'Content-Type': type },
            body:
              typeof answered === 'string'
                ? answered
                : written(service, format, rootOf(contract.response), answered.value),
          },
  };
}

/** POST if any route allows it, else PUT, PATCH, GET, DELETE; the first route that allows POST, else the first (source forms, 2). */
function lineOf({ contract }: Service, format: Format): { readonly method: Verb; readonly path: string } {
  const allows = (verb: Verb) => contract.routes.find(({ verbs }) => verbs === 'any' || verbs.includes(verb));
  const order: readonly Verb[] = ['POST', 'PUT', 'PATCH', 'GET', 'DELETE'];
  const method = order.find((verb) => allows(verb) !== undefined) ?? 'POST';
  const route = allows('POST') ?? contract.routes[0];
  const predefined = /^(.*)\/json\/(reply|oneway)\/\w+$/.exec(route.path);
  return {
    method,
    path: predefined === null ? route.path : `/${format.name}/${predefined[2] ?? 'reply'}/${contract.operation}`,
  };
}

function rootOf(response: ResponseOf): string {
  if (response.kind === 'dto') return response.type;
  return response.kind === 'list' ? `ArrayOf${response.type}` : 'value';
}

/** Null for an answer without a body; text for one that is answered as it is. */
function answerOf(service: Service, response: ResponseOf): string | { readonly value: PlainValue } | null {
  switch (response.kind) {
    case 'none':
      return null;
    case 'unknown':
      return { value: {} };
    case 'raw':
      return response.type === 'String' ? '(string)' : response.type === 'Stream' ? '(Stream)' : '(byte[])';
    case 'list':
      return { value: [valueOf(service, response.type, 1)] };
    case 'dto':
    case 'scalar':
      return { value: valueOf(service, response.type, 0) };
  }
}

function objectOf(service: Service, name: string, depth: number): PlainObject {
  const { name: plain } = applied(name);
  const type = service.contract.types.find((each) => applied(each.name).name === plain);
  if (type === undefined || depth > deepest) return {};
  const inherited = type.base === undefined ? {} : objectOf(service, type.base, depth + 1);
  const bound = new Map(applied(type.name).args.map((parameter, i) => [parameter, applied(name).args[i] ?? 'Object']));
  const own = type.members
    .filter((member) => member.type !== 'unknown' && member.type !== 'Uri')
    .map((member) => [member.name, valueOf(service, substituted(member.type, bound), depth + 1)] as const);
  return { ...inherited, ...Object.fromEntries(own) };
}

function valueOf(service: Service, type: string, depth: number): PlainValue {
  if (type.endsWith('[]') && type !== 'Byte[]') return [valueOf(service, type.slice(0, -2), depth + 1)];
  const { name, args } = applied(type);
  const last = args.at(-1);
  if (last !== undefined && isListType(name)) return [valueOf(service, last, depth + 1)];
  if (last !== undefined && isMapType(name)) return { String: valueOf(service, last, depth + 1) };
  if (last !== undefined && name === 'Nullable') return valueOf(service, last, depth);
  if (name === 'KeyValuePair')
    return {
      Key: valueOf(service, args[0] ?? 'String', depth + 1),
      Value: valueOf(service, last ?? 'String', depth + 1),
    };
  const described = service.contract.types.find((each) => each.name === type);
  if (described?.enum !== undefined) return enumValue(described.enum);
  return scalar(service, name) ?? (depth > deepest ? {} : objectOf(service, type, depth));
}

function enumValue({ names, flags }: NonNullable<ContractType['enum']>): PlainValue {
  const [first] = names;
  return flags === true ? (first.value ?? 0) : (first.wire ?? first.name);
}

/** As the recorded hosts write the default of each type; a text says so itself. */
function scalar({ profile }: Service, name: string): PlainValue | null {
  const zero = zeroOf(name, profile);
  if (zero !== null) return zero;
  switch (name) {
    case 'String':
      return 'String';
    case 'Boolean':
      return false;
    case 'DateOnly':
      return '0001-01-01';
    case 'TimeSpan':
    case 'TimeOnly':
      return 'PT0S';
    case 'Byte[]':
      return 'AA==';
    case 'Char':
      return '\u0000';
    case 'Object':
      return {};
    default:
      return /^(?:S?Byte|U?Int\d\d|Single|Double|Decimal)$/.test(name) ? 0 : null;
  }
}

/** A value in a format, as pages print it: csv shows JSON. */
function written({ profile }: Service, format: Format, root: string, value: PlainValue): string {
  switch (format.name) {
    case 'xml':
      return `<${applied(root).name} xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="${profile.xmlNamespace}">${xmlOf(value)}</${applied(root).name}>`;
    case 'jsv':
      return jsvOf(value, '');
    case 'json':
    case 'jsonl':
    case 'csv':
      return JSON.stringify(value);
  }
}

function xmlOf(value: PlainValue): string {
  if (Array.isArray(value)) return value.map((item: PlainValue) => `<item>${xmlOf(item)}</item>`).join('');
  if (typeof value === 'object' && value !== null)
    return `\n${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => `  <${name}>${xmlOf(inner)}</${name}>\n`)
      .join('')}`;
  return escapeHtml(String(value));
}

function jsvOf(value: PlainValue, indent: string): string {
  const deeper = `${indent}\t`;
  if (Array.isArray(value))
    return `[\n${value.map((item: PlainValue) => `${deeper}${jsvOf(item, deeper)}`).join(',\n')}\n${indent}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([name, inner]) => `${deeper}${name}: ${jsvOf(inner, deeper)}`);
  return `{\n${members.join(',\n')}\n${indent}}`;
}
