import type { Header } from '../model/exchange.ts';
import { isObject, type JsonObject } from '../values/json.ts';

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

export type ReadHar =
  { readonly ok: true; readonly entries: readonly HarEntry[] } | { readonly ok: false; readonly problem: string };

/**
 * Reads an HTTP Archive (HAR 1.2), of ours, of a browser or of a proxy.
 *
 * @param text of the file
 * @returns its exchanges in the order recorded, or what is wrong and where, to stand behind the file's name
 */
export function readHar(text: string): ReadHar {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, problem: 'is not JSON: name an HTTP Archive, as --report har=FILE or a browser saves it' };
  }
  const entries = objectIn(objectIn(value)['log'])['entries'];
  if (!Array.isArray(entries)) return { ok: false, problem: 'is no HTTP Archive: it has no log.entries' };
  const read = entries.map((entry, i) => readEntry(objectIn(entry), `log.entries[${i}]`));
  const problem = read.find((each) => typeof each === 'string');
  return problem === undefined
    ? { ok: true, entries: read.filter((each) => typeof each !== 'string') }
    : { ok: false, problem };
}

function readEntry(entry: JsonObject, place: string): HarEntry | string {
  const request = objectIn(entry['request']);
  const { method, url } = request;
  if (typeof method !== 'string' || method === '') return `is no HTTP Archive: ${place}.request has no method`;
  if (typeof url !== 'string' || !URL.canParse(url)) return `is no HTTP Archive: ${place}.request.url is no URL`;
  const posted = objectIn(request['postData'])['text'];
  const comment = entry['comment'];
  const time = entry['time'];
  return {
    exchange: typeof comment === 'string' ? (/^exchange ([0-9a-f]{12})\b/.exec(comment)?.[1] ?? null) : null,
    method,
    url: new URL(url),
    headers: headersIn(request['headers']),
    body: typeof posted === 'string' ? posted : null,
    response: responseIn(objectIn(entry['response'])),
    ms: typeof time === 'number' && time >= 0 ? time : 0,
  };
}

/** Status 0 is what browsers write where there was no answer. */
function responseIn(response: JsonObject): HarResponse | null {
  const { status, statusText } = response;
  if (typeof status !== 'number' || status < 100 || status > 599) return null;
  const content = objectIn(response['content']);
  const { text, encoding, size } = content;
  const written = typeof text === 'string' ? text : '';
  const body = encoding === 'base64' ? Buffer.from(written, 'base64').toString('utf8') : written;
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
