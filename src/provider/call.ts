import type { Header } from '../model/exchange.ts';
import { presentsCredentials } from './authentication.ts';
import type { Call, Store } from './behaviour.ts';
import { readPairs } from './binding/form.ts';
import type { Service } from './service.ts';

/** A request as it was read from the socket. */
export interface Received {
  readonly verb: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

/** What a request says, whichever operation answers it. */
export type Asked = Pick<
  Call,
  | 'sentVerb'
  | 'verb'
  | 'target'
  | 'path'
  | 'query'
  | 'headers'
  | 'header'
  | 'body'
  | 'origin'
  | 'credentials'
  | 'ordinal'
>;

/** Reads a request as far as no operation is needed for it. */
export function askedOf(received: Received, ordinal: number): Asked {
  const values = new Map<string, string>();
  for (const [name, value] of received.headers) {
    const lower = name.toLowerCase();
    const before = values.get(lower);
    values.set(lower, before === undefined ? value : `${before},${value}`);
  }
  const header = (name: string): string | undefined => values.get(name.toLowerCase());
  const target = received.target.replace(/^https?:\/\/[^/]*/i, '');
  const question = target.indexOf('?');
  const query = question === -1 ? [] : readPairs(target.slice(question + 1));
  const override = header('x-http-method-override');
  return {
    sentVerb: received.verb,
    verb: (override ?? received.verb).toUpperCase(),
    target,
    path: question === -1 ? target : target.slice(0, question),
    query,
    headers: received.headers,
    header,
    body: received.body,
    origin: `${header('x-forwarded-proto') ?? 'http'}://${header('host') ?? 'localhost'}`,
    credentials: presentsCredentials({ header, query }) ? 'presented' : 'none',
    ordinal,
  };
}

/** A call of an operation before the first stage. */
export function callOf(asked: Asked, service: Service, store: Store): Call {
  // Member by member: a spread of so many costs more than all else that is done of a call.
  return {
    sentVerb: asked.sentVerb,
    verb: asked.verb,
    target: asked.target,
    path: asked.path,
    query: asked.query,
    headers: asked.headers,
    header: asked.header,
    body: asked.body,
    origin: asked.origin,
    credentials: asked.credentials,
    ordinal: asked.ordinal,
    routing: service.profile.hosting === 'endpoints' ? 'endpoint' : 'classic',
    route: null,
    suffix: null,
    predefined: null,
    named: {},
    format: 'html',
    mediaType: 'text/html',
    by: 'default',
    callback: null,
    request: {},
    subject: null,
    nth: 0,
    store,
    contract: service.contract,
    profile: service.profile,
    members: service.members,
  };
}
