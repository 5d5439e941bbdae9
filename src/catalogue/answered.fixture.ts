import type { NonEmpty } from '../model/contract.ts';
import type { Answered, Decoded } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Evidence } from '../model/requirement.ts';
import type { PlainValue } from '../model/value.ts';
import { publishedOf } from '../import/published.ts';
import { contractOf, memberOf, typeOf } from '../schema/contract.fixture.ts';
import { documented } from '../values/contract.ts';
import { headerOf, mediaTypeIn } from '../values/http.ts';
import { classicProfile } from '../model/profile.fixture.ts';

/** A contract of another operation than the one this project is about, so that nothing can rely on that. */
export const contract = contractOf({
  operation: 'Move',
  description: 'Moves a thing',
  prefix: '/api',
  routes: [{ name: 'lift', path: '/api/things/{ThingId}/lift', verbs: 'any', leaves: 'a lifted thing' }],
  types: [
    typeOf('Move', memberOf('ThingId', 'Guid', { in: 'path' })),
    typeOf('MoveResponse', memberOf('ResponseStatus', 'ResponseStatus')),
  ],
  success: 200,
  xmlNamespace: 'urn:things',
  subject: { member: 'ThingId', kind: 'guid', states: { fresh: 'a thing', absent: 'no such thing' } },
});

export const profile: Profile = classicProfile('urn:things');

interface Parts {
  readonly status?: number;
  readonly headers?: Answered['headers'];
  readonly text?: string;
  readonly decoded?: Decoded;
  readonly request?: Partial<Answered['request']>;
}

/** An answer with the parts named; the rest is that of an empty 200. */
export function answered(parts: Parts = {}): Answered {
  const { status = 200, headers = [], text = '', decoded = { kind: 'empty' } } = parts;
  const header = (name: string): string | undefined => headerOf(headers, name);
  return {
    id: 'x1' as Answered['id'],
    request: { method: 'POST', url: 'http://host/api/things/1/lift', headers: [], body: null, ...parts.request },
    status,
    reason: '',
    headers,
    text,
    bytes: Buffer.byteLength(text),
    ms: 1,
    header,
    mediaType: mediaTypeIn(header('Content-Type') ?? ''),
    decoded,
  };
}

/** An answer whose JSON body is that value. */
export function json(status: number, value: PlainValue, headers: Answered['headers'] = []): Answered {
  return answered({
    status,
    headers: [['Content-Type', 'application/json; charset=utf-8'], ...headers],
    text: JSON.stringify(value),
    decoded: { kind: 'read', format: 'json', reading: { ok: true, value } },
  });
}

/** An error as the framework writes it. */
export function failing(status: number, errorCode: string, message = 'it cannot be done'): Answered {
  return json(status, { ResponseStatus: { ErrorCode: errorCode, Message: message, Errors: [] } });
}

/** Evidence around the answers of a script; the last of them is the one that is judged. */
export function evidence(steps: NonEmpty<Answered>, parts: Partial<Evidence> = {}): Evidence {
  return {
    point: {},
    contract,
    profile,
    members: [],
    steps,
    subjects: [{}],
    violations: () => [],
    answerViolations: () => [],
    published: publishedOf(documented(parts.contract ?? contract)),
    ...parts,
  };
}
