import type { CredentialKind, Header, RecordedRequest } from '../model/exchange.ts';
import { carriesBody } from '../values/http.ts';
import { REDACTED } from './redact.ts';

/** A part of a text: as it stands, or left to a variable of the environment because it is a secret. */
export type Piece = { readonly text: string } | { readonly variable: string };

/** An option of curl by its long name, which its configuration files know as well. */
export type CurlOption =
  | { readonly name: 'globoff' | 'path-as-is' | 'include' | 'head' }
  | { readonly name: 'request' | 'header' | 'user' | 'max-time' | 'data' | 'url'; readonly value: readonly Piece[] };

/**
 * What curl has to be told to send a recorded request again, and nothing of its own.
 *
 * Where a secret was redacted a variable is read: CONFORM_TOKEN, CONFORM_USER and CONFORM_PASSWORD, CONFORM_COOKIE,
 * CONFORM_EXPIRED_TOKEN, TAMPERED_TOKEN, CONFORM_LESSER_TOKEN, CONFORM_LESSER_USER and CONFORM_LESSER_PASSWORD, or CONFORM_SECRET for any other place.
 *
 * @param request as recorded
 * @param credentials what it presented
 */
export function curlOptions(request: RecordedRequest, credentials: CredentialKind): readonly CurlOption[] {
  const { method, url, body } = request;
  const given = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const data = body ?? (carriesBody(method) ? '' : undefined);
  const unsent = [
    ...(given.has('accept') ? [] : ['Accept:']),
    ...(given.has('user-agent') ? [] : ['User-Agent:']),
    ...(data === undefined || given.has('content-type') ? [] : ['Content-Type:']),
    // curl would ask before it sends a body that is large.
    ...(data === undefined || data.length < EXPECTS || given.has('expect') ? [] : ['Expect:']),
  ];
  return [
    { name: 'globoff' },
    { name: 'path-as-is' },
    { name: 'include' },
    // curl would wait for the body that the answer to a HEAD announces.
    method === 'HEAD' && data === undefined ? { name: 'head' } : { name: 'request', value: [{ text: method }] },
    ...(method === 'HEAD' && data !== undefined ? [{ name: 'max-time', value: [{ text: '10' }] } as const] : []),
    ...request.headers
      .filter(([name]) => name.toLowerCase() !== 'content-length')
      .map((header) => headerOption(header, credentials)),
    ...unsent.map((header) => ({ name: 'header', value: [{ text: header }] }) as const),
    ...(data === undefined ? [] : [{ name: 'data', value: piecesOf(data, 'CONFORM_SECRET') } as const]),
    // A value of a member may be a secret as well.
    {
      name: 'url',
      value: addressOf(url, credentials === 'token-in-query' ? tokenVariable(credentials) : 'CONFORM_SECRET'),
    },
  ];
}

/** Stands at the beginning of a URL in the place of a target that nobody has named: CONFORM_TARGET is read for it. */
export const ANY_TARGET = '[target]';

function addressOf(url: string, variable: string): readonly Piece[] {
  return url.startsWith(ANY_TARGET)
    ? [{ variable: 'CONFORM_TARGET' }, ...piecesOf(url.slice(ANY_TARGET.length), variable)]
    : piecesOf(url, variable);
}

/** Bytes of a body from which on some versions of curl send `Expect: 100-continue`. */
const EXPECTS = 1024;

const SHORT = {
  globoff: '-g',
  'path-as-is': '--path-as-is',
  include: '-i',
  head: '--head',
  request: '-X',
  header: '-H',
  user: '-u',
  'max-time': '--max-time',
  data: '--data-raw',
} as const;

/**
 * A line for bash that sends a recorded request again with curl, byte for byte.
 *
 * @param request as recorded
 * @param credentials what it presented
 */
export function curlOf(request: RecordedRequest, credentials: CredentialKind = 'valid'): string {
  const options = curlOptions(request, credentials);
  const data = options.flatMap((o) => (o.name === 'data' ? [o.value] : []))[0] ?? [];
  const streamed = mustBeStreamed(data);
  const words = options.flatMap((option): readonly string[] => {
    switch (option.name) {
      case 'globoff':
      case 'path-as-is':
      case 'include':
      case 'head':
        return [SHORT[option.name]];
      case 'url':
        return [quotedPieces(option.value)];
      case 'data':
        return streamed ? ['--data-binary', '@-'] : [SHORT.data, quotedPieces(option.value)];
      case 'request':
      case 'header':
      case 'user':
      case 'max-time':
        return [SHORT[option.name], quotedPieces(option.value)];
    }
  });
  const line = ['curl', ...words].join(' ');
  return streamed ? `{ ${data.flatMap(printing).join(' ')} } | ${line}` : line;
}

/** A word of a command line may have 128 KiB and no NUL; a body that could not be read on a screen is made, not shown. */
function mustBeStreamed(data: readonly Piece[]): boolean {
  const text = data.map((p) => ('text' in p ? p.text : '')).join('');
  return text.includes('\0') || (text.length > SHOWN && runs.test(text)) || text.length > WORD;
}

const SHOWN = 2000;
const WORD = 100_000;
/** The same character, in ASCII, a hundred times and more; or NUL, which no word can hold. */
const runs = /([\x01-\x7f])\1{99,}|\0+/s;

/** Commands that print a piece of a body. */
function printing(piece: Piece): readonly string[] {
  if ('variable' in piece) return [`printf %s "$${piece.variable}";`];
  const commands: string[] = [];
  let rest = piece.text;
  for (let run = runs.exec(rest); run !== null; run = runs.exec(rest)) {
    if (run.index > 0) commands.push(`printf %s ${shellQuoted(rest.slice(0, run.index))};`);
    const [repeated] = run;
    const made = `head -c ${String(repeated.length)} /dev/zero`;
    const character = repeated.charAt(0);
    commands.push(character === '\0' ? `${made};` : `${made} | tr '\\0' ${shellQuoted(character)};`);
    rest = rest.slice(run.index + repeated.length);
  }
  return rest === '' ? commands : [...commands, `printf %s ${shellQuoted(rest)};`];
}

/**
 * A word for bash that stands for exactly this text: plain, in quotes, or, where a character could get lost on the way
 * through a terminal or an editor, spelled with its bytes.
 */
export function shellQuoted(text: string): string {
  if (/^[A-Za-z0-9_./:@%+=,-]+$/.test(text)) return text;
  return isFragile(text) ? `$'${text.replace(SPELLED, spelled)}'` : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Whether a character could get lost on the way through a terminal or an editor; printable ASCII, as most texts are, holds none. */
export function isFragile(text: string): boolean {
  return !/^[ -~]*$/.test(text) && FRAGILE.test(text);
}

/** Controls, format characters and separators: what a report would show in visible form instead. */
const FRAGILE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Cn}]/u;
const SPELLED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Cn}'\\]/gu;

function spelled(character: string): string {
  switch (character) {
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    case "'":
    case '\\':
      return `\\${character}`;
    default:
      // By bytes: what \u stands for depends on the locale.
      return [...Buffer.from(character, 'utf8')].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  }
}

function quotedPieces(pieces: readonly Piece[]): string {
  return (
    pieces.map((piece) => ('variable' in piece ? `"$${piece.variable}"` : shellQuoted(piece.text))).join('') || "''"
  );
}

function headerOption([name, value]: Header, credentials: CredentialKind): CurlOption {
  const header = (text: string, variable: string): CurlOption => ({ name: 'header', value: piecesOf(text, variable) });
  // curl drops a header without a value unless it ends in a semicolon.
  if (value.trim() === '') return header(`${name};`, 'CONFORM_SECRET');
  const lower = name.toLowerCase();
  if (lower === 'cookie' && value.includes(REDACTED)) return header(`${name}: ${REDACTED}`, 'CONFORM_COOKIE');
  if (lower !== 'authorization') return header(`${name}: ${value}`, 'CONFORM_SECRET');
  // curl itself would spell the scheme as usual.
  if (credentials === 'valid-in-small-letters' && value.startsWith('basic '))
    return header(`${name}: ${value}`, 'CONFORM_SECRET');
  if (!/^Basic /i.test(value) || !value.includes(REDACTED))
    return header(`${name}: ${value}`, tokenVariable(credentials));
  return { name: 'user', value: basicPieces(credentials) };
}

function basicPieces(credentials: CredentialKind): readonly Piece[] {
  if (credentials === 'lesser-credentials')
    return [{ variable: 'CONFORM_LESSER_USER' }, { text: ':' }, { variable: 'CONFORM_LESSER_PASSWORD' }];
  const password: Piece =
    credentials === 'wrong-password' ? { text: 'wrong-password' } : { variable: 'CONFORM_PASSWORD' };
  return [{ variable: 'CONFORM_USER' }, { text: ':' }, password];
}

function tokenVariable(credentials: CredentialKind): string {
  switch (credentials) {
    case 'expired-token':
      return 'CONFORM_EXPIRED_TOKEN';
    case 'lesser-credentials':
      return 'CONFORM_LESSER_TOKEN';
    case 'tampered-signature':
    case 'tampered-payload':
    case 'unsigned-token':
      return 'TAMPERED_TOKEN';
    case 'valid':
    case 'valid-in-small-letters':
    case 'none':
    case 'token-in-query':
    case 'wrong-password':
    case 'empty-password':
    case 'unknown-user':
    case 'garbage-token':
    case 'three-part-garbage-token':
    case 'empty-token':
    case 'unknown-scheme':
    case 'basic-not-base64':
    case 'made-up-session':
    case 'made-up-key':
    case 'made-up-cookie':
    case 'empty-authorization':
      return 'CONFORM_TOKEN';
  }
}

function piecesOf(text: string, variable: string): readonly Piece[] {
  if (!text.includes(REDACTED)) return text === '' ? [] : [{ text }];
  return text
    .split(REDACTED)
    .flatMap((part, i): readonly Piece[] => [
      ...(i === 0 ? [] : [{ variable }]),
      ...(part === '' ? [] : [{ text: part }]),
    ]);
}
