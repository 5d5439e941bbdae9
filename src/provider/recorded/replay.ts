import { createHmac } from 'node:crypto';
import type { Header } from '../../model/exchange.ts';
import type { Running } from '../provider.ts';
import { wordOfState } from '../service.ts';
import type { AuthenticationKind } from '../authentication.ts';
import type { AnswerRow, RequestRow } from './rows.ts';
import { exchange } from './wire.ts';
import type { Heard } from './wire.ts';

/** Where a replayed answer differs from the recorded one. */
export interface Difference {
  readonly where: 'status' | 'type' | 'challenge' | 'location' | 'allow' | 'body' | 'changed';
  readonly recorded: string;
  readonly replayed: string;
}

const subject = '11111111-1111-4111-8111-0000000000';
const bodyMembers: readonly Header[] = [
  ['ContactId', '22222222-2222-4222-8222-000000000001'],
  ['ContactTypeId', '33333333-3333-4333-8333-000000000002'],
  ['RoleId', '44444444-4444-4444-8444-000000000002'],
];
const abbreviations: readonly Header[] = [
  ['<json>', JSON.stringify(Object.fromEntries(bodyMembers))],
  ['<query>', bodyMembers.map(([n, v]) => `${n}=${v}`).join('&')],
  ['<xml>', bodyMembers.map(([n, v]) => `<${n}>${v}</${n}>`).join('')],
  ['/<id>', `/api/connections/${subject}`],
];
const usual: readonly Header[] = [
  ['Authorization', '<valid>'],
  ['Accept', 'application/json'],
  ['Content-Type', 'application/json'],
];

/** The credentials of one running provider, by the name that the table gives them. */
export interface Credentials {
  readonly valid: Header;
  readonly token: string;
  readonly expired: string;
  readonly session: string;
  readonly apiKey: string;
}

/**
 * Gathers the credentials to replay with.
 *
 * @param session the cookies of a session that was signed in; empty where nobody can sign in
 */
export function credentialsOf(running: Running, kinds: readonly AuthenticationKind[], session: string): Credentials {
  const basic = `Basic ${Buffer.from(`${running.user}:${running.password}`).toString('base64')}`;
  const tokens = kinds.includes('jwt') || kinds.includes('identity');
  const apiKey = kinds.includes('apikey') ? running.token : 'apikey-x';
  const valid: Header = tokens
    ? ['Authorization', `Bearer ${running.token}`]
    : kinds.includes('basic')
      ? ['Authorization', basic]
      : kinds.includes('apikey')
        ? ['Authorization', `Bearer ${apiKey}`]
        : ['Cookie', session];
  return { valid, token: tokens ? running.token : '', expired: tokens ? running.expiredToken : '', session, apiKey };
}

/** Sends one recorded request, as it was sent then. */
export function replay(running: Running, credentials: Credentials, row: RequestRow): Promise<Heard> {
  const port = Number(new URL(running.url).port);
  return exchange(port, bytesOf(credentials, row, port), row.method !== 'HEAD');
}

/** A recorded request with its abbreviations written out, and these credentials put in. */
export function requestOf(
  credentials: Credentials,
  row: RequestRow,
  host: string,
): { readonly target: string; readonly headers: readonly Header[]; readonly body: Buffer } {
  return {
    target: expand(row.path).replaceAll('HOST', host).replaceAll('<token>', credentials.token),
    headers: (row.headers ?? usual).map((header) => resolved(credentials, header)),
    body: bodyOf(row),
  };
}

function bytesOf(credentials: Credentials, row: RequestRow, port: number): Buffer {
  const sent = requestOf(credentials, row, `127.0.0.1:${port}`);
  const { body } = sent;
  const headers = [...sent.headers];
  if (row.wire !== 'no-host' && !headers.some(([n]) => n === 'Host')) headers.unshift(['Host', `127.0.0.1:${port}`]);
  const chunked = row.wire === 'chunked';
  if (chunked) headers.push(['Transfer-Encoding', 'chunked']);
  else if (row.wire === 'announced') headers.push(['Content-Length', '40000000']);
  else if (body.length > 0 || (row.method === 'POST' && row.wire !== 'no-length'))
    headers.push(['Content-Length', `${body.length}`]);
  const version = row.wire === 'http10' ? '1.0' : '1.1';
  const head = `${row.method} ${sent.target} HTTP/${version}\r\n${headers.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`;
  const carried = chunked
    ? Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
    : body;
  return Buffer.concat([Buffer.from(head, 'utf8'), carried]);
}

function bodyOf(row: RequestRow): Buffer {
  if (row.base64 !== undefined) return Buffer.from(row.base64, 'base64');
  if (row.fill !== undefined) return Buffer.from(`${row.fill[0]}${row.fill[1].repeat(row.fill[2])}${row.fill[3]}`);
  if (row.nest !== undefined)
    return Buffer.from(`${row.nest[0]}${'['.repeat(row.nest[1])}${']'.repeat(row.nest[1])}${row.nest[2]}`);
  return Buffer.from(expand(row.body ?? ''));
}

function expand(text: string): string {
  return abbreviations.reduce((done, [short, long]) => done.replaceAll(short, long), text);
}

function resolved(credentials: Credentials, [name, value]: Header): Header {
  if (value === '<valid>') return credentials.valid;
  const text = value
    .replace('<token>', credentials.token)
    .replace('<expired>', credentials.expired)
    .replace('<bad-signature>', tampered(credentials.token, 2))
    .replace('<changed-payload>', tampered(credentials.token, 1))
    .replace('<unsigned>', unsigned(credentials.token))
    .replace('<session>', credentials.session)
    .replace('<apikey>', credentials.apiKey)
    .replace('<apikey-basic>', Buffer.from(`${credentials.apiKey}:`).toString('base64'))
    .replace('<20000 x>', 'x'.repeat(20_000));
  return [name, text];
}

function tampered(token: string, part: number): string {
  const parts = token.split('.');
  const flipped = (text: string): string => `${text.slice(0, 4)}${text[4] === 'A' ? 'B' : 'A'}${text.slice(5)}`;
  return parts.map((text, i) => (i === part ? flipped(text) : text)).join('.');
}

function unsigned(token: string): string {
  const head = Buffer.from('{"typ":"JWT","alg":"none"}').toString('base64url');
  const payload = token.split('.')[1] ?? '';
  return `${head}.${payload}.${createHmac('sha256', 'nobody').update(payload).digest('base64url')}`;
}

/** Compares an answer with the recorded one: status, media type, challenge, location, allow, body, what changed. */
export function differences(
  running: Running,
  credentials: Credentials,
  recorded: AnswerRow,
  heard: Heard,
): readonly Difference[] {
  const header = (name: string): string => heard.headers.find(([n]) => n.toLowerCase() === name)?.[1] ?? '';
  const host = new URL(running.url).host;
  const masked = (text: string): string =>
    text
      .replaceAll(host, 'HOST')
      .replaceAll(host.replace(':', '%3a'), 'HOST')
      .replaceAll(credentials.token === '' ? '<token>' : credentials.token, '<token>');
  const changed = running
    .inspect()
    .filter((entry) => entry.changes > 0)
    .map((entry) => [String(Object.values(entry.subject)[0]).slice(-2), wordOfState(entry.state)]);
  const pairs: readonly (readonly [Difference['where'], string, string])[] = [
    ['status', String(recorded.status), String(heard.status)],
    ['type', recorded.type ?? '', header('content-type')],
    ['challenge', steady(recorded.challenge ?? ''), steady(header('www-authenticate'))],
    ['location', recorded.location ?? '', masked(header('location'))],
    ['allow', recorded.allow ?? '', header('allow')],
    ['body', ...comparable(recorded, masked(heard.body))],
    ['changed', JSON.stringify(recorded.changed ?? []), JSON.stringify(changed)],
  ];
  return pairs.flatMap(([where, a, b]) => (a === b ? [] : [{ where, recorded: a, replayed: b }]));
}

/** Times in a challenge or a message are those of the run. */
function steady(text: string): string {
  return text.replace(/\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d/g, '<time>');
}

function comparable(recorded: AnswerRow, body: string): readonly [string, string] {
  if (recorded.body === undefined) return ['', ''];
  const isJson = /^(application\/json|text\/jsonl|text\/json)/.test(recorded.type ?? '');
  if (isJson) {
    const [a, b] = [canonical(steady(recorded.body)), canonical(steady(body))];
    if (a !== null && b !== null) return [a, b];
  }
  return [recorded.body, traceless(body)];
}

/** Members whose values are those of one run. */
const unsteady = ['SessionId', 'BearerToken', 'RefreshToken', 'RefreshTokenExpiry', 'ProfileUrl', 'UserId'];

function canonical(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), (name, value: unknown) => {
      const capital = name.charAt(0).toUpperCase() + name.slice(1);
      if (capital === 'StackTrace' && typeof value === 'string' && value !== '') return '<trace>';
      return unsteady.includes(capital) ? '<any>' : value;
    });
  } catch {
    return null;
  }
}

function traceless(text: string): string {
  return text
    .replace(/(<(?:d2p1:)?StackTrace>)[\s\S]*?(<\/(?:d2p1:)?StackTrace>)/, '$1<trace>$2')
    .replace(/(StackTrace:)("{0,2})[\s\S]*?\2(?=,Errors|,Meta|\})/, '$1<trace>')
    .replace(/("[sS]tackTrace":)"(?:[^"\\]|\\.)*"/, '$1"<trace>"');
}
