import type { PlainValue } from '../model/value.ts';
import type { Call, Reply } from './behaviour.ts';
import { appMetadata } from './metadata/app.ts';
import { indexPage, languages, operationPage, typesIn } from './metadata/pages.ts';
import { requestSchema } from './metadata/schema.ts';
import { typesMetadata } from './metadata/types.ts';
import { forbiddenText } from './rendering.ts';
import { writePage } from './rendering/html.ts';
import { camelCased, writeJson } from './rendering/json.ts';
import { firstOf } from './routing.ts';
import type { Service } from './service.ts';

/** Who may sign in, and what time it is: what documents say besides the contract. */
export interface Surroundings {
  readonly kinds: readonly string[];
  readonly now: () => Date;
}

/** The documents of the host, open to everybody; null where there is none. */
export function document(service: Service, around: Surroundings, call: Call, page: readonly string[]): Reply | null {
  const [first = '', second, third] = page.map((segment) => segment.toLowerCase());
  if (third !== undefined) return null;
  const baseUrl = `${call.origin}/${service.prefix}`;
  switch (first) {
    case 'metadata':
      if (second === undefined) return index(service, call, baseUrl);
      return second === 'app' || second === 'app.json'
        ? json(spelled(service, appMetadata(service, baseUrl, around.kinds, around.now())))
        : null;
    case 'types':
      return types(service, second, baseUrl);
    case 'schema':
      return second === service.contract.request.toLowerCase() ? json(requestSchema(service)) : null;
    case 'ui':
      return text(writePage('Operations', service.contract.operation), 'text/html; charset=utf-8');
    case 'login':
      return second === undefined && service.profile.hosting === 'classic'
        ? text(writePage('Sign in', ''), 'text/html')
        : null;
    default:
      return second === 'metadata' ? ofFormat(service, call, first, baseUrl) : null;
  }
}

function index(service: Service, call: Call, baseUrl: string): Reply {
  if (call.path.endsWith('/') && service.profile.hosting !== 'endpoints') {
    return { status: 302, reason: 'Found', headers: [['Location', `${baseUrl}/metadata`]], body: '' };
  }
  return text(indexPage(service), 'text/html; charset=utf-8');
}

function types(service: Service, name: string | undefined, baseUrl: string): Reply | null {
  if (name === undefined) return text(writePage('Types', languages.join(' ')), 'text/html');
  // System.Text.Json does not write these.
  const metadata = (): Reply => {
    const value = typesMetadata(service, baseUrl);
    return json(service.profile.serializer === 'servicestack' ? spelled(service, value) : value);
  };
  if (name === 'metadata' || name === 'metadata.json') return metadata();
  return languages.includes(name) ? text(typesIn(service, name, baseUrl), 'text/plain; charset=utf-8') : null;
}

function ofFormat(service: Service, call: Call, name: string, baseUrl: string): Reply | null {
  const format = service.formatBySuffix.get(name);
  if (format === undefined) {
    if (name === 'html') return forbidden(service, call);
    return service.profile.hosting === 'classic' ? null : { status: 200, reason: 'OK', headers: [], body: '' };
  }
  const operation = firstOf(call.query, 'op');
  if (operation === undefined) return text(indexPage(service), 'text/html; charset=utf-8');
  if (operation.toLowerCase() !== service.contract.operation.toLowerCase()) return forbidden(service, call);
  return text(operationPage(service, format, firstOf(call.query, 'lang') ?? null, baseUrl), 'text/html; charset=utf-8');
}

function forbidden(service: Service, call: Call): Reply {
  return { ...text(forbiddenText(service, call), 'text/plain'), status: 403, reason: 'Forbidden' };
}

function spelled(service: Service, value: PlainValue): PlainValue {
  return service.profile.casing === 'camel' ? camelCased(value) : value;
}

function json(value: PlainValue): Reply {
  return text(writeJson(value), 'application/json; charset=utf-8');
}

function text(body: string, mediaType: string): Reply {
  return { status: 200, reason: 'OK', headers: [['Content-Type', mediaType]], body };
}
