import type { CredentialKind, ExchangeId } from '../../model/exchange.ts';
import type { ReportedCase, ReportedExchange, ReportedRequirement } from '../../model/report.ts';
import type { CaseKey, Harm } from '../../model/requirement.ts';
import type { Finding } from '../../model/verdict.ts';
import { placeOf } from '../../values/answers.ts';
import { dashedGuid } from '../../values/guid.ts';
import { headerOf } from '../../values/http.ts';
import { IN_DOUBT } from '../judge/reported.ts';

/** What exchanges that fail alike may have in common. */
export const DIMENSIONS = ['route', 'verb', 'format'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A case that failed, looked at from the first of its exchanges that a finding speaks of. */
export interface Failure {
  readonly requirement: ReportedRequirement;
  readonly reported: ReportedCase;
  /** The exchanges of the case up to that one, and it. */
  readonly before: readonly ReportedExchange[];
  readonly exchange: ReportedExchange | undefined;
  readonly finding: Finding;
  /** Whether the answer as a whole is wrong, or a part of it. */
  readonly about: 'answer' | 'part';
  /** That part by its name alone: two requirements may name the way to it differently. */
  readonly part: string;
  /** How many names lead to it; negative where it is missing because nothing of the body could be read. */
  readonly depth: number;
  readonly answer: Answer;
  readonly names: Readonly<Record<Dimension, ReadonlySet<string>>>;
  readonly harm: Harm;
  /** Whether the requirement is there to find that harm. */
  readonly direct: boolean;
  /** That was asked for, with ids left out; '' where nothing is known of it. */
  readonly path: string;
  /** It may be that of others, which stood on the same subject. */
  readonly inDoubt: boolean;
  /** A simpler failure is seen again in it, so it shows nothing of its own. */
  readonly echoes: boolean;
}

/** What answers of one kind have in common, whatever their format. */
export interface Answer {
  readonly status: string;
  readonly code: string;
  /** It has no body that a code could be read in. */
  readonly mute: boolean;
  /** A success is wrong for who asked, or for what was asked. */
  readonly granted: 'to one who may ask' | 'to one who may not' | 'no';
}

/**
 * Looks at the cases that failed, each from the first of its exchanges that a finding about the service speaks of.
 *
 * @param requirements judged
 * @param exchanges those that the judged cases name
 */
export function failuresIn(
  requirements: readonly ReportedRequirement[],
  exchanges: readonly ReportedExchange[],
): readonly Failure[] {
  const byId = new Map(exchanges.map((x) => [x.id, x]));
  const served = servedIn(requirements);
  return requirements.flatMap((r) =>
    r.cases
      .filter((c) => c.verdict === 'fail')
      .flatMap((c) => failureIn(r, c, byId, c.key.route !== undefined && served(c.key.route, c.key.verb))),
  );
}

/** Where something that is promised was found to be there: on a route, by a verb or by any. */
function servedIn(requirements: readonly ReportedRequirement[]): (route: string, verb: string | undefined) => boolean {
  const found = requirements
    .filter(({ breaks }) => breaks === 'lost')
    .flatMap(({ cases }) =>
      cases.flatMap(({ verdict, key }) => (verdict === 'pass' && key.variant === undefined ? [key] : [])),
    );
  const routes = new Set(found.map((key) => key.route));
  const verbs = new Set(found.map((key) => `${key.route ?? ''} ${key.verb ?? ''}`));
  return (route, verb) => (verb === undefined ? routes.has(route) : verbs.has(`${route} ${verb}`));
}

function failureIn(
  requirement: ReportedRequirement,
  reported: ReportedCase,
  exchanges: ReadonlyMap<ExchangeId, ReportedExchange>,
  isServed: boolean,
): readonly Failure[] {
  const last = reported.exchanges.length - 1;
  const placed = reported.findings
    .filter((f) => f.class === 'service')
    .map((finding) => ({ finding, ...placeOf(finding, reported.exchanges.length) }));
  const [first] = placed.toSorted((a, b) => a.at - b.at);
  if (first === undefined) return [];
  const { finding, where, at } = first;
  const before = reported.exchanges.slice(0, at + 1).flatMap((id) => exchanges.get(id) ?? []);
  const exchange = before.at(-1);
  const whole =
    placed.some((p) => p.at === at && isOfTheAnswer(p.where, p.finding)) ||
    ((isEmptyError(exchange) || (!isServed && isPageNotFound(exchange))) && /^(body|header Content-Type)/.test(where));
  const about = whole ? 'answer' : 'part';
  const answer = answerOf(exchange);
  const unread = /^(not readable|of another kind)/.test(exchange?.observed?.['body'] ?? '');
  const shown = { before, at, last, where, about, status: answer.status } as const;
  return [
    {
      requirement,
      reported,
      before,
      exchange,
      finding,
      about,
      part: unread
        ? (exchange?.observed?.['body'] ?? '')
        : (where
            .replace(/\[\d+\]/g, '')
            .split(/[ .]/)
            .at(-1) ?? ''),
      depth: about === 'answer' ? 0 : (unread && /^body [A-Z]/.test(where) ? -1 : 1) * where.split(/[ .]/).length,
      answer,
      names: namesOf(reported.key, exchange),
      ...harmIn(requirement.breaks, shown),
      path: exchange === undefined ? '' : pathOf(exchange.request.url),
      inDoubt: reported.findings.some((f) => f.where === IN_DOUBT),
      echoes: false,
    },
  ];
}

function isOfTheAnswer(where: string, { actual }: Finding): boolean {
  return /^(status|transport|answers?)\b/.test(where) || /^\d{3} with /.test(actual);
}

/** An error of which nothing can be wrong but that it is none of the operation's: it has no body. */
function isEmptyError(x: ReportedExchange | undefined): boolean {
  if (x === undefined || x.response === null) return false;
  return x.response.bytes === 0 && x.response.status >= 400 && x.request.method !== 'HEAD';
}

/** What a web server answers where nothing is. */
function isPageNotFound(x: ReportedExchange | undefined): boolean {
  return x?.response?.status === 404 && x.observed?.['body'] === 'of another kind';
}

/** What any failure shows at least. */
export function generally(about: Failure['about']): Pick<Failure, 'harm' | 'direct'> {
  return { harm: about === 'answer' ? 'refused' : 'shape', direct: false };
}

/** What a failure shows: a requirement can fail before it comes to what it is there to find. */
function harmIn(
  breaks: Harm | undefined,
  {
    at,
    last,
    where,
    about,
    status,
  }: {
    readonly at: number;
    readonly last: number;
    readonly where: string;
    readonly about: Failure['about'];
    readonly status: string;
  },
): Pick<Failure, 'harm' | 'direct'> {
  const other = generally(about);
  switch (breaks) {
    case undefined:
      return other;
    case 'executed':
    case 'changed':
      // What was done shows in what is sent afterwards.
      if (at === 0 || at < last) return other;
      return { harm: breaks, direct: breaks === 'changed' || about === 'answer' || where.includes('ErrorCode') };
    case 'lost':
      return about === 'part' || status === '401' || status === '403' ? other : { harm: breaks, direct: true };
    case 'refused':
      return about === 'part' ? other : { harm: breaks, direct: true };
    case 'leaked':
      return { harm: breaks, direct: true };
    case 'shape':
    case 'wording':
      return about === 'answer' ? other : { harm: breaks, direct: true };
  }
}

/** Whether two answers look alike, as far as both can be read. */
export function alike(a: Answer, b: Answer): boolean {
  return a.status === b.status && a.granted === b.granted && (a.code === b.code || a.mute || b.mute);
}

/** Whether a name is in both. */
export function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((name) => b.has(name));
}

function answerOf(x: ReportedExchange | undefined): Answer {
  if (x === undefined || x.response === null)
    return { status: x?.failure?.kind ?? 'none', code: '', mute: false, granted: 'no' };
  const { observed } = x;
  const succeeded = x.response.status >= 200 && x.response.status < 300;
  return {
    granted: !succeeded ? 'no' : presented(x) === 'valid' ? 'to one who may ask' : 'to one who may not',
    status: String(x.response.status),
    code: (observed?.['codes'] ?? '').split(',')[0] ?? '',
    mute: x.request.method === 'HEAD' || observed?.['body'] === 'of another kind',
  };
}

/** A route by its name and by its path, a verb as it is meant and as it is sent, a format as it is asked for and as it is sent. */
function namesOf(key: CaseKey, x: ReportedExchange | undefined): Failure['names'] {
  const some = (...names: readonly (string | undefined)[]): ReadonlySet<string> =>
    new Set(names.flatMap((name) => (name === undefined || name === '' ? [] : [name])));
  return {
    route: some(key.route, x && pathOf(x.request.url)),
    verb: some(key.verb, x?.request.method, x && headerOf(x.request.headers, 'X-Http-Method-Override')),
    format: some(key.format ?? (x && formatAsked(x)), x && formatIn(x, 'Content-Type')),
  };
}

const ids = new RegExp(dashedGuid, 'g');

/** The path with ids left out, and without the suffix that selects a format. */
function pathOf(url: string): string {
  const [path = ''] = url.replace(/^[a-z]+:\/\/[^/]*/i, '').split(/[?#]/, 1);
  return path
    .replace(ids, '<id>')
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase();
}

/** The format of the answer as the request selects it: a suffix and the query count before the header. */
function formatAsked(x: ReportedExchange): string | undefined {
  const [, named] = /(?:\.|[?&]format=)([a-z]+)(?:[?&]|$)/i.exec(x.request.url) ?? [];
  return named?.toLowerCase() ?? formatIn(x, 'Accept');
}

function formatIn({ request }: ReportedExchange, header: 'Accept' | 'Content-Type'): string | undefined {
  return /\/(?:x-)?([a-z]+)/i.exec(headerOf(request.headers, header) ?? '')?.[1];
}

/** What a request presented; it is taken for valid where nobody knows. */
export const presented = ({ presents = 'valid' }: ReportedExchange): CredentialKind =>
  presents === 'valid-in-small-letters' ? 'valid' : presents;

/** A route may be known by its path alone; a verb or a format that is asked about may be sent as another. */
export function limiting({ reported: { key }, names }: Failure, d: Dimension): readonly string[] {
  const named = key[d];
  return d === 'route' || named === undefined ? [...names[d]] : [named];
}
