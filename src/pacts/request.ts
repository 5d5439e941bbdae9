import type { Contract } from '../model/contract.ts';
import type { Header } from '../model/exchange.ts';
import type { Shape } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import type { Names } from '../exchange/fence.ts';
import { readBody } from '../formats/body.ts';
import { readForm } from '../formats/form.ts';
import { readXmlTexts } from '../formats/xml.ts';
import { compacted, guidsInAnyForm, zeroGuid } from '../values/guid.ts';
import { mediaTypeIn } from '../values/http.ts';
import { isList } from '../values/json.ts';

/** A request of a pact, before it is sent on. */
export interface PactRequest {
  readonly method: string;
  /** As it stands on the request line. */
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

/** What a request says, read as the service reads it. */
export type RequestRead =
  | {
      readonly ok: true;
      /** Decoded, without its query. */
      readonly path: string;
      readonly names: Names;
      /** An id that was neither made nor drawn for this run; null when there is none. */
      readonly foreign: string | null;
    }
  /** A body that is read by nobody here; `foreign` as far as its text tells. */
  | { readonly ok: false; readonly problem: string; readonly foreign: string | null };

/** Spellings that .NET reads as a Guid besides D, N, B and P: form X, and form D whose parts have a sign or a 0x. */
const formX = /0x[0-9a-f]{1,8}\s*,\s*0x[0-9a-f]{1,4}/gi;
const looseD = /(?:\+|0x)?[0-9a-f]{1,8}(?:-(?:\+|0x)?[0-9a-f]{1,4}){3}-(?:\+|0x)?[0-9a-f]{1,12}/gi;

/** JSON carries its own types. */
const anything: Shape = { kind: 'text' };

/** A text where an id may stand, with the name of the member or parameter that holds it. */
interface Leaf {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads what a request says of subjects. A list of forbidden spellings could not hold, so the place of the subject takes
 * nothing but an id that is the run's own, and everywhere else no id may stand that is not.
 *
 * @param request as Pact's verifier sends it
 * @param own ids that were made or drawn for this interaction, in form N, lower case
 * @param contract the operation that the run is about
 */
export function readRequest(request: PactRequest, own: ReadonlySet<string>, contract: Contract): RequestRead {
  const [rawPath, query] = cut(request.target, '?');
  const path = once(rawPath);
  const isOwn = (id: string): boolean => id === compacted(zeroGuid) || own.has(id);
  const everything = [request.target, request.body, ...request.headers.map(([, value]) => value)];
  const foreign = everything.flatMap((text) => idsIn(text)).find((id) => !isOwn(plain(id))) ?? null;
  if (path === null) return { ok: false, problem: 'its path holds a broken or doubled escape', foreign };
  const leaves = [...leavesOfForm(query), ...leavesOfBody(request)];
  const unread = leaves.find((leaf) => typeof leaf === 'string');
  if (typeof unread === 'string') return { ok: false, problem: unread, foreign };
  const read = leaves.filter((leaf): leaf is Leaf => typeof leaf !== 'string');
  const hidden = read.flatMap(({ text }) => idsIn(text)).find((id) => !isOwn(plain(id))) ?? null;
  return { ok: true, path, names: namesIn(path, read, isOwn, contract), foreign: foreign ?? hidden };
}

function namesIn(
  path: string,
  leaves: readonly Leaf[],
  isOwn: (id: string) => boolean,
  { subject, routes }: Contract,
): Names {
  if (subject === null) return 'nothing';
  const inPath = routes.flatMap((route) => inPlaceOf(subject.member, route.path, path) ?? []);
  // Another path is another operation's: what that does to anything is not known here.
  if (inPath.length === 0) return 'what may exist';
  const named = [...inPath, ...leaves.filter(({ name }) => same(name, subject.member)).map(({ text }) => text)];
  const harmless = named.every((text) => idsIn(text).length > 0 && idsIn(text).every((id) => isOwn(plain(id))));
  return harmless ? 'nothing that exists' : 'what may exist';
}

/** What stands in the place of a member in a path of that route; null when the path is none. */
function inPlaceOf(member: string, route: string, path: string): string | null {
  const [places, segments] = [route.split('/'), path.split('/')];
  if (places.length !== segments.length) return null;
  const fits = places.every((place, i) => place.startsWith('{') || place === segments[i]);
  return fits ? (segments[places.indexOf(`{${member}}`)] ?? null) : null;
}

/** Every Guid in a text, whatever it is spelled in: decoded until nothing changes. */
function idsIn(text: string): readonly string[] {
  const plainText = unescaped(text);
  return [
    ...guidsInAnyForm(plainText),
    ...(plainText.match(formX) ?? []),
    ...(plainText.match(looseD) ?? []).filter((text) => /[+x]/i.test(text)),
  ];
}

function unescaped(text: string): string {
  let [before, now] = ['', text];
  for (let i = 0; i < 8 && now !== before; i += 1) {
    before = now;
    now = now
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
      .replace(/&#(\d{1,7});/g, (_, code: string) => String.fromCharCode(Number(code)))
      .replaceAll('&amp;', '&');
  }
  return now;
}

/** A path decoded as a service decodes it: once; null when that leaves an escape, or breaks. */
function once(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path);
    return /%[0-9a-f]{2}/i.test(decoded) ? null : decoded;
  } catch {
    return null;
  }
}

function leavesOfBody({ headers, body }: PactRequest): readonly (Leaf | string)[] {
  if (body === '') return [];
  const type = headers.filter(([name]) => name.toLowerCase() === 'content-type').map(([, value]) => mediaTypeIn(value));
  const [mediaType = 'no type', ...others] = type;
  if (others.length > 0) return ['it has two Content-Types'];
  if (mediaType === 'application/x-www-form-urlencoded') return leavesOfForm(body);
  if (/[/+]xml$/.test(mediaType)) {
    const read = readXmlTexts(body);
    return read.ok ? read.texts : [`its body cannot be read: ${read.problem}`];
  }
  if (!/[/+]json$|^text\/jsonl$/.test(mediaType)) return [`its body, of ${mediaType}, cannot be read`];
  const read = readBody('json', body, anything);
  return read.ok ? leavesOfValue('', read.value) : [`its body cannot be read: ${read.problem}`];
}

function leavesOfForm(text: string): readonly (Leaf | string)[] {
  if (text === '') return [];
  const read = readForm(text);
  return read.ok ? leavesOfValue('', read.value) : [`its query or form cannot be read: ${read.problem}`];
}

function leavesOfValue(name: string, value: PlainValue): readonly Leaf[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [{ name, text: String(value) }];
  if (isList(value)) return value.flatMap((item) => leavesOfValue(name, item));
  return Object.entries(value).flatMap(([member, inner]) => [
    { name: '', text: member },
    ...leavesOfValue(member, inner),
  ]);
}

/** Names of members are read in any casing. */
function same(name: string, member: string): boolean {
  return name.replace(/[^a-z0-9]/gi, '').toLowerCase() === member.toLowerCase();
}

/** An id in form N, lower case. */
export function plain(id: string): string {
  return id.replace(/[^0-9a-f]/gi, '').toLowerCase();
}

function cut(text: string, at: string): readonly [string, string] {
  const place = text.indexOf(at);
  return place === -1 ? [text, ''] : [text.slice(0, place), text.slice(place + at.length)];
}
