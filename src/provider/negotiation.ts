import type { Format } from '../model/contract.ts';
import type { Call, Negotiated, NegotiatedBy } from './behaviour.ts';
import { firstOf } from './routing.ts';
import type { Service } from './service.ts';

const html = (by: NegotiatedBy): Negotiated => ({ format: 'html', mediaType: 'text/html', by, callback: null });

/**
 * Suffix, then callback, then ?format=, then the first type of Accept; q-values do not count. A lone star-slash-star
 * echoes the type of the request. What is not known becomes HTML.
 */
export function negotiate(service: Service, call: Call): Negotiated {
  if (call.suffix !== null) {
    const format = service.formatBySuffix.get(call.suffix);
    return format === undefined ? html('suffix') : written(format, 'suffix');
  }
  const callback = call.query.length === 0 ? undefined : firstOf(call.query, 'callback');
  if (callback !== undefined && callback !== '') {
    return {
      format: 'json',
      mediaType: 'application/json; charset=utf-8',
      by: 'callback',
      callback: harmless(callback),
    };
  }
  if (call.predefined !== null) {
    const format = service.contract.formats.find((f) => f.name === call.predefined);
    if (format !== undefined) return written(format, 'predefined');
  }
  const asked = call.query.length === 0 ? undefined : firstOf(call.query, 'format')?.toLowerCase();
  if (asked === 'html') return html('query');
  const byQuery = asked === undefined ? undefined : service.formatByQuery.get(asked);
  if (byQuery !== undefined) return written(byQuery, 'query');
  return byAccept(service, call);
}

function byAccept(service: Service, call: Call): Negotiated {
  const accept = call.header('accept');
  if (accept === undefined) return html('default');
  if (accept.trim() === '') return { format: 'nothing', mediaType: '', by: 'accept', callback: null };
  if (accept.trim() === '*/*') return byRequestType(service, call);
  const first = mediaTypeOf(accept.split(',')[0] ?? '');
  const format = service.contract.formats.find((f) => f.mediaType === first) ?? jsonLike(service, first);
  return format === undefined ? html('accept') : written(format, 'accept');
}

/** The recorded host takes every type that begins like JSON's for JSON. */
function jsonLike(service: Service, mediaType: string): Format | undefined {
  return service.contract.formats.find((f) => f.name === 'json' && mediaType.startsWith(f.mediaType));
}

function byRequestType(service: Service, call: Call): Negotiated {
  const header = call.header('content-type') ?? '';
  const type = mediaTypeOf(header);
  if (type === '' || isForm(type) || type === 'text/html') return html('request-type');
  const format = service.contract.formats.find((f) => f.mediaType === type);
  if (format !== undefined) return written(format, 'request-type');
  const alias = service.contract.formats.find((f) => type === `text/${f.name}`);
  if (alias !== undefined) return { format: alias.name, mediaType: type, by: 'request-type', callback: null };
  return { format: 'foreign', mediaType: header, by: 'request-type', callback: null };
}

function written(format: Format, by: NegotiatedBy): Negotiated {
  const mediaType = format.name === 'json' ? `${format.mediaType}; charset=utf-8` : format.mediaType;
  return { format: format.name, mediaType, by, callback: null };
}

/** Lower case, without parameters. */
export function mediaTypeOf(header: string): string {
  const end = header.indexOf(';');
  return (end === -1 ? header : header.slice(0, end)).trim().toLowerCase();
}

export function isForm(mediaType: string): boolean {
  return mediaType === 'application/x-www-form-urlencoded' || mediaType === 'multipart/form-data';
}

function harmless(callback: string): string {
  return callback.replace(/[^A-Za-z0-9_.$]/g, '_');
}
