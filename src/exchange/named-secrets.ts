import type { Span } from './known-secrets.ts';
import { levelsOf } from './normal-form.ts';

/** Members, query parameters and form fields that carry secrets, in any casing. */
const NAMES = [
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

/** Part of everything that is looked for below: most texts have none of it, and need no further search. */
const HINT = /passw|pwd|secret|token|session|api_?key|ss-|eyJ|@/i;

/** Whole, or as far as it goes where this suite has shortened a text. */
const JWT = /(?<![\w-])eyJ[\w-]{5,}(?:\.[\w-]{5,}\.[\w-]*|(?:\.[\w-]*)?(?=…))/g;
const USER_INFO = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)([^\s/?#@"'<>]{1,500})@/gi;

/** What stands before a secret, and where the secret ends that begins there. */
const PLACES: readonly (readonly [before: RegExp, end: (text: string, start: number) => number])[] = [
  // JSON: "Password":"…"
  [new RegExp(String.raw`"(?:${NAMES})"\s{0,20}:\s{0,20}"`, 'gi'), endOfString],
  [new RegExp(String.raw`"(?:${NAMES})"\s{0,20}:\s{0,20}(?=-?\d)`, 'gi'), runOf(/[\d.eE+-]*/y)],
  // XML, with or without a prefix: <d:Password>…
  [new RegExp(String.raw`<(?:[\w.-]{1,99}:)?(?:${NAMES})(?:\s[^<>]{0,500})?(?<!/)>`, 'gi'), endOfElement],
  // JSV: {Password:…,
  [new RegExp(String.raw`[{,]\s{0,20}(?:${NAMES})\s{0,20}:\s{0,20}`, 'gi'), endOfJsv],
  // Query and form: ?token=…, &token=…, token=… at the start
  [new RegExp(String.raw`(?:^|[?&;#])(?:${NAMES})=`, 'gi'), runOf(/[^&;#\s"'<>]*/y)],
];

/**
 * Where a text holds what its name or its looks give away as a secret: members and parameters of certain names, JSON Web
 * Tokens, the user in a URL.
 */
export function namedSecretsIn(text: string): readonly Span[] {
  if (!HINT.test(text)) return [];
  const named = PLACES.flatMap(([before, end]) =>
    [...text.matchAll(before)].map(({ index, 0: head }): Span => {
      const start = index + head.length;
      return [start, end(text, start)];
    }),
  );
  return [
    ...named,
    ...[...text.matchAll(JWT)].map(({ index, 0: token }): Span => [index, index + token.length]),
    ...[...text.matchAll(USER_INFO)].map(({ index, 1: scheme = '', 2: user = '' }): Span => {
      const start = index + scheme.length;
      return [start, start + user.length];
    }),
  ].filter(([start, end]) => end > start);
}

/** What a text gives away as secrets, in whatever escapes, so that they are known wherever else they stand. */
export function secretsNamedIn(text: string): readonly string[] {
  return levelsOf(text).flatMap((level) => namedSecretsIn(level.text).map((span) => level.text.slice(...span)));
}

/** Longer values are cut off here, and what follows is hidden with them. */
const LONGEST = 100_000;

function endOfString(text: string, start: number): number {
  const last = Math.min(text.length, start + LONGEST);
  for (let i = start; i < last; i += 1) {
    if (text.charAt(i) === '\\') i += 1;
    else if (text.charAt(i) === '"') return i;
  }
  return text.length;
}

function endOfElement(text: string, start: number): number {
  const cdata = text.startsWith('<![CDATA[', start);
  const end = text.indexOf(cdata ? ']]>' : '<', start);
  return end < 0 ? text.length : end;
}

const bareJsv = /[^\s",{}[\]][^,{}[\]\r\n]*/y;

function endOfJsv(text: string, start: number): number {
  if (text.charAt(start) !== '"') return endOf(bareJsv, text, start);
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 2))
    if (text.charAt(quote + 1) !== '"') return quote + 1;
  return text.length;
}

function runOf(pattern: RegExp): (text: string, start: number) => number {
  return (text, start) => endOf(pattern, text, start);
}

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return start + (pattern.exec(text)?.[0].length ?? 0);
}
