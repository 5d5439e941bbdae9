import { gunzipSync } from 'node:zlib';
import type { Bound, Call, Members, Pairs, Refusal } from './behaviour.ts';
import { readCsv } from './binding/csv.ts';
import { readMultipart, readPairs } from './binding/form.ts';
import { readJsonLeniently, splitJsonList } from './binding/json.ts';
import type { Read } from './binding/json.ts';
import { readJsv } from './binding/jsv.ts';
import { readJsonStrictly } from './binding/strict-json.ts';
import { readXml } from './binding/xml.ts';
import { UnreadableBody, invalidValues, refusal, unreadable } from './errors.ts';
import { isForm, mediaTypeOf } from './negotiation.ts';
import type { Service } from './service.ts';
import type { PlainValue } from '../model/value.ts';
import { initialOf, readSent } from './types/reading.ts';

/** The largest body that the recorded host takes, in bytes. */
const largest = 30_000_000;

/** Body, then path, then query, then form: the later wins. */
export function bind(service: Service, call: Call, batch: boolean): Bound | Refusal {
  const header = call.header('content-type') ?? '';
  const type = call.predefined === null ? mediaTypeOf(header) : predefinedType(service, call, header);
  const form = formOf(call, type, header);
  if (form === null)
    return {
      ...refusal('service', 500, 'InvalidDataException', 'Missing content-type boundary.'),
      writer: 'servicestack',
    };
  let bodies: readonly Read[];
  try {
    bodies = readBodies(service, call, type, batch);
  } catch (e) {
    const told = service.profile.serializer === 'system-text-json' ? header : type;
    if (e instanceof UnreadableBody)
      return unreadable(
        call.predefined === null ? told : type,
        `${service.codeNamespace}.${service.contract.request}`,
        e.message,
      );
    throw e;
  }
  const bad: { member: string; value: string }[] = [];
  const requests = bodies.map((body) =>
    merge(service, body, [...named(service, call), ...gathered(call.query), ...gathered(form)], bad),
  );
  return bad.length > 0 ? invalidValues(service.contract.operation, bad) : { kind: 'bound', requests };
}

/** A path names members as the service's code does. */
function named({ members }: Service, call: Call): Pairs {
  return Object.entries(call.named).map(([place, value]) => [
    members.find(({ property }) => property.toLowerCase() === place.toLowerCase())?.name ?? place,
    value,
  ]);
}

/** A predefined route says what the body is, whatever its Content-Type. */
function predefinedType(service: Service, call: Call, header: string): string {
  const format = service.contract.formats.find((f) => f.name === call.predefined);
  return format === undefined || isForm(mediaTypeOf(header)) ? mediaTypeOf(header) : format.mediaType;
}

function formOf(call: Call, type: string, header: string): Pairs | null {
  if (call.body.length === 0 || !isForm(type)) return [];
  const text = textOf(call.body);
  return type === 'multipart/form-data' ? readMultipart(text, header) : readPairs(text);
}

const nothingRead: readonly Read[] = [[]];

function readBodies(service: Service, call: Call, type: string, batch: boolean): readonly Read[] {
  const declared = Number(call.header('content-length') ?? 0);
  const kind = kindOf(service, type);
  if (kind === null) return nothingRead;
  if (declared > largest)
    throw new UnreadableBody(`Request body too large. The max request body size is ${largest} bytes.`);
  if (call.body.length === 0) return nothingRead;
  const text = textOf(inflated(call));
  const name = service.contract.request;
  switch (kind) {
    case 'json': {
      const read = jsonReader(service);
      return batch ? splitJsonList(text, name).map(read) : [read(text)];
    }
    case 'jsonl':
      return [readJsonLeniently(text, name)];
    case 'jsv':
      return [readJsv(text, name)];
    case 'csv':
      return [readCsv(text)];
    case 'xml':
      return [readXml(text, name, service.profile.xmlNamespace, `${service.codeNamespace}.${name}`)];
  }
}

/** The reader of JSON that the declared serializer is. */
function jsonReader(service: Service): (text: string) => Read {
  const name = service.contract.request;
  switch (service.profile.serializer) {
    case 'servicestack':
      return (text) => readJsonLeniently(text, name);
    case 'system-text-json':
      return (text) => readJsonStrictly(text, service.requestType);
  }
}

type BodyKind = 'json' | 'jsonl' | 'jsv' | 'csv' | 'xml';

function kindOf(service: Service, type: string): BodyKind | null {
  const format = service.contract.formats.find((f) => f.mediaType === type || `text/${f.name}` === type);
  if (format !== undefined) return format.name;
  // System.Text.Json's formatter takes every type that begins like JSON's.
  const json = service.contract.formats.find((f) => f.name === 'json' && type.startsWith(f.mediaType));
  return service.profile.serializer === 'system-text-json' && json !== undefined ? 'json' : null;
}

function inflated(call: Call): Uint8Array {
  if (call.header('content-encoding') !== 'gzip') return call.body;
  try {
    return gunzipSync(call.body);
  } catch {
    throw new UnreadableBody('The archive entry was compressed using an unsupported compression method.');
  }
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

/** What is named more than once is one text, with commas between. */
function gathered(pairs: Pairs): Pairs {
  const values = new Map<string, string>();
  for (const [name, value] of pairs) {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before},${value}`);
  }
  return [...values];
}

function merge(
  service: Service,
  body: Read,
  over: readonly (readonly [string, string])[],
  bad: { member: string; value: string }[],
): Members {
  const request: Record<string, PlainValue> = {};
  for (const { name, type } of service.members) request[name] = initialOf(type);
  for (const [name, value] of body) {
    const member = service.memberByLower.get(name.toLowerCase());
    if (member === undefined) continue;
    // What a body says badly is as if it had not said it (ServiceStack.Text); the strict reader has refused it before.
    const read = value(member.type);
    request[member.name] = read ?? initialOf(member.type);
  }
  for (const [name, value] of over) {
    const member = service.memberByLower.get(name.toLowerCase());
    if (member === undefined) continue;
    const read = readSent(member.type, value);
    if (read === undefined) bad.push({ member: member.name, value });
    else request[member.name] = read;
  }
  return request;
}
