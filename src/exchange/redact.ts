import type { Header } from '../model/exchange.ts';

export interface Redactor {
  /** Keeps a secret that came up during the run out of everything that is recorded from now on. */
  readonly learn: (secret: string) => void;
  readonly text: (text: string) => string;
  readonly headers: (headers: readonly Header[]) => readonly Header[];
  readonly url: (url: string) => string;
}

export interface RedactorOptions {
  readonly secrets: readonly string[];
  /** Further headers whose values are secret; any casing. */
  readonly headerNames: readonly string[];
  /** Whole header values that stand: made up for the run, they open nothing, and a reader wants to see them. */
  readonly permitted?: readonly string[];
}

export const REDACTED = '[redacted]';

/** Shorter ones would blank ordinary words: they are redacted by their place alone, in headers and named members. */
const SHORTEST = 4;
/** Shorter ones count only where no letter or digit adjoins them. */
const SHORTEST_ANYWHERE = 8;

const CREDENTIAL_HEADERS = new Set(['authorization', 'proxy-authorization']);
const SECRET_HEADERS = [
  'x-api-key',
  'api-key',
  'x-auth-token',
  'x-access-token',
  'x-csrf-token',
  'x-ss-id',
  'x-ss-pid',
];

/** Members, query parameters and form fields that carry secrets, in any casing. */
const SECRET_NAMES = [
  'password',
  'passwd',
  'pwd',
  'secret',
  'client_?secret',
  'token',
  '(?:bearer|access|refresh|id|auth)_?token',
  'session_?id',
  'api_?key',
  'ss-tok',
  'ss-reftok',
  'ss-id',
  'ss-pid',
].join('|');

/** Part of everything that the patterns below look for: most texts have none of it, and need no further search. */
const HINT = /passw|pwd|secret|token|session|api_?key|ss-|eyJ|@/i;

/** What a drawn cookie is made of; its other characters have too many spellings to look for. */
const RUN = /[A-Za-z0-9_-]{8,}/g;
/** What an escape leaves in front of a run, by the character before it: `%3D…`, `\\u003d…`. */
const ESCAPE_TAILS: Readonly<Record<string, number>> = { '%': 2, '\\': 5 };

const JWT = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g;
const USER_INFO = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@"'<>]{1,500}@/gi;

/**
 * Each keeps what stands before the secret, its first group. Repetitions that could start anywhere are bounded, so that
 * no body makes the search slow.
 */
const NAMED: readonly RegExp[] = [
  // JSON: "Password":"…"
  new RegExp(String.raw`("(?:${SECRET_NAMES})"\s*:\s*")(?:\\.|[^"\\])+`, 'gi'),
  // JSON within a JSON string: \"Password\":\"…\", where \\\" is a quote of the value's own
  new RegExp(String.raw`(\\"(?:${SECRET_NAMES})\\"\s*:\s*\\")(?:\\\\\\"|\\(?!")|[^"\\])+`, 'gi'),
  new RegExp(String.raw`("(?:${SECRET_NAMES})"\s*:\s*)-?\d[\d.eE+-]*`, 'gi'),
  // XML, with or without a prefix: <d:Password>…
  new RegExp(String.raw`(<(?:[\w.-]+:)?(?:${SECRET_NAMES})(?:\s[^<>]*)?(?<!/)>)[^<]+`, 'gi'),
  // JSV: {Password:…,
  new RegExp(String.raw`([{,]\s*(?:${SECRET_NAMES})\s*:\s*)(?:"(?:[^"]|"")*"|[^\s",{}\[\]][^,{}\[\]\r\n]*)`, 'gi'),
  // Query and form: ?token=…, &token=…, token=… at the start
  new RegExp(String.raw`((?:^|[?&;#])(?:${SECRET_NAMES})=)[^&;#\s"'<>]+`, 'gi'),
  // The same encoded once or more within another URL: %3Ftoken%3D…
  new RegExp(
    String.raw`(%(?:25){0,4}(?:3F|26|23)(?:${SECRET_NAMES})%(?:25){0,4}3D)(?:(?!%(?:25){0,4}(?:26|23))[^&#\s"'<>])+`,
    'gi',
  ),
];

/**
 * Creates the one redactor of a run; it works where exchanges are recorded, so that no report ever holds a secret.
 *
 * Replaced by `[redacted]`: credentials and cookies by their header, secrets by the name of their member or parameter,
 * whatever looks like a JSON Web Token, and every secret known, in each spelling that JSON, XML, JSV, CSV, URLs and
 * Base64 give it. Ids and other ordinary text stay.
 */
export function createRedactor({ secrets, headerNames, permitted = [] }: RedactorOptions): Redactor {
  const known = new Set<string>();
  const harmless = new Set(permitted);
  const secretHeaders = new Set([...SECRET_HEADERS, ...headerNames.map((name) => name.toLowerCase())]);
  let literal: RegExp | undefined;

  const learn = (secret: string): void => {
    if (secret.length < SHORTEST || known.has(secret)) return;
    known.add(secret);
    literal = anyOf([...known]);
  };
  for (const secret of secrets) learn(secret);

  // A host may set a new cookie with every answer: a pattern of them all would make each text slower than the last.
  const marks = new Set<string>();
  const learnCookie = (value: string): void => {
    for (const run of value.match(RUN) ?? []) marks.add(run);
  };
  const withoutCookies = (given: string): string =>
    marks.size === 0 ? given : given.replace(RUN, (run, at: number) => withoutMark(run, given.charAt(at - 1), marks));

  const text = (given: string): string => {
    const clean = withoutCookies(literal === undefined ? given : given.replace(literal, REDACTED));
    if (!HINT.test(clean)) return clean;
    return NAMED.reduce((s, named) => s.replace(named, `$1${REDACTED}`), clean.replace(JWT, REDACTED)).replace(
      USER_INFO,
      `$1${REDACTED}@`,
    );
  };

  const header = ([name, value]: Header): Header => {
    const lower = name.toLowerCase();
    if (harmless.has(value)) return [name, value];
    if (CREDENTIAL_HEADERS.has(lower)) return [name, withoutCredentials(value)];
    if (lower === 'cookie') return [name, value.split(/;\s*/).map(withoutCookieValue).join('; ')];
    if (lower === 'set-cookie') {
      const [pair = '', ...attributes] = value.split(/;\s*/);
      return [name, [withoutCookieValue(pair), ...attributes].join('; ')];
    }
    return secretHeaders.has(lower) ? [name, value === '' ? '' : REDACTED] : [name, text(value)];
  };

  return {
    learn,
    text,
    headers: (headers) => {
      for (const value of cookiesSetBy(headers)) learnCookie(value);
      return headers.map(header);
    },
    url: text,
  };
}

/** For exchanges that nobody will see: what they hold dies with the provider that made it up. */
export const nothingToHide: Redactor = {
  learn: () => undefined,
  text: (text) => text,
  headers: (headers) => headers,
  url: (url) => url,
};

function anyOf(secrets: readonly string[]): RegExp {
  // The longest first: a secret that begins with another one is replaced whole.
  const patterns = [...secrets]
    .sort((a, b) => b.length - a.length)
    .map((secret) => {
      const spelled = spellingsOf(secret);
      return secret.length < SHORTEST_ANYWHERE ? `(?<![A-Za-z0-9])(?:${spelled})(?![A-Za-z0-9])` : spelled;
    });
  return new RegExp(patterns.join('|'), 'g');
}

/** The scheme tells what was presented, and may stay: RFC 9110 §11.4. */
function withoutCredentials(value: string): string {
  const [, scheme, rest] = /^(\S+\s+)(.*)$/s.exec(value) ?? [];
  if (scheme === undefined) return value === '' ? '' : REDACTED;
  return rest === '' ? value : `${scheme}${REDACTED}`;
}

function withoutCookieValue(pair: string): string {
  const at = pair.indexOf('=');
  if (at < 0) return pair === '' ? '' : REDACTED;
  return at === pair.length - 1 ? pair : `${pair.slice(0, at + 1)}${REDACTED}`;
}

function withoutMark(run: string, before: string, marks: ReadonlySet<string>): string {
  if (marks.has(run)) return REDACTED;
  const tail = ESCAPE_TAILS[before];
  return tail !== undefined && marks.has(run.slice(tail)) ? `${run.slice(0, tail)}${REDACTED}` : run;
}

/** Values that a target set as cookies and that look drawn, not written: a plain word in a cookie is no secret. */
function cookiesSetBy(headers: readonly Header[]): readonly string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .map(([, value]) => /^[^=;]*=([^;]*)/.exec(value)?.[1]?.trim() ?? '')
    .filter((value) => value.length >= SHORTEST_ANYWHERE && (/\d/.test(value) || /[a-z][A-Z]/.test(value)));
}

const XML_NAMES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/**
 * The source of a regular expression for every spelling of a secret that a body, URL or header may hold: as it is, with
 * any of its characters escaped for JSON, XML, CSV and JSV or percent-encoded (also more than once), and in Base64.
 * Repetitions are bounded, so that no body makes the search slow.
 */
export function spellingsOf(secret: string): string {
  const bytes = Buffer.from(secret, 'utf8');
  const base64 = [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
  const inCharacters = Array.from(secret, spellingsOfCharacter).join('');
  // Short Base64 would meet ordinary text by chance.
  return [inCharacters, ...new Set(base64.filter((s) => s.length >= 8).map((s) => `${escaped(s)}={0,2}`))].join('|');
}

function spellingsOfCharacter(character: string): string {
  // Nothing escapes these.
  if (/[A-Za-z0-9]/.test(character)) return character;
  const percent = Array.from(
    Buffer.from(character, 'utf8'),
    (byte) => `%(?:25){0,4}${anyCase(byte.toString(16).padStart(2, '0'))}`,
  ).join('');
  const unicode = Array.from(
    { length: character.length },
    (_, i) => String.raw`\\{1,8}u${anyCase(character.charCodeAt(i).toString(16).padStart(4, '0'))}`,
  ).join('');
  const point = character.codePointAt(0) ?? 0;
  const numeric = `&#(?:0{0,6}${point.toFixed(0)}|[xX]0{0,6}${anyCase(point.toString(16))});`;
  const named = XML_NAMES[character];
  return `(?:${[
    percent,
    unicode,
    numeric,
    ...(named === undefined ? [] : [`&${named};`]),
    ...(character === ' ' ? ['\\+'] : []),
    ...(character === '"' ? ['""'] : []),
    String.raw`\\{0,8}${escaped(character)}`,
  ].join('|')})`;
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/gi, (digit) => `[${digit.toLowerCase()}${digit.toUpperCase()}]`);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
