import type { Header } from '../model/exchange.ts';
import type { Redacted } from '../model/redacted.ts';
import { knownSecrets, SHORT, type Span } from './known-secrets.ts';
import { namedSecretsIn } from './named-secrets.ts';
import { folded, type Level, levelsOf, placeIn } from './normal-form.ts';

export interface Redactor {
  /** Takes in what is known by now, besides what was known before. */
  readonly know: (more: Partial<Known>) => void;
  /** Keeps a secret that came up during the run out of everything that is told from now on. */
  readonly learn: (secret: string) => void;
  /** Learns the cookies that an answer sets. */
  readonly learnCookies: (headers: readonly Header[]) => void;
  readonly text: (text: string) => Redacted<string>;
  /** A sentence, as a tagged template: its own words stand, what is put between them is redacted. */
  readonly say: (words: TemplateStringsArray, ...between: readonly (string | number)[]) => Redacted<string>;
  readonly headers: (headers: readonly Header[]) => Redacted<readonly Header[]>;
  /**
   * The value with every text in it redacted.
   *
   * @param own names of members that hold the suite's own words: they stand
   */
  readonly all: <T>(value: T, own?: ReadonlySet<string>) => Redacted<T>;
  /** Vouches for a value that is put together of nothing but what came out of here. */
  readonly assembled: <T>(value: T) => Redacted<T>;
  /** What a reader must know: secrets that cannot be told from ordinary words. */
  readonly notes: () => readonly string[];
}

/** What a redactor is told. */
export interface Known {
  readonly secrets: readonly string[];
  /** Further headers whose values are secret; any casing. */
  readonly headerNames: readonly string[];
  /** Whole header values that stand: made up for the run, they open nothing, and a reader wants to see them. */
  readonly permitted?: readonly string[];
  /** Texts of the suite: a secret that is one of their words is hidden in its places alone. */
  readonly own?: readonly string[];
}

/** A text as it was redacted when so much was known. */
interface Told {
  readonly redacted: string;
  readonly version: number;
  /** What it holds, where that is nothing but itself: more is worked out again, for it takes room. */
  readonly levels: readonly Level[] | null;
}

export const REDACTED = '[redacted]';

/** A target may set cookies as long as it likes: no more of them are looked for in what it says. Two for each stranger of a whole run are fewer. */
const MOST_COOKIES = 8192;

/** Texts of up to so many characters, and so many of them, are remembered as they were redacted. */
const REMEMBERED = 2048;
const MOST_REMEMBERED = 1024;

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
/** Names of authentication schemes (IANA), which tell what was presented: RFC 9110 §11.4. Another first word may be the secret. */
const SCHEMES = new Set(
  'apikey basic bearer concealed digest dpop gnap hoba mutual negotiate ntlm oauth privatetoken token vapid'.split(' '),
);

/**
 * Creates the one redactor of a process: a run, and whatever is said before it and of it, goes through the same. What is
 * recorded in memory holds secrets, since judging needs the exact words; a report, a plan, a baseline or a message is
 * made of what comes out of here.
 *
 * Replaced by `[redacted]`: credentials and cookies by their header, secrets by the name of their member or parameter,
 * whatever looks like a JSON Web Token, and every secret known, however it is spelled: any escapes of JSON, XML, CSV, JSV
 * and URLs, also within each other, any letter case, in Base64 at any place within something longer, in hexadecimal.
 * A secret of fewer than 8 characters counts where it is a whole token, one of fewer than 4, or one that is a word of the
 * suite's own, in its places alone. Ids and other ordinary text stay.
 *
 * @param told what is known from the beginning; nothing, where it is made before anything is
 */
export function createRedactor(told: Partial<Known> = {}): Redactor {
  let known = knownSecrets();
  const given = new Set<string>();
  const givenFolded = new Set<string>();
  const ownWords = new Set<string>();
  const harmless = new Set<string>();
  const secretHeaders = new Set(SECRET_HEADERS);
  const cookies = new Set<string>();
  let short = false;
  let ordinary = false;
  let flooded = false;

  // Most headers and many bodies of a run are the same; what has become known may change how they are told.
  const remembered = new Map<string, Told>();
  let version = 0;

  const learn = (secret: string): void => {
    const word = folded(secret).text;
    given.add(secret);
    givenFolded.add(word);
    if (ownWords.has(word)) ordinary = true;
    else if (known.add(secret)) version += 1;
  };
  const know = ({ secrets = [], headerNames = [], permitted = [], own = [] }: Partial<Known>): void => {
    let turnedOut = false;
    for (const text of own)
      for (const word of text.toLowerCase().match(/[a-z]{4,}/g) ?? []) {
        turnedOut ||= givenFolded.has(word) && !ownWords.has(word);
        ownWords.add(word);
      }
    for (const name of headerNames) secretHeaders.add(name.toLowerCase());
    for (const value of permitted) harmless.add(value);
    short ||= secrets.some((secret) => secret !== '' && secret.length < SHORT);
    // What was a secret until now may turn out to be a word of the suite.
    if (turnedOut) {
      known = knownSecrets();
      version += 1;
      for (const secret of given) learn(secret);
    }
    for (const secret of secrets) learn(secret);
  };
  know(told);

  const text = (given: string): string => {
    if (given.length > REMEMBERED) return worked(given, levelsOf(given));
    const before = remembered.get(given);
    if (before?.version === version) return before.redacted;
    const levels = before?.levels ?? levelsOf(given);
    if (before === undefined && remembered.size >= MOST_REMEMBERED) remembered.clear();
    const redacted = worked(given, levels);
    remembered.set(given, { redacted, version, levels: levels.length === 1 ? levels : null });
    return redacted;
  };
  const worked = (given: string, levels: readonly Level[]): string => {
    const spans = levels.flatMap((level) => [
      ...known.in(level),
      ...namedSecretsIn(level.text).map((span) => placeIn(level, ...span)),
    ]);
    return spans.length === 0 ? given : without(spans, given);
  };

  const header = ([name, value]: Header): Header => {
    const lower = name.toLowerCase();
    if (harmless.has(value)) return [name, value];
    return [text(name), valueOf(lower, value)];
  };
  const valueOf = (lower: string, value: string): string => {
    if (CREDENTIAL_HEADERS.has(lower)) return withoutCredentials(value);
    // Looked through before it is taken apart: what escapes a character may end with a semicolon.
    if (lower === 'cookie')
      return text(value)
        .split(';')
        .map((pair) => withoutCookieValue(pair.trim()))
        .join('; ');
    if (lower === 'set-cookie') {
      const [pair = '', ...attributes] = text(value).split(';');
      return [withoutCookieValue(pair), ...attributes].map((part) => part.trim()).join('; ');
    }
    return secretHeaders.has(lower) && value !== '' ? REDACTED : text(value);
  };

  /** The value itself where it holds nothing secret, as most do. */
  const all = (value: unknown, own: ReadonlySet<string>): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const list: readonly unknown[] = value;
      const items = list.map((item) => all(item, own));
      return items.every((item, i) => item === list[i]) ? list : items;
    }
    const members = Object.entries(value).map(([name, member]: [string, unknown]) => ({
      name,
      member,
      told: own.has(name) ? member : all(member, own),
    }));
    return members.every(({ member, told }) => member === told)
      ? value
      : Object.fromEntries(members.map(({ name, told }) => [name, told]));
  };

  return {
    know,
    learn,
    learnCookies: (headers) => {
      for (const value of cookiesSetBy(headers)) {
        if (cookies.has(value)) continue;
        flooded ||= cookies.size === MOST_COOKIES;
        if (flooded) return;
        cookies.add(value);
        learn(value);
      }
    },
    text: (given) => text(given) as Redacted<string>,
    say: (words, ...between) =>
      words.map((word, i) => `${word}${text(String(between[i] ?? ''))}`).join('') as Redacted<string>,
    headers: (headers) => headers.map(header) as unknown as Redacted<readonly Header[]>,
    all: <T>(value: T, own: ReadonlySet<string> = new Set()) => all(value, own) as Redacted<T>,
    assembled: <T>(value: T) => value as Redacted<T>,
    notes: () => [
      ...(short || ordinary
        ? [
            `a secret of this run is ${ordinary ? 'an ordinary word' : `shorter than ${SHORT} characters`}, so it is hidden ${ordinary ? 'in headers and named members' : 'where it stands alone'} only; use a longer, drawn one`,
          ]
        : []),
      ...(flooded
        ? [`the target set more than ${MOST_COOKIES} cookies; the values of further ones are hidden in headers only`]
        : []),
    ],
  };
}

/** For exchanges that nobody will see: what they hold dies with the provider that made it up. */
export const nothingToHide: Redactor = {
  know: () => undefined,
  learn: () => undefined,
  learnCookies: () => undefined,
  text: (text) => text as Redacted<string>,
  say: (words, ...between) => String.raw({ raw: words }, ...between) as Redacted<string>,
  headers: (headers) => headers as Redacted<readonly Header[]>,
  all: <T>(value: T) => value as Redacted<T>,
  assembled: <T>(value: T) => value as Redacted<T>,
  notes: () => [],
};

/**
 * What the headers of a request present: credentials without their scheme, the password of Basic ones by itself, cookies,
 * keys.
 */
export function secretsPresented(headers: readonly Header[]): readonly string[] {
  return headers
    .flatMap(([name, value]): readonly string[] => {
      const lower = name.toLowerCase();
      if (lower === 'cookie') return value.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
      if (!CREDENTIAL_HEADERS.has(lower)) return SECRET_HEADERS.includes(lower) ? [value] : [];
      const [, scheme = '', credentials = ''] = /^(\S+)\s+(\S.*)$/.exec(value) ?? [];
      if (scheme.toLowerCase() !== 'basic') return [SCHEMES.has(scheme.toLowerCase()) ? credentials : value];
      const pair = Buffer.from(credentials, 'base64').toString('utf8');
      return [credentials, pair.slice(pair.indexOf(':') + 1)];
    })
    .filter((secret) => secret !== '' && !secret.includes(REDACTED));
}

function without(spans: readonly Span[], text: string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const [start, end] of [...spans].sort(([a], [b]) => a - b)) {
    if (end <= at) continue;
    // What adjoins or overlaps the one before is a part of it.
    if (start > at || pieces.length === 0) pieces.push(text.slice(at, start), REDACTED);
    at = end;
  }
  return `${pieces.join('')}${text.slice(at)}`;
}

function withoutCredentials(value: string): string {
  const [scheme = ''] = /^[^ \t]*[ \t]*/.exec(value) ?? [];
  if (!SCHEMES.has(scheme.trim().toLowerCase())) return value === '' ? '' : REDACTED;
  return scheme === value && scheme !== scheme.trim() ? value : `${scheme}${REDACTED}`;
}

function withoutCookieValue(pair: string): string {
  const at = pair.indexOf('=');
  if (at < 0) return pair === '' ? '' : REDACTED;
  return at === pair.length - 1 ? pair : `${pair.slice(0, at + 1)}${REDACTED}`;
}

/** Values that a target set as cookies; shorter ones, and what the framework's own says of the session's kind, are words. */
export function cookiesSetBy(headers: readonly Header[]): readonly string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .map(([, value]) => value.split(';', 1).join('').trim())
    .filter((pair) => !pair.startsWith('ss-opt='))
    .map((pair) => pair.slice(pair.indexOf('=') + 1).replace(/^"|"$/g, ''))
    .filter((value) => value.length >= SHORT);
}
