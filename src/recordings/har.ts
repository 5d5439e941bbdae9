import type { Header } from '../model/exchange.ts';
import { isObject, type JsonObject } from '../values/json.ts';
import { urlOf } from '../values/url.ts';

/** One exchange of a recording. */
export interface HarEntry {
  /** The id that a HAR of ours keeps in the comment; null in others. */
  readonly exchange: string | null;
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly Header[];
  readonly body: string | null;
  /** Null where there was no answer. */
  readonly response: HarResponse | null;
  /** Milliseconds. */
  readonly ms: number;
}

export interface HarResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
  readonly body: string;
  readonly bytes: number;
}

/** An entry that cannot be judged, with why. */
export interface OddEntry {
  readonly request: string;
  readonly reason: string;
}

export type ReadHar =
  | { readonly ok: true; readonly entries: readonly HarEntry[]; readonly odd: readonly OddEntry[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads an HTTP Archive (HAR 1.2), of ours, of a browser or of a proxy.
 *
 * @param text of the file
 * @returns its exchanges in the order recorded, or what is wrong and where, to stand behind the file's name
 */
export function readHar(text: string): ReadHar {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'is not JSON: name an HTTP Archive, as --report har=FILE or a browser saves it' };
  }
  const entries = objectIn(objectIn(value)['log'])['entries'];
  if (!Array.isArray(entries)) return { ok: false, problem: 'is no HTTP Archive: it has no log.entries' };
  const read = entries.map((entry, i) => readEntry(objectIn(entry), `log.entries[${i}]`));
  return {
    ok: true,
    entries: read.flatMap((each) => ('reason' in each ? [] : [each])),
    odd: read.flatMap((each) => ('reason' in each ? [each] : [])),
  };
}

function readEntry(entry: JsonObject, place: string): HarEntry | OddEntry {
  const request = objectIn(entry['request']);
  const { method, url } = request;
  const odd = (reason: string): OddEntry => ({
    request: `${place} ${typeof method === 'string' ? method : ''} ${typeof url === 'string' ? url : ''}`.trim(),
    reason,
  });
  if (typeof method !== 'string' || method === '') return odd('it has no method');
  if (typeof url !== 'string' || urlOf(url) === null)
    return odd('its URL is none: the recorder kept a template, or nothing');
  const posted = postedIn(request);
  if (posted === UNKNOWN) return odd('the recorder did not keep the body of the request');
  const response = responseIn(objectIn(entry['response']));
  if (response === UNKNOWN) return odd('the recorder did not keep the body of the answer');
  const comment = entry['comment'];
  const time = entry['time'];
  return {
    exchange: typeof comment === 'string' ? (/^exchange ([0-9a-f]{12})\b/.exec(comment)?.[1] ?? null) : null,
    method,
    url: new URL(url),
    headers: headersIn(request['headers']),
    body: posted,
    response,
    ms: typeof time === 'number' && time >= 0 ? time : 0,
  };
}

/** A body that was there, and that the recording does not have. */
const UNKNOWN = Symbol('unknown');

/** Recorders keep a body as text, as base64, or, of a form, as its parameters alone. */
function postedIn(request: JsonObject): string | null | typeof UNKNOWN {
  const { text, encoding, params } = objectIn(request['postData']);
  if (typeof text === 'string' && text !== '') return encoding === 'base64' ? fromBase64(text) : text;
  if (Array.isArray(params) && params.length > 0) return formOf(params);
  const { bodySize } = request;
  if (typeof bodySize === 'number' && bodySize > 0) return UNKNOWN;
  return typeof text === 'string' ? text : null;
}

function formOf(params: readonly unknown[]): string {
  const pairs = params.map(objectIn).map(({ name, value }): [string, string] => [textIn(name), textIn(value)]);
  return new URLSearchParams(pairs).toString();
}

/** Most recorders write the parameters of a form as they were on the wire, some decoded. */
function textIn(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

/** Status 0 is what browsers write where there was no answer. */
function responseIn(response: JsonObject): HarResponse | null | typeof UNKNOWN {
  const { status, statusText } = response;
  if (typeof status !== 'number' || status < 100 || status > 599) return null;
  const content = objectIn(response['content']);
  const { text, encoding, size } = content;
  const written = typeof text === 'string' ? text : '';
  if (written === '' && typeof size === 'number' && size > 0) return UNKNOWN;
  const body = encoding === 'base64' ? fromBase64(written) : written;
  return {
    status,
    reason: typeof statusText === 'string' ? statusText : '',
    headers: headersIn(response['headers']),
    body,
    bytes: typeof size === 'number' && size >= 0 ? size : Buffer.byteLength(body),
  };
}

/** Pseudo-headers of HTTP/2 (RFC 9113 §8.3) are not headers. */
function headersIn(value: unknown): readonly Header[] {
  if (!Array.isArray(value)) return [];
  return value
    .map(objectIn)
    .flatMap(({ name, value: text }): readonly Header[] =>
      typeof name === 'string' && typeof text === 'string' && !name.startsWith(':') ? [[name, text]] : [],
    );
}

function objectIn(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
