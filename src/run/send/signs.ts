import type { Contract } from '../../model/contract.ts';
import type { RecordedResponse } from '../../model/exchange.ts';
import { headerOf, mediaTypeIn } from '../../values/http.ts';
import { isObject, type JsonObject } from '../../values/json.ts';
import { urlOf } from '../../values/url.ts';

/** An answer, as far as it can be compared with others: what it says of itself, not what it says. */
export interface Form {
  readonly status: number;
  /** In lower case, without parameters; '' where there is none. */
  readonly mediaType: string;
  /** Where a redirect leads, without its query; '' where there is none. */
  readonly location: string;
}

/**
 * The form of an answer. A page that repeats the path it was asked for is of the same form as another that does.
 *
 * @param url that was asked for
 */
export function formOf({ status, headers }: RecordedResponse, url: string): Form {
  return {
    status,
    mediaType: mediaTypeIn(headerOf(headers, 'content-type') ?? ''),
    location: locationIn(headerOf(headers, 'location'), url),
  };
}

function locationIn(location: string | undefined, url: string): string {
  if (location === undefined || urlOf(location, url) === null) return '';
  const to = new URL(location, url);
  return `${to.origin}${to.pathname === new URL(url).pathname ? '/…' : to.pathname}`;
}

export function areAlike(a: Form, b: Form): boolean {
  return a.status === b.status && a.mediaType === b.mediaType && a.location === b.location;
}

/** A form in words: `404 with text/html`, `302 to https://login.example.org/`. */
export function formText({ status, mediaType, location }: Form): string {
  if (location !== '') return `${status} to ${location}`;
  return `${status} ${mediaType === '' ? 'without a media type' : `with ${mediaType}`}`;
}

/** The framework tells every error by an ErrorCode, in whatever casing; a page that speaks of one to people is no such answer. */
export function hasErrorCode({ headers, body }: RecordedResponse, { formats }: Pick<Contract, 'formats'>): boolean {
  const mediaType = mediaTypeIn(headerOf(headers, 'content-type') ?? '');
  if (/[/+]json$/.test(mediaType)) return errorCodeIn(body);
  return formats.some((f) => f.mediaType.toLowerCase() === mediaType) && /\berrorcode\b/i.test(body);
}

/** Gateways have error codes, too, but none of them has it in a ResponseStatus, or at the top. */
function errorCodeIn(text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return /"ErrorCode"\s*:/i.test(text);
  }
  if (!isObject(value)) return false;
  const status = memberOf(value, 'responsestatus');
  return isFilled(memberOf(value, 'errorcode')) || (isObject(status) && isFilled(memberOf(status, 'errorcode')));
}

function memberOf(object: JsonObject, name: string): unknown {
  return Object.entries(object).find(([each]) => each.toLowerCase() === name)?.[1];
}

function isFilled(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** The value of a challenge (RFC 9110 §11.6.1); null where there is none. */
export function challengeOf({ headers }: RecordedResponse): string | null {
  return headerOf(headers, 'www-authenticate') ?? null;
}

/** The framework's own description of a host: it names itself, or the operation. */
export function isItsMetadata({ status, body }: RecordedResponse, { operation }: Pick<Contract, 'operation'>): boolean {
  const text = body.toLowerCase();
  return status === 200 && (text.includes(operation.toLowerCase()) || text.includes('servicestackversion'));
}

/**
 * An answer of the operation's own: a success in one of its formats, an ErrorCode, or a challenge. What has no body, or bytes of
 * a type of their own, is in no format: it is known by the framework's headers, which its 404 of an unknown route has not (recorded).
 */
export function isInItsManner(response: RecordedResponse, contract: Pick<Contract, 'formats'>): boolean {
  const mediaType = mediaTypeIn(headerOf(response.headers, 'content-type') ?? '');
  const succeeded = response.status >= 200 && response.status < 300;
  return (
    challengeOf(response) !== null ||
    (succeeded && contract.formats.some((f) => f.mediaType.toLowerCase() === mediaType)) ||
    ((succeeded || response.body === '') && response.status !== 404 && hasItsHeaders(response)) ||
    hasErrorCode(response, contract)
  );
}

/** Every answer of the framework depends on Accept and says so; what stands before it has no reason to. */
export function hasItsHeaders({ headers }: RecordedResponse): boolean {
  return headers.some(
    ([name, value]) =>
      (/^vary$/i.test(name) && /(^|[\s,])accept([\s,]|$)/i.test(value)) ||
      (/^x-powered-by$/i.test(name) && /servicestack/i.test(value)),
  );
}
