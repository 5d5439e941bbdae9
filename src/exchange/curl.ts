import type { CredentialKind, Header, RecordedRequest } from '../model/exchange.ts';
import { carriesBody } from '../values/http.ts';
import { REDACTED } from './redact.ts';

/**
 * A line for a POSIX shell that sends a recorded request again with curl, and nothing that curl adds of its own.
 *
 * Where a secret was redacted it reads a variable: CONFORM_TOKEN, CONFORM_USER and CONFORM_PASSWORD, CONFORM_COOKIE,
 * CONFORM_EXPIRED_TOKEN, TAMPERED_TOKEN, or CONFORM_SECRET for any other place.
 *
 * @param request as recorded
 * @param credentials what it presented
 */
export function curlOf(request: RecordedRequest, credentials: CredentialKind = 'valid'): string {
  const { method, url, body } = request;
  const given = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const data = body ?? (carriesBody(method) ? '' : undefined);
  const unsent = [
    ...(given.has('accept') ? [] : ['Accept:']),
    ...(given.has('user-agent') ? [] : ['User-Agent:']),
    ...(data === undefined || given.has('content-type') ? [] : ['Content-Type:']),
  ];
  return [
    'curl -g --path-as-is -i',
    // curl would wait for the body that the answer to a HEAD announces.
    method === 'HEAD' && data === undefined ? '--head' : `-X ${shellQuoted(method)}`,
    ...(method === 'HEAD' && data !== undefined ? ['--max-time 10'] : []),
    ...request.headers
      .filter(([name]) => name.toLowerCase() !== 'content-length')
      .map((header) => headerArgument(header, credentials)),
    ...unsent.map((header) => `-H ${shellQuoted(header)}`),
    ...(data === undefined ? [] : [`--data-raw ${quotedWith(data, 'CONFORM_SECRET')}`]),
    quotedWith(url, tokenVariable(credentials)),
  ].join(' ');
}

/** A word for a POSIX shell that stands for exactly this text. */
export function shellQuoted(text: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function headerArgument([name, value]: Header, credentials: CredentialKind): string {
  // curl drops a header without a value unless it ends in a semicolon.
  if (value.trim() === '') return `-H ${shellQuoted(`${name};`)}`;
  const lower = name.toLowerCase();
  if (lower === 'cookie' && value.includes(REDACTED))
    return `-H ${quotedWith(`${name}: ${REDACTED}`, 'CONFORM_COOKIE')}`;
  if (lower !== 'authorization') return `-H ${quotedWith(`${name}: ${value}`, 'CONFORM_SECRET')}`;
  if (!/^Basic /i.test(value) || !value.includes(REDACTED))
    return `-H ${quotedWith(`${name}: ${value}`, tokenVariable(credentials))}`;
  return credentials === 'wrong-password'
    ? '-u "$CONFORM_USER":wrong-password'
    : '-u "$CONFORM_USER:$CONFORM_PASSWORD"';
}

function tokenVariable(credentials: CredentialKind): string {
  switch (credentials) {
    case 'expired-token':
      return 'CONFORM_EXPIRED_TOKEN';
    case 'tampered-signature':
    case 'tampered-payload':
    case 'unsigned-token':
      return 'TAMPERED_TOKEN';
    case 'valid':
    case 'none':
    case 'token-in-query':
    case 'wrong-password':
    case 'unknown-user':
    case 'garbage-token':
    case 'three-part-garbage-token':
    case 'empty-token':
    case 'unknown-scheme':
    case 'basic-not-base64':
    case 'made-up-session':
      return 'CONFORM_TOKEN';
  }
}

function quotedWith(text: string, variable: string): string {
  return (
    text
      .split(REDACTED)
      .map((part) => (part === '' ? '' : shellQuoted(part)))
      .join(`"$${variable}"`) || "''"
  );
}
