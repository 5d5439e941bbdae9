import type { Header } from '../model/exchange.ts';

/** Methods whose requests carry no body unless one is given (RFC 9110 §9.3). */
const bodiless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/** True for a method that sends its members in a body rather than in the query string, and announces an empty one. */
export function carriesBody(method: string): boolean {
  return !bodiless.has(method);
}

/** The first value of a header, its name in any casing. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  const lower = name.toLowerCase();
  return headers.find(([each]) => each.toLowerCase() === lower)?.[1];
}

/** The path of a request's target, without its query. */
export function pathOf(target: string): string {
  return target.split('?', 1).join('');
}

/** The media type of a Content-Type, without its parameters (RFC 9110 §8.3.1), in lower case. */
export function mediaTypeIn(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}
