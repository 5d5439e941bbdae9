import type { NonEmpty } from '../model/contract.ts';
import type { Header, RequestTemplate, Subject, WireRequest } from '../model/exchange.ts';
import type { Member } from '../model/schema.ts';
import { compacted } from '../values/guid.ts';
import { headerOf, mediaTypeIn } from '../values/http.ts';
import { drawn } from '../values/members.ts';
import { onceFor } from '../values/once.ts';
import type { Presented } from './credentials.ts';

/** A token of a template: whose member, how it is written, which member. */
export const TOKEN = /\{\{(other\.)?(?:(upper|mixed|compact|short|digits)\.)?([^{}]*)\}\}/g;

/** How a member is written: as it is, or as what is made from it. */
type Spelling = 'upper' | 'mixed' | 'compact' | 'short' | 'digits' | undefined;

/**
 * Puts the members of subjects in the place of `{{Member}}` and `{{other.Member}}`, and what is made from them in the place of
 * `{{upper.Member}}`, `{{mixed.Member}}`, `{{compact.Member}}`, `{{short.Member}}` and `{{digits.Member}}`, or of
 * `{{other.upper.Member}}` and so on.
 *
 * @param escaped writes a value where it stands: drawn ones need no escaping anywhere, a person's may
 * @throws Error naming the token when no subject has that member: a mistake in the catalogue
 */
export function bindText(
  text: string,
  subjects: NonEmpty<Subject>,
  escaped: (value: string) => string = (value) => value,
): string {
  // Most headers have none.
  if (!text.includes('{{')) return text;
  return text.replace(TOKEN, (token, other: string | undefined, spelling: Spelling, member: string) => {
    const subject = other === undefined ? subjects[0] : subjects[1];
    const value = subject === undefined || !Object.hasOwn(subject, member) ? undefined : subject[member];
    if (value === undefined) {
      throw new Error(
        `${token} names no member of ${other === undefined ? 'the' : 'a second'} subject; write a member of the contract`,
      );
    }
    switch (spelling) {
      case 'upper':
        return value.toUpperCase();
      case 'mixed':
        return inBothCases(value);
      case 'compact':
        return compacted(value);
      case 'short':
        return value.slice(0, -1);
      case 'digits':
        return value.replace(/\D/g, '');
      case undefined:
        return escaped(value);
    }
  });
}

/** Every other letter in upper case, from the first on. */
function inBothCases(value: string): string {
  let letters = 0;
  return value.toLowerCase().replace(/[a-z]/g, (letter) => (letters++ % 2 === 0 ? letter.toUpperCase() : letter));
}

/** How a value is written in a body: by the type that it says it has. */
function escapeIn({ headers }: RequestTemplate): (value: string) => string {
  const mediaType = mediaTypeIn(headerOf(headers, 'Content-Type') ?? '');
  if (mediaType.includes('json')) return (value) => JSON.stringify(value).slice(1, -1);
  if (mediaType.includes('xml'))
    return (value) => value.replace(/[&<>"']/g, (each) => `&#${String(each.charCodeAt(0))};`);
  if (mediaType.includes('form')) return encodeURIComponent;
  // csv and jsv alike: a cell between quotes, quotes in it doubled.
  return (value) => (/[\s,"{}[\]]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
}

/** Binds path, headers and body of a template; the credentials stay a name. */
function bindTemplate(template: RequestTemplate, subjects: NonEmpty<Subject>): RequestTemplate {
  return {
    ...template,
    path: bindText(template.path, subjects, encodeURIComponent),
    headers: template.headers.map(([name, value]): Header => [name, bindText(value, subjects)]),
    body: template.body === null ? null : bindText(template.body, subjects, escapeIn(template)),
  };
}

/**
 * Makes the request that goes on the wire.
 *
 * @param template the request with its subject left open
 * @param subjects what its tokens stand for
 * @param credentials what the run's identity presents for it
 * @param base the target; its path, if it has one, goes before the template's
 */
export function bindRequest(
  template: RequestTemplate,
  subjects: NonEmpty<Subject>,
  credentials: Presented,
  base: URL,
): WireRequest {
  return presentedRequest(bindTemplate(template, subjects), credentials, base);
}

/**
 * Makes the request of a template whose subject is bound, or stays open because nobody knows it yet.
 *
 * @param bound the template as it is to stand
 * @param credentials what the run's identity presents for it
 * @param base the target; its path, if it has one, goes before the template's
 */
export function presentedRequest(bound: RequestTemplate, credentials: Presented, base: URL): WireRequest {
  const query = credentials.query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const { origin, path: below } = partsOf(base);
  // A route, a member or an operation may have a name of any script; a request line has ASCII alone (RFC 3986 §2.1).
  const path = `${below}${bound.path}`.replace(/\P{ASCII}+/gu, encodeURIComponent);
  return {
    method: bound.method,
    url: origin,
    target: query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`,
    headers: [...credentials.headers, ...bound.headers],
    body: bound.body,
  };
}

/** Of a target: where its requests go, never made from a path, for one that begins with two slashes would name another host. */
const partsOf = onceFor((base: URL) => ({ origin: new URL(base.origin), path: base.pathname.replace(/\/$/, '') }));

/**
 * The values of members: a person's example, else drawn, the same for the same seed and key. A Guid that is drawn names
 * nothing that exists; of other kinds nobody can say that.
 *
 * @param seed the seed of the run
 * @param key what the subject is for: a script's key, with its place among the script's subjects
 * @param members of the request; one that is composed of others gets no value
 */
export function drawSubject(seed: number, key: string, members: readonly Member[]): Subject {
  return Object.fromEntries(
    members.flatMap((member) => {
      const value = drawn(member, seed, key, member.name);
      return value === null ? [] : [[member.name, value]];
    }),
  );
}
