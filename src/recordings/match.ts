import type { Contract } from '../model/contract.ts';
import type { Header, RequestTemplate } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Member } from '../model/schema.ts';
import { kindIn } from '../values/members.ts';
import { compactGuid, dashedGuid, isGuid } from '../values/guid.ts';
import { headerOf, mediaTypeIn, pathOf } from '../values/http.ts';
import type { HarEntry } from './har.ts';
import { TOKEN } from '../exchange/bind.ts';

/** What tokens of a template stand for in a recorded request: `Member` or `other.Member` to its value. */
export type Bindings = Readonly<Record<string, string>>;

const guid = `(?!0{8}-)${dashedGuid}`;

/** Headers that change what a request asks for; where a template has none, the recorded request has none either. */
const telling = ['x-http-method-override'];

/** A text with tokens in it, as literals with what stands between each two of them. */
interface Template {
  readonly first: string;
  readonly rest: readonly {
    readonly binds: string;
    readonly value: RegExp;
    /** Whether what was found is a value of the member. */
    readonly isOne: (found: string) => boolean;
    readonly literal: string;
  }[];
}

/** Templates, and bodies in a form in which they can be compared, each read once. */
export interface Forms {
  readonly template: (text: string) => Template;
  readonly canonical: (json: string) => string;
  /** Who routes: to endpoints a stranger that takes anything is somebody at a browser. */
  readonly hosting: Profile['hosting'];
}

/** Forms for one search; ids are of any subject, but never zero. */
export function formsOf(members: readonly Member[], hosting: Profile['hosting']): Forms {
  const byName = new Map(
    members.map((m) => [m.name, { pattern: isGuid(m) ? guid : String.raw`[^\s/?&#<>"',{}]+`, isOne: valuesOf(m) }]),
  );
  return {
    template: readOnce((text) => templateOf(text, (name) => byName.get(name) ?? nobody)),
    canonical: readOnce(canonical),
    hosting,
  };
}

/** What stands in the place of a member, and whether it is a value of it. */
interface Place {
  readonly pattern: string;
  readonly isOne: (value: string) => boolean;
}

const nobody: Place = { pattern: '(?!)', isOne: () => false };

/** Any text may be one of a text; of numbers, dates and so on only what can be read as such. */
function valuesOf(member: Member): (value: string) => boolean {
  const kind = kindIn(member);
  const isText = kind === null || (member.type.kind === 'string' && member.type.format === undefined);
  return isText ? () => true : (value) => kind.recognises(value);
}

function readOnce<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const value = known.get(text) ?? read(text);
    known.set(text, value);
    return value;
  };
}

/** Of a split by a pattern with three groups: a literal, then the three groups and the next literal, over and over. */
function templateOf(text: string, placeOf: (name: string) => Place): Template {
  const parts = text.split(TOKEN);
  const rest = parts.slice(1).flatMap((other: string | undefined, i) => {
    const [which, name = '', literal = ''] = parts.slice(i + 2);
    if (i % 4 !== 0) return [];
    const isItself = which === undefined || which === 'upper' || which === 'mixed';
    const binds = `${other ?? ''}${isItself ? '' : `${which}.`}${name}`;
    const { pattern, isOne } = placeOf(name);
    const spelt = spelling(which);
    return [{ binds, value: new RegExp(spelt ?? pattern, 'y'), isOne: spelt === null ? isOne : () => true, literal }];
  });
  return { first: parts[0] ?? '', rest };
}

/** Method and path without query, with every id and token as a star: requests that match each other have the same. */
export function likeness(method: string, path: string): string {
  const bare = pathOf(path)
    .replace(TOKEN, '*')
    .replace(new RegExp(guid, 'g'), '*')
    .replace(new RegExp(`(?<![0-9a-f])${compactGuid}(?![0-9a-f])`, 'gi'), '*');
  return `${method} ${bare}`;
}

/**
 * The same of a recorded request: once for every route that it may be of, with a star for each member that the route binds, as only a
 * Guid can be told from other segments.
 */
export function likenesses(
  method: string,
  path: string,
  { routes, formats }: Pick<Contract, 'routes' | 'formats'>,
): readonly string[] {
  const segments = pathOf(path).split('/');
  const ofRoutes = routes.flatMap((route) => {
    const places = route.path.split('/');
    const isLike =
      places.length === segments.length && places.every((place, i) => place.startsWith('{') || place === segments[i]);
    if (!isLike) return [];
    const starred = segments.map((segment, i) => {
      if (places[i]?.startsWith('{') !== true) return segment;
      const suffix = formats.map((format) => `.${format.suffix}`).find((each) => segment.endsWith(each));
      return i === segments.length - 1 && suffix !== undefined ? `*${suffix}` : '*';
    });
    return [`${method} ${starred.join('/')}`];
  });
  return [...new Set([likeness(method, path), ...ofRoutes])];
}

/**
 * Holds a recorded request against a template: method, path, query, the headers that matter, and the body with ids
 * generalised. Credentials are another matter.
 *
 * @param template the request as it is planned
 * @param entry the recorded one
 * @param path of the recorded one below the target's base, with its query
 * @param forms of this search
 * @returns what the tokens stand for; null when it is another request
 */
export function matches(template: RequestTemplate, entry: HarEntry, path: string, forms: Forms): Bindings | null {
  const anything = forms.hosting === 'classic' || template.credentials === 'valid' ? 'as the body' : 'anything';
  if (entry.method !== template.method || !sameHeaders(template.headers, entry.headers, anything)) return null;
  const [templatePath = '', templateQuery = ''] = split(template.path);
  const [entryPath = '', entryQuery = ''] = split(path);
  return merged([
    unify(forms.template(templatePath), entryPath),
    unifyQuery(templateQuery, entryQuery, forms),
    unifyBody(template.body, entry.body, isJson(template.headers), forms),
  ]);
}

function split(path: string): readonly string[] {
  const question = path.indexOf('?');
  return question === -1 ? [path] : [path.slice(0, question), path.slice(question + 1)];
}

/** The order of parameters carries no meaning to the framework. */
function unifyQuery(template: string, query: string, forms: Forms): Bindings | null {
  const [wanted, given] = [template, query].map((text) =>
    text
      .split('&')
      .filter((pair) => pair !== '')
      .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
  );
  if (wanted?.length !== given?.length) return null;
  return merged((wanted ?? []).map((pair, i) => unify(forms.template(pair), given?.[i] ?? '')));
}

function nameOf(pair: string): string {
  return pair.split('=')[0] ?? '';
}

function unifyBody(template: string | null, body: string | null, json: boolean, forms: Forms): Bindings | null {
  if (template === null || body === null) return (template ?? '') === (body ?? '') ? {} : null;
  const [wanted, given] = json ? [forms.canonical(template), forms.canonical(body)] : [template.trim(), body.trim()];
  return unify(forms.template(wanted), given);
}

/** JSON without spaces, members in alphabetical order; other text as it stands. */
function canonical(text: string): string {
  try {
    // Beyond 2^53 a number would be taken for its neighbour.
    return JSON.stringify(sorted(JSON.parse(text.replace(/(?<=[:,[] ?)-?\d{16,}(?= ?[,}\]])/g, '"#$&"'))));
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

/** Finds what the tokens of a template stand for in a text; a token that stands there twice stands for one value. */
function unify({ first, rest }: Template, text: string): Bindings | null {
  if (!text.startsWith(first)) return null;
  const bound: Bindings[] = [];
  let at = first.length;
  for (const { binds, value, isOne, literal } of rest) {
    value.lastIndex = at;
    const [found] = value.exec(text) ?? [];
    if (found === undefined || !isOne(found) || !text.startsWith(literal, at + found.length)) return null;
    at += found.length + literal.length;
    bound.push({ [binds]: isAnyGuid(found) ? found.toLowerCase() : found });
  }
  return at === text.length ? merged(bound) : null;
}

/** Two spellings of a Guid name one thing; of other values nobody knows that. */
function isAnyGuid(value: string): boolean {
  return anyGuid.test(value);
}

const anyGuid = new RegExp(`^(?:${dashedGuid}|${compactGuid})$`, 'i');

/** How what is made from an id looks; null where it looks like the id. */
function spelling(which: string | undefined): string | null {
  switch (which) {
    case 'compact':
      return compactGuid;
    case 'short':
      return '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{11}(?![0-9a-fA-F])';
    case 'digits':
      return '[0-9]{2,32}';
    default:
      return null;
  }
}

/** All bindings together; null when one is missing or two contradict each other. */
export function merged(all: readonly (Bindings | null)[]): Bindings | null {
  const together: Record<string, string> = {};
  for (const bindings of all) {
    if (bindings === null) return null;
    for (const [name, value] of Object.entries(bindings)) {
      if (together[name] !== undefined && together[name] !== value) return null;
      together[name] = value;
    }
  }
  return together;
}

/** What a request that takes anything is answered in. */
type Anything = 'as the body' | 'anything';

function sameHeaders(wanted: readonly Header[], given: readonly Header[], anything: Anything): boolean {
  return (
    sameAccept(headerOf(wanted, 'accept'), acceptIn(given, anything)) &&
    mediaType(headerOf(wanted, 'content-type')) === mediaType(headerOf(given, 'content-type')) &&
    telling.every((name) => headerOf(wanted, name) === headerOf(given, name)) &&
    wanted.every(
      ([name, value]) =>
        ['accept', 'content-type'].includes(name.toLowerCase()) || headerOf(given, name.toLowerCase()) === value,
    )
  );
}

/** A request that takes anything is answered in the type of its own body. */
function acceptIn(given: readonly Header[], anything: Anything): string | undefined {
  const accept = headerOf(given, 'accept');
  return accept?.trim() === '*/*' && anything === 'as the body'
    ? (mediaType(headerOf(given, 'content-type')) ?? accept)
    : accept;
}

/** What is asked for first: a browser's list that begins with `application/json` asks for what `application/json` does. */
function sameAccept(wanted: string | undefined, given: string | undefined): boolean {
  if (wanted === undefined || given === undefined || /[,;]/.test(wanted)) return wanted === given;
  return given.split(',')[0]?.trim().toLowerCase() === wanted.toLowerCase();
}

function mediaType(contentType: string | undefined): string | undefined {
  return contentType === undefined ? undefined : mediaTypeIn(contentType);
}

function isJson(headers: readonly Header[]): boolean {
  return /[/+]json$/.test(mediaType(headerOf(headers, 'content-type')) ?? '');
}
