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
  /** All operations of the host. */
  readonly operations: readonly Service[];
}

/** The documents of the host, open to everybody; null where there is none. */
export function document(service: Service, around: Surroundings, call: Call, page: readonly string[]): Reply | null {
  const [first = '', second, third] = page.map((segment) => segment.toLowerCase());
  if (third !== undefined) return null;
  const baseUrl = `${call.origin}/${service.prefix}`;
  switch (first) {
    case 'metadata':
      if (second === undefined) return index(service, around, call, baseUrl);
      return second === 'app' || second === 'app.json'
        ? json(spelled(service, appMetadata(service, around.operations, baseUrl, around.kinds, around.now())))
        : null;
    case 'types':
      return types(service, around, second, baseUrl);
    case 'schema':
      return schema(around, second ?? '');
    case 'ui':
      return text(writePage('Operations', service.contract.operation), 'text/html; charset=utf-8');
    case 'login':
      return second === undefined && service.profile.hosting === 'classic'
        ? text(writePage('Sign in', ''), 'text/html')
        : null;
    default:
      return second === 'metadata' ? ofFormat(service, around, call, first, baseUrl) : null;
  }
}

/** The operation of the host that is named, in any casing. */
function named({ operations }: Surroundings, name: string): Service | undefined {
  return operations.find(({ contract }) => contract.operation.toLowerCase() === name.toLowerCase());
}

function schema(around: Surroundings, name: string): Reply | null {
  const its = around.operations.find(({ contract }) => contract.request.toLowerCase() === name);
  return its === undefined ? null : json(requestSchema(its));
}

function index(service: Service, around: Surroundings, call: Call, baseUrl: string): Reply {
  if (call.path.endsWith('/') && service.profile.hosting !== 'endpoints') {
    return { status: 302, reason: 'Found', headers: [['Location', `${baseUrl}/metadata`]], body: '' };
  }
  return text(indexPage(around.operations), 'text/html; charset=utf-8');
}

function types(service: Service, around: Surroundings, name: string | undefined, baseUrl: string): Reply | null {
  const all = [service, ...around.operations.filter((each) => each !== service)] as const;
  if (name === undefined) return text(writePage('Types', languages.join(' ')), 'text/html');
  // System.Text.Json does not write these.
  const metadata = (): Reply => {
    const value = typesMetadata(around.operations, baseUrl);
    return json(service.profile.serializer === 'servicestack' ? spelled(service, value) : value);
  };
  if (name === 'metadata' || name === 'metadata.json') return metadata();
  return languages.includes(name) ? text(typesIn(all, name, baseUrl), 'text/plain; charset=utf-8') : null;
}

function ofFormat(service: Service, around: Surroundings, call: Call, name: string, baseUrl: string): Reply | null {
  const format = service.formatBySuffix.get(name);
  if (format === undefined) {
    if (name === 'html') return forbidden(service, call);
    return service.profile.hosting === 'classic' ? null : { status: 200, reason: 'OK', headers: [], body: '' };
  }
  const operation = firstOf(call.query, 'op');
  if (operation === undefined) return text(indexPage(around.operations), 'text/html; charset=utf-8');
  const its = named(around, operation);
  if (its === undefined) return forbidden(service, call);
  return text(operationPage(its, format, firstOf(call.query, 'lang') ?? null, baseUrl), 'text/html; charset=utf-8');
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
