import type { Header } from '../model/exchange.ts';
import type { PlainObject, PlainValue } from '../model/value.ts';
import type { Call, Outcome, Refusal, Reply, Writer } from './behaviour.ts';
import { resultsOf, writeCsvAs } from './rendering/csv.ts';
import { escapeHtml, writePage } from './rendering/html.ts';
import { isList, textOf, writeJsonAs } from './rendering/json.ts';
import type { JsonManner } from './rendering/json.ts';
import { writeJsvAs } from './rendering/jsv.ts';
import { Unwritable, writeXmlAs } from './rendering/xml.ts';
import { initialObject } from './types/reading.ts';
import type { ObjectType, Type } from './types/type.ts';
import { firstOf } from './routing.ts';
import type { Service } from './service.ts';
import { debugged, withTrace } from './debug.ts';

/**
 * An outcome in the format negotiated: the answer of the recorded host in classic hosting.
 *
 * @param loginPage below the prefix, where a browser is sent that has to sign in; null for none
 */
export function render(service: Service, loginPage: string | null, call: Call, plain: Outcome): Reply {
  const outcome = service.profile.debug ? debugged(service, call, plain) : plain;
  if (call.format === 'nothing') return { status: 200, reason: 'OK', headers: [], body: '' };
  if (outcome.kind === 'refusal') return renderRefusal(service, loginPage, call, outcome);
  if (call.format === 'foreign') return foreign(call);
  const extra = outcome.headers ?? [];
  if (outcome.value === null) {
    return { status: 204, reason: 'No Content', headers: [...extra, ...disposition(service, call)], body: '' };
  }
  if (service.contract.response.kind === 'raw') return raw(service, call, outcome.value, extra);
  if (call.format === 'html') {
    const shown = `<pre>${escapeHtml(JSON.stringify(outcome.value, null, 2))}</pre>`;
    return reply(200, 'OK', 'text/html', writePage(service.contract.operation, shown), extra);
  }
  const type = successType(service, outcome.value);
  const headers = [...extra, ...disposition(service, call)];
  return written(
    service,
    call,
    200,
    'OK',
    outcome.value,
    { type, root: 'response', writer: outcome.writer ?? null },
    headers,
  );
}

/** A batch answers a list of what one call does. */
function successType({ responseType }: Service, value: PlainValue): Type {
  if (responseType === null) return { kind: 'any' };
  return isList(value) && responseType.kind !== 'list'
    ? { kind: 'list', of: responseType, distinct: false, dotnet: '' }
    : responseType;
}

function disposition(service: Service, call: Call): readonly Header[] {
  return call.format === 'csv'
    ? [['Content-Disposition', `attachment;filename="${encodeURIComponent(service.contract.request)}.csv"`]]
    : [];
}

/** A text or bytes, answered as they are under the type that is asked for. */
function raw(service: Service, call: Call, value: PlainValue, extra: readonly Header[]): Reply {
  const own = extra.find(([name]) => name === 'Content-Type');
  if (own !== undefined)
    return { status: 200, reason: 'OK', headers: extra, body: '', bytes: Buffer.from(textOf(value), 'base64') };
  const isAsked = call.format !== 'html' && call.format !== 'foreign';
  const isText = service.contract.response.kind === 'raw' && service.contract.response.type === 'String';
  const mediaType = isAsked ? call.mediaType : isText ? 'text/html' : 'application/octet-stream';
  const told = reply(200, 'OK', mediaType, textOf(value), [...extra, ...disposition(service, call)]);
  if (!isText) return { ...told, body: '', bytes: Buffer.from(textOf(value), 'base64') };
  return call.callback === null
    ? told
    : { ...told, headers: [['Content-Type', 'text/javascript'], ...extra], body: `${call.callback}(${told.body})` };
}

function renderRefusal(service: Service, loginPage: string | null, call: Call, refusal: Refusal): Reply {
  const { status, error } = refusal;
  const challenge: readonly Header[] = refusal.challenge === undefined ? [] : [['WWW-Authenticate', refusal.challenge]];
  const extra = [...(refusal.headers ?? []), ...challenge];
  const reason = reasonOf(error, status);
  if (call.callback !== null && status === 401 && error === null && call.routing === 'classic') {
    const bare = { ErrorCode: 'Unauthorized', Message: 'Not Authenticated', Errors: [] };
    const told = service.profile.debug ? withTrace(service, call, bare) : bare;
    const { value, type } = errorIn(service, 'response', told);
    return written(service, call, 200, 'OK', value, { type, root: 'response', writer: null }, extra);
  }
  if (call.routing === 'endpoint' && error === null && refusal.text === undefined)
    return { status, reason, headers: extra, body: '' };
  if (call.format === 'html' && status === 401 && loginPage !== null)
    return {
      status: 302,
      reason: 'Found',
      headers: [['Location', loginLocation(service, loginPage, call)], ...extra],
      body: '',
    };
  if (call.format === 'html' && error !== null) return renderHtmlRefusal(service, call, refusal, reason, extra);
  if (call.format === 'foreign' && error !== null) return foreign(call);
  if (refusal.text !== undefined) return reply(status, 'Forbidden', 'text/plain', refusal.text, extra);
  if (error === null) return { status, reason, headers: extra, body: '' };
  const root = refusal.by === 'binding' || refusal.by === 'credentials' ? 'error' : 'response';
  const plain = refusal.by === 'service' ? call : { ...call, callback: null };
  const { value, type } = errorIn(service, root, error);
  return written(service, plain, status, reason, value, { type, root, writer: refusal.writer ?? null }, extra);
}

/** What carries an error: before the service is asked, the framework's own answer; else the service's, its data zero. */
function errorIn(
  { types, errorType, statusMember }: Service,
  root: Manner['root'],
  error: PlainObject,
): { readonly type: ObjectType; readonly value: PlainObject } {
  if (root === 'error') return { type: types.errorResponse, value: { ResponseStatus: error } };
  const zeros = initialObject(errorType);
  return { type: errorType, value: statusMember === null ? zeros : { ...zeros, [statusMember.name]: error } };
}

function foreign(call: Call): Reply {
  return { status: 405, reason: 'Method Not Allowed', headers: [['Content-Type', call.mediaType]], body: '' };
}

/** The reason phrase of an error is its code. */
function reasonOf(error: PlainObject | null, status: number): string {
  const code = error?.['ErrorCode'];
  if (typeof code === 'string' && /^[\x21-\x7e]+$/.test(code)) return code;
  return status === 401 ? 'Unauthorized' : 'Error';
}

/** Classic hosting leads back to the whole address, Identity to the path below the prefix. */
function loginLocation(service: Service, loginPage: string, call: Call): string {
  const mapped = service.profile.hosting === 'mapped';
  const here = mapped ? call.target.slice(service.prefix.length + 1) : `${call.origin}${call.target}`;
  const escaped = encodeURIComponent(here).replace(/%[0-9A-F]{2}/g, (e) => e.toLowerCase());
  const prefix = service.prefix === '' ? '' : `/${service.prefix}`;
  return `${call.origin}${prefix}/${loginPage}?${mapped ? 'ReturnUrl' : 'redirect'}=${escaped}`;
}

function renderHtmlRefusal(
  service: Service,
  call: Call,
  refusal: Refusal,
  reason: string,
  extra: readonly Header[],
): Reply {
  const { status, error } = refusal;
  const code = textOf(error?.['ErrorCode']);
  const message = textOf(error?.['Message']);
  if (status === 404) {
    const rest = service.profile.debug ? notFoundInDebug(service, call) : '404';
    return reply(404, reason, 'text/plain; charset=utf-8', `Error (${code}): ${message}\n\n${rest}`, extra);
  }
  if (status === 403) return reply(403, reason, 'text/plain', forbiddenText(service, call), extra);
  return reply(status, reason, 'text/html', writePage(code, `<p>${escapeHtml(message)}</p>`), extra);
}

/** What the host's own handlers say of a request in plain text. */
export function forbiddenText(service: Service, call: Call): string {
  const { below, query } = whereabouts(service, call);
  const raw = service.profile.debug ? `Request.RawUrl: ${call.target}\n` : '';
  return `Forbidden\r\n\r\nRequest.HttpMethod: ${call.verb}\r\nRequest.PathInfo: ${below}\r\nRequest.QueryString: ${query}\r\n\r\n${raw}`;
}

function notFoundInDebug(service: Service, call: Call): string {
  const { below, query } = whereabouts(service, call);
  return (
    'Handler for Request not found (404):\n\n' +
    `  Request.HttpMethod: ${call.verb}\n  Request.PathInfo: ${below}\n  Request.QueryString: ${query}\n  Request.RawUrl: ${call.target}\n`
  );
}

function whereabouts(service: Service, call: Call): { readonly below: string; readonly query: string } {
  const question = call.target.indexOf('?');
  return {
    below: call.path.slice(service.prefix.length + 1),
    query: question === -1 ? '' : call.target.slice(question + 1),
  };
}

function reply(status: number, reason: string, mediaType: string, body: string, extra: readonly Header[]): Reply {
  return { status, reason, headers: [['Content-Type', mediaType], ...extra], body };
}

/** As which type a value is written, and whether by another serializer than the declared one. */
interface Manner {
  readonly type: Type;
  readonly root: 'response' | 'error';
  readonly writer: Writer | null;
}

function written(
  service: Service,
  call: Call,
  status: number,
  reason: string,
  value: PlainValue,
  manner: Manner,
  extra: readonly Header[],
): Reply {
  const body = bodyOf(service, call, value, manner);
  if (call.callback !== null) return reply(status, reason, 'text/javascript', `${call.callback}(${body})`, extra);
  return reply(status, reason, call.mediaType, body, extra);
}

function bodyOf(service: Service, call: Call, value: PlainValue, { type, root, writer }: Manner): string {
  const { casing, serializer } = service.profile;
  const configured = firstOf(call.query, 'jsconfig');
  const bySystemTextJson =
    serializer === 'system-text-json' &&
    call.format === 'json' &&
    call.callback === null &&
    root === 'response' &&
    writer === null &&
    configured === undefined;
  const declared = casing === 'camel' && (serializer === 'servicestack' || bySystemTextJson);
  const manner: JsonManner = {
    by: bySystemTextJson ? 'system-text-json' : 'servicestack',
    casing: declared || /EmitCamelCaseNames:true/i.test(configured ?? '') ? 'camel' : 'pascal',
  };
  switch (call.format) {
    case 'json':
      return writeJsonAs(type, value, manner);
    case 'jsonl':
      return linesOf(service, type, value, manner);
    case 'jsv':
      return writeJsvAs(type, value, manner);
    case 'csv':
      return writeCsvAs(type, value, manner);
    case 'xml':
      return xmlOf(service, type, value);
    case 'html':
    case 'nothing':
    case 'foreign':
      return '';
  }
}

/** A line for each item of a list, and of the results of a query. */
function linesOf(service: Service, type: Type, value: PlainValue, manner: JsonManner): string {
  const results = resultsOf(type, value);
  const [rows, all] = results === null ? [type, value] : [results.type, results.value];
  const hasRows = results !== null || service.responseType?.kind === 'list';
  return hasRows && isList(all) && rows.kind === 'list'
    ? all.map((item) => `${writeJsonAs(rows.of, item, manner)}\n`).join('')
    : writeJsonAs(type, value, manner);
}

/** What XML cannot write ends half written, with an error behind it: the status has long been sent. */
function xmlOf(service: Service, type: Type, value: PlainValue): string {
  try {
    return writeXmlAs(type, value);
  } catch (e) {
    if (!(e instanceof Unwritable)) throw e;
    const status = { ErrorCode: 'SerializationException', Message: e.message, Errors: [] };
    return `${e.written}${writeXmlAs(service.types.errorResponse, { ResponseStatus: status })}`;
  }
}
