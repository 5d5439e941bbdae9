import { createHash } from 'node:crypto';
import type { Observation } from '../../model/comparison.ts';
import type { Answered, Outcome, Recorded } from '../../model/exchange.ts';
import type { Shape } from '../../model/schema.ts';
import { sameData } from '../../values/data-shape.ts';
import { compactGuid, dashedGuid } from '../../values/guid.ts';
import { groupBy, literally } from '../../values/words.ts';
import { codesSaid, shapes, valueOf } from './body-shape.ts';

/** Headers that belong to one connection or one moment, or that other aspects speak of. */
const elsewhere: ReadonlySet<string> = new Set([
  'age',
  'allow',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'etag',
  'expires',
  'keep-alive',
  'last-modified',
  'location',
  'pragma',
  'set-cookie',
  'transfer-encoding',
  'www-authenticate',
]);
/** Of the others, those whose values are written by people, not drawn for each answer. */
const settled = /^(vary|content-disposition|access-control-.*|accept-.*|server|x-powered-by)$/;

/**
 * Reduces an exchange to what a client can see and rely on: status, media type, challenge, location, allow, cookies,
 * caching, framing, the shape of the body, error codes and the members they speak of, in order. Texts, ids, dates, the
 * order of headers and the time taken are left out, so that two runs of one host are observed alike.
 *
 * @param read reads the answer of an exchange
 * @param target the base URL that all were sent to; where an answer names it, `<target>` stands in its place
 * @param data what a success carries, as far as it is known
 * @returns tells it of an exchange
 */
export function observer(
  read: (recorded: Recorded) => Answered,
  target: URL,
  data: Shape | null = null,
): (recorded: Recorded) => Observation {
  const mask = maskerFor(target);
  const shapeIn = shapes(data);
  return (recorded) => observed(recorded, read, mask, shapeIn);
}

function observed(
  recorded: Recorded,
  read: (recorded: Recorded) => Answered,
  mask: Masker,
  shapeIn: (x: Answered) => string,
): Observation {
  const { outcome } = recorded;
  if (outcome.kind === 'failure') return { answer: failureIn(outcome) };
  try {
    const { httpVersion } = outcome.response;
    return withoutEmpty({
      ...aspectsOf(read(recorded), mask, shapeIn),
      // Not told where it is as usual, so that what was observed before it was looked at is no different.
      version: httpVersion === '1.1' ? '' : `HTTP/${httpVersion}`,
    });
  } catch (error) {
    // What one answer brings must not end a run.
    const reason = error instanceof Error ? error.message : String(error);
    return { answer: `${outcome.response.status}`, body: `not observed: ${reason}` };
  }
}

/** Whether an aspect was observed alike: of a body, data may have changed that live. An empty list is no line in some formats. */
export function isAlike(aspect: string, was: string | undefined, is: string | undefined): boolean {
  return was === is || (aspect === 'body' && sameData(was ?? '[]', is ?? '[]'));
}

/** The aspects in which two observations differ; how nothing is framed is no difference where data have come or gone. */
export function unlikeAspects(was: Observation, is: Observation): readonly string[] {
  const aspects = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const unlike = aspects.filter((aspect) => !isAlike(aspect, was[aspect], is[aspect]));
  const emptied = (was['body'] === undefined) !== (is['body'] === undefined) && !unlike.includes('body');
  return unlike.filter((aspect) => !emptied || aspect !== 'framing');
}

function failureIn({ failure }: Outcome & { readonly kind: 'failure' }): string {
  return `none: ${failure.kind}`;
}

function aspectsOf(x: Answered, mask: Masker, shapeIn: (x: Answered) => string): Observation {
  const named = groupBy(x.headers, ([name]) => name.toLowerCase());
  const all = (name: string): readonly string[] => named.get(name)?.map(([, value]) => value) ?? [];
  const value = valueOf(x);
  return {
    answer: `${x.status}`,
    'media type': all('content-type').map(tidy).join(' and '),
    challenge: all('www-authenticate').flatMap(challengesIn).map(mask).sort().join(', '),
    location: all('location').map(mask).join(' and '),
    allow: listed(all('allow')),
    cookies: all('set-cookie').map(cookieIn).sort().join(', '),
    caching: cachingIn(all),
    framing: framingOf(all),
    body: mask(shapeIn(x)),
    codes: value === undefined ? '' : mask(codesSaid(value)),
    headers: headersOf(x, mask),
  };
}

/** In characters: what a host says at greater length is kept by its beginning and a digest, so that it can be compared. */
const LONGEST = 4096;

function withoutEmpty(aspects: Observation): Observation {
  return Object.fromEntries(
    Object.entries(aspects).flatMap(([name, value]) => (value === '' ? [] : [[name, shortened(value)]])),
  );
}

function shortened(value: string): string {
  if (value.length <= LONGEST) return value;
  const digest = createHash('sha256').update(value).digest('hex').slice(0, 16);
  return `${value.slice(0, LONGEST)}… (${value.length} characters, SHA-256 ${digest}…)`;
}

/** Case and spaces of parameters carry no meaning: RFC 9110 §8.3.1. */
function tidy(value: string): string {
  return value
    .toLowerCase()
    .split(/([;,=])/)
    .map((part) => part.trim())
    .join('')
    .replaceAll('"', '')
    .trim();
}

function listed(values: readonly string[]): string {
  const items = values
    .flatMap((value) => value.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return [...new Set(items)].sort().join(', ');
}

/** Scheme with realm and error of each challenge (RFC 9110 §11.3); other parameters are texts or drawn. */
function challengesIn(value: string): readonly string[] {
  const challenges = value.split(/,\s*(?=[^\s=,"]+(?:\s+[^\s=,"]+\s*=|\s*$))/);
  return challenges.map((challenge) => {
    const [scheme = ''] = challenge.trim().split(/\s/);
    const told = [...challenge.matchAll(/\b(realm|error)\s*=\s*("[^"]*"|[^\s,]+)/gi)];
    return [scheme, ...told.map(([, name = '', text = '']) => `${name.toLowerCase()}=${text}`)].join(' ');
  });
}

/** A cookie's name and attributes; its value and when it ends are drawn. */
function cookieIn(value: string): string {
  const [pair = '', ...attributes] = value.split(';').map((part) => part.trim());
  const kept = attributes
    .map((a) => a.toLowerCase().replace(/^(expires|max-age)=.*$/, '$1'))
    .filter((a) => a !== '')
    .sort();
  return [pair.split('=', 1).join(''), ...kept].join('; ');
}

function cachingIn(all: (name: string) => readonly string[]): string {
  const control = listed(all('cache-control').map((value) => value.toLowerCase()));
  const pragma = listed(all('pragma').map((value) => value.toLowerCase()));
  // Validators and dates differ from answer to answer; that they are there does not.
  const dated = ['etag', 'expires', 'last-modified'].filter((name) => all(name).length > 0);
  return [...(control === '' ? [] : [control]), ...(pragma === '' ? [] : [`pragma ${pragma}`]), ...dated].join(', ');
}

function framingOf(all: (name: string) => readonly string[]): string {
  const coding = listed(all('transfer-encoding').map((value) => value.toLowerCase()));
  const encoded = listed(all('content-encoding').map((value) => value.toLowerCase()));
  const lengths = all('content-length');
  const length = lengths.length === 0 ? [] : [lengths.length === 1 ? 'length' : `${lengths.length} lengths`];
  const framing = [...(coding === '' ? [] : [coding]), ...length].join(' and ');
  return `${framing === '' ? 'none' : framing}${encoded === '' ? '' : `, ${encoded}`}`;
}

function headersOf(x: Answered, mask: Masker): string {
  const others = x.headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !elsewhere.has(name));
  return [...new Set(others.map(([name, value]) => (settled.test(name) ? `${name}: ${mask(tidy(value))}` : name)))]
    .sort()
    .join(', ');
}

/** Puts words in the place of what differs between targets and between runs. */
export type Masker = (text: string) => string;

/** Forms D, of which B and P are brackets around, and N of a Guid, which is told from a digest by what stands around it. */
const ids = new RegExp(`${dashedGuid}|(?<![0-9a-z])${compactGuid}(?![0-9a-z])`, 'gi');

/**
 * Makes a function that puts `<target>` in the place of the target's own address, plain or percent-encoded, and `<id>` in
 * the place of ids.
 *
 * @param target base URL
 */
export function maskerFor(target: URL): Masker {
  const base = target.href.replace(/\/$/, '');
  const host = new RegExp(`(?<![\\w.-])${literally(target.host)}(?![\\w.-])`, 'gi');
  const spelled = [base, encodeURIComponent(base), target.origin, encodeURIComponent(target.origin)].map(literally);
  const address = new RegExp(spelled.join('|'), 'gi');
  return (text) => text.replace(address, '<target>').replace(host, '<target>').replace(ids, '<id>');
}
