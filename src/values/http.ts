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
  return headers.find(([each]) => isNamed(each, lower))?.[1];
}

/** All values of a header, its name in any casing. */
export function valuesOf(headers: readonly Header[], name: string): readonly string[] {
  const lower = name.toLowerCase();
  return headers.filter(([each]) => isNamed(each, lower)).map(([, value]) => value);
}

/** Every header of every answer is looked at a dozen times, and nearly all differ in length from the one that is looked for. */
function isNamed(each: string, lower: string): boolean {
  return each.length === lower.length && each.toLowerCase() === lower;
}

/** The path of a request's target, without its query. */
export function pathOf(target: string): string {
  return target.split('?', 1).join('');
}

/** The media type of a Content-Type, without its parameters (RFC 9110 §8.3.1), in lower case. */
export function mediaTypeIn(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}
