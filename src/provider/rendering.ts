import type { Header } from '../model/exchange.ts';
import type { PlainObject, PlainValue } from '../model/value.ts';
import type { Call, Outcome, Refusal, Reply, Writer } from './behaviour.ts';
import { writeCsv } from './rendering/csv.ts';
import { escapeHtml, writePage } from './rendering/html.ts';
import { camelCased, isList, isObject, textOf, writeEscapedJson, writeJson } from './rendering/json.ts';
import { writeJsv } from './rendering/jsv.ts';
import { spelled } from './rendering/spelling.ts';
import { writeErrorResponse, writeXml, writeXmlList } from './rendering/xml.ts';
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
  if (call.format === 'html') {
    const shown = `<pre>${escapeHtml(JSON.stringify(outcome.value, null, 2))}</pre>`;
    return reply(200, 'OK', 'text/html', writePage(service.contract.operation, shown), extra);
  }
  const disposition: readonly Header[] =
    call.format === 'csv' ? [['Content-Disposition', `attachment;filename="${service.contract.request}.csv"`]] : [];
  return written(service, call, 200, 'OK', outcome.value, by(outcome, 'response'), [...extra, ...disposition]);
}

function renderRefusal(service: Service, loginPage: string | null, call: Call, refusal: Refusal): Reply {
  const { status, error } = refusal;
  const challenge: readonly Header[] = refusal.challenge === undefined ? [] : [['WWW-Authenticate', refusal.challenge]];
  const extra = [...(refusal.headers ?? []), ...challenge];
  const reason = reasonOf(error, status);
  if (call.callback !== null && status === 401 && error === null && call.routing === 'classic') {
    const bare = { ErrorCode: 'Unauthorized', Message: 'Not Authenticated', Errors: [] };
    const told = service.profile.debug ? withTrace(service, call, bare) : bare;
    return written(service, call, 200, 'OK', { ResponseStatus: told }, { root: 'response', writer: null }, extra);
  }
  if (call.routing === 'endpoint' && error === null) return { status, reason, headers: extra, body: '' };
  if (call.format === 'html' && status === 401 && loginPage !== null)
    return {
      status: 302,
      reason: 'Found',
      headers: [['Location', loginLocation(service, loginPage, call)], ...extra],
      body: '',
    };
  if (call.format === 'html' && error !== null) return renderHtmlRefusal(service, call, refusal, reason, extra);
  if (call.format === 'foreign' && error !== null) return foreign(call);
  if (error === null) return { status, reason, headers: extra, body: '' };
  const root = refusal.by === 'binding' || refusal.by === 'credentials' ? 'error' : 'response';
  const plain = refusal.by === 'service' ? call : { ...call, callback: null };
  return written(service, plain, status, reason, { ResponseStatus: error }, by(refusal, root), extra);
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
  return `${call.origin}/${service.prefix}/${loginPage}?${mapped ? 'ReturnUrl' : 'redirect'}=${escaped}`;
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
  readonly root: 'response' | 'error';
  readonly writer: Writer | null;
}

function by({ writer }: Outcome, root: Manner['root']): Manner {
  return { root, writer: writer ?? null };
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

function bodyOf(service: Service, call: Call, plain: PlainValue, { root, writer }: Manner): string {
  const respelled = (each: PlainValue): PlainValue => (isObject(each) ? spelled(service, call.format, each) : each);
  const value = isList(plain) ? plain.map(respelled) : respelled(plain);
  const rows = objectsOf(value);
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
  const cased = declared || /EmitCamelCaseNames:true/i.test(configured ?? '') ? camelCased : asIs;
  switch (call.format) {
    case 'json':
      return bySystemTextJson ? writeEscapedJson(cased(value)) : writeJson(cased(value));
    case 'jsonl':
      return writeJson(cased(value));
    case 'jsv':
      return writeJsv(cased(value));
    case 'csv':
      return writeCsv(service.responseMembers, rows, cased);
    case 'xml':
      return xmlOf(service, value, rows, root);
    case 'html':
    case 'nothing':
    case 'foreign':
      return '';
  }
}

const asIs = (value: PlainValue): PlainValue => value;

function xmlOf(service: Service, value: PlainValue, rows: readonly PlainObject[], root: 'response' | 'error'): string {
  const { response } = service;
  const { xmlNamespace } = service.profile;
  if (isList(value)) return writeXmlList(response, xmlNamespace, service.responseMembers, rows);
  const object = rows[0] ?? {};
  const status = object['ResponseStatus'];
  if (root === 'error' && isObject(status)) return writeErrorResponse(status);
  return writeXml(response, xmlNamespace, service.responseMembers, object);
}

function objectsOf(value: PlainValue): readonly PlainObject[] {
  return (isList(value) ? value : [value]).filter(isObject);
}
