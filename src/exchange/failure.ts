import type { TransportFailure } from '../model/exchange.ts';
import { quantity } from '../values/words.ts';
import { REFUSED_ADDRESS } from './sockets.ts';

/** What was known of an exchange when it broke. */
export interface Circumstances {
  readonly url: URL;
  /** The proxy the exchange went through, without its credentials. */
  readonly via: string | undefined;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** Set when the engine itself ended the exchange. */
  readonly stop: 'timeout' | 'interrupted' | 'too-large' | 'too-much' | undefined;
  /** Bytes of an answer received, its head included. */
  readonly received: number;
  /** Whether a complete response head was received. */
  readonly answered: boolean;
  readonly bodyBytes: number;
}

const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name could not be looked up',
  EAI_FAIL: 'the host name could not be looked up',
  EHOSTUNREACH: 'there is no way to the host',
  EHOSTDOWN: 'the host is down',
  ENETUNREACH: 'there is no way to the network',
  ENETDOWN: 'the network is down',
  EADDRNOTAVAIL: 'the address cannot be used',
  ETIMEDOUT: 'the connection was not accepted in time',
  EACCES: 'the connection is not permitted',
  EPERM: 'the connection is not permitted',
};

const CERTIFICATE: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  CERT_REVOKED: 'its certificate has been revoked',
  CERT_UNTRUSTED: 'its certificate is not trusted',
  CERT_SIGNATURE_FAILURE: 'the signature of its certificate is wrong',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain ends in an unknown self-signed certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'the issuer of its certificate is unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the issuer of its certificate is unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the issuer of its certificate is unknown',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
  HOSTNAME_MISMATCH: 'its certificate is for another host name',
  INVALID_PURPOSE: 'its certificate is not meant for servers',
};

const RESET = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_SOCKET_CLOSED']);

/**
 * Names the failure of an exchange and says in one sentence what happened, where.
 *
 * @param error what node:http reported
 * @param c what was known when it did
 */
export function failureOf(error: Error & { readonly code?: string }, c: Circumstances): TransportFailure {
  const code = codeOf(error);
  const at = c.url.origin;
  const way = c.via === undefined ? '' : ` through the proxy ${c.via}`;
  switch (c.stop) {
    case 'timeout':
      return {
        kind: 'timeout',
        message: `${at} did not answer within ${c.timeoutMs} ms${c.answered ? ': its answer had begun and did not end' : ''}`,
      };
    case 'interrupted':
      return { kind: 'interrupted', message: `the exchange with ${at} was interrupted` };
    case 'too-large':
      return {
        kind: 'too-large',
        message: `${at} sent more than ${quantity(c.maxBytes, 'byte')}; the answer was cut off there`,
      };
    case 'too-much':
      return {
        kind: 'too-large',
        message: `${at} sends more in large answers than a run keeps; this one was not kept, after ${c.bodyBytes} bytes of its body`,
      };
    case undefined:
      break;
  }
  if (code === REFUSED_ADDRESS) return { kind: 'withheld', message: error.message };
  const unreachable = UNREACHABLE[code];
  if (unreachable !== undefined && c.received === 0) {
    return { kind: 'unreachable', message: `${at} cannot be reached${way}: ${unreachable} (${code})` };
  }
  const certificate = CERTIFICATE[code];
  if (certificate !== undefined) return { kind: 'tls', message: `${at} is not trusted: ${certificate} (${code})` };
  if (code === 'HPE_HEADER_OVERFLOW')
    return { kind: 'too-large', message: `${at} sent more than ${HEADER_LIMIT} bytes of headers` };
  if (code.startsWith('HPE_')) return notHttp(code, c);
  if (isTls(code, error))
    return {
      kind: 'tls',
      message: `${at} does not speak TLS, or none that is accepted here: ${plain(error)} (${code})`,
    };
  if (c.answered)
    return {
      kind: 'truncated',
      message: `${at} ended its answer after ${quantity(c.bodyBytes, 'byte')} of the body, before the end it announced`,
    };
  if (c.received > 0)
    return {
      kind: 'truncated',
      message: `${at} ended its answer within the headers, after ${quantity(c.received, 'byte')}`,
    };
  if (RESET.has(code)) return { kind: 'reset', message: `${at} closed the connection without an answer (${code})` };
  return { kind: 'unreachable', message: `${at} cannot be reached${way}: ${plain(error)}` };
}

/** node:http's own limit; the flag that changes it is the user's. */
const HEADER_LIMIT = '16 Ki';

function notHttp(code: string, c: Circumstances): TransportFailure {
  const at = c.url.origin;
  if (code === 'HPE_INVALID_EOF_STATE') {
    return {
      kind: 'truncated',
      message: `${at} ended its answer after ${quantity(c.bodyBytes, 'byte')} of the body, before the end it announced`,
    };
  }
  if (code === 'HPE_UPGRADE') return { kind: 'not-http', message: `${at} switched to another protocol, unasked` };
  if (c.answered)
    return {
      kind: 'not-http',
      message: `${at} broke off from HTTP within its answer, or sent more than it announced (${code})`,
    };
  return { kind: 'not-http', message: `${at} does not answer in HTTP (${code})` };
}

function codeOf(error: Error & { readonly code?: string }): string {
  if (error.code !== undefined) return error.code;
  // Several addresses were tried: the first one's code stands for all.
  if (error instanceof AggregateError) {
    const first = (error.errors as readonly unknown[])[0];
    if (first instanceof Error) return codeOf(first);
  }
  return '';
}

function isTls(code: string, error: Error): boolean {
  return (
    code.startsWith('ERR_SSL_') ||
    code.startsWith('ERR_TLS_') ||
    code === 'EPROTO' ||
    error.message.includes('TLS connection')
  );
}

/** The words of an OpenSSL message without its error numbers and source files. */
function plain(error: Error): string {
  const openssl = /SSL routines:[^:]*:([^:]+):/.exec(error.message)?.[1];
  return openssl ?? error.message.split('\n')[0] ?? error.name;
}
