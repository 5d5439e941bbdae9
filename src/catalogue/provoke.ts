import type { Route } from '../model/contract.ts';
import type { RequestTemplate } from '../model/exchange.ts';
import type { Composer, RequestOptions } from '../model/requirement.ts';
import type { Member } from '../model/schema.ts';

/** The kinds of error that a caller can provoke without a subject of its own. */
export type ErrorKind = 'incomplete request' | 'unknown subject' | 'malformed path' | 'zero path' | 'unreadable body';

/** Errors that the service itself finds; the others are found while the request is bound. */
export const serviceErrors: readonly ErrorKind[] = ['incomplete request', 'unknown subject'];

export const zeroGuid = '00000000-0000-0000-0000-000000000000';

/** True for a member whose values are Guids: only these can be malformed or all-zero. */
export function isGuid(member: Member): boolean {
  return member.type.kind === 'string' && member.type.format === 'uuid';
}

/** The kinds that an operation can be brought to. */
export function kindsOf(c: Composer): readonly ErrorKind[] {
  const guidInPath = c.pathMembers.some(isGuid);
  return [
    ...(c.requiredMembers.length > 0 ? (['incomplete request'] as const) : []),
    ...(c.contract.subject !== null ? (['unknown subject'] as const) : []),
    ...(guidInPath ? (['malformed path', 'zero path'] as const) : []),
    'unreadable body',
  ];
}

/** The sample request turned into one that provokes an error of that kind; to be sent on an absent subject. */
export function provoke(kind: ErrorKind, c: Composer, route: Route, options: RequestOptions = {}): RequestTemplate {
  switch (kind) {
    case 'incomplete request':
      return c.request(route, {
        payload: carriesBody(options.verb) ? { in: 'body', as: 'json', members: {} } : { in: 'none' },
        ...options,
      });
    case 'unknown subject':
      return c.request(route, options);
    case 'malformed path':
      return c.request(route, { ...options, pathMembers: malformedInPath(c) });
    case 'zero path':
      return c.request(route, { ...options, pathMembers: inPath(c, zeroGuid) });
    case 'unreadable body':
      return c.request(route, {
        ...options,
        payload: { in: 'raw', contentType: c.format('json').mediaType, text: 'this is no JSON' },
      });
  }
}

/** True for a verb that sends its members in a body rather than in the query string. */
export function carriesBody(verb = 'POST'): boolean {
  return !['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(verb);
}

/** For every Guid that the path binds a text that is none, made from a drawn one: it names nothing that exists. */
export function malformedInPath(c: Composer): Readonly<Record<string, string>> {
  return Object.fromEntries(c.pathMembers.filter(isGuid).map((m) => [m.name, `not-{{${m.name}}}`]));
}

/** A value for every Guid that the path binds. */
export function inPath(c: Composer, value: string): Readonly<Record<string, string>> {
  return Object.fromEntries(c.pathMembers.filter(isGuid).map((m) => [m.name, value]));
}
