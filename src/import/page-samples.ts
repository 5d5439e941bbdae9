import type { DocumentedExchange, ResponseOf } from '../model/contract.ts';
import { isObject, jsonIn } from '../values/json.ts';
import { keyOf, unreadable, verbNames, type Fact, type SampleFacts, type TypeFacts } from './facts.ts';
import { frameworkFormats } from './framework.ts';
import type { PageParts } from './page-parts.ts';
import { printedRoot } from '../values/xml-root.ts';

/** What the sample exchange of a page states; null where it shows none that counts. */
export function sampleFacts(parts: PageParts, place: (line: number) => string): SampleFacts | null {
  const { request, response, suffix } = parts.sample;
  const asked = messageIn(request.text);
  const [, method = '', path = ''] = /^([A-Z]+)\s+(\S+)\s+HTTP\/[\d.]+\s*$/.exec(asked.first) ?? [];
  const verb = verbNames.find((each) => each === method);
  if (verb === undefined) return unreadable(place(request.line), 'is no request line', asked.first);
  const accept = (asked.headers['Accept'] ?? '').split(';')[0]?.trim() ?? '';
  const format =
    frameworkFormats.find((each) => each.mediaType === accept || each.printed.mediaType === accept) ??
    // A page whose sample asks for something else still says which format it is of; all later ones are called alike.
    frameworkFormats.find((each) => each.suffix === each.printed.suffix && each.suffix === suffix);
  if (format === undefined) return null;
  return {
    format: format.name,
    printed: suffix,
    request: { method: verb, path, headers: asked.headers, body: asked.body },
    response: response === null ? null : responseIn(response.text, place(response.line)),
    at: place(request.line),
  };
}

function responseIn(text: string, at: string): DocumentedExchange['response'] {
  const answered = messageIn(text);
  const [, status] = /^HTTP\/[\d.]+\s+(\d{3})\b/.exec(answered.first) ?? [];
  if (status === undefined) return unreadable(at, 'is no status line', answered.first);
  return { status: Number(status), headers: answered.headers, body: answered.body };
}

/** A message as a page prints it, without what depends on the host and the length. */
export function messageIn(text: string): {
  readonly first: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const lines = text.replace(/^\n+/, '').split('\n');
  const [first = '', ...rest] = lines;
  const blank = rest.findIndex((line) => line.trim() === '');
  const head = blank === -1 ? rest : rest.slice(0, blank);
  const headers = head.flatMap((line): readonly (readonly [string, string])[] => {
    const [, name, value] = /^([\w-]+):(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined || /^(?:host|content-length)$/i.test(name)
      ? []
      : [[name, value.trim()]];
  });
  const body =
    blank === -1
      ? ''
      : rest
          .slice(blank + 1)
          .join('\n')
          .trim();
  return { first: first.trim(), headers: Object.fromEntries(headers), body };
}

/** The XML namespace of the request that a sample shows; that of the answer may be another. */
export function namespaceFact(sample: SampleFacts): { readonly xmlNamespace?: Fact<string> } {
  const { namespace = '' } = printedRoot(sample.request.body) ?? {};
  return namespace === '' ? {} : { xmlNamespace: { value: namespace, at: sample.at } };
}

const xmlScalars: Readonly<Record<string, string>> = {
  int: 'Int32',
  long: 'Int64',
  short: 'Int16',
  unsignedByte: 'Byte',
  boolean: 'Boolean',
  double: 'Double',
  float: 'Single',
  decimal: 'Decimal',
  guid: 'Guid',
  dateTime: 'DateTime',
};

/** What a success answers, from the sample of the answer: the tables do not tell which of them is the answer's. */
export function responseOf(
  parts: PageParts,
  types: readonly TypeFacts[],
  place: (line: number) => string,
): Fact<ResponseOf> | null {
  const { operation, sample } = parts;
  const conventional = types.find(({ name }) => name === `${operation}Response`);
  if (sample.response === null) {
    // A page that has its end prints no answer where there is none; whether a text has its own cannot be told.
    if (conventional !== undefined && parts.source.kind === 'text')
      return unreadable(
        place(sample.request.line),
        `the text describes ${conventional.name} and prints no answer: it is cut off`,
      );
    return { value: { kind: 'none' }, at: place(sample.request.line) };
  }
  const at = place(sample.response.line);
  const { body } = messageIn(sample.response.text);
  switch (body) {
    case '(string)':
      return { value: { kind: 'raw', type: 'String' }, at };
    case '(byte[])':
      return { value: { kind: 'raw', type: 'Byte[]' }, at };
    case '(Stream)':
      return { value: { kind: 'raw', type: 'Stream' }, at };
  }
  if (/^\((?:[A-Z]\w*)\)$/.test(body)) return { value: { kind: 'raw', type: body.slice(1, -1) }, at };
  if (body.startsWith('<')) return xmlAnswer(body, types, at);
  const value = jsonIn(body);
  if (value === undefined) {
    return isJsonPage(sample.request.text) && body !== ''
      ? unreadable(at, 'the sample answer is no JSON: the page is cut off', body.slice(-60))
      : conventionalAnswer(conventional, at);
  }
  if (Array.isArray(value)) {
    const [item] = value as readonly unknown[];
    const of = typeLike(item, types, null);
    return { value: { kind: 'list', type: of ?? 'unknown' }, at };
  }
  if (typeof value === 'boolean') return { value: { kind: 'scalar', type: 'Boolean' }, at };
  if (!isObject(value)) return { value: { kind: 'scalar', type: 'unknown' }, at };
  const type = typeLike(value, types, conventional ?? null);
  return type === null ? null : { value: { kind: 'dto', type }, at };
}

function isJsonPage(request: string): boolean {
  return /^Accept:\s*(?:application\/json|text\/jsonl)\b/im.test(request);
}

function conventionalAnswer(type: TypeFacts | undefined, at: string): Fact<ResponseOf> | null {
  return type === undefined ? null : { value: { kind: 'dto', type: type.name }, at };
}

function xmlAnswer(body: string, types: readonly TypeFacts[], at: string): Fact<ResponseOf> | null {
  const [, root = ''] = /^(?:<\?[^>]*\?>\s*)?<(?:\w+:)?([\w.-]+)/.exec(body) ?? [];
  const [, item] = /^ArrayOf(\w+)$/.exec(root) ?? [];
  const scalar = xmlScalars[root];
  if (types.some(({ name }) => name === root)) return { value: { kind: 'dto', type: root }, at };
  if (item !== undefined)
    return { value: { kind: 'list', type: xmlScalars[item] ?? (item === 'string' ? 'String' : item) }, at };
  if (scalar !== undefined) return { value: { kind: 'scalar', type: scalar }, at };
  return null;
}

/** The one type whose members a sample has; null where none or several fit. */
function typeLike(value: unknown, types: readonly TypeFacts[], conventional: TypeFacts | null): string | null {
  if (value === 'String') return 'String';
  const keys = keysOf(value);
  if (keys === null || keys.size === 0) return conventional?.name ?? null;
  const fitting = types
    // With which arguments a generic type is answered no table tells.
    .filter((type) => type.enum === undefined)
    .map((type) => ({ name: type.name, own: allKeys(type, types) }))
    .filter(({ own }) => [...keys].every((key) => own.has(key)) && own.size - keys.size <= own.size * 0.4)
    .sort((a, b) => a.own.size - b.own.size);
  const [best, second] = fitting;
  if (conventional !== null && fitting.some(({ name }) => name === conventional.name)) return conventional.name;
  if (best !== undefined && best.own.size !== second?.own.size) return best.name.includes('<') ? null : best.name;
  return fitting.length === 0 ? (conventional?.name ?? null) : null;
}

function allKeys(type: TypeFacts, types: readonly TypeFacts[]): ReadonlySet<string> {
  const base = type.base === undefined ? undefined : types.find(({ name }) => name === type.base?.value);
  const own = type.members.map(({ shown, wire }) => keyOf(wire ?? shown));
  return new Set([...own, ...(base?.members ?? []).map(({ shown, wire }) => keyOf(wire ?? shown))]);
}

/** The names of an object's members, folded; null for what is none. What says of which type it is, is no member. */
export function keysOf(value: unknown): ReadonlySet<string> | null {
  return isObject(value)
    ? new Set(
        Object.keys(value)
          .filter((name) => name !== '__type')
          .map(keyOf),
      )
    : null;
}
